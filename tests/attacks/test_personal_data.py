"""Names, NIPs, NIKs and contacts must not leave the aggregation: whatever is wrong with an export, and however it ends.

Recognisable values are planted in every personal column of sound and damaged rows; the real command line runs as a process
of its own; then everything it printed and every file it could have touched is searched for them.
"""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data_access.folders import private_folder
from data_access.intake.manifest import sha256
from data_access.intake.microdata.made_up import made_up, write_export
from data_access.keys import make_keys

DAY = date(2025, 6, 30)
ROWS = 400
# In every personal column a value that occurs nowhere else. NIP and birth date keep their form so that the row counts.
MARKS = {
    "nama": b"SITI RAHASIAWATI",
    "gelar_depan": b"Dr. Rahasiagelar",
    "gelar_belakang": b"M.Rahasiabelakang",
    "nip_lama": b"130998877",
    "pns_id": b"RAHASIA-PNS-ID-77",
    "tempat_lahir_nama": b"Kampung Rahasiatempat",
    "nik": b"'3374998877665544",
    "nomor_hp": b"081299887766",
    "email": b"rahasia77@surel.example",
    "email_gov": b"rahasia77@dinas.example",
    "alamat": b"Jalan Rahasiajalan 77",
    "npwp_nomor": b"998877665544332",
    "bpjs": b"0009988776655",
    "kartu_asn_virtual": b"KARTU-RAHASIA-77",
    "nomor_sk_cpns": b"SK/RAHASIA/77",
    "agama_nama": b"Rahasiaagama",
}
NIP = b"198011172005011877"
SECRETS = [*(mark.strip(b"'") for mark in MARKS.values()), NIP, NIP[:17], b"17-11-1980", b"1980-11-17", b"19801117"]
HEADER = made_up().header
PLACE = {name: HEADER.index(name) for name in HEADER}

Change = Callable[[list[list[bytes]]], None]


def planted(rows: list[list[bytes]]) -> None:
    """Each row gets the marks; every tenth also the NIP and the birth date in it."""
    for number, row in enumerate(rows):
        for name, mark in MARKS.items():
            row[PLACE[name]] = mark
        if number % 10 == 0:
            row[PLACE["nip_baru"]], row[PLACE["tanggal_lahir"]] = b"'" + NIP, b"17-11-1980"


def sound(_rows: list[list[bytes]]) -> None:
    pass


def broken_dates(rows: list[list[bytes]]) -> None:
    for row in rows:
        row[PLACE["tanggal_lahir"]] = b"17-11-1980x" + NIP


def stray_separators(rows: list[list[bytes]]) -> None:
    for row in rows:
        row[PLACE["nama"]] = b"SITI|RAHASIAWATI"


def shifted_with_the_right_number_of_fields(rows: list[list[bytes]]) -> None:
    """A separator too many and a field too few: names and NIKs stand in the columns of codes."""
    for row in rows:
        row[:] = [*row[:4], b"SITI RAHASIAWATI", *row[4:-1]]


def names_in_code_columns(rows: list[list[bytes]]) -> None:
    codes = ("jabatan_nama", "instansi_kerja_nama", "lokasi_kerja_nama", "gol_akhir_nama", "jenis_kelamin")
    for row in rows:
        for name in (*codes, "tingkat_pendidikan_id", "kedudukan_hukum_id", "status_cpns_pns", "tmt_cpns"):
            row[PLACE[name]] = MARKS["nama"] + NIP


def wrong_encoding(rows: list[list[bytes]]) -> None:
    for row in rows:
        row[PLACE["nama"]] = b"\xff\xfeSITI RAHASIAWATI\xe9"
        row[PLACE["jabatan_nama"]] = b"\xe9SITI RAHASIAWATI"
        row[PLACE["nip_baru"]] = NIP + b"\xff"


def too_few_fields(rows: list[list[bytes]]) -> None:
    for row in rows:
        del row[30:]


def quotes(rows: list[list[bytes]]) -> None:
    for row in rows:
        row[PLACE["nama"]] = b'"SITI RAHASIAWATI'
        row[PLACE["nip_baru"]] = b'"' + NIP


def no_value_at_all(rows: list[list[bytes]]) -> None:
    for row in rows:
        for name in ("kedudukan_hukum_id", "instansi_kerja_id", "instansi_kerja_nama"):
            row[PLACE[name]] = b""


def null_bytes(rows: list[list[bytes]]) -> None:
    for row in rows[200:]:
        row[PLACE["nama"]] = b"SITI\0RAHASIAWATI"
        row[PLACE["nip_baru"]] = b"\0" + NIP


DAMAGE: list[Change] = [sound, broken_dates, stray_separators, shifted_with_the_right_number_of_fields]
DAMAGE += [names_in_code_columns, wrong_encoding, too_few_fields, quotes, no_value_at_all, null_bytes]


def duplicated_header(content: bytes) -> bytes:
    return content.replace(b"|nama|", b"|nip_baru|", 1)


def header_of_persons(content: bytes) -> bytes:
    return content.split(b"\n", 1)[1]


def persons_joined_to_the_header(content: bytes) -> bytes:
    return content.replace(b"\n", b"|", 1)


def utf16(content: bytes) -> bytes:
    return content.decode("utf-8-sig").encode("utf-16")


def one_line(content: bytes) -> bytes:
    return content.replace(b"\n", b"\r").replace(b"\r", b"\n", 1)


def cut_in_the_middle(content: bytes) -> bytes:
    return content[: len(content) // 2]


FILES = [duplicated_header, header_of_persons, persons_joined_to_the_header, utf16, one_line, cut_in_the_middle]


class Place:
    """A place of work of its own: exports come from `masuk`, everything else may be searched."""

    def __init__(self, folder: Path) -> None:
        self.source, self.watched = folder / "masuk", folder / "dilihat"
        for name in ("var", "keluar", "tmp", "cwd"):
            private_folder(self.watched / name)
        self.source.mkdir()
        make_keys(self.watched / "var" / "keys")
        self.out = self.watched / "keluar" / "kiriman"

    def export(self, change: Change = sound) -> Path:
        plain = self.source / "asli.txt"
        write_export(plain, persons=ROWS, day=DAY, seed=8)
        header, *lines = plain.read_bytes().rstrip(b"\n").split(b"\n")
        rows = [line.split(b"|") for line in lines]
        planted(rows)
        change(rows)
        file = self.source / "ekspor.txt"
        file.write_bytes(b"\n".join([header, *(b"|".join(row) for row in rows)]) + b"\n")
        return file

    def start(self, *arguments: object, limit: int | None = None) -> "subprocess.Popen[bytes]":
        root = Path(__file__).parents[2]
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(root),
            "ASN_VAR": str(self.watched / "var"),
            "TMPDIR": str(self.watched / "tmp"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

        process = subprocess.Popen(
            [sys.executable, "-m", "data_access", "aggregate", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.watched / "cwd",
            env=environment,
        )
        if limit is not None:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (limit, limit))
        hard = resource.prlimit(process.pid, resource.RLIMIT_CORE)[1]
        resource.prlimit(process.pid, resource.RLIMIT_CORE, (hard, hard))  # as a careless server would have it
        return process

    def aggregate(self, file: Path, *more: object, limit: int | None = None) -> tuple[int, bytes]:
        """Exit code and everything that was printed, after the search for marks."""
        process = self.start(file, "--date", DAY, "--out", self.out, *more, limit=limit)
        printed = b"".join(process.communicate(timeout=60))
        self.search(printed)
        return process.returncode, printed

    def search(self, printed: bytes) -> None:
        everything = {"(printed)": printed, "(names)": "\n".join(map(str, self.watched.rglob("*"))).encode()}
        everything |= {str(file): _readable(file) for file in self.watched.rglob("*") if file.is_file()}
        for where, content in everything.items():
            leaked = [secret for secret in SECRETS if secret in content]
            assert not leaked, f"{leaked} in {where}"


def _readable(file: Path) -> bytes:
    """The bytes of a file, and for Parquet the text of all its cells, which may be compressed."""
    if file.suffix != ".parquet":
        return file.read_bytes()
    return file.read_bytes() + pl.read_parquet(file).write_csv().encode()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_the_search_finds_what_is_planted(place: Place) -> None:
    """The proof that the others can fail."""
    place.export()
    (place.watched / "tmp" / "bekas").write_bytes((place.source / "ekspor.txt").read_bytes())
    with pytest.raises(AssertionError, match="RAHASIAWATI"):
        place.search(b"")


@pytest.mark.parametrize("change", DAMAGE)
@pytest.mark.parametrize("most", ["0.001", "1"])
def test_no_row_however_damaged_leaves_the_process(place: Place, change: Change, most: str) -> None:
    file = place.export(change)
    before = sha256(file)
    code, printed = place.aggregate(file, "--max-excluded", most)
    assert sha256(file) == before, "the export itself is only read"
    assert code == 0 if (change, most) == (sound, "1") else code in (0, 1)
    assert b"Traceback" not in printed
    assert (place.out / "manifest.yaml").exists() == (code == 0)
    listing = place.out.with_name("kiriman.disisihkan.csv")
    if change is not null_bytes:
        assert listing.read_text().startswith("berkas,baris,kolom,aturan\n")


@pytest.mark.parametrize("spoil", FILES)
def test_no_file_however_damaged_leaves_the_process(place: Place, spoil: Callable[[bytes], bytes]) -> None:
    file = place.export()
    file.write_bytes(spoil(file.read_bytes()))
    code, printed = place.aggregate(file, "--max-excluded", "1")
    assert code in (0, 1)
    assert b"Traceback" not in printed
    assert code == 0 or not place.out.exists()


def test_a_reference_full_of_names_is_refused_without_a_word_of_them(place: Place) -> None:
    names = place.source / "acuan.csv"
    names.write_bytes(b"id,kode\n" + MARKS["nama"] + b"," + NIP + b"\n")
    code, printed = place.aggregate(place.export(), "--instansi", names)
    assert code == 1
    assert b"baris 2" in printed


@pytest.mark.parametrize("limit", [0, 100, 5_000])
def test_a_full_disk_leaves_no_half_files(place: Place, limit: int) -> None:
    """The limit of file size stands in for a full disk: the same error at the same writes."""
    code, printed = place.aggregate(place.export(), "--max-excluded", "1", limit=limit)
    assert code == 1
    assert b"tidak dapat ditulis" in printed
    assert not place.out.exists()
    assert {file.name for file in place.out.parent.iterdir()} <= {"kiriman.disisihkan.csv"}


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGABRT])
def test_a_process_that_is_stopped_tells_nothing_and_leaves_no_image_of_its_memory(
    place: Place, sign: signal.Signals
) -> None:
    file = place.export()
    rows = file.read_bytes().split(b"\n", 1)[1]
    with file.open("ab") as handle:
        for _ in range(400):
            handle.write(rows)
    process = place.start(file, "--date", DAY, "--out", place.out, "--max-excluded", "1")
    patience = time.monotonic() + 30
    while resource.prlimit(process.pid, resource.RLIMIT_CORE)[0] != 0:  # the command is at work once it is
        assert time.monotonic() < patience, "memory images are never switched off"
        time.sleep(0.02)
    time.sleep(0.3)
    assert process.poll() is None, "it is stopped in the middle of its work"
    process.send_signal(sign)
    printed = b"".join(process.communicate(timeout=60))
    assert process.returncode != 0
    place.search(printed)
    assert not place.out.exists()
    assert list(place.out.parent.iterdir()) == []
