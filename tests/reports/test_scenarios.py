"""Scenarios in words, and the table that compares them."""

from dataclasses import replace
from datetime import date

import pytest

from data_access.projection.band import course, forecast
from data_access.projection.base import LONGEST
from data_access.projection.rates import Rate, Rates
from data_access.projection.scenario import EarlyRetirement, PlanSource, Scenario, Shift
from reports import scenarios
from tests.data_access.projection.made import even, made_base, made_rates

KNOWN = Rates(
    attrition={("PNS", ""): Rate(0.0061, 0.0, 4), ("PPPK", ""): Rate(0.0089, 0.0, 4)},
    pppk_share=0.874,
    entry={},
    ages={},
    since=date(2022, 6, 30),
    until=date(2025, 11, 1),
)
FULL = Scenario(
    name="lengkap",
    inflow="penggantian",
    replacement={"": 0.8, "guru": 1.0},
    attrition={"nakes": 0.02},
    contract_ends=0.0025,
    shifts=(Shift(years=2, since=2028, groups=("guru", "dosen")), Shift(years=-1, since=2030)),
    early=(EarlyRetirement(share=0.1, ages=(50, 55), year=2027),),
)


def test_every_assumption_is_told() -> None:
    assert scenarios.assumptions(FULL, KNOWN, "id") == (
        "Penggantian yang keluar: semua kelompok jabatan 80%; guru 100%.",
        "PPPK 87,4% dari yang diangkat (seperti 30 Jun 2022 – 1 Nov 2025).",
        "Keluar sebelum BUP per tahun: rata-rata PNS 0,6%, PPPK 0,9% (taksiran 30 Jun 2022 – 1 Nov 2025, menurut kelompok "
        "jabatan bila ada). Lain dari taksiran: tenaga kesehatan 2%.",
        "Kontrak PPPK yang tidak diperpanjang: 0,25% per tahun.",
        "BUP naik 2 tahun mulai 2028: guru, dosen.",
        "BUP turun 1 tahun mulai 2030: semua kelompok jabatan.",
        "Pensiun dini 2027: 10% dari umur 50–55 tahun, semua kelompok jabatan.",
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_way_of_hiring_has_its_words(language: str) -> None:
    plan = {"guru": (10_000, 8_000)}
    told = [
        scenarios.assumptions(Scenario.model_validate({"name": "x", "inflow": way, "plan": plan}), KNOWN, language)[0]
        for way in ("tanpa", "penggantian", "tetap", "rencana")
    ]
    assert len(set(told)) == 4
    assert ("10.000, 8.000" if language == "id" else "10,000, 8,000") in told[3]


def test_a_plan_of_every_year_is_told_as_one_number() -> None:
    scenario = Scenario(name="x", inflow="rencana", plan={"guru": (4_000,) * LONGEST, "nakes": (5, 5)})
    told = scenarios.assumptions(scenario, KNOWN, "id")[0]
    assert told == (
        "Rencana pengadaan: guru 4.000 orang setiap tahun; "
        "tenaga kesehatan 5, 5 orang berturut-turut, sesudahnya tidak ada."
    )


def test_what_stands_in_for_the_place_is_told() -> None:
    national = replace(KNOWN, attrition={key: replace(rate, national=True) for key, rate in KNOWN.attrition.items()})
    assert "taksiran nasional" in scenarios.assumptions(Scenario(name="x"), national, "id")[1]
    unknown = replace(KNOWN, attrition={})
    assert "dianggap tidak ada" in scenarios.assumptions(Scenario(name="x"), unknown, "id")[1]


@pytest.mark.parametrize(
    ("share", "told"), [(0.8, "80%"), (0.825, "82,5%"), (0.004, "0,4%"), (0.0004, "0,04%"), (0, "0%")]
)
def test_a_share_is_told_as_typed(share: float, told: str) -> None:
    assert scenarios.exact(share, "id") == told


def test_nothing_is_claimed_of_pppk_where_nobody_joins_or_nothing_is_known() -> None:
    assert not any(
        "PPPK" in one and "diangkat" in one for one in scenarios.assumptions(Scenario(name="x"), KNOWN, "id")
    )
    unknown = replace(KNOWN, pppk_share=None)
    assert len(scenarios.assumptions(Scenario(name="x", inflow="tetap"), unknown, "id")) == 2


def test_the_table_has_stock_leavers_and_hired_by_year() -> None:
    scenario = Scenario(name="80 %", inflow="penggantian", replacement={"": 0.8})
    made = course(forecast(made_base(even), made_rates(), scenario, 2))
    table = scenarios.table({"80 %": made}, title="Judul", notes=("asumsi",), language="id")
    assert table.heads == (("Skenario", "Orang", "2026", "2027"),)
    assert [[row.heads[1], *(cell.text for cell in row.cells)] for row in table.rows] == [
        ["ASN akhir tahun", "8.940", "8.880"],
        ["Mencapai BUP", "300", "300"],
        ["Keluar karena sebab lain", "0", "0"],
        ["Masuk", "240", "240"],
    ]
    assert table.notes == ("asumsi",)


@pytest.mark.parametrize(("persons", "shown"), [(2.4, 0), (2.6, 5), (-7.6, -10), (1_233.0, 1_235)])
def test_persons_are_shown_to_the_nearest_five(persons: float, shown: int) -> None:
    assert scenarios.rounded(persons) == shown


def test_a_plan_from_posts_names_its_years() -> None:
    words = "Sumber: formasi yang ditetapkan 2024 dikali keterisian 2023"
    source = PlanSource(approved=2024, rated=2023, persons={"guru": 500})
    scenario = Scenario(name="x", inflow="rencana", plan={"guru": (500,) * LONGEST}, plan_source=source)
    assert words in scenarios.assumptions(scenario, KNOWN, "id")[0]
    typed = scenario.model_copy(update={"plan": {"guru": (400,) * LONGEST}})
    assert words not in scenarios.assumptions(typed, KNOWN, "id")[0]
