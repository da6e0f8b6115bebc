"""Which breaks in the series concern a result, and that the file of breaks holds together."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from pydantic import ValidationError

from charts import breaks, lines
from charts.theme import LIGHT, SMALL
from data_access.contract import contract
from tests.charts.factory import DAY, protected

PHONE = 200  # pixels of the plot beside its labels where the screen has 390
YEARS = tuple(date(year, 12, 31) for year in range(2020, 2026))


def words(levels: list[str], members: dict[str, list[str]] | None = None, **query: object) -> str:
    result = protected(levels, members=members, periods=YEARS)
    result = replace(result, **query)  # type: ignore[arg-type]
    return " ".join(one.words for one in breaks.breaks_for(result, "id"))


def test_levels_and_codes_of_every_break_are_in_the_contract() -> None:
    known = {name: level for one in contract().datasets.values() for name, level in one.levels.items()}
    for one in breaks.known():
        assert set(one.datasets) <= set(contract().datasets)
        for level, codes in one.levels.items():
            assert set(codes) <= set(known[level].by_code), one.name
        assert one.text.id
        assert one.text.en
        assert list(one.dates) == sorted(set(one.dates))
    assert len({one.name for one in breaks.known()}) == len(breaks.known())


def test_a_break_without_date_or_source_is_refused() -> None:
    text = {"id": "a", "en": "b"}
    with pytest.raises(ValidationError):
        breaks.Known.model_validate({"name": "x", "dates": [], "text": text, "source": "s"})
    with pytest.raises(ValidationError):
        breaks.Known.model_validate({"name": "x", "dates": [DAY], "text": text})


def test_the_new_provinces_concern_those_of_papua_alone() -> None:
    assert "Papua Selatan" in words(["provinsi"], {"provinsi": ["91", "32"]})
    assert "Papua Barat Daya" not in words(["provinsi"], {"provinsi": ["91", "32"]})
    assert words(["provinsi"], {"provinsi": ["32"]}) == ""


def test_a_filter_is_concerned_as_an_axis_is() -> None:
    assert "Penyetaraan" in words([], query='{"where":{"jenjang":["pengawas"]}}')
    assert words([], query='{"where":{"jenjang":["jpt_utama"]}}') == ""


def test_only_breaks_between_the_first_and_the_last_date_are_told() -> None:
    result = protected(["status"], periods=(date(2022, 12, 31), date(2024, 12, 31)))
    assert [one.day for one in breaks.breaks_for(result, "en")] == [date(2023, 12, 31), date(2024, 6, 30)]
    assert breaks.breaks_for(protected(["status"]), "id") == []


def test_breaks_are_numbered_marks_with_words_in_the_small_print() -> None:
    chart = lines.over_time(protected(["jenjang"], periods=YEARS), language="id")
    marks = [note.text for note in chart.layout.annotations if note.bordercolor == LIGHT.outline]
    note = chart.layout.annotations[0].text.replace("<br>", " ")
    assert marks == ["1"]
    assert "(1) 31 Des 2021, 30 Jun 2022: Penyetaraan jabatan" in note
    assert [shape.x0 for shape in chart.layout.shapes] == ["2021-12-31", "2022-06-30"]


def test_marks_too_near_to_stand_side_by_side_share_one_place() -> None:
    near = [breaks.Break(date(2023, 1, 1), "a"), breaks.Break(date(2023, 1, 20), "b"), breaks.Break(DAY, "a")]
    made = breaks.marks(near, LIGHT, drawn=(date(2020, 1, 1), DAY))
    assert [mark["text"] for mark in made] == ["1, 2", "1"]
    assert breaks.notes(near, "id") == ["(1) 1 Jan 2023, 31 Des 2025: a", "(2) 20 Jan 2023: b"]


def test_marks_leave_each_other_room_on_a_phone() -> None:
    first, last = date(2020, 12, 31), DAY
    days = [one.day for one in breaks.between(protected(["jenjang"], periods=YEARS), first, last, "id")]
    every = [breaks.Break(first + (last - first) * step / 20, str(step)) for step in range(1, 20)]
    assert days
    for some in ([breaks.Break(day, "a") for day in days], every):
        placed = [date.fromisoformat(mark["x"]) for mark in breaks.marks(some, LIGHT, drawn=(first, last))]  # type: ignore[arg-type]
        room = [(after - before) / (last - first) * PHONE for before, after in pairwise(placed)]
        assert all(pixels >= 2 * SMALL for pixels in room)
