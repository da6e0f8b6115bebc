"""How official totals moved from one snapshot to the next, and which agencies are missing. From official answers only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from data_access.access import measures
from data_access.access.result import Protected, State
from data_access.contract import Label, contract
from data_access.errors import InvalidQuery
from data_access.words import mark as _

NEW, GONE = "new", "gone"


@dataclass(frozen=True)
class Move:
    """One code: official persons on the earlier and on the later date."""

    code: str
    label: Label
    before: int
    now: int

    @property
    def persons(self) -> int:
        return self.now - self.before

    @property
    def share(self) -> float | None:
        """The change as a share of the earlier total; None below the smallest base."""
        found = measures.change(self.now, self.before)
        return found.share if found else None

    @property
    def kind(self) -> str:
        """NEW or GONE for a code that holds somebody on one of the dates only, else empty."""
        if not self.before:
            return NEW
        return "" if self.now else GONE

    def beyond(self, limit: float) -> bool:
        """Whether it deserves a look: new, gone, or changed by more than the limit."""
        return bool(self.kind) or (self.share is not None and abs(self.share) > limit)


def moves(result: Protected, before: date, now: date) -> list[Move]:
    """Every code of the result's only axis that holds somebody on one of the dates; InvalidQuery unless it is official."""
    _check_official(result)
    was, is_now = _values(result, before), _values(result, now)
    held = [Move(code, label, was.get(code, 0), is_now.get(code, 0)) for code, label in result.axes[0].members]
    return [move for move in held if move.before or move.now]


def by_weight(limit: float) -> Callable[[Move], tuple[bool, bool, float, str]]:
    """The order in which moves are worth reading: beyond the limit first, new and gone ones at the top, then by size."""

    def place(move: Move) -> tuple[bool, bool, float, str]:
        return not move.beyond(limit), not move.kind, -abs(move.share or 0.0), move.code

    return place


def missing(result: Protected, day: date) -> list[Label]:
    """Codes that the contract knows on the day and nobody is counted in, in the order of the code list."""
    _check_official(result)
    axis, held = result.axes[0], _values(result, day)
    known = contract().datasets[result.source.dataset].levels[axis.level].by_code
    return [label for code, label in axis.members if known[code].valid_on(day) and not held.get(code)]


def valid(result: Protected, day: date) -> int:
    """How many codes of the result's only axis the contract knows on the day."""
    axis = result.axes[0]
    known = contract().datasets[result.source.dataset].levels[axis.level].by_code
    return sum(known[code].valid_on(day) for code, _label in axis.members)


def _values(result: Protected, day: date) -> dict[str, int]:
    level = result.axes[0].level
    rows = result.frame.select("periode", level, "nilai", "keadaan").iter_rows()
    return {code: value for period, code, value, state in rows if period == day and state == State.SHOWN}


def _check_official(result: Protected) -> None:
    if not result.official or len(result.axes) != 1:
        template = _("Hanya angka resmi menurut satu dimensi yang dapat dibandingkan.")
        raise InvalidQuery("not-comparable", template)
