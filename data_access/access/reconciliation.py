"""Official totals of a snapshot beside the figures that were published for the same date."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data_access.access import measures
from data_access.access.result import Protected
from data_access.intake.published import Published

Levels = tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """A published figure and what the snapshot says; `value` is None where the snapshot has no official figure for it."""

    figure: Published
    value: int | None

    @property
    def difference(self) -> int | None:
        """Persons that the snapshot has more than the published figure."""
        return None if self.value is None else self.value - self.figure.persons

    @property
    def share(self) -> float | None:
        """The difference as a share of the published figure."""
        return None if self.difference is None or not self.figure.persons else self.difference / self.figure.persons

    def agrees(self, limit: float) -> bool | None:
        """Within the limit, or within what the source rounded away; None where there is nothing to compare."""
        if self.difference is None:
            return None
        return abs(self.difference) <= max(limit * self.figure.persons, self.figure.rounded / 2)


def comparable(figures: Iterable[Published], *, held: Collection[date], levels: Collection[str]) -> list[Published]:
    """Figures of dates that have a snapshot, about levels that the viewer may use."""
    return [one for one in figures if one.day in held and set(one.levels) <= set(levels)]


def questions(figures: Iterable[Published]) -> dict[Levels, tuple[date, ...]]:
    """What has to be asked: the dates by the levels that cross the answer, one question for each set of levels."""
    days: dict[Levels, set[date]] = {}
    for one in figures:
        days.setdefault(one.levels, set()).add(one.day)
    return {levels: tuple(sorted(found)) for levels, found in sorted(days.items())}


def matched(figures: Iterable[Published], answers: Mapping[Levels, Protected]) -> list[Match]:
    """Every figure with its official total. An answer that is not official all through is as if there were none."""
    return [Match(one, _value(one, answers.get(one.levels))) for one in figures]


def gaps(figures: Iterable[Published], held: Collection[date]) -> list[date]:
    """Dates for which figures were published and no snapshot is there."""
    return sorted({one.day for one in figures} - set(held))


def largest(matches: Sequence[Match]) -> Match | None:
    """The match with the largest relative difference; None if nothing could be compared."""
    compared = [one for one in matches if one.share is not None]
    return max(compared, key=lambda one: abs(one.share or 0.0), default=None)


def _value(figure: Published, answer: Protected | None) -> int | None:
    if answer is None or not answer.official or figure.day not in answer.source.periods:
        return None
    return measures.total(answer, figure.day, {level: tuple(codes) for level, codes in figure.where.items()})
