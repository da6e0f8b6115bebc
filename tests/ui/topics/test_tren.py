"""Titles on change: from displayed values, up or down, and plain where nothing can be compared."""

from datetime import date

import pytest

from data_access.access import derive
from data_access.access.result import State
from tests.charts.factory import YEARS, protected
from ui.topics import tren

BEFORE, _MIDDLE, NOW = YEARS


def _growing(day: date, codes: tuple[str, ...]) -> int:
    return 1_500 if day == NOW and codes == ("P",) else 1_000


def _shrinking(day: date, codes: tuple[str, ...]) -> int:
    return 1_000 if day == BEFORE else 900 if codes == ("P",) else 500


def test_title_over_time_names_the_fastest_growth_and_since_when() -> None:
    counts = protected(["jenis_kelamin"], _growing, periods=YEARS)
    assert tren.course_title(counts, "id") == "Tumbuh tercepat: Perempuan, +50,0% sejak 31 Des 2023"


def test_title_says_when_all_shrank() -> None:
    counts = protected(["jenis_kelamin"], _shrinking, periods=YEARS)
    assert tren.course_title(counts, "id") == "Semua berkurang; paling sedikit Perempuan: −10,0% sejak 31 Des 2023"
    pair = protected(["jenis_kelamin"], _shrinking, periods=(BEFORE, NOW))
    assert tren.pair_title(pair, "id") == "Tidak ada yang bertambah sejak 31 Des 2023"


def test_one_date_or_hidden_values_give_a_plain_title() -> None:
    plain = "Jumlah ASN menurut jenis kelamin"
    assert tren.course_title(protected(["jenis_kelamin"], periods=(NOW,)), "id") == plain
    hidden = protected(["jenis_kelamin"], lambda _day, _codes: State.SUPPRESSED, periods=YEARS)
    assert tren.course_title(hidden, "id") == plain


def test_growth_from_fewer_than_fifty_is_not_a_finding() -> None:
    def persons(day: date, codes: tuple[str, ...]) -> int:
        if codes == ("KM01",):
            return 45 if day == BEFORE else 900
        return 1_000 if day == BEFORE else 1_100 if codes == ("KM02",) else 950

    codes = [code for code, _label in protected(["instansi"]).axes[0].members][:3]
    known = dict(zip(codes, ("KM01", "KM02", "KM03"), strict=True))
    asked = protected(
        ["instansi"],
        lambda day, of: persons(day, (known[of[0]],)),
        periods=(BEFORE, NOW),
        members={"instansi": codes},
    )
    title = tren.loss_title(derive.growth(asked, NOW, BEFORE), BEFORE, "id")
    names = asked.axes[0].labels("id")
    assert title == f"Sejak 31 Des 2023: {names[codes[1]]} +10,0%, {names[codes[2]]} −5,0%"


def test_line_of_all_together_is_left_out_where_a_total_is_hidden() -> None:
    grown = protected((), lambda day, _codes: 2_000 if day == NOW else 1_000, periods=(BEFORE, NOW))
    assert tren.whole_growth(grown, NOW, BEFORE, "id") == (1.0, "Seluruhnya")
    hidden = protected((), lambda _day, _codes: State.SUPPRESSED, periods=(BEFORE, NOW))
    assert tren.whole_growth(hidden, NOW, BEFORE, "id") is None


@pytest.mark.parametrize(
    ("level", "one", "levels"),
    [
        ("status", False, ("provinsi", "status")),
        ("provinsi", False, ("provinsi",)),
        ("status", True, ("status",)),  # one province has no other to stand beside
    ],
)
def test_provinces_are_compared_unless_one_is_chosen(level: str, one: bool, levels: tuple[str, ...]) -> None:
    assert tren.compared(level, one_province=one) == levels
