"""A table of damaged deliveries: each is refused with file, row, column, value and rule, and nothing that is served changes."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data_access.errors import Rejected
from data_access.governance.agreement import today
from data_access.intake.checks import check
from data_access.intake.findings import LISTED, Finding, Report
from data_access.intake.manifest import NAME, sha256
from data_access.release import shelf
from data_access.release.manifest import DATABASE
from data_access.release.publish import publish
from tests import world as worlds
from tests.world import EARLY, FILE, LATE, World, cube, dataset, deliver, delivered

FRAME = cube(worlds.persons(300, day=EARLY, seed=2))
CSV = "pegawai.csv"
Spoil = Callable[[pl.DataFrame], pl.DataFrame]


def report_on(folder: Path, published: dict[date, int] | None = None) -> Report:
    return check(folder, today=today(), published={"pegawai": published or {}}, change_warning=0.10)


def put(column: str, value: Any, row: int, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with another value at a row (from 0); the column becomes text where the value is."""
    kind = pl.String if isinstance(value, str) else pl.Float64 if isinstance(value, float) else frame.schema[column]
    here = pl.int_range(pl.len()) == row
    return frame.with_columns(
        pl.when(here).then(pl.lit(value, dtype=kind)).otherwise(pl.col(column).cast(kind)).alias(column)
    )


def first(frame: pl.DataFrame, column: str, values: list[str]) -> int:
    """The first row that has one of the values."""
    return int(frame.with_row_index().filter(pl.col(column).is_in(values))["index"][0])


def with_parent(frame: pl.DataFrame) -> pl.DataFrame:
    """A parent column delivered beside its child, wrong in row 4."""
    above = dataset().mapping("provinsi", "kanreg")
    return put("kanreg", "LN", 4, frame.with_columns(pl.col("provinsi").replace_strict(above).alias("kanreg")))


def grade_of_a_contract(frame: pl.DataFrame) -> pl.DataFrame:
    return put("golongan_ruang", "PPPK-IX", first(frame, "status", ["PNS"]), frame)


def manager_on_probation(frame: pl.DataFrame) -> pl.DataFrame:
    row = first(frame, "status", ["CPNS"])
    return put("kelompok_jabatan", "lainnya", row, put("jenjang", "pengawas", row, frame))


# what is done, the file, rule, severity, column named, value named
CELLS: list[tuple[str, Spoil, str, str, str, str]] = [
    ("unknown code", partial(put, "provinsi", "77", 5), FILE, "unknown-code", "provinsi", "77"),
    ("unknown code in CSV", partial(put, "jenjang", "Pelaksana", 5), CSV, "unknown-code", "jenjang", "Pelaksana"),
    ("code with a blank", partial(put, "status", "PNS ", 0), FILE, "unknown-code", "status", "PNS "),
    ("label for code", partial(put, "jenis_kelamin", "Perempuan", 2), CSV, "unknown-code", "jenis_kelamin", "Perempuan"),
    ("fullwidth digits", partial(put, "provinsi", "３３", 2), CSV, "unknown-code", "provinsi", "３３"),
    ("formula for code", partial(put, "instansi", "=1+1", 2), CSV, "unknown-code", "instansi", "=1+1"),
    ("negative count", partial(put, "jumlah", -1, 7), FILE, "negative", "jumlah", "-1"),
    ("negative count in CSV", partial(put, "jumlah", -1, 7), CSV, "negative", "jumlah", "-1"),
    ("negative key", partial(put, "kunci", -5, 7), FILE, "negative", "kunci", "-5"),
    ("fraction", partial(put, "jumlah", 1.5, 9), FILE, "not-whole", "jumlah", "1.5"),
    ("fraction in CSV", partial(put, "jumlah", "1.5", 9), CSV, "not-whole", "jumlah", "1.5"),
    ("words for a number", partial(put, "jumlah", "satu", 9), CSV, "not-whole", "jumlah", "satu"),
    ("number too large", partial(put, "kunci", "9" * 30, 9), CSV, "not-whole", "kunci", "9" * 30),
    ("infinite", partial(put, "jumlah", float("inf"), 9), FILE, "not-whole", "jumlah", "inf"),
    ("not a number", partial(put, "jumlah", float("nan"), 9), FILE, "not-whole", "jumlah", "NaN"),
    ("infinite in CSV", partial(put, "jumlah", "inf", 9), CSV, "not-whole", "jumlah", "inf"),
    ("empty code", partial(put, "umur_5", None, 3), FILE, "empty", "umur_5", ""),
    ("empty code in CSV", partial(put, "umur_5", None, 3), CSV, "empty", "umur_5", ""),
    ("empty count", partial(put, "jumlah", None, 3), CSV, "empty", "jumlah", ""),
    ("empty key", partial(put, "kunci", None, 3), FILE, "empty", "kunci", ""),
    ("the same cell twice", lambda f: pl.concat([f, f[6:7]]), FILE, "cell-twice", "", ""),
    ("PNS with a PPPK grade", grade_of_a_contract, FILE, "impossible", "status, golongan_ruang", "PNS + PPPK-IX"),
    ("CPNS who is a manager", manager_on_probation, FILE, "impossible", "status, jenjang", "CPNS + pengawas"),
    ("outside its parent", with_parent, FILE, "outside-parent", "kanreg", "LN"),
    ("province of the future", partial(put, "provinsi", "93", 8), FILE, "not-valid", "provinsi", "93"),
    ("agency of the future", partial(put, "instansi", "PV96", 8), CSV, "not-valid", "instansi", "PV96"),
]  # fmt: skip
IDS = [case[0] for case in CELLS]


def row_of(spoil: Spoil, file: str) -> int:
    """The spoilt row, counted as a person would: from 1, and a CSV file has a header line."""
    rows: dict[Spoil, int] = {
        grade_of_a_contract: first(FRAME, "status", ["PNS"]),
        manager_on_probation: first(FRAME, "status", ["CPNS"]),
        with_parent: 4,
    }
    row = spoil.args[2] if isinstance(spoil, partial) else rows[spoil]
    return int(row) + (2 if file == CSV else 1)


@pytest.mark.parametrize(("name", "spoil", "file", "rule", "column", "value"), CELLS, ids=IDS)
def test_a_damaged_cell_is_found_and_named(
    tmp_path: Path, name: str, spoil: Spoil, file: str, rule: str, column: str, value: str
) -> None:
    report = report_on(deliver(tmp_path / "k", spoil(FRAME), EARLY, file=file, total=FRAME.height))
    assert not report.accepted
    assert report.cube.is_empty()
    found = [f for f in report.of("error") if f.rule == rule]
    assert found
    assert {f.file for f in found} == {file}
    assert (found[0].column, found[0].value) == (column, value)
    if rule != "cell-twice":
        assert [f.row for f in found] == [row_of(spoil, file)]
    else:
        assert sorted(f.row or 0 for f in found) == [7, FRAME.height + 1]
    assert all(
        "{" not in f.sentence(language) and len(f.sentence(language)) > 15 for f in found for language in ("id", "en")
    )


def gone(folder: Path) -> None:
    (folder / FILE).unlink()


def altered(folder: Path) -> None:
    put("jumlah", 2, 0, pl.read_parquet(folder / FILE)).write_parquet(folder / FILE)


def linked(folder: Path) -> None:
    (folder / FILE).rename(folder.parent / "elsewhere.parquet")
    (folder / FILE).symlink_to(folder.parent / "elsewhere.parquet")


def renamed(name: str, folder: Path) -> None:
    """The manifest names the file by another way to it."""
    rewrite(folder, f"{FILE}:", f"{name}:")


def rewrite(folder: Path, old: str, new: str) -> None:
    text = (folder / NAME).read_text("utf-8")
    assert old in text
    (folder / NAME).write_text(text.replace(old, new), "utf-8")


def replaced(content: bytes, folder: Path, file: str = FILE) -> None:
    """Other bytes, with the hash that belongs to them."""
    before = sha256(folder / FILE)
    (folder / FILE).unlink()
    (folder / file).write_bytes(content)
    rewrite(folder, f"{FILE}: {before}", f"{file}: {sha256(folder / file)}")


def manifest(content: bytes | None, folder: Path) -> None:
    (folder / NAME).unlink()
    if content is not None:
        (folder / NAME).write_bytes(content)


def without(column: str, folder: Path) -> None:
    frame = pl.read_parquet(folder / FILE).drop(column)
    before = sha256(folder / FILE)
    frame.write_parquet(folder / FILE)
    rewrite(folder, before, sha256(folder / FILE))


def nested(folder: Path) -> None:
    frame = pl.read_parquet(folder / FILE).with_columns(pl.struct("status", "provinsi").alias("status"))
    before = sha256(folder / FILE)
    frame.write_parquet(folder / FILE)
    rewrite(folder, before, sha256(folder / FILE))


HEADER = ",".join([*delivered(), "jumlah"])

FOLDERS: list[tuple[str, Callable[[Path], object], str]] = [
    ("file missing", gone, "file-missing"),
    ("file altered after the manifest", altered, "hash-mismatch"),
    ("file is a link", linked, "file-name"),
    ("path upwards", partial(renamed, f"../k/{FILE}"), "file-name"),
    ("absolute path", partial(renamed, "/etc/passwd"), "file-name"),
    ("path downwards", partial(renamed, f"a/{FILE}"), "file-name"),
    ("the folder itself", partial(renamed, "'.'"), "file-name"),
    ("the folder above", partial(renamed, "'..'"), "file-missing"),
    ("a name too long for the disk", partial(renamed, "x" * 300), "file-name"),
    ("not Parquet", partial(replaced, b"PAR1 but no more"), "file-unreadable"),
    ("an empty Parquet file", partial(replaced, b""), "file-unreadable"),
    ("half a spreadsheet", partial(replaced, b"PK\x03\x04", file="pegawai.xlsx"), "file-unreadable"),
    ("no suffix", partial(replaced, b"x", file="pegawai"), "file-kind"),
    ("an empty CSV file", partial(replaced, b"", file=CSV), "file-empty"),
    ("level column missing", partial(without, "jenjang"), "columns-missing"),
    ("count column missing", partial(without, "jumlah"), "columns-missing"),
    ("a table within a cell", nested, "delivery-rejected"),
    ("half written: no manifest yet", partial(manifest, None), "manifest-missing"),
    ("manifest empty", partial(manifest, b""), "manifest-invalid"),
    ("manifest is a list", partial(manifest, b"- a\n- b\n"), "manifest-invalid"),
    ("manifest is no YAML", partial(manifest, b"dataset: [pegawai"), "manifest-unreadable"),
    ("manifest is no text", partial(manifest, b"\xff\xfe\x00\x01"), "manifest-unreadable"),
    ("manifest builds an object", partial(manifest, b"!!python/object/apply:os.getcwd []"), "manifest-unreadable"),
    ("a day that does not exist", partial(rewrite, old="'2022-06-30'", new="2022-13-45"), "manifest-unreadable"),
    ("unknown entry", partial(rewrite, old="example: true", new="contoh: true"), "manifest-invalid"),
    ("no such dataset", partial(rewrite, old="dataset: pegawai", new="dataset: gaji"), "dataset-unknown"),
    ("no such party", partial(rewrite, old="owner: kedua", new="owner: ketiga"), "manifest-invalid"),
    ("no files", partial(rewrite, old="files:", new="files: {}\nberkas:"), "manifest-invalid"),
    ("negative rows", partial(rewrite, old="rows: 300", new="rows: -1"), "manifest-invalid"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spoil", "reason"), FOLDERS, ids=[f[0] for f in FOLDERS])
def test_a_delivery_that_cannot_be_read_is_rejected_with_a_sentence(
    tmp_path: Path, name: str, spoil: Callable[[Path], object], reason: str
) -> None:
    folder = deliver(tmp_path / "k", FRAME, EARLY)
    spoil(folder)
    if reason == "delivery-rejected":
        assert {f.rule for f in report_on(folder).of("error")} == {"unknown-code"}
        return
    with pytest.raises(Rejected) as caught:
        report_on(folder)
    assert caught.value.reason == reason
    assert all("{" not in caught.value.sentence(language) for language in ("id", "en"))


CLAIMS: list[tuple[str, dict[str, Any], str]] = [
    ("rows", {"rows": 299}, "manifest-rows"),
    ("total", {"total": 301}, "manifest-total"),
    ("owner", {"owner": "kesatu"}, "manifest-owner"),
    ("contract", {"contract": "0.9"}, "manifest-contract"),
    ("date", {"reference_date": today() + timedelta(days=1)}, "future"),
]


@pytest.mark.parametrize(("name", "claim", "rule"), CLAIMS, ids=[c[0] for c in CLAIMS])
def test_a_manifest_that_claims_something_else_is_found(
    tmp_path: Path, name: str, claim: dict[str, Any], rule: str
) -> None:
    report = report_on(deliver(tmp_path / "k", FRAME, EARLY, **claim))
    (finding,) = report.of("error")
    assert (finding.rule, finding.file) == (rule, NAME)
    assert "{" not in finding.sentence("en")


def spoiled_folder(folder: Path, frame: pl.DataFrame, day: date, spoil: Callable[[Path], object]) -> Path:
    spoil(deliver(folder, frame, day))
    return folder


REJECTED: list[tuple[str, Callable[[Path, pl.DataFrame], Path]]] = [
    *(
        (name, lambda to, f, s=spoil, n=file: deliver(to, s(f), EARLY, file=n, total=f.height))
        for name, spoil, file, *_rest in CELLS
    ),
    *((name, lambda to, f, s=spoil: spoiled_folder(to, f, EARLY, s)) for name, spoil, _reason in FOLDERS),
    *((name, lambda to, f, c=claim: deliver(to, f, EARLY, **c)) for name, claim, _rule in CLAIMS),
]


def test_no_rejected_delivery_changes_what_is_served(own_world: World, tmp_path: Path) -> None:
    """All of the deliveries above, one after another, against one shelf."""
    settings = own_world.settings

    def served() -> tuple[str, str, str, list[str], int]:
        folder = shelf.current(settings.releases)
        vault = sum(1 for _file in settings.vault.rglob("*"))
        pointer = (settings.releases / shelf.POINTER).read_text()
        return (
            folder.name,
            pointer,
            sha256(folder / DATABASE),
            sorted(f.name for f in settings.releases.iterdir()),
            vault,
        )

    before = served()
    for i, (name, make) in enumerate(REJECTED):
        delivery = make(tmp_path / f"k{i}", FRAME)
        with pytest.raises(Rejected):
            publish([delivery], by="uji", settings=settings, accept_warnings="uji")
        assert served() == before, name


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


def test_a_finding_reads_in_both_languages() -> None:
    finding = Finding("error", "x", "Kolom {column} kosong.", {"column": "status"})
    assert finding.sentence("id") == "Kolom status kosong."
    assert "status" in finding.sentence("en")
