"""Sound deliveries: what is read of them, what is left out, and how they are held against what was published before."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data_access.errors import Rejected
from data_access.intake.findings import LISTED
from data_access.intake.manifest import sha256
from data_access.release import shelf
from data_access.release.publish import publish
from tests import world as worlds
from tests.data_access.intake.spoiling import CSV, FRAME, put, report_on
from tests.world import EARLY, FILE, LATE, World, cube, deliver, delivered


def test_a_sound_delivery_is_accepted_in_both_forms(tmp_path: Path) -> None:
    reports = [report_on(deliver(tmp_path / file, FRAME, EARLY, file=file)) for file in (FILE, CSV)]
    assert all(report.accepted and not report.findings for report in reports)
    assert reports[0].cube.equals(reports[1].cube)
    assert reports[0].cube.sort(delivered()).equals(FRAME.sort(delivered()))


def test_whole_numbers_stored_as_floats_are_accepted(tmp_path: Path) -> None:
    floats = FRAME.with_columns(pl.col("jumlah").cast(pl.Float64))
    report = report_on(deliver(tmp_path / "k", floats, EARLY))
    assert report.accepted
    assert report.cube["jumlah"].dtype == pl.Int64


def test_cells_without_persons_are_dropped_and_never_counted(tmp_path: Path) -> None:
    empty = put("jumlah", 0, 2, FRAME)
    report = report_on(deliver(tmp_path / "k", empty, EARLY))
    assert report.accepted
    assert report.cube.height == FRAME.height - 1


def test_columns_that_the_contract_does_not_know_are_not_kept(tmp_path: Path) -> None:
    named = FRAME.with_columns(pl.lit("197001012000011001").alias("nip"))
    report = report_on(deliver(tmp_path / "k", named, EARLY))
    assert report.cube.columns == [*delivered(), "jumlah", "kunci"]


@pytest.mark.parametrize("second", [CSV, "lanjutan.parquet"], ids=["Parquet and CSV", "two Parquet files"])
def test_several_files_are_read_as_one(tmp_path: Path, second: str) -> None:
    folder = deliver(tmp_path / "k", FRAME[:200], EARLY)
    rest = FRAME[200:].with_columns(pl.col("jumlah").cast(pl.Int32))
    deliver(tmp_path / "k", rest, EARLY, file=second)
    files = {name: sha256(folder / name) for name in (FILE, second)}
    rewritten = deliver(tmp_path / "k", rest, EARLY, file=second, files=files, rows=300, total=300)
    report = report_on(rewritten)
    assert report.accepted
    assert report.cube.height == 300


def test_the_same_cell_in_two_files_is_found(tmp_path: Path) -> None:
    folder = deliver(tmp_path / "k", FRAME, EARLY)
    deliver(tmp_path / "k", FRAME[:1], EARLY, file="lanjutan.parquet")
    files = {name: sha256(folder / name) for name in (FILE, "lanjutan.parquet")}
    deliver(tmp_path / "k", FRAME[:1], EARLY, file="lanjutan.parquet", files=files, rows=301, total=301)
    assert sorted((f.file, f.row) for f in report_on(folder).of("error")) == [("lanjutan.parquet", 1), (FILE, 1)]


def test_at_most_a_thousand_rows_of_one_finding_are_listed(tmp_path: Path) -> None:
    many = cube(worlds.persons(1_200, day=EARLY, seed=4)).with_columns(pl.lit("77").alias("provinsi"))
    findings = report_on(deliver(tmp_path / "k", many, EARLY)).of("error")
    rows = [f for f in findings if f.row is not None and f.rule == "unknown-code"]
    assert len(rows) == LISTED
    (more,) = [f for f in findings if f.row is None and f.rule == "unknown-code"]
    assert (more.facts["count"], more.lines) == (200, 200)
    assert [(f.row, f.column, f.value) for f in more.every()] == [(n, "provinsi", "77") for n in range(1_001, 1_201)]


def test_a_date_already_published_is_named_a_revision(tmp_path: Path) -> None:
    report = report_on(deliver(tmp_path / "k", FRAME, EARLY), {EARLY: 300})
    assert report.accepted
    assert report.revision
    assert [f.severity for f in report.findings] == ["info"]


MOVES = [
    (300, [], "unchanged"),
    (331, [], "9 per cent less than before"),
    (334, ["total-moved"], "10.2 per cent less"),
    (273, [], "9.9 per cent more"),
    (272, ["total-moved"], "10.3 per cent more"),
    (0, [], "nobody before: no share to speak of"),
]


@pytest.mark.parametrize(("before", "rules", "why"), MOVES, ids=[m[2] for m in MOVES])
def test_a_total_that_moves_beyond_the_limit_is_a_warning(
    tmp_path: Path, before: int, rules: list[str], why: str
) -> None:
    report = report_on(deliver(tmp_path / "k", FRAME, EARLY), {date(2021, 12, 31): before, LATE: 9_000_000})
    assert report.accepted
    assert [f.rule for f in report.of("warning")] == rules


def test_a_warning_stops_a_publish_until_somebody_gives_a_reason(own_world: World, tmp_path: Path) -> None:
    delivery = deliver(tmp_path / "k", FRAME, date(2025, 12, 31))
    for reason in ("", "   "):
        with pytest.raises(Rejected) as caught:
            publish([delivery], by="uji", settings=own_world.settings, accept_warnings=reason)
        assert caught.value.reason == "warnings-open"
        assert shelf.current(own_world.settings.releases).name == "0003"
    made = publish([delivery], by="uji", settings=own_world.settings, accept_warnings="data uji")
    assert made.manifest.note == "data uji"
    assert shelf.current(own_world.settings.releases).name == "0004"
