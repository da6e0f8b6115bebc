"""Habits of exports, one at a time: what stays a person, what is set aside and under which rule."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data_access.intake.microdata import Outcome, Task, aggregate, writing
from data_access.intake.microdata.made_up import made_up, write_export

DAY = date(2025, 6, 30)
PERSONS = 300
Row = dict[str, str]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ekspor") / "polos.txt"
    write_export(file, persons=PERSONS, day=DAY, seed=11)
    return file


def run(out: Path, file: Path) -> Outcome:
    return aggregate(Task((file,), DAY, out, most_aside=1.0), b"k" * 32)


def cube(folder: Path) -> bytes:
    return (folder / writing.CUBE).read_bytes()


def changed(plain: Path, file: Path, change: Callable[[Row], bool]) -> int:
    """Writes the export with the first row changed for which `change` says so; its line number."""
    header, *lines = plain.read_text("utf-8-sig").rstrip("\n").split("\n")
    for number, line in enumerate(lines):
        row = dict(zip(made_up().header, line.split("|"), strict=False))
        if row["kedudukan_hukum_id"] in ("'01", "'71") and change(row):
            cells = [row[name] for name in made_up().header]
            lines[number] = "|".join(cells)
            file.write_text("\n".join([header, *lines]) + "\n", "utf-8-sig")
            return number + 2
    raise AssertionError("no such row")


def being(row: Row, status: str, **cells: str) -> bool:
    """Changes a row of this status only."""
    found = row["status_cpns_pns"] == status
    if found:
        row.update(cells)
    return found


ASIDE: list[tuple[Callable[[Row], bool], str, str]] = [
    (lambda row: being(row, "C", jenis_jabatan_id="1", eselon_id="31", jabatan_nama="Camat"), "", "mustahil"),
    (lambda row: being(row, "P", gol_akhir_id="", gol_akhir_nama="IX"), "gol_akhir_id", "kode_tak_dikenal"),
    (lambda row: being(row, "PPPK", gol_akhir_id="31", gol_akhir_nama="III/a"), "gol_akhir_id", "kode_tak_dikenal"),
    (lambda row: being(row, "P", lokasi_kerja_id="X", lokasi_kerja_nama="?"), "lokasi_kerja_id", "kode_tak_dikenal"),
    (lambda row: being(row, "P", nip_baru="-"), "nip_baru", "kosong"),
    (lambda row: being(row, "P", jenis_kelamin="1"), "jenis_kelamin", "kode_tak_dikenal"),
    (lambda row: being(row, "P", tmt_cpns="01-07-2025"), "tmt_cpns", "di_luar_kontrak"),
    (lambda row: being(row, "P", tmt_cpns="", tmt_pns="01-01-2010"), "tmt_cpns", "kosong"),  # only PPPK have it there
    (lambda row: being(row, "P", tanggal_lahir="01-07-2007"), "tanggal_lahir", "di_luar_kontrak"),
    (lambda row: being(row, "P", kedudukan_hukum_id=""), "kedudukan_hukum_id", "kosong"),
    (lambda row: being(row, "P", jenis_pegawai_nama="", status_cpns_pns="?"), "status_cpns_pns", "kode_tak_dikenal"),
]


@pytest.mark.parametrize(("change", "column", "rule"), ASIDE)
def test_what_cannot_be_placed_is_listed_with_line_column_and_rule(
    plain: Path, tmp_path: Path, change: Callable[[Row], bool], column: str, rule: str
) -> None:
    line = changed(plain, tmp_path / "ekspor.txt", change)
    outcome = run(tmp_path / "kiriman", tmp_path / "ekspor.txt")
    listed = list(pl.read_csv(outcome.listing).with_columns(pl.col("kolom").fill_null("")).iter_rows())
    assert listed == [("ekspor.txt", line, column, rule)]
    assert outcome.aside == {rule: 1}
    assert outcome.persons == run(tmp_path / "semua", plain).persons - 1


STAYS: list[Callable[[Row], bool]] = [
    lambda row: being(row, "PPPK", tmt_pns=row["tmt_cpns"], tmt_cpns=""),
    lambda row: being(row, "P", tanggal_lahir="'" + row["tanggal_lahir"].replace("-", "/")),
    lambda row: being(row, "P", tingkat_pendidikan_id=row["tingkat_pendidikan_id"].lstrip("'0")),
    lambda row: being(row, "P", kedudukan_hukum_id="1"),
    lambda row: being(row, "P", nama='"Contoh', gelar_belakang="d'Contoh\""),
    lambda row: being(row, "P", nip_baru=f"{row['nip_baru'][:9]} {row['nip_baru'][9:]} "),
    lambda row: being(row, "P", instansi_kerja_nama=row["instansi_kerja_nama"].upper() + "\u00a0"),
]


@pytest.mark.parametrize("change", STAYS)
def test_other_spellings_of_the_same_person_change_nothing(
    plain: Path, tmp_path: Path, change: Callable[[Row], bool]
) -> None:
    changed(plain, tmp_path / "ekspor.txt", change)
    run(tmp_path / "kiriman", tmp_path / "ekspor.txt")
    run(tmp_path / "semua", plain)
    assert cube(tmp_path / "kiriman") == cube(tmp_path / "semua")


def crlf(content: bytes) -> bytes:
    return content.replace(b"\n", b"\r\n")


def without_the_last_line_feed(content: bytes) -> bytes:
    return content.rstrip(b"\n")


def without_bom(content: bytes) -> bytes:
    return content.removeprefix(b"\xef\xbb\xbf")


def blank_lines(content: bytes) -> bytes:
    return content.replace(b"\n", b"\n\n\r\n")


def header_repeated(content: bytes) -> bytes:
    """Exports that were put together with their headers."""
    header, rows = content.split(b"\n", 1)
    return header + b"\n" + header + b"\n" + rows + without_bom(header) + b"\n"


def capitals(content: bytes) -> bytes:
    header, rows = content.split(b"\n", 1)
    return header.replace(b"_", b" ").upper() + b"\n" + rows


def a_needed_column_twice(content: bytes) -> bytes:
    """The first counts."""
    header, rows = content.rstrip(b"\n").split(b"\n", 1)
    return header + b"|jenis_kelamin\n" + b"\n".join(row + b"|?" for row in rows.split(b"\n")) + b"\n"


HABITS = [
    crlf,
    without_the_last_line_feed,
    without_bom,
    blank_lines,
    header_repeated,
    capitals,
    a_needed_column_twice,
]


@pytest.mark.parametrize("habit", HABITS)
def test_habits_of_files_change_nothing(plain: Path, tmp_path: Path, habit: Callable[[bytes], bytes]) -> None:
    (tmp_path / "ekspor.txt").write_bytes(habit(plain.read_bytes()))
    outcome = run(tmp_path / "kiriman", tmp_path / "ekspor.txt")
    run(tmp_path / "semua", plain)
    assert cube(tmp_path / "kiriman") == cube(tmp_path / "semua")
    assert (outcome.rows, outcome.aside) == (PERSONS, {})


def test_made_up_exports_are_the_same_again_and_say_what_they_are(plain: Path, tmp_path: Path) -> None:
    write_export(tmp_path / "lagi.txt", persons=PERSONS, day=DAY, seed=11)
    assert (tmp_path / "lagi.txt").read_bytes() == plain.read_bytes()
    write_export(tmp_path / "lain.txt", persons=PERSONS, day=DAY, seed=12)
    assert (tmp_path / "lain.txt").read_bytes() != plain.read_bytes()
    header, *lines = plain.read_text("utf-8").rstrip("\n").split("\n")
    assert header.startswith("\ufeffpns_id|")
    names = header.removeprefix("\ufeff").split("|")
    assert 65 <= len(names) <= 75
    assert all(line.split("|")[names.index("nama")].startswith("Contoh ") for line in lines)
