"""National values to compare places with, and titles on places from displayed values."""

import pytest

from data_access.access import derive
from data_access.access.result import State
from tests.charts.factory import DAY, protected
from ui.topics import sebaran

PEOPLE = {"33": 100_000, "34": 50_000}
PLACES = {"provinsi": ["33", "34"]}


def test_national_rate_is_of_all_persons_and_all_inhabitants() -> None:
    assert sebaran.national_rate(3_000, PEOPLE) == 20.0
    assert sebaran.national_rate(None, PEOPLE) is None
    assert sebaran.national_rate(3_000, {}) is None


def test_titles_name_the_ends_and_the_country() -> None:
    persons = protected(["provinsi"], lambda _day, codes: 1_000 if codes == ("33",) else 2_000, members=PLACES)
    rates = derive.per_thousand(persons, PEOPLE, "provinsi")
    name = persons.axes[0].labels("id")["34"]
    told = sebaran.persons_title(persons, 10_000, "id")
    assert told == f"Terbanyak di {name}: 2.000 ASN, 20,0% dari seluruh Indonesia"
    assert sebaran.rate_title(rates, 20.0, "id") == f"{name}: 40,0 ASN per 1.000 penduduk; nasional 20,0"
    assert sebaran.spread_title(rates, "id").startswith("Dari 10,0 per 1.000 penduduk di ")


def test_hidden_places_give_plain_titles() -> None:
    persons = protected(["provinsi"], lambda _day, _codes: State.SUPPRESSED, members=PLACES)
    rates = derive.per_thousand(persons, PEOPLE, "provinsi")
    assert sebaran.persons_title(persons, 10_000, "id") == "Jumlah ASN menurut provinsi tempat kerja"
    assert sebaran.rate_title(rates, 20.0, "id") == "ASN per 1.000 penduduk"
    assert sebaran.spread_title(rates, "id") == "Peringkat ASN per 1.000 penduduk"
    assert sebaran.compared_title(rates, sebaran.AGE, "id") == "Umur rata-rata menurut provinsi"


@pytest.mark.parametrize(("what", "value"), [(sebaran.WOMEN, 0.75), (sebaran.AGE, 43.5)])
def test_places_and_country_are_measured_alike(what: str, value: float) -> None:
    def persons(codes: tuple[str, ...]) -> int | State:
        if what == sebaran.WOMEN:
            return 300 if codes[-1] == "P" else 100
        return 400 if codes[-1] == "41-45" else State.UNAVAILABLE

    level = sebaran.CROSSED[what]
    by_place = protected(["provinsi", level], lambda _day, codes: persons(codes), members=PLACES)
    nation = protected([level], lambda _day, codes: persons(codes))
    assert sebaran.derived(by_place, what).frame["nilai"].to_list() == [value, value]
    assert sebaran.national(nation, what, DAY) == value


def test_agencies_of_a_kind_and_the_place_of_the_chosen_one() -> None:
    every = protected(["instansi"]).axes[0].labels("id")
    ministries = sebaran.agencies(every, "kementerian")
    codes = list(ministries)[:3]
    assert codes
    assert set(sebaran.agencies(every, "kota")).isdisjoint(ministries)
    spread = protected(["instansi"], lambda _day, of: 100 * (1 + codes.index(of[0])), members={"instansi": codes})
    told = sebaran.agencies_title(spread, codes[1], "Kementerian", "id")
    assert told == f"{ministries[codes[1]]} berada di atas 1 dari 2 instansi sejenis"


def test_chosen_agency_that_is_hidden_gives_a_plain_title() -> None:
    codes = list(sebaran.agencies(protected(["instansi"]).axes[0].labels("id"), "kementerian"))[:3]
    spread = protected(
        ["instansi"],
        lambda _day, of: State.SUPPRESSED if of[0] == codes[0] else 100,
        members={"instansi": codes},
    )
    assert sebaran.agencies_title(spread, codes[0], "Kementerian", "id") == "Sebaran instansi: kementerian"
