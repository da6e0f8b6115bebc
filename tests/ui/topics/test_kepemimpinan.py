"""What the page on leadership says, from displayed shares only."""

from collections.abc import Mapping

from data_access.access.benchmarks import benchmarks
from data_access.access.result import Protected, State
from tests.charts.factory import DAY, protected
from ui.topics import kepemimpinan as topic
from ui.topics import terms

MEN: Mapping[str, int | State] = {
    "jpt_utama": 10,
    "jpt_madya": 455,
    "jpt_pratama": 900,
    "administrator": 3_000,
    "pengawas": 6_000,
    "jpt": 900,
}
WOMEN: Mapping[str, int | State] = {
    "jpt_utama": State.SUPPRESSED,
    "jpt_madya": 45,
    "jpt_pratama": 100,
    "administrator": 1_000,
    "pengawas": 4_000,
    "jpt": 100,
}


def shares(level: str, codes: tuple[str, ...]) -> Protected:
    def value(_day: object, cell: tuple[str, ...]) -> int | State:
        return (WOMEN if cell[1] == "P" else MEN)[cell[0]]

    return terms.women(protected([level, "jenis_kelamin"], value, members={level: codes}))


LEVELS = shares("jenjang", topic.LEVELS)


def test_a_share_needs_both_sexes() -> None:
    assert topic.share(LEVELS, "pengawas", DAY) == (0.4, 10_000)
    assert topic.share(LEVELS, "jpt_utama", DAY) is None


def test_title_speaks_of_the_first_level_that_is_shown() -> None:
    assert topic.title(LEVELS, ("jpt_utama", "jpt_pratama"), DAY, "id") == "10,0% pejabat JPT pratama adalah perempuan"
    assert topic.title(LEVELS, ("jpt_utama",), DAY, "id") == "Perempuan menurut jenjang kepemimpinan"


def test_pipeline_goes_from_the_lowest_to_the_highest_level_shown() -> None:
    assert topic.pipeline_title(LEVELS, DAY, "id") == "Dari 40,0% perempuan pada pengawas menjadi 9% pada JPT madya"
    few = shares("jenjang", ("jpt_utama", "pengawas"))
    assert topic.pipeline_title(few, DAY, "id") == "Perempuan dan laki-laki menurut jenjang"


def test_the_lowest_share_is_named_or_the_noun_stands() -> None:
    title = topic.lowest_title("Kata benda", "{name}, {share}", "id")
    assert title(LEVELS) == "JPT madya, 9%"
    assert title(shares("jenjang", ("jpt_utama",))) == "Kata benda"


def test_senior_executives_meet_senior_management_of_the_oecd_and_others_the_middle() -> None:
    women = benchmarks().women
    assert topic.oecd("jpt") == women.manajemen_senior
    assert topic.oecd("administrator") == topic.oecd("pengawas") == women.manajemen_menengah
    assert topic.line("jpt", "id") == (women.manajemen_senior, "Rata-rata OECD, senior")


def test_a_cell_without_a_value_keeps_its_own_state() -> None:
    def value(_day: object, cell: tuple[str, ...]) -> State:
        return State.SUPPRESSED if cell[0] == "jpt" else State.UNAVAILABLE

    kinds = terms.women(protected(["jenis_jabatan", "jenis_kelamin"], value, members={"jenis_jabatan": topic.KINDS}))
    assert topic.state(kinds, "jpt", DAY) == State.SUPPRESSED
    assert topic.state(kinds, "pengawas", DAY) == State.UNAVAILABLE
    assert topic.state(kinds, "fungsional", DAY) == State.UNAVAILABLE


def test_small_print_names_the_levels_that_are_suppressed_and_no_other() -> None:
    assert topic.hidden((LEVELS,), "id") == ["JPT utama"]
    assert topic.hidden((shares("jenjang", topic.MIDDLE),), "id") == []
