"""Shares come from displayed values only, and a row with a suppressed part has none."""

from datetime import date

import pytest

from charts import stacked
from charts.theme import LIGHT
from data_access.access.result import State
from tests.charts.factory import protected

ROWS: dict[str, tuple[int | State, int]] = {
    "guru": (300, 700),
    "dosen": (30, 60),
    "nakes": (State.SUPPRESSED, 50),
    "teknis": (State.UNAVAILABLE, 40),
}


def value(period: date, codes: tuple[str, ...]) -> int | State:
    return ROWS.get(codes[0], (0, 0))[codes[1] == "P"]


RESULT = protected(["kelompok_jabatan", "jenis_kelamin"], value, members={"kelompok_jabatan": list(ROWS)})


def test_shares_of_displayed_values() -> None:
    men, women, _blank = stacked.bars(RESULT, language="id").data
    assert dict(zip(women.y, women.x, strict=True)) == {"guru": 0.7, "dosen": pytest.approx(2 / 3), "teknis": 1.0}
    assert (men.marker.color, women.marker.color) == (LIGHT.hues["teal"], LIGHT.hues["amber"])


def test_one_decimal_from_a_thousand_persons() -> None:
    women = stacked.bars(RESULT, language="id").data[1]
    assert dict(zip(women.y, women.text, strict=True)) == {"guru": "70,0%", "dosen": "67%", "teknis": "100%"}


def test_a_suppressed_part_empties_the_row_and_a_note_says_so() -> None:
    chart = stacked.bars(RESULT, language="id")
    assert (chart.data[2].y, chart.data[2].text) == (("nakes",), ("pangsa tidak dihitung",))
    notes = " ".join(note.text for note in chart.layout.annotations).replace("<br>", " ")
    assert "Pangsa dikosongkan bila ada bagian yang ditekan." in notes


def test_persons_show_the_parts_that_are_shown() -> None:
    chart = stacked.bars(RESULT, language="id", share=False)
    men, women, blank = chart.data
    assert dict(zip(women.y, women.x, strict=True)) == {"guru": 700, "dosen": 60, "nakes": 50, "teknis": 40}
    assert "nakes" not in men.y
    assert len(blank.y) == 0


def test_largest_row_first_and_parts_named_in_the_key() -> None:
    chart = stacked.bars(RESULT, language="en")
    assert chart.layout.yaxis.categoryarray == ("guru", "dosen", "nakes", "teknis")
    key = chart.layout.annotations[-1].text
    assert "Men" in key
    assert "Women" in key


def test_parts_are_the_shorter_dimension() -> None:
    turned = protected(["jenis_kelamin", "jenjang"], lambda _period, _codes: 100)
    assert [trace.name for trace in stacked.bars(turned, language="id").data[:2]] == ["Laki-laki", "Perempuan"]
