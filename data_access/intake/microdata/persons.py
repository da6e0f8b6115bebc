"""What is known of the persons of one block: the cell of each, secret marks instead of names, and who was set aside and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from data_access.intake.microdata.arrays import EMPTY, OUTSIDE, UNKNOWN, Ints, Words
from data_access.words import mark as _

IMPOSSIBLE, TWICE, FIELDS = -4, -5, -6
# Why a row is set aside: its number among the values, its key in the list of rows, and its words.
RULES: Mapping[int, tuple[str, str]] = {
    FIELDS: ("jumlah_kolom", _("Jumlah kolom baris tidak sama dengan judul")),
    EMPTY: ("kosong", _("Kolom wajib kosong")),
    UNKNOWN: ("kode_tak_dikenal", _("Kode tidak dikenal")),
    OUTSIDE: ("di_luar_kontrak", _("Tanggal di luar rentang kontrak data")),
    IMPOSSIBLE: ("mustahil", _("Kombinasi yang mustahil menurut kontrak data")),
    TWICE: ("ganda", _("NIP sudah muncul di baris lain")),
}
INDICATORS: Mapping[str, str] = {
    "kosong_pendidikan": _("Tingkat pendidikan kosong"),
    "kosong_jabatan": _("Nama jabatan kosong"),
    "kosong_golongan": _("Golongan kosong"),
    "kosong_lokasi": _("Lokasi kerja kosong"),
    "kosong_tanggal_lahir": _("Tanggal lahir kosong"),
    "kode_tak_dikenal": _("Ada kode atau tanggal yang tidak dikenal"),
    "nip_bentuk": _("NIP bukan 18 angka"),
    "nip_tanggal_lahir": _("NIP tidak cocok dengan tanggal lahir"),
    "nip_tmt_cpns": _("NIP tidak cocok dengan TMT CPNS"),
    "nip_jenis_kelamin": _("NIP tidak cocok dengan jenis kelamin"),
    "ganda": _("NIP ganda"),
    "lewat_bup": _("Sudah melewati BUP tetapi masih aktif"),
}


@dataclass(frozen=True)
class Aside:
    """Rows that were set aside: line, column (place in `COLUMNS`), rule (a number of `RULES`)."""

    lines: Ints
    columns: Ints
    rules: Ints


@dataclass(frozen=True)
class Counted:
    """Per agency (the last row: agency unknown) and indicator: rows that fail, and rows that were examined."""

    failing: Ints
    examined: Ints

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.failing + other.failing, self.examined + other.examined)

    @property
    def national(self) -> list[tuple[int, int]]:
        """(failing, examined) of each indicator over all agencies, those unknown included."""
        return [(int(a), int(b)) for a, b in zip(self.failing.sum(axis=0), self.examined.sum(axis=0), strict=True)]


@dataclass(frozen=True)
class Persons:
    """One block. `cells`, `keys`, `marks` and `lines` have one entry per person that can be placed.

    `keys` are record keys and `marks` 128 further secret bits by which the same NIP is recognised; both stay in the process.
    `active` counts the persons of the active set and those of whom it cannot be told.
    """

    file: str
    rows: int
    active: int
    cells: Ints
    keys: Ints
    marks: Words
    lines: Ints
    aside: Aside
    counted: Counted


@dataclass(frozen=True)
class Outcome:
    """What an aggregation did: rows read, active ones, those set aside by rule, and (failing, examined) by indicator."""

    folder: Path
    listing: Path
    rows: int
    active: int
    aside: dict[str, int]
    persons: int
    cells: int
    findings: dict[str, tuple[int, int]]
