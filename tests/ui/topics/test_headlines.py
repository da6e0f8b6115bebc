"""Titles of several pages: a finding from displayed values, the plain noun where they are hidden."""

from datetime import date

import pytest

from data_access.access import derive
from data_access.access.result import State
from tests.charts.factory import YEARS, protected
from ui.topics import headlines, kepemimpinan, komposisi, terms

FIRST, _MIDDLE, LAST = YEARS
BASE = "seluruh ASN"
OVER_TIME = "Pangsa perempuan tiap jenjang dari waktu ke waktu"


def _status(day: date, codes: tuple[str, ...]) -> int | State:
    return {"PNS": 6_000, "CPNS": 0, "PPPK": 2_000 if day == FIRST else 4_000, "PPPK-PW": 0}[codes[0]]


def test_lines_of_status_tell_the_share_of_pppk_at_their_ends() -> None:
    told = headlines.contracts_title(protected(["status"], _status, periods=YEARS), BASE, "id")
    assert told == "PPPK kini 40,0% dari seluruh ASN; 25,0% pada 31 Des 2023"
    assert (
        headlines.contracts_title(protected(["status"], _status, periods=(LAST,)), BASE, "id")
        == "PPPK 40,0% dari seluruh ASN"
    )


def test_a_hidden_end_is_not_spoken_of() -> None:
    noun = "PNS dan PPPK dari waktu ke waktu"
    for hidden, title in ((LAST, noun), (FIRST, "PPPK 40,0% dari seluruh ASN")):

        def status(day: date, codes: tuple[str, ...], hidden: date = hidden) -> int | State:
            return State.SUPPRESSED if day == hidden and codes == ("CPNS",) else _status(day, codes)

        assert headlines.contracts_title(protected(["status"], status, periods=YEARS), BASE, "id") == title
    assert headlines.contracts_title(protected(["status"], periods=()), BASE, "id") == noun


def test_of_fewer_than_a_thousand_the_share_has_no_decimal() -> None:
    few = protected(["status"], lambda _day, codes: 205 if codes == ("PPPK",) else 95, periods=(LAST,))
    assert headlines.contracts_title(few, BASE, "id") == "PPPK 61% dari seluruh ASN"


def test_the_largest_member_is_told_at_the_date_of_the_figure() -> None:
    def persons(day: date, codes: tuple[str, ...]) -> int:
        return 5_000 if codes[0] == ("guru" if day == LAST else "dosen") else 20

    result = protected(["kelompok_jabatan"], persons, periods=YEARS)
    assert headlines.most_title(result, "Kelompok", "id") == "Terbanyak: Guru, 5.000"
    assert headlines.most_title(result, "Kelompok", "id", period=FIRST) == "Terbanyak: Dosen, 5.000"


@pytest.mark.parametrize("value", [State.SUPPRESSED, State.UNAVAILABLE, 0])
def test_without_a_number_the_largest_is_a_noun(value: int | State) -> None:
    result = protected(["kelompok_jabatan"], lambda _day, _codes: value)
    assert headlines.most_title(result, "Kelompok", "id") == "Kelompok"


def test_the_heat_map_tells_its_largest_share_or_what_it_holds() -> None:
    def persons(_day: date, codes: tuple[str, ...]) -> int:
        return 8_000 if codes == ("45", "jpt") else 100

    known = {"jenis_jabatan": ["jpt", "pelaksana"]}
    kinds = protected(["jenis_jabatan"], lambda _day, _codes: 10_000, members=known)
    crossed = protected(["pendidikan", "jenis_jabatan"], persons, members=known | {"pendidikan": ["40", "45"]})
    told = komposisi.cell_title(derive.share_of(crossed, kinds), "pendidikan", "id")
    assert told == "Paling terpusat: 80,0% pimpinan tinggi (JPT) pada S-2"
    hidden = protected(["pendidikan", "jenis_jabatan"], lambda _day, _codes: State.SUPPRESSED, members=known)
    noun = komposisi.within_title("pendidikan", "id")
    assert komposisi.cell_title(derive.share_of(hidden, kinds), "pendidikan", "id") == noun


def _leaders(day: date, codes: tuple[str, ...]) -> int | State:
    level, sex = codes
    if level == "jpt_utama":
        return State.SUPPRESSED if sex == "L" else 10
    women = {"jpt_madya": 10 if day == FIRST else 90, "administrator": 300 if day == FIRST else 340}.get(level, 300)
    return women if sex == "P" else 1_000


def test_the_level_that_moved_most_is_one_of_many_persons() -> None:
    people = protected(
        ["jenjang", "jenis_kelamin"], _leaders, periods=YEARS, members={"jenjang": list(kepemimpinan.LEVELS)}
    )
    shares = terms.women(people)
    told = "Perempuan naik terbanyak pada jpt madya: 1,0% menjadi 8,3% sejak 31 Des 2023"
    assert kepemimpinan.course_title(shares, "id").lower() == told.lower()


@pytest.mark.parametrize("value", [1_000, 40, State.SUPPRESSED])
def test_levels_that_stood_still_or_are_few_or_hidden_give_a_noun(value: int | State) -> None:
    people = protected(["jenjang", "jenis_kelamin"], lambda _day, _codes: value, periods=YEARS)
    assert kepemimpinan.course_title(terms.women(people), "id") == OVER_TIME


def test_one_date_gives_a_noun() -> None:
    one = protected(["jenjang", "jenis_kelamin"], _leaders, periods=(LAST,))
    assert kepemimpinan.course_title(terms.women(one), "id") == OVER_TIME
