"""Made-up findings of the demo: the same each run, within what was examined, and slowly better."""

from datetime import date

import polars as pl
import pytest

from data_access.intake.demo import DATES
from data_access.intake.demo.quality import findings, made_up
from data_access.intake.manifest import read_manifest, sha256
from tests import world as worlds
from tests.data_access.intake.demo.written import Written
from tests.world import EARLY

CUBE = worlds.cube(worlds.persons(40_000, day=EARLY))


def share(day: date, key: str) -> float:
    rows = findings(CUBE, day, DATES).filter(pl.col("indikator") == key)
    return int(rows["jumlah"].sum()) / int(rows["dasar"].sum())


def test_the_same_bytes_each_run() -> None:
    assert findings(CUBE, DATES[3], DATES).equals(findings(CUBE, DATES[3], DATES))


def test_counts_stay_within_what_was_examined() -> None:
    found = findings(CUBE, DATES[0], DATES)
    assert ((found["jumlah"] >= 0) & (found["jumlah"] <= found["dasar"])).all()
    assert not found.select("instansi", "indikator").is_duplicated().any()


def test_checks_of_the_nip_examine_no_contract_staff() -> None:
    found = findings(CUBE, DATES[0], DATES)
    all_persons, civil = CUBE["jumlah"].sum(), CUBE.filter(pl.col("status").is_in(["PNS", "CPNS"]))["jumlah"].sum()
    bases = dict(found.group_by("indikator").agg(pl.col("dasar").sum()).iter_rows())
    assert {key: base for key, base in bases.items() if base == civil}.keys() == {
        "nip_tanggal_lahir",
        "nip_tmt_cpns",
        "nip_jenis_kelamin",
    }
    assert set(bases.values()) == {all_persons, civil}


@pytest.mark.parametrize("key", ["kosong_lokasi", "kode_tak_dikenal", "nip_tmt_cpns"])
def test_it_improves_from_the_first_date_to_the_last(key: str) -> None:
    assert share(DATES[-1], key) < 0.75 * share(DATES[0], key)


def test_agencies_differ() -> None:
    found = findings(CUBE, DATES[0], DATES).filter((pl.col("indikator") == "kosong_lokasi") & (pl.col("dasar") > 100))
    shares = found["jumlah"] / found["dasar"]
    assert shares.quantile(0.9) > 2.5 * shares.quantile(0.1)  # type: ignore[operator]


def test_each_date_of_a_wave_is_one_of_the_demo() -> None:
    assert {date.fromisoformat(day) for day in made_up().waves} <= set(DATES)


def test_every_demo_delivery_names_its_findings(written: Written) -> None:
    for folder in written.folders.values():
        manifest = read_manifest(folder)
        assert manifest.quality == {"mutu.parquet": sha256(folder / "mutu.parquet")}
