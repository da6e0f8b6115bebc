"""One block of an export -> the persons in it: every delivered level of each, or the first reason why there is none."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from data_access.intake.microdata.arrays import EMPTY, OUTSIDE, UNKNOWN, Flags, Ints
from data_access.intake.microdata.codes import dataset, ordinal
from data_access.intake.microdata.export import Block
from data_access.intake.microdata.identity import HEADING, contradictions, plain_nips, secret_marks, well_formed
from data_access.intake.microdata.persons import FIELDS, IMPOSSIBLE, INDICATORS, Aside, Counted, Persons
from data_access.intake.microdata.reference import GROUP, JENJANG, JOIN, Reference
from data_access.intake.microdata.time_spans import (
    age_band,
    generation,
    past_retirement,
    retirement_month,
    retirement_year,
    service_band,
)

# Column that is to blame -> what depends on it, in the order in which reasons are looked for. "" is a whole row.
BLAMED = {
    "kedudukan_hukum_id": ("kedudukan_hukum_id",),
    "nip_baru": ("nip_baru",),
    "status_cpns_pns": ("status",),
    "instansi_kerja_id": ("instansi",),
    "lokasi_kerja_id": ("provinsi",),
    "jenis_kelamin": ("jenis_kelamin",),
    "tanggal_lahir": ("umur_5", "generasi"),
    "tmt_cpns": ("masa_kerja",),
    "tingkat_pendidikan_id": ("pendidikan",),
    "gol_akhir_id": ("golongan_ruang",),
    "jabatan_nama": ("jenjang", "tahun_bup"),
}
COLUMNS = (*BLAMED, "")
CONTRACTED = ("PPPK", "PPPK-PW")


def derive(block: Block, reference: Reference, secret: bytes) -> Persons:
    """The persons of a block. A header that is repeated between the rows is no row."""
    nips = plain_nips(block.rows["nip_baru"])
    legal = reference.legal_position.numbers(block.rows["kedudukan_hukum_id"])
    person = (nips.str.to_lowercase() != HEADING).to_numpy()
    counted = person & (np.isin(legal, list(reference.active)) | (legal < 0))
    rows, nips = block.rows.filter(pl.Series(counted)), nips.filter(pl.Series(counted))
    source = _source(rows, reference) | {"kedudukan_hukum_id": legal[counted]}
    source["nip_baru"] = np.where((nips == "").to_numpy(), EMPTY, 0)
    values = _levels(source, reference)
    aside = _reasons(source | values, reference)
    good = aside.rules == 0
    keys, marks = secret_marks(nips.filter(pl.Series(good)), secret)
    broken = np.full(len(block.broken), FIELDS)
    return Persons(
        file=block.file,
        rows=int(person.sum()) + len(block.broken),
        active=int(counted.sum()) + len(block.broken),
        cells=np.ravel_multi_index(tuple(values[name][good] for name in values), shape()),
        keys=keys,
        marks=marks,
        lines=block.lines[counted][good],
        aside=Aside(
            np.concatenate([block.broken, block.lines[counted][~good]]),
            np.concatenate([np.full(len(broken), COLUMNS.index("")), aside.columns[~good]]),
            np.concatenate([broken, aside.rules[~good]]),
        ),
        counted=_counted(_indicators(nips, source, values, reference), source["instansi"]),
    )


def shape() -> tuple[int, ...]:
    """Number of codes of each delivered level; a cell is one number in this shape."""
    return tuple(len(level.codes) for level in dataset().delivered)


def _source(rows: pl.DataFrame, reference: Reference) -> dict[str, Ints]:
    """What the cells of the rows mean: ordinals of codes, or days as whole numbers."""
    start = reference.day_of.numbers(rows["tmt_cpns"])
    status = reference.status.numbers(_joined(rows, "kedudukan_hukum_id", "jenis_pegawai_nama", "status_cpns_pns"))
    contracted = np.isin(status, [ordinal("status")[code] for code in CONTRACTED])
    if "tmt_pns" in rows.columns:  # some exports tell the start of PPPK there
        start = np.where(contracted & (start == EMPTY), reference.day_of.numbers(rows["tmt_pns"]), start)
    grade = _joined(rows, "gol_akhir_id", "gol_akhir_nama")
    return {
        "status": status,
        "instansi": reference.agency.numbers(_joined(rows, "instansi_kerja_id", "instansi_kerja_nama")),
        "provinsi": reference.province.numbers(_joined(rows, "lokasi_kerja_id", "lokasi_kerja_nama")),
        "jenis_kelamin": reference.sex.numbers(rows["jenis_kelamin"]),
        "birth": reference.day_of.numbers(rows["tanggal_lahir"]),
        "start": start,
        "pendidikan": reference.education.numbers(_joined(rows, "tingkat_pendidikan_id", "tingkat_pendidikan_nama")),
        "golongan_ruang": np.where(
            contracted, reference.contract_grade.numbers(grade), reference.civil_grade.numbers(grade)
        ),
        "position": reference.position.numbers(
            _joined(rows, "jenis_jabatan_id", "jenis_jabatan_nama", "eselon_id", "jabatan_nama")
        ),
        "jabatan_nama": reference.filled.numbers(rows["jabatan_nama"]),
    }


def _joined(rows: pl.DataFrame, *names: str) -> pl.Series:
    columns = [pl.col(name) if name in rows.columns else pl.lit("") for name in names]
    return rows.select(pl.concat_str(columns, separator=JOIN).alias("joined")).to_series()


def _levels(source: Mapping[str, Ints], reference: Reference) -> dict[str, Ints]:
    """Ordinals of every delivered level in the order of the contract; negative where there is none."""
    birth, start, position = source["birth"], source["start"], source["position"]
    own = np.where(source["instansi"] < 0, EMPTY, reference.own_province[source["instansi"]])
    retired = retirement_month(birth, position % GROUP)
    found = dict(source) | {
        "provinsi": np.where(source["provinsi"] == EMPTY, own, source["provinsi"]),
        "umur_5": _where_known(birth, age_band(birth, reference.day)),
        "generasi": _where_known(birth, generation(birth)),
        "masa_kerja": _where_known(start, service_band(start, reference.day)),
        "jenjang": _where_known(position, position // JENJANG),
        "kelompok_jabatan": _where_known(position, position // GROUP % (JENJANG // GROUP)),
        "tahun_bup": _where_known(birth, _where_known(position, retirement_year(retired))),
    }
    return {level.name: found[level.name] for level in dataset().delivered}


def _where_known(source: Ints, values: Ints) -> Ints:
    """The values, but the reason why there is none where the source has one."""
    return np.where(source < 0, source, values)


def _reasons(values: Mapping[str, Ints], reference: Reference) -> Aside:
    """For each person the first column that is to blame and the rule it breaks; rule 0 for those who can be placed."""
    size = len(values["nip_baru"])
    columns, rules = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for place, names in enumerate(BLAMED.values()):
        for name in names:
            first = (rules == 0) & (values[name] < 0)
            columns[first], rules[first] = place, values[name][first]
    impossible = (rules == 0) & _impossible(values, reference)
    columns[impossible], rules[impossible] = COLUMNS.index(""), IMPOSSIBLE
    return Aside(np.arange(size), columns, rules)


def _impossible(values: Mapping[str, Ints], reference: Reference) -> Flags:
    """Persons that match a rule of the contract which says that they cannot exist."""
    found = np.zeros(len(values["status"]), dtype=np.bool_)
    for rule in reference.impossible:
        matches = [inside[values[level]] & (values[level] >= 0) for level, inside in rule.items()]
        found |= np.logical_and.reduce(matches)
    return found


def _indicators(
    nips: pl.Series, source: Mapping[str, Ints], values: Mapping[str, Ints], reference: Reference
) -> dict[str, tuple[Flags, Flags]]:
    """Indicator -> (rows that fail, rows that were examined); `ganda` is found when all rows are known."""
    everyone = np.ones(len(nips), dtype=np.bool_)
    civil = np.isin(source["status"], [i for code, i in ordinal("status").items() if code not in CONTRACTED])
    strange = [np.isin(found, (UNKNOWN, OUTSIDE)) for found in (*source.values(), *values.values())]
    dated = (source["birth"] > 0) & (source["position"] >= 0)
    retired = retirement_month(source["birth"], source["position"] % GROUP)
    empty = {
        "kosong_pendidikan": "pendidikan",
        "kosong_jabatan": "jabatan_nama",
        "kosong_golongan": "golongan_ruang",
        "kosong_lokasi": "provinsi",
        "kosong_tanggal_lahir": "birth",
    }
    compared = contradictions(nips, source["birth"], source["start"], source["jenis_kelamin"])
    return {
        **{name: (source[column] == EMPTY, everyone) for name, column in empty.items()},
        "kode_tak_dikenal": (np.logical_or.reduce(strange), everyone),
        "nip_bentuk": (~well_formed(nips), everyone),
        **{name: (differs & civil, both & civil) for name, (differs, both) in compared.items()},
        "ganda": (~everyone, ~everyone),
        "lewat_bup": (dated & past_retirement(retired, reference.day), dated),
    }


def _counted(found: Mapping[str, tuple[Flags, Flags]], agency: Ints) -> Counted:
    size = len(ordinal("instansi"))
    place = np.where(agency < 0, size, agency)
    failing, examined = (
        np.array([np.bincount(place[found[name][side]], minlength=size + 1) for name in INDICATORS]).T
        for side in (0, 1)
    )
    return Counted(failing, examined)
