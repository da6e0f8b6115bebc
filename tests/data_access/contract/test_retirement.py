"""The table of retirement ages: complete on every day that data can speak of, one rule each, by the right law."""

from datetime import date

import pytest

from data_access.contract import contract
from data_access.contract.retirement import (
    OLDEST,
    YOUNGEST,
    ages_of,
    retirement_month,
    retirement_rules,
    rule_for,
)

DAYS = (date(2021, 1, 1), date(2023, 10, 30), date(2023, 10, 31), date(2026, 11, 27), date(2050, 1, 1))
ACADEMIC = ("asisten_ahli", "lektor", "lektor_kepala", "guru_besar")


def positions() -> list[tuple[str, str]]:
    """Every rank with the groups that the contract lets it stand in."""
    levels = contract().datasets["pegawai"].levels
    managers = [code.code for code in levels["jenjang"].codes if code.parent != "fungsional"]
    groups = {code.code for code in levels["kelompok_jabatan"].codes} - {"dosen", "lainnya"}
    others = set(levels["jenjang"].by_code) - {*managers, *ACADEMIC}
    return (
        [(rank, "lainnya") for rank in managers]
        + [(rank, "dosen") for rank in ACADEMIC]
        + [(rank, group) for rank in sorted(others) for group in sorted(groups)]
    )


@pytest.mark.parametrize("day", DAYS)
def test_every_position_has_an_age_on_every_day(day: date) -> None:
    for rank, group in positions():
        assert YOUNGEST <= rule_for(jenjang=rank, group=group, on=day).age <= OLDEST


def test_codes_are_those_of_the_contract_and_every_rule_has_its_law() -> None:
    levels = contract().datasets["pegawai"].levels
    for rule in retirement_rules():
        assert set(rule.jenjang) <= set(levels["jenjang"].by_code)
        assert rule.kelompok_jabatan in {"", *levels["kelompok_jabatan"].by_code}
        assert rule.source
        assert rule.until is None or rule.since <= rule.until


@pytest.mark.parametrize(
    ("rank", "group", "name", "age", "law"),
    [
        ("jpt_madya", "lainnya", "", 60, "UU 20/2023"),
        ("pelaksana", "lainnya", "", 58, "UU 20/2023"),
        ("ahli_utama", "guru", "", 60, "UU 14/2005"),
        ("guru_besar", "dosen", "", 70, "UU 14/2005"),
        ("lektor", "dosen", "", 65, "UU 14/2005"),
        ("ahli_madya", "nakes", "", 60, "PP 11/2017"),
        ("ahli_utama", "teknis", "peneliti ahli utama", 70, "UU 11/2019"),
        ("ahli_madya", "teknis", "peneliti ahli madya", 65, "UU 11/2019"),
        ("ahli_madya", "teknis", "perekayasa ahli madya", 60, "PP 11/2017"),
    ],
)
def test_ages_and_their_laws(rank: str, group: str, name: str, age: int, law: str) -> None:
    rule = rule_for(jenjang=rank, group=group, name=name, on=date(2025, 12, 31))
    assert rule.age == age
    assert rule.source.startswith(law)


def test_the_law_of_the_day_decides() -> None:
    before, after = (
        rule_for(jenjang="pengawas", group="lainnya", on=day) for day in (date(2023, 10, 30), date(2023, 10, 31))
    )
    assert (before.source, after.source) == ("UU 5/2014 Pasal 90", "UU 20/2023")


def test_before_all_rules_there_is_no_age() -> None:
    with pytest.raises(KeyError, match="pelaksana"):
        rule_for(jenjang="pelaksana", group="lainnya", on=date(2010, 1, 1))


def test_the_ages_of_a_group() -> None:
    ranks = tuple(contract().datasets["pegawai"].levels["jenjang"].by_code)
    day = date(2025, 12, 31)
    assert ages_of("guru", ranks, day) == (60,)
    assert ages_of("dosen", ACADEMIC, day) == (65, 70)
    assert ages_of("teknis", ("ahli_muda", "ahli_utama"), day) == (58, 65, 70), "researchers are in the group"
    assert ages_of("nakes", ("pemula", "ahli_muda", "ahli_madya", "ahli_utama"), day) == (58, 60, 65)


@pytest.mark.parametrize(
    ("born", "age", "leaves"),
    [((1967, 6), 58, (2025, 7)), ((1967, 12), 58, (2026, 1)), ((1960, 1), 65, (2025, 2))],
)
def test_a_person_leaves_in_the_month_after_the_birthday(
    born: tuple[int, int], age: int, leaves: tuple[int, int]
) -> None:
    year, month = born
    assert divmod(retirement_month(year * 12 + month - 1, age), 12) == (leaves[0], leaves[1] - 1)
