"""The pace of turns: some at once, then one after another, and none taken by whoever will not wait for it."""

from hypothesis import given
from hypothesis import strategies as st

from ui.turns import Turns


def test_some_at_once_then_one_after_another() -> None:
    turns = Turns(rate=2, burst=3)
    assert [turns.take(now=100) for _turn in range(6)] == [0, 0, 0, 0.5, 1.0, 1.5]
    assert turns.take(now=102) == 0  # 2 s later those are served, and one is due
    assert [turns.take(now=200) for _turn in range(4)] == [0, 0, 0, 0.5]  # a pause saves no more than the burst


def test_whoever_will_not_wait_takes_no_turn() -> None:
    turns = Turns(rate=1, burst=1)
    assert [turns.take(now=0) for _turn in range(3)] == [0, 1, 2]
    assert turns.take(now=0, patience=2.9) is None
    assert turns.take(now=0, patience=3) == 3


@given(st.lists(st.floats(0, 5), max_size=60), st.floats(0.5, 20), st.integers(1, 9))
def test_in_no_second_come_more_than_rate_and_burst(pauses: list[float], rate: float, burst: int) -> None:
    turns, now, served = Turns(rate, burst), 0.0, []
    for pause in pauses:
        now += pause
        served.append(now + (turns.take(now=now) or 0))
    assert served == sorted(served)
    for at in served:
        assert sum(at <= other < at + 1 - 1e-6 for other in served) <= rate + burst
