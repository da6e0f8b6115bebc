"""The steps of a tab: every change is one, what leaves the view as it was is none."""

import pytest

from ui.exploring.steps import KEPT, Step, _with

START: Step = {"baris": ["status"]}
FILTERED: Step = {"baris": ["status"], "saring": ["status:PNS"]}
AS_CHOSEN: Step = {"baris": ["status"], "grafik": ["ranking"]}


@pytest.mark.parametrize(
    ("before", "now", "after", "why"),
    [
        ([], START, [START], "the first view"),
        ([START], START, [START], "nothing changed"),
        ([START], FILTERED, [START, FILTERED], "a filter"),
        ([START], AS_CHOSEN, [START, AS_CHOSEN], "another chart"),
        ([AS_CHOSEN], START, [START], "the chart of the address is the proposed one"),
        ([START, AS_CHOSEN], START, [START], "back to the proposed chart"),
        ([AS_CHOSEN], FILTERED, [AS_CHOSEN, FILTERED], "a filter beside another chart"),
    ],
)
def test_a_change_of_the_view_is_a_step(before: list[Step], now: Step, after: list[Step], why: str) -> None:
    assert _with(before, now) == after, why


def test_old_steps_are_forgotten() -> None:
    many = [{"baris": [str(place)]} for place in range(KEPT)]
    assert _with(many, START) == [*many[1:], START]
