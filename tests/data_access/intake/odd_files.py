"""Small factories of source files as people export them, and the mappings that explain them."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from data_access.folders import private_folder
from data_access.governance.agreement import today
from data_access.intake.checks import check
from data_access.intake.findings import Report
from data_access.intake.manifest import Manifest, read_manifest, sha256, write_manifest
from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.text import write_mapping
from data_access.intake.readers.limits import USUAL, Limits
from tests import world as worlds
from tests.world import EARLY, cube, dataset, delivered

Rows = list[list[Any]]

# Two of them have an education whose code begins with zero.
PEOPLE = worlds.persons(60, day=EARLY, seed=5).with_columns(
    pl.when(pl.int_range(pl.len()) < 2).then(pl.lit("05")).otherwise("pendidikan").alias("pendidikan")
)
CUBE = cube(PEOPLE, keys=False)
HEADINGS = {level.name: level.label.id for level in dataset().delivered} | {"jumlah": "Jumlah Pegawai"}
LONG = Mapping(name="rekap", dataset="pegawai", columns={heading: level for level, heading in HEADINGS.items()})
FIRST = {name: str(CUBE[name][0]) for name in delivered()}  # the codes of the first row

SEX, STATUS = ("L", "P"), ("PNS", "CPNS", "PPPK", "PPPK-PW")
ROWED = [name for name in delivered() if name not in ("status", "jenis_kelamin")]
WIDE = Mapping(
    name="rekap-lebar",
    dataset="pegawai",
    columns={HEADINGS[name]: name for name in ROWED},
    unpivot={f"{status} | {sex}": {"status": status, "jenis_kelamin": sex} for status in STATUS for sex in SEX},
)


def label(level: str, code: str) -> str:
    return dataset().levels[level].by_code[code].label.id


def long_rows(frame: pl.DataFrame = CUBE, *, labels: bool = False) -> Rows:
    """Heading and one row for each cell; codes, or labels in their place."""
    rows = frame.select(*delivered(), "jumlah").rows()
    shown = [[label(n, c) if labels else c for n, c in zip(delivered(), row, strict=False)] + [row[-1]] for row in rows]
    return [[HEADINGS[name] for name in (*delivered(), "jumlah")], *shown]


def wide_rows(frame: pl.DataFrame = CUBE, *, labels: bool = False) -> Rows:
    """Two heading rows (merged status above sex) and one row for all cells that differ in these two only."""
    cells = {tuple(row[:-1]): row[-1] for row in frame.select(*ROWED, "status", "jenis_kelamin", "jumlah").rows()}
    places = sorted({key[: len(ROWED)] for key in cells})
    upper = [HEADINGS[name] for name in ROWED] + [name for status in STATUS for name in (status, "")]
    lower = [""] * len(ROWED) + list(SEX) * len(STATUS)
    body = []
    for place in places:
        texts = [label(n, c) if labels else c for n, c in zip(ROWED, place, strict=True)]
        body.append([*texts, *(cells.get((*place, status, sex), "") for status in STATUS for sex in SEX)])
    return [upper, lower, *body]


def text_file(
    rows: Sequence[Sequence[Any]], *, delimiter: str = ",", encoding: str = "utf-8", end: str = "\n"
) -> bytes:
    """The rows as CSV: quoted only where the delimiter, a quotation mark or a line end makes it necessary."""
    return (end.join(delimiter.join(_field(cell, delimiter) for cell in row) for row in rows) + end).encode(encoding)


def _field(cell: Any, delimiter: str) -> str:
    text = "" if cell is None else str(cell)
    needed = any(mark in text for mark in (delimiter, '"', "\n"))
    return '"' + text.replace('"', '""') + '"' if needed else text


def workbook(
    sheets: Dict[str, Sequence[Sequence[Any]]], *, hidden: Sequence[str] = (), hidden_rows: Sequence[int] = ()
) -> bytes:
    """An XLSX file: texts as text, numbers as numbers, dates as dates, as somebody typed them."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_numbers": False}) as book:
        day = book.add_format({"num_format": "dd-mmm"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(i, j, cell, day)
                    elif cell not in (None, ""):
                        sheet.write(i, j, cell)
            for i in hidden_rows:
                sheet.set_row(i, None, None, {"hidden": True})
            if name in hidden:
                sheet.hide()
    return made.getvalue()


def put(rows: Rows, row: int, heading: str, value: Any) -> Rows:
    """The rows with another cell; `row` counts from 1 as a person does."""
    changed = [list(one) for one in rows]
    changed[row - 1][rows[0].index(heading)] = value
    return changed


def mapped(folder: Path, files: Dict[str, bytes], mapping: Mapping | str, **claims: Any) -> Path:
    """A delivery of source files with a mapping beside them; `claims` replace what the manifest should say."""
    private_folder(folder)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "mapping.yaml").write_text(mapping if isinstance(mapping, str) else write_mapping(mapping), "utf-8")
    honest: dict[str, Any] = {
        "dataset": "pegawai",
        "reference_date": EARLY,
        "owner": "kedua",
        "contract": dataset().version,
        "active": "ASN aktif (data buatan untuk pengujian)",
        "example": True,
        "files": {name: sha256(folder / name) for name in files},
        "mapping": "mapping.yaml",
    }
    write_manifest(folder, Manifest.model_validate(honest | claims))
    return folder


def unmapped(folder: Path, files: Dict[str, bytes], **claims: Any) -> Path:
    """A delivery of files without a mapping."""
    made = mapped(folder, files, "", **claims)
    (made / "mapping.yaml").unlink()
    write_manifest(made, read_manifest(made).model_copy(update={"mapping": ""}))
    return made


def report_on(folder: Path, limits: Limits = USUAL) -> Report:
    return check(folder, today=today(), published={}, change_warning=0.10, limits=limits)


def same(found: pl.DataFrame, wanted: pl.DataFrame = CUBE) -> bool:
    """Whether two cubes hold the same cells, in any order."""
    columns = [*delivered(), "jumlah"]
    return found.select(columns).sort(columns).equals(wanted.select(columns).sort(columns))
