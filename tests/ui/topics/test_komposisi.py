"""Titles on the make-up of the ASN speak of displayed values only, and fall back to a noun where those are hidden."""

from datetime import date

import pytest

from data_access.access import derive
from data_access.access.result import State
from tests.charts.factory import DAY, YEARS, protected
from ui import filters
from ui.topics import komposisi

BEFORE, NOW = YEARS[1], YEARS[2]


def test_title_of_status_names_the_group_with_the_largest_share_of_pppk() -> None:
    size = {"guru": {"PPPK": 3_000, "PPPK-PW": 1_000}, "nakes": {"PPPK": 500, "PPPK-PW": 500}}
    parts = protected(
        ["kelompok_jabatan", "status"],
        lambda _day, codes: size[codes[0]].get(codes[1], 2_000),
        members={"kelompok_jabatan": ["guru", "nakes"]},
    )
    assert komposisi.status_title(parts, "id") == "PPPK terbanyak pada Guru: 50,0% dari ASN kelompok itu"


@pytest.mark.parametrize("state", [State.SUPPRESSED, State.UNAVAILABLE])
def test_titles_without_a_displayed_value_are_plain_nouns(state: State) -> None:
    parts = protected(["golongan", "status"], lambda _day, _codes: state)
    ages = protected(["umur_5", "jenis_kelamin"], lambda _day, _codes: state)
    means = derive.mean(protected(["status", "umur_5"], lambda _day, _codes: state), "umur_5")
    assert komposisi.status_title(parts, "id") == "Status ASN menurut golongan"
    assert komposisi.age_title(ages, DAY, None, "id") == "Umur dan jenis kelamin"
    assert komposisi.mean_title(means, "id") == "Umur rata-rata menurut status ASN"
    groups = derive.share_of(protected(["kelompok_jabatan"], lambda _day, _codes: state), protected())
    assert komposisi.group_title(groups, None, "id") == "Kelompok jabatan"


def test_title_of_age_compares_with_a_year_before_only_where_that_is_shown() -> None:
    def persons(day: date, codes: tuple[str, ...]) -> int | State:
        if day == BEFORE:
            return State.SUPPRESSED
        return 1_000 if codes[0] == "41-45" else State.UNAVAILABLE

    ages = protected(["umur_5", "jenis_kelamin"], persons, periods=(BEFORE, NOW))
    assert komposisi.age_title(ages, NOW, BEFORE, "id") == "Umur rata-rata ASN 43,5 tahun"


def test_title_of_groups_names_its_base() -> None:
    groups = protected(["kelompok_jabatan"], lambda _day, codes: 4_000 if codes == ("guru",) else 1_000)
    whole = protected((), lambda _day, _codes: 10_000)
    shares = derive.share_of(groups, whole)
    assert komposisi.group_title(shares, 10_000, "id") == "Kelompok terbesar: Guru, 40,0% dari 10.000 ASN"


def test_mean_age_is_never_asked_by_age() -> None:
    asked = {level: komposisi.aged_level(level) for level in komposisi.LEVELS}
    assert asked["umur_bkn"] == asked["generasi"] == "status"
    assert asked["golongan"] == "golongan"


@pytest.mark.parametrize(
    ("held", "found"),
    [
        ((), None),
        ((date(2025, 6, 30),), None),  # half a year
        ((date(2024, 12, 31), date(2025, 6, 30)), date(2024, 12, 31)),
        ((date(2025, 2, 1),), date(2025, 2, 1)),  # 333 days
        ((date(2022, 12, 31),), None),
    ],
)
def test_a_year_before_lies_within_three_months_of_it(held: tuple[date, ...], found: date | None) -> None:
    assert filters.year_before(date(2025, 12, 31), (*held, date(2025, 12, 31))) == found
