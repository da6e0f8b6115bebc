"""From a view to its answers: the cells, each subtotal and total as its own protected cell, and the rest beside a top N.

Every number comes from a question of its own; nothing here adds up what is shown.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from data_access.access import derive
from data_access.access.query import Query
from data_access.access.result import Protected
from data_access.errors import InvalidQuery
from reports.pivot import Piece, Pieces
from ui.exploring.measures import (
    AGE,
    CHANGE,
    COLUMN_SHARE,
    FILLED,
    GROWTH,
    MEASURES,
    ROW_SHARE,
    SCORE,
    SERVICE,
    SHARES,
    WOMEN,
    Way,
)
from ui.exploring.view import View, compared
from ui.topics import formasi, profesionalitas
from ui.topics.terms import FEMALE

Ask = Callable[[Query], Protected]
DRAWN = 2  # dimensions of a chart
# Measures that are made of a further level of the answer, which goes.
FROM_EXTRA: Mapping[str, Callable[[Protected, Way], Protected]] = {
    WOMEN: lambda asked, way: derive.part_share(asked, way.extra, FEMALE, label=way.label),
    AGE: lambda asked, way: derive.mean(asked, way.extra, label=way.label),
    SERVICE: lambda asked, way: derive.mean(asked, way.extra, label=way.label),
    FILLED: lambda asked, way: formasi.filled(asked, label=way.label),
    SCORE: lambda asked, way: profesionalitas.mean(asked, label=way.label),
}


@dataclass(frozen=True)
class Asker:
    """A view and the door that its questions go through; `held` are the reference dates of the release."""

    view: View
    ask: Ask
    held: tuple[date, ...]

    def pieces(self) -> Pieces:
        """All blocks of the table: the cells, then each subtotal and total that is published. Raises what `ask` raises."""
        body, *totals = blocks(self.view)
        found = {body: self._part(body.levels)}
        return found | self._published(totals)

    def drawn(self, pieces: Pieces) -> Protected | None:
        """What a chart can draw: the cells, or subtotals of three levels, by the first of the rows or by the second where
        the first alone is not published. None if neither is.
        """
        first, *others = drawable(self.view)
        return pieces[first] if first in pieces else next(iter(self._published(others).values()), None)

    def rest(self, codes: tuple[str, ...]) -> Pieces:
        """The blocks of all members of the first level outside the top, `codes`, as one group."""
        return self._published([piece for piece in blocks(self.view) if not piece.rows], codes) if codes else {}

    def _published(self, pieces: Iterable[Piece], rest: tuple[str, ...] = ()) -> dict[Piece, Protected]:
        found = {}
        for piece in pieces:
            with suppress(InvalidQuery):
                found[piece] = self._part(piece.levels, rest)
        return found

    def _part(self, levels: tuple[str, ...], rest: tuple[str, ...] = ()) -> Protected:
        view = self.view
        if view.measure not in SHARES:
            return self._measured(levels, rest)
        # The rest is a part of its row or of the whole; only in a share of the row is the row itself the rest.
        whole, of_rest = tuple(level for level in levels if level != view.columns), rest
        if view.measure != ROW_SHARE:
            whole, of_rest = (), ()
        if view.measure == COLUMN_SHARE:
            whole = tuple(level for level in levels if level == view.columns)
        label = MEASURES[view.measure].label
        return derive.share_of(self._counted(levels, rest), self._counted(whole, of_rest), label=label)

    def _measured(self, levels: tuple[str, ...], rest: tuple[str, ...]) -> Protected:
        way = MEASURES[self.view.measure]
        asked = self._counted((*levels, way.extra) if way.extra else levels, rest)
        dates = compared(self.view, self.held)
        if self.view.measure in FROM_EXTRA:
            return FROM_EXTRA[self.view.measure](asked, way)
        if dates and self.view.measure == CHANGE:
            return derive.change(asked, *dates, label=way.label)
        if dates and self.view.measure == GROWTH:
            return derive.growth(asked, *dates, label=way.label)
        return asked

    def _counted(self, levels: tuple[str, ...], rest: tuple[str, ...]) -> Protected:
        view = self.view
        where = dict(view.filters) | ({view.rows[0]: rest} if rest else {})
        return self.ask(Query(view.dataset, by=levels, where=where, periods=self._periods()))

    def _periods(self) -> tuple[date, ...]:
        dates = compared(self.view, self.held)
        if self.view.measure in (CHANGE, GROWTH) and dates:
            return dates
        return self.view.periods


def blocks(view: View) -> tuple[Piece, ...]:
    """The cells, subtotals and totals that the view's table is made of: rows to none, each with and without columns."""
    sides = [(view.columns,), ()] if view.columns else [()]
    return tuple(Piece(view.rows[:depth], side) for depth in range(len(view.rows), -1, -1) for side in sides)


def drawable(view: View) -> tuple[Piece, ...]:
    """The blocks of at most two dimensions that a chart may stand for, best first: of three levels one on the rows goes."""
    side = (view.columns,) if view.columns else ()
    if len(view.rows) + len(side) <= DRAWN:
        return (Piece(view.rows, side),)
    return tuple(Piece((level,), side) for level in view.rows)
