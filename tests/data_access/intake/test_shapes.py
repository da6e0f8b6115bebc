"""Whatever shape a cube is written in, reading it through a mapping gives the same cube."""

import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.intake.mapping.model import Mapping
from tests.data_access.intake.odd_files import (
    LONG,
    PEOPLE,
    WIDE,
    long_rows,
    mapped,
    report_on,
    same,
    text_file,
    wide_rows,
    workbook,
)
from tests.world import cube

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
TEXTS = st.tuples(st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(ENCODINGS), st.sampled_from(["\n", "\r\n"]))


@st.composite
def cubes(draw: st.DrawFn) -> pl.DataFrame:
    """The cube of some persons, with any number in each cell."""
    first = draw(st.integers(0, 50))
    cells = cube(PEOPLE[first : first + draw(st.integers(1, 10))], keys=False)
    counts = draw(st.lists(st.integers(1, 10**6), min_size=cells.height, max_size=cells.height))
    return cells.with_columns(pl.Series("jumlah", counts, dtype=pl.Int64))


@settings(max_examples=60, deadline=None)
@given(cubes(), st.booleans(), st.booleans(), TEXTS | st.none())
def test_every_shape_gives_the_same_cube(
    cells: pl.DataFrame, wide: bool, labels: bool, text: tuple[str, str, str] | None
) -> None:
    rows = wide_rows(cells, labels=labels) if wide else long_rows(cells, labels=labels)
    mapping: Mapping = WIDE if wide else LONG
    if text is None:
        files = {"a.xlsx": workbook({"Rekap": rows})}
    else:
        delimiter, encoding, end = text
        files = {"a.csv": text_file(rows, delimiter=delimiter, encoding=encoding, end=end)}
    with tempfile.TemporaryDirectory() as folder:
        report = report_on(mapped(Path(folder) / "k", files, mapping))
    assert report.accepted, report.findings[:3]
    assert same(report.cube, cells)
    assert report.total == cells["jumlah"].sum()
