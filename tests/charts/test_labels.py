"""Cell texts, cut names, small print and round numbers."""

import pytest

from charts import labels
from charts.reading import Cell
from charts.scale import steps
from data_access.access.result import State
from tests.charts.factory import DAY


def cell(value: int | None, state: State = State.SHOWN) -> Cell:
    return Cell(DAY, ("x",), value, state)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (995, "995"),
        (1_000, "1,0rb"),
        (9_945, "9,9rb"),
        (9_950, "10rb"),  # would round to 10,0
        (345_400, "345rb"),
        (999_495, "999rb"),
        (999_500, "1,0jt"),  # would round to 1.000rb
        (4_732_105, "4,7jt"),
    ],
)
def test_compact_numbers_take_at_most_five_letters(value: int, words: str) -> None:
    assert labels.compact_text(cell(value), "id") == words
    assert len(words) <= 5


def test_three_states_look_different() -> None:
    cells = [cell(0), cell(None, State.SUPPRESSED), cell(None, State.UNAVAILABLE)]
    assert [labels.value_text(one, "id") for one in cells] == ["0", "<10", "–"]


def test_names_are_cut_after_two_lines_and_shown_as_written() -> None:
    assert labels.folded("Riau") == "Riau"
    assert labels.folded("Kementerian Koordinator Bidang Pangan").count("<br>") == 1
    assert labels.folded("Kementerian Koordinator Bidang Hukum, Hak Asasi Manusia dan Imigrasi").endswith("…")
    assert labels.folded("a <b> & c") == "a &lt;b&gt; &amp; c"


def test_notes_share_a_line_where_they_fit() -> None:
    assert labels.small_print(["Satu.", "Dua."]) == ["Satu. Dua."]
    assert max(map(len, labels.small_print(["kata " * 40]))) <= labels.LINE


def test_the_key_breaks_into_lines() -> None:
    assert len(labels.key({f"Kelompok pegawai {i}": "#000000" for i in range(6)})) > 1


@pytest.mark.parametrize(
    ("largest", "most", "expected"),
    [(420_000, 2, [0, 200_000, 400_000]), (95, 4, [0, 20, 40, 60, 80]), (1, 4, [0, 1]), (0, 2, [0, 1])],
)
def test_round_steps(largest: int, most: int, expected: list[int]) -> None:
    assert steps(largest, most=most) == expected
