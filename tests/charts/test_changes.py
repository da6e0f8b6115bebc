"""Changes between two official results: order, kinds, signs, and the refusal of everything protected."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from charts import changes
from charts.change_rows import GONE, NEW, change_rows
from charts.theme import LIGHT
from data_access.access.result import Protected, State
from data_access.errors import InvalidQuery
from tests.charts.factory import DAY, HIDDEN, YEARS, protected

Values = Mapping[str, int | State]
BEFORE: Values = {"guru": 500, "dosen": 900, "nakes": 40, "teknis": 0, "penyuluh": 70, "lainnya": 20}
AFTER: Values = {"guru": 460, "dosen": 900, "nakes": 80, "teknis": 1_234, "penyuluh": 0, "lainnya": 20}


def official(values: Values) -> Protected:
    result = protected(["kelompok_jabatan"], lambda _period, codes: values[codes[0]])
    return replace(result, official=True)


def test_the_largest_change_comes_first_ties_by_name() -> None:
    rows = change_rows(official(BEFORE), official(AFTER), "id")
    # Guru (−40) before Tenaga kesehatan (+40); then those without a change, by name
    assert [row.code for row in rows] == ["teknis", "penyuluh", "guru", "nakes", "dosen", "lainnya"]
    assert [row.persons for row in rows] == [1_234, -70, -40, 40, 0, 0]


def test_new_and_vanished_codes_are_told_apart_from_changed_ones() -> None:
    kinds = {row.code: row.kind for row in change_rows(official(BEFORE), official(AFTER), "id")}
    assert kinds == {"teknis": NEW, "penyuluh": GONE, "guru": "", "nakes": "", "dosen": "", "lainnya": ""}


@pytest.mark.parametrize(
    ("before", "after", "kind", "persons"),
    [
        (State.UNAVAILABLE, 12, NEW, 12),  # a province that did not exist yet
        (12, State.UNAVAILABLE, GONE, -12),
        (State.UNAVAILABLE, State.UNAVAILABLE, "", 0),
        (0, 0, "", 0),
        (State.UNAVAILABLE, 0, "", 0),
    ],
)
def test_a_code_that_could_hold_nobody_counts_as_empty(
    before: int | State, after: int | State, kind: str, persons: int
) -> None:
    was, now = official(dict(BEFORE) | {"guru": before}), official(dict(AFTER) | {"guru": after})
    [row] = [row for row in change_rows(was, now, "id") if row.code == "guru"]
    assert (row.kind, row.persons) == (kind, persons)


def test_a_share_needs_a_base_of_fifty() -> None:
    share = {row.code: row.share for row in change_rows(official(BEFORE), official(AFTER), "id")}
    assert share["guru"] == pytest.approx(-0.08)
    assert (share["nakes"], share["teknis"]) == (None, None)


def test_protected_results_are_never_compared() -> None:
    plain = protected(["kelompok_jabatan"], lambda _period, codes: BEFORE[codes[0]])
    for was, now in ((plain, official(AFTER)), (official(BEFORE), plain)):
        with pytest.raises(InvalidQuery) as caught:
            changes.bars(was, now, language="id")
        assert caught.value.reason == "not-comparable"


def test_results_of_several_dates_or_dimensions_are_not_compared() -> None:
    dates = replace(protected(["status"], periods=YEARS), official=True)
    crossed = replace(protected(["status", "jenis_kelamin"]), official=True)
    whole = replace(protected(), official=True)
    for result in (dates, crossed, whole):
        with pytest.raises(InvalidQuery):
            change_rows(result, result, "id")


def test_bars_are_the_changes_to_either_side_in_two_colours() -> None:
    trace = changes.bars(official(BEFORE), official(AFTER), language="id").data[0]
    assert dict(zip(trace.y, trace.x, strict=True)) == {"teknis": 1_234, "penyuluh": -70, "guru": -40, "nakes": 40}
    assert list(trace.marker.color) == [LIGHT.brand, LIGHT.accent, LIGHT.accent, LIGHT.brand]


def test_every_bar_has_its_number_and_kind_in_the_reader_language() -> None:
    told = [one.text for one in changes.bars(official(BEFORE), official(AFTER), language="id").layout.annotations]
    assert told == ["2 lainnya tidak berubah.", "+1.234 (baru)", "−70 (hilang)", "−40", "+40"]


def test_hover_tells_both_values() -> None:
    hovers = changes.bars(official(BEFORE), official(AFTER), language="id").data[0].hovertext
    assert hovers[0] == "<b>Teknis</b><br>0 → 1.234<br>+1.234 (baru)"


def test_only_the_largest_are_drawn_and_the_rest_is_told() -> None:
    figure = changes.bars(official(BEFORE), official(AFTER), language="id", top=1)
    assert list(figure.data[0].y) == ["teknis"]
    assert figure.layout.annotations[0].text == "1 perubahan terbesar dari 4. 2 lainnya tidak berubah."


def test_without_a_change_there_are_no_bars() -> None:
    figure = changes.bars(official(BEFORE), official(BEFORE), language="id")
    assert len(figure.data[0].y) == 0
    assert figure.layout.annotations[0].text == "6 lainnya tidak berubah."


@pytest.mark.parametrize("dark", [False, True])
def test_what_lies_behind_a_cell_that_is_not_shown_stays_there(dark: bool) -> None:
    was = official(dict(BEFORE) | {"guru": State.SUPPRESSED, "dosen": State.UNAVAILABLE})
    figure = changes.bars(was, official(AFTER), language="id", dark=dark).to_json()
    assert str(HIDDEN) not in figure
    assert f"{HIDDEN:,}".replace(",", ".") not in figure


@pytest.mark.parametrize(("persons", "told"), [(0, "0"), (1_234, "+1.234"), (-1_234, "−1.234")])
def test_a_change_carries_its_sign(persons: int, told: str) -> None:
    assert changes.signed(persons, "id") == told


def test_the_day_is_that_of_the_results() -> None:
    assert official(BEFORE).source.periods == (DAY,)
