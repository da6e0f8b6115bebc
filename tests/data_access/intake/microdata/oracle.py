"""The same aggregation in slow plain Python, person by person, with tables of its own: it shares no line with the product."""

import hashlib
import hmac
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from data_access.contract.load import FOLDER

ACTIVE = {"01", "02", "03", "04", "11", "13", "15", "71", "101"}
KNOWN_POSITIONS = ACTIVE | set(
    ["05", "06", "07", "08", "09", "12", "14", "16", "20", "66", "67", "69", "70", "72", "73", "77", "88", "98", "99"]
)
EDUCATION = set(["05", "10", "12", "15", "17", "18", "20", "25", "30", "35", "40", "45", "50"])
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"]
PNS_GRADES = {
    f"{i}{j}": f"{ROMAN[i - 1]}/{'abcde'[j - 1]}" for i in range(1, 5) for j in range(1, 6) if i == 4 or j < 5
}
# Position -> jenjang, group, retirement age; written by hand from the rules.
POSITIONS = {
    "Guru Ahli Pertama": ("ahli_pertama", "guru", 60),
    "Guru Ahli Muda": ("ahli_muda", "guru", 60),
    "GURU AHLI MADYA": ("ahli_madya", "guru", 60),
    "Guru Ahli Utama": ("ahli_utama", "guru", 60),
    "Ahli Pertama - Guru Kelas": ("ahli_pertama", "guru", 60),
    "Guru Muda": ("ahli_muda", "guru", 60),
    "Asisten Ahli - Dosen": ("asisten_ahli", "dosen", 65),
    "Lektor - Dosen": ("lektor", "dosen", 65),
    "Dosen Lektor Kepala": ("lektor_kepala", "dosen", 65),
    "Guru Besar": ("guru_besar", "dosen", 70),
    "Perawat Terampil": ("terampil", "nakes", 58),
    "Perawat Ahli Pertama": ("ahli_pertama", "nakes", 58),
    "Perawat Pelaksana Lanjutan": ("mahir", "nakes", 58),
    "Bidan Mahir": ("mahir", "nakes", 58),
    "Bidan Penyelia": ("penyelia", "nakes", 58),
    "Dokter Ahli Pertama": ("ahli_pertama", "nakes", 58),
    "Dokter Ahli Madya": ("ahli_madya", "nakes", 60),
    "Dokter Ahli Utama": ("ahli_utama", "nakes", 65),
    "Pranata Laboratorium Kesehatan Pelaksana": ("terampil", "nakes", 58),
    "Penyuluh Pertanian Ahli Pertama": ("ahli_pertama", "penyuluh", 58),
    "Penyuluh Agama Ahli  Muda": ("ahli_muda", "penyuluh", 58),
    "Penyuluh Keluarga Berencana Terampil": ("terampil", "penyuluh", 58),
    "Penyuluh Pertanian Pelaksana Pemula": ("pemula", "penyuluh", 58),
    "Analis Kebijakan Ahli Muda": ("ahli_muda", "teknis", 58),
    "Perencana Ahli Madya": ("ahli_madya", "teknis", 60),
    "Arsiparis Terampil": ("terampil", "teknis", 58),
    "Pranata Komputer Ahli Pertama": ("ahli_pertama", "teknis", 58),
    "Peneliti Ahli Utama": ("ahli_utama", "teknis", 70),
    "Peneliti Ahli Madya": ("ahli_madya", "teknis", 65),
    "Widyaiswara Ahli Utama": ("ahli_utama", "teknis", 65),
    "Medik Veteriner Ahli Muda": ("ahli_muda", "teknis", 58),
    "Pemadam Kebakaran Pemula": ("pemula", "teknis", 58),
    "Pengadministrasi Umum": ("pelaksana", "lainnya", 58),
    "Pengemudi": ("pelaksana", "lainnya", 58),
    "Pengelola Keuangan": ("pelaksana", "lainnya", 58),
    "Penata Layanan Operasional": ("pelaksana", "lainnya", 58),
    "Kepala Seksi Pemerintahan": ("pengawas", "lainnya", 58),
    "Lurah": ("pengawas", "lainnya", 58),
    "Kepala Sub Bagian Umum": ("pengawas", "lainnya", 58),
    "Kepala Bidang Mutasi": ("administrator", "lainnya", 58),
    "Camat": ("administrator", "lainnya", 58),
    "Kepala Dinas Pendidikan": ("jpt_pratama", "lainnya", 60),
    "Direktur Pengadaan": ("jpt_pratama", "lainnya", 60),
    "Sekretaris Jenderal": ("jpt_madya", "lainnya", 60),
    "Deputi Bidang Pembinaan": ("jpt_madya", "lainnya", 60),
    "Kepala Badan Kepegawaian Negara": ("jpt_utama", "lainnya", 60),
    "Kepala Urusan Tata Usaha": ("eselon_v", "lainnya", 58),
    "Kepala Bagian Hukum": ("administrator", "lainnya", 58),
}


class AsideError(Exception):
    """A row that cannot be placed: column and rule."""


@dataclass
class Answer:
    """Cell -> [persons, sum of keys]; (agency, indicator) -> [failing, examined]; rows set aside as (line, column, rule)."""

    cells: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    findings: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    aside: list[tuple[int, str, str]] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)
    rows: int = 0


def answer(file: Path, *, day: date, secret: bytes) -> Answer:
    found, seen = Answer(), set[str]()
    header, *lines = file.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split("\n")
    names = header.split("|")
    for number, line in enumerate(lines, start=2):
        if not line:
            continue
        found.rows += 1
        cells = line.split("|")
        if len(cells) != len(names):
            set_aside(found, number, "", "jumlah_kolom")
            continue
        row = {name: cell.strip().lstrip("'") for name, cell in reversed(list(zip(names, cells, strict=True)))}
        position = row["kedudukan_hukum_id"].zfill(2)
        if position in KNOWN_POSITIONS - ACTIVE:
            continue
        count_person(found, seen, number, row, day=day, secret=secret)
    return found


def set_aside(found: Answer, line: int, column: str, rule: str) -> None:
    found.aside.append((line, column, rule))
    found.rules[rule] += 1


def count_person(found: Answer, seen: set[str], line: int, row: dict[str, str], *, day: date, secret: bytes) -> None:
    nip = row["nip_baru"].replace(" ", "")
    look_for_faults(found, nip, row, day)
    try:
        cell = cell_of(row, day)
    except AsideError as error:
        set_aside(found, line, *error.args)
        return
    agency = cell[1]
    found.findings[agency, "ganda"][1] += 1
    if nip in seen:
        found.findings[agency, "ganda"][0] += 1
        set_aside(found, line, "nip_baru", "ganda")
        return
    seen.add(nip)
    digest = hmac.new(secret, (nip + "rk1").encode(), hashlib.sha256).digest()
    sums = found.cells[cell]
    sums[0] += 1
    sums[1] += int.from_bytes(digest[:4], "big")


def cell_of(row: dict[str, str], day: date) -> tuple[str, ...]:
    status, agency = status_of(row), agency_of(row)
    if not agency:
        raise AsideError("instansi_kerja_id", "kode_tak_dikenal")
    place = row["lokasi_kerja_id"][:2] or OWN_PROVINCE[agency]
    if not place:
        raise AsideError("lokasi_kerja_id", "kosong")
    birth = day_of(row["tanggal_lahir"], "tanggal_lahir")
    age = years(birth, day)
    if age < 18 or not 1946 <= birth.year <= 2010:
        raise AsideError("tanggal_lahir", "di_luar_kontrak")
    service = years(day_of(row["tmt_cpns"], "tmt_cpns"), day)
    if service < 0:
        raise AsideError("tmt_cpns", "di_luar_kontrak")
    if row["tingkat_pendidikan_id"] not in EDUCATION:
        raise AsideError("tingkat_pendidikan_id", "kode_tak_dikenal" if row["tingkat_pendidikan_id"] else "kosong")
    grade = grade_of(row, status)
    jenjang, group, bup = position_of(row)
    return (
        status,
        agency,
        place,
        "L" if row["jenis_kelamin"] == "M" else "P",
        band(age, ["18-20", "21-25", "26-30", "31-35", "36-40", "41-45", "46-50", "51-55", "56-60", "61-65", ">65"]),
        "BB" if birth.year < 1965 else "X" if birth.year < 1977 else "Y" if birth.year < 1995 else "Z",
        band(service, ["0-5", "6-10", "11-15", "16-20", "21-25", "26-30", ">30"]),
        row["tingkat_pendidikan_id"],
        grade,
        jenjang,
        group,
        str(max(retires(birth, bup).year, 2021)),
    )


def position_of(row: dict[str, str]) -> tuple[str, str, int]:
    name = row["jabatan_nama"]
    if name not in POSITIONS and row["jenis_jabatan_id"] != "4":
        raise AsideError("jabatan_nama", "kode_tak_dikenal" if name else "kosong")
    return POSITIONS[name or "Pengemudi"]


def status_of(row: dict[str, str]) -> str:
    if row["kedudukan_hukum_id"].zfill(2) not in KNOWN_POSITIONS:
        raise AsideError("kedudukan_hukum_id", "kode_tak_dikenal")
    if row["kedudukan_hukum_id"] == "101":
        return "PPPK-PW"
    if row["kedudukan_hukum_id"] == "71":
        return "PPPK"
    return {"P": "PNS", "C": "CPNS", "PPPK": "PPPK"}[row["status_cpns_pns"]]


def agency_of(row: dict[str, str]) -> str:
    name = row["instansi_kerja_nama"].replace("Pemerintah Kab. ", "Pemkab ").replace("Pemerintah Kota ", "Pemkot ")
    return BY_NAME.get(name.replace("Pemerintah Provinsi ", "Pemprov "), "")


def grade_of(row: dict[str, str], status: str) -> str:
    if status in ("PPPK", "PPPK-PW"):
        if not row["gol_akhir_nama"]:
            raise AsideError("gol_akhir_id", "kosong")
        return "PPPK-" + row["gol_akhir_nama"]
    if not row["gol_akhir_id"]:
        raise AsideError("gol_akhir_id", "kosong")
    return PNS_GRADES[row["gol_akhir_id"]]


def day_of(text: str, column: str) -> date:
    if not text:
        raise AsideError(column, "kosong")
    d, m, y = text.split("-")
    try:
        return date(int(y), int(m), int(d))
    except ValueError as error:
        raise AsideError(column, "kode_tak_dikenal") from error


def years(since: date, until: date) -> int:
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def band(value: int, names: list[str]) -> str:
    """The first band whose upper end is not below the value; the last one is open."""
    return next((name for name in names if "-" in name and value <= int(name.split("-")[1])), names[-1])


def retires(birth: date, bup: int) -> date:
    """The first day of the month after the birthday on which the retirement age is reached."""
    month = birth.month % 12 + 1
    return date(birth.year + bup + (birth.month == 12), month, 1)


def look_for_faults(found: Answer, nip: str, row: dict[str, str], day: date) -> None:
    agency = agency_of(row)
    civil = row["status_cpns_pns"] in ("P", "C")
    formed = bool(re.fullmatch(r"[0-9]{18}", nip))
    birth, start = days(row["tanggal_lahir"]), days(row["tmt_cpns"])
    position = POSITIONS.get(row["jabatan_nama"] or ("Pengemudi" if row["jenis_jabatan_id"] == "4" else ""))
    outside = birth is not None and (years(birth, day) < 18 or not 1946 <= birth.year <= 2010)
    strange = (
        row["kedudukan_hukum_id"].zfill(2) not in KNOWN_POSITIONS,
        not agency,
        row["tingkat_pendidikan_id"] not in EDUCATION | {""},
        bool(row["jabatan_nama"]) and position is None,
        bool(row["tanggal_lahir"]) and birth is None,
        outside,
    )
    checks = {
        "kosong_pendidikan": (not row["tingkat_pendidikan_id"], True),
        "kosong_jabatan": (not row["jabatan_nama"], True),
        "kosong_golongan": (not row["gol_akhir_id"] + row["gol_akhir_nama"], True),
        "kosong_lokasi": (not row["lokasi_kerja_id"], True),
        "kosong_tanggal_lahir": (not row["tanggal_lahir"], True),
        "kode_tak_dikenal": (any(strange), True),
        "nip_bentuk": (not formed, True),
        "nip_tanggal_lahir": (bool(birth) and f"{birth:%Y%m%d}" != nip[:8], civil and formed and bool(birth)),
        "nip_tmt_cpns": (bool(start) and f"{start:%Y%m}" != nip[8:14], civil and formed and bool(start)),
        "nip_jenis_kelamin": (nip[14:15] != ("1" if row["jenis_kelamin"] == "M" else "2"), civil and formed),
        "lewat_bup": (
            bool(birth and position) and retires(birth or day, (position or ("", "", 0))[2]) <= day,
            bool(birth and position),
        ),
    }
    for name, (fails, examined) in checks.items():
        found.findings[agency, name][0] += fails and examined
        found.findings[agency, name][1] += examined


def days(text: str) -> date | None:
    try:
        return day_of(text, "")
    except AsideError:
        return None


def _agencies() -> list[list[str]]:
    rows = (FOLDER / "kode" / "instansi.csv").read_text("utf-8").splitlines()[1:]
    return [re.findall(r'("[^"]*"|[^,]*)(?:,|$)', row) for row in rows]


BY_NAME = {row[1].strip('"'): row[0] for row in _agencies()}
OWN_PROVINCE = {row[0]: row[4] for row in _agencies()}
