"""The views nearest to one that is not published, each with the words of the change that leads to it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from data_access.access.offered import hindrance
from data_access.access.scope import Scope
from data_access.contract import contract
from data_access.release.reader import Admitted
from data_access.words import mark as _
from ui.exploring.measures import MEASURES, PERSONS
from ui.exploring.view import View, default, home, settled

SHOWN = 4
OTHER_LEVEL = _("{other}, bukan {one}")


@dataclass(frozen=True)
class Near:
    """A view that is published, and what changes: `template` with the names of `levels` as {one} and {other}."""

    view: View
    template: str
    levels: tuple[str, ...] = ()

    def is_like(self, other: "Near") -> bool:
        """True if both change the same level in the same way."""
        return (self.template, self.levels[:1]) == (other.template, other.levels[:1])


@dataclass(frozen=True)
class Lattice:
    """What the release holds for a scope: its reference dates and the combinations that are admitted."""

    held: tuple[date, ...]
    admitted: Admitted

    def against(self, view: View, scope: Scope) -> str:
        """The reason key of the refusal that the view would get; empty if it would be answered."""
        return hindrance(view.query(), scope, view.periods or self.held[-1:], self.admitted)


def nearest(view: View, scope: Scope, lattice: Lattice) -> tuple[Near, ...]:
    """Up to four views with the fewest changes, for each level no more than one other level of its dimension.

    The start of the page where nothing nearer is published.
    """
    found: dict[str, Near] = {}
    for near in _candidates(view, scope):
        again = replace(near, view=settled(near.view, scope, lattice.held))
        if near.template == OTHER_LEVEL and any(near.is_like(one) for one in found.values()):
            continue
        if not lattice.against(again.view, scope):
            found.setdefault(str(again.view.params()), again)
        if len(found) == SHOWN:
            break
    return tuple(found.values()) or (Near(default(scope), _("Mulai dari awal")),)


def _candidates(view: View, scope: Scope) -> Iterator[Near]:
    if home(scope) and not set(home(scope)) & {*view.crossed, *view.filters}:
        yield Near(replace(view, filters=dict(view.filters) | home(scope)), _("Dalam wilayah Anda"))
    if MEASURES[view.measure].extra:
        yield Near(replace(view, measure=PERSONS), _("Jumlah sebagai ukuran"))
    yield from _other_levels(view, scope)
    singles = list(_left_out(view, scope))
    yield from singles
    for one in singles:
        for two in _left_out(one.view, scope):
            yield Near(two.view, _("Tanpa {one} dan {other}"), (*one.levels, *two.levels))


def _other_levels(view: View, scope: Scope) -> Iterator[Near]:
    """Another level of the same dimension in place of one on rows or columns."""
    dataset = contract().datasets[scope.dataset]
    for level in view.crossed:
        for dimension in dataset.dimensions:
            names = [other.name for other in dimension.levels if other.name in scope.levels]
            for other in names if level in names else ():
                if other != level:
                    yield Near(_put(view, level, other), OTHER_LEVEL, (level, other))


def _left_out(view: View, scope: Scope) -> Iterator[Near]:
    if view.columns:
        yield Near(replace(view, columns=""), _("Tanpa {one}"), (view.columns,))
    for level in view.rows[::-1]:
        if len(view.rows) > 1:
            rows = tuple(row for row in view.rows if row != level)
            yield Near(replace(view, rows=rows), _("Tanpa {one}"), (level,))
    for level in view.filters:
        if level not in home(scope):
            left = {name: codes for name, codes in view.filters.items() if name != level}
            yield Near(replace(view, filters=left), _("Tanpa saringan {one}"), (level,))


def _put(view: View, level: str, other: str) -> View:
    rows = tuple(other if row == level else row for row in view.rows)
    return replace(view, rows=rows, columns=other if view.columns == level else view.columns)
