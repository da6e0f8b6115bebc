"""Draws made-up persons: every column of an export that is not empty, as text."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from data_access.contract.model import Value
from data_access.intake.microdata.arrays import Flags, Ints
from data_access.intake.microdata.codes import dataset, source_codes
from data_access.intake.microdata.places import REGIONS

Texts = npt.NDArray[np.object_]
BATCH = 100_000  # rows that are drawn at once
CAPITAL = "31"
SERIALS = 999
YOUNGEST, OLDEST, OLDEST_LECTURER = 19, 57, 64
FIRST_CONTRACTS = 2019
MANAGERIAL = "1"
KINDS = {"PNS": "PNS Daerah", "CPNS": "PNS Daerah", "PPPK": "PPPK", "PPPK-PW": "PPPK Paruh Waktu"}
FLAGS = {"PNS": "P", "CPNS": "C", "PPPK": "PPPK", "PPPK-PW": "PPPK"}
OFFICES = {"Pemkab ": "Pemerintah Kab. ", "Pemkot ": "Pemerintah Kota ", "Pemprov ": "Pemerintah Provinsi "}


class Shares(Value):
    status: dict[str, float]
    women: float
    inactive: float
    central: float
    no_place: float


def drawn(
    draw: np.random.Generator,
    shares: Shares,
    tables: Mapping[str, Mapping[str, float]],
    positions: Sequence[tuple[str, str, str, float]],
    *,
    size: int,
    day: date,
    batch: tuple[int, int],
) -> pl.DataFrame:
    """`size` persons; `batch` (number, of how many) keeps the NIPs of different batches apart."""
    status = _of(draw, shares.status, size)
    contracted = np.isin(status, ["PPPK", "PPPK-PW"])
    sex = np.where(draw.random(size) < shares.women, "F", "M")
    columns: dict[str, Texts | pl.Series] = {
        **_standing(draw, tables, status, inactive=draw.random(size) < shares.inactive),
        **_position(draw, positions, status),
        **_places(draw, shares, size, day),
        "jenis_kelamin": sex,
        "tingkat_pendidikan_id": _of(draw, tables["education"], size),
        "gol_akhir_id": np.where(contracted, "", _of(draw, tables["civil_grades"], size)),
        "gol_akhir_nama": np.where(contracted, _of(draw, tables["contract_grades"], size), ""),
    }
    grades = source_codes().grades
    columns["gol_akhir_nama"] = np.where(
        contracted, columns["gol_akhir_nama"], _mapped(columns["gol_akhir_id"], {**grades, "": ""})
    )
    lecturer = np.isin(columns["jabatan_nama"], [name for name, *_rest in positions if _academic(name)])
    columns |= _dates(draw, contracted, lecturer, sex, day, batch)
    return _with_contacts(pl.DataFrame(columns), batch[0] * BATCH)


def _standing(
    draw: np.random.Generator, tables: Mapping[str, Mapping[str, float]], status: Texts, *, inactive: Flags
) -> dict[str, Texts]:
    size = len(status)
    active = np.where(status == "PPPK", "71", np.where(status == "PPPK-PW", "101", ""))
    active = np.where(active == "", _of(draw, tables["civil_positions"], size), active)
    position = np.where(inactive, _of(draw, tables["inactive_positions"], size), active)
    return {
        "kedudukan_hukum_id": position,
        "kedudukan_hukum_nama": _mapped(position, source_codes().legal_positions),
        "jenis_pegawai_nama": _mapped(status, KINDS),
        "status_cpns_pns": _mapped(status, FLAGS),
    }


def _position(
    draw: np.random.Generator, positions: Sequence[tuple[str, str, str, float]], status: Texts
) -> dict[str, Texts]:
    """Everybody has a position; CPNS and part-time PPPK no managerial one."""
    names, kinds, echelons, weights = (np.array(column) for column in zip(*positions, strict=True))
    lowly = weights * (kinds != MANAGERIAL)
    any_of = draw.choice(len(names), len(status), p=weights / weights.sum())
    none_of = draw.choice(len(names), len(status), p=lowly / lowly.sum())
    place = np.where(np.isin(status, ["CPNS", "PPPK-PW"]), none_of, any_of)
    return {"jabatan_nama": names[place], "jenis_jabatan_id": kinds[place], "eselon_id": echelons[place]}


def _academic(name: str) -> bool:
    return "Dosen" in name or name == "Guru Besar"


def _places(draw: np.random.Generator, shares: Shares, size: int, day: date) -> dict[str, Texts]:
    """An agency by a name and an id of SIASN's kind, and a place of work within the province of regional ones."""
    central, regional = _agencies(day)
    names, regions = _regions(day)
    chosen = np.where(
        draw.random(size) < shares.central,
        draw.integers(0, len(central), size),
        len(central) + draw.integers(0, len(regional), size),
    )
    agencies = [*central, *regional]
    own = np.array([place for _name, place in agencies])[chosen]
    anywhere = np.where(draw.random(size) < 0.3, CAPITAL, np.array(list(regions))[draw.integers(0, len(regions), size)])
    province = np.where(own == "", anywhere, own)
    starts = np.array([regions[code][0] for code in province])
    counts = np.array([regions[code][1] for code in province])
    region = starts + (draw.random(size) * counts).astype(np.int64)
    told = (own == "") | (draw.random(size) >= shares.no_place)
    labels = np.array([name for name, _place in agencies])
    ids = np.array([f"A5EB03{place:026X}" for place in range(len(agencies))])
    return {
        "instansi_kerja_nama": labels[chosen],
        "instansi_kerja_id": ids[chosen],
        "instansi_induk_nama": labels[chosen],
        "instansi_induk_id": ids[chosen],
        "lokasi_kerja_id": np.where(told, np.array([code for code, _name in names])[region], ""),
        "lokasi_kerja_nama": np.where(told, np.array([name for _code, name in names])[region], ""),
    }


@lru_cache(maxsize=4)
def _agencies(day: date) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Names of central and of regional agencies valid on the day, each with its province ("" for central ones)."""
    late = {code.code for code in dataset().levels["provinsi"].codes if not code.valid_on(day)}
    central: list[tuple[str, str]] = []
    regional: list[tuple[str, str]] = []
    for code in dataset().levels["instansi"].codes:
        place = code.attributes.get("provinsi", "")
        if code.valid_on(day) and place not in late:
            kind = next((word for word in OFFICES if code.label.id.startswith(word)), "")
            name = OFFICES[kind] + code.label.id.removeprefix(kind) if kind else code.label.id
            (regional if place else central).append((name, place))
    return central, regional


@lru_cache(maxsize=4)
def _regions(day: date) -> tuple[list[tuple[str, str]], dict[str, tuple[int, int]]]:
    """Code and name of regencies and cities, and for each province valid on the day where they begin and how many they are."""
    with REGIONS.open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["tingkat"] != "provinsi"]
    names = [(row["kode"], row["nama"].title()) for row in rows]
    owners = [row["kode_provinsi"] for row in rows]
    valid = [c.code for c in dataset().levels["provinsi"].codes if c.valid_on(day) and c.code in owners]
    return names, {code: (owners.index(code), owners.count(code)) for code in valid}


def _dates(
    draw: np.random.Generator, contracted: Flags, lecturer: Flags, sex: Texts, day: date, batch: tuple[int, int]
) -> dict[str, Texts | pl.Series]:
    """Birth, start and the NIP that holds both. PPPK numbers hold the year of the start and 21."""
    size = len(sex)
    today = np.datetime64(day, "D")
    oldest = np.where(lecturer, OLDEST_LECTURER, OLDEST)
    age = draw.normal(41, 10, size)
    age = np.where((age < YOUNGEST) | (age > oldest), draw.uniform(YOUNGEST, oldest, size), age)
    birth = today - (age * 365.25).astype("timedelta64[D]")
    grown = np.abs(age - draw.uniform(18, 30, size))
    start = (today - (grown * 365.25).astype("timedelta64[D]")).astype("datetime64[M]")
    months = draw.integers(0, (day.year - FIRST_CONTRACTS) * 12, size)
    start = np.where(contracted, np.datetime64(day, "M") - months.astype("timedelta64[M]"), start)
    born, started = pl.Series(birth.astype("datetime64[D]")), pl.Series(start.astype("datetime64[D]"))
    middle = pl.DataFrame({"pppk": contracted, "m": started.dt.strftime("%Y%m"), "y": started.dt.strftime("%Y21")})
    stem = born.dt.strftime("%Y%m%d") + middle.select(pl.when("pppk").then("y").otherwise("m")).to_series()
    stem += pl.Series(np.where(sex == "M", "1", "2"))
    return {
        "tanggal_lahir": born.dt.strftime("%d-%m-%Y"),
        "tmt_cpns": started.dt.strftime("%d-%m-%Y"),
        "nip_baru": stem + _serial(stem, batch),
    }


def _serial(stem: pl.Series, batch: tuple[int, int]) -> pl.Series:
    """A number that differs among equal stems, also among those of other batches."""
    number, batches = batch
    within: Ints = pl.DataFrame({"s": stem}).select(pl.int_range(pl.len()).over("s")).to_series().to_numpy()
    serial = 1 + (number * (SERIALS // batches) + within) % SERIALS
    return pl.Series(serial).cast(pl.String).str.zfill(3)


def _with_contacts(rows: pl.DataFrame, first: int) -> pl.DataFrame:
    """Names and contacts that nobody could take for real ones."""
    number = pl.int_range(first, first + pl.len()).cast(pl.String).str.zfill(6)
    return rows.with_columns(
        pns_id=pl.lit("CONTOH-") + number,
        nama=pl.lit("Contoh ") + number,
        gelar_depan=pl.lit("Drs."),
        gelar_belakang=pl.lit('S.E., "M.M."'),
        tempat_lahir_nama=pl.lit("Kota Contoh"),
        nik=pl.lit("99") + number.str.zfill(14),
        nomor_hp=pl.lit("0800") + number,
        email=pl.lit("contoh") + number + pl.lit("@contoh.invalid"),
        email_gov=pl.lit("contoh") + number + pl.lit("@instansi.contoh.invalid"),
        alamat=pl.lit("Jalan Contoh No. ") + number + pl.lit(", RT 00/RW 00, Kelurahan Contoh"),
        npwp_nomor=pl.lit("00") + number,
        bpjs=pl.lit("000") + number,
        nomor_sk_cpns=pl.lit("SK-CONTOH/") + number,
        tanggal_sk_cpns=pl.col("tmt_cpns"),
        nomor_sk_pns=pl.lit("SK-CONTOH-PNS/") + number,
        tmt_golongan=pl.col("tmt_cpns"),
        tmt_jabatan=pl.col("tmt_cpns"),
        agama_nama=pl.lit("Contoh"),
        pendidikan_nama=pl.lit("Pendidikan Contoh"),
        unor_nama=pl.lit("Unit Organisasi Contoh"),
        unor_id=pl.lit("8AE483A5641F817901641F8179010000"),
        satuan_kerja_kerja_nama=pl.col("instansi_kerja_nama"),
        nama_sekolah=pl.lit("Sekolah Contoh"),
        is_valid_nik=pl.lit("1"),
        mk_tahun=pl.lit("05"),
        mk_bulan=pl.lit("03"),
    )


def _of(draw: np.random.Generator, shares: Mapping[str, float], size: int) -> Texts:
    weights = np.array(list(shares.values()))
    return np.asarray(np.array(list(shares))[draw.choice(len(shares), size, p=weights / weights.sum())])


def _mapped(values: Texts | pl.Series, table: Mapping[str, str]) -> Texts:
    return np.asarray(pl.Series(values).replace_strict(table, return_dtype=pl.String).to_numpy())
