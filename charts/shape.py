"""Which chart fits the shape of a result: its dimensions, how many members they have, and its periods."""

from datetime import date

from charts import columns, lines, pyramid, tiles
from charts.reading import latest, periods
from charts.stack_rows import stack_rows
from data_access.access.result import Axis, Kind, Protected
from data_access.contract import contract
from data_access.errors import InvalidQuery
from data_access.words import mark as _

PARTS = 5  # parts of a bar that the eye can compare
MANY = 15  # members whose distribution is worth a look
ALL_DATES = ("lines", "multiples")
PARTS_OF_A_WHOLE = (Kind.PERSONS, Kind.SHARE)
SLACK = 0.05  # by which rounded shares of a row may miss the whole

NO_CHART = _("Belum ada grafik untuk pilihan ini. Lihat tabelnya, atau pakai paling banyak dua dimensi.")


def proposed(result: Protected) -> str:
    """The name of the chart to draw first; InvalidQuery("no-chart") if none fits."""
    fitting = suitable(result)
    if not fitting:
        raise InvalidQuery("no-chart", NO_CHART)
    return fitting[0]


def suitable(result: Protected) -> tuple[str, ...]:
    """The names of all charts that fit, best first; none for three dimensions."""
    over_time = len(periods(result)) > 1
    match result.axes:
        case ():
            return ("lines",)
        case (only,):
            return _for_one(only, result, over_time=over_time)
        case (one, other):
            return _for_two(one, other, result, over_time=over_time)
        case _:
            return ()


def dates_drawn(name: str, result: Protected) -> tuple[date, ...]:
    """The dates of the result that the chart of that name shows; the table has the others."""
    days = periods(result)
    if name in ALL_DATES:
        return tuple(days)
    if name == "dumbbell" or (name == "pyramid" and len(days) == 2):
        return tuple(dict.fromkeys([*days[:1], *days[-1:]]))
    return tuple(days[-1:])


def _for_one(axis: Axis, result: Protected, *, over_time: bool) -> tuple[str, ...]:
    many = len(axis.members) >= MANY
    moving = ("lines", "dumbbell", *(("multiples",) if len(axis.members) > PARTS else ()))
    names = [*(moving if over_time else ()), *(("tiles",) if axis.level == tiles.LEVEL else ())]
    names += ["columns"] if axis.level == columns.LEVEL and _has_areas(result) else []
    names += ["ranking"]
    names += ["strip"] if many and not axis.ordered else []
    return (*names, *(("treemap",) if not axis.ordered and _has_areas(result) else ()))


def _for_two(one: Axis, other: Axis, result: Protected, *, over_time: bool) -> tuple[str, ...]:
    fewest, levels = min(len(one.members), len(other.members)), {one.level, other.level}
    is_pyramid = pyramid.SEX in levels and bool(levels & set(pyramid.AGES)) and _has_areas(result)
    names = ["pyramid"] if is_pyramid else []
    names += ["multiples"] if over_time and len(other.members) <= lines.MOST else []
    names += ["columns"] if columns.LEVEL in levels and _has_columns(one, other, result) else []
    names += ["stacked"] if fewest <= PARTS and _adds_up(result) else []
    names += ["heatmap"]
    return (*names, *(("treemap",) if not (one.ordered and other.ordered) and _has_areas(result) else ()))


def _has_areas(result: Protected) -> bool:
    """Whether the values are parts of a whole, which areas and the halves of a pyramid are."""
    return result.measure.kind in PARTS_OF_A_WHOLE and not _apart(result)


def _apart(result: Protected) -> bool:
    """Whether members of an axis count different things, which are never added up."""
    apart = contract().datasets[result.source.dataset].apart
    return any(axis.level in apart for axis in result.axes)


def _has_columns(one: Axis, other: Axis, result: Protected) -> bool:
    """Whether the parts of a column are persons and few enough to be told apart."""
    parts = other if one.level == columns.LEVEL else one
    return result.measure.kind == Kind.PERSONS and len(parts.members) <= columns.most(parts)


def _adds_up(result: Protected) -> bool:
    """Whether the parts of a bar make a whole: persons do, and shares whose complete rows add up to one; means do not."""
    if _apart(result):
        return False
    if result.measure.kind != Kind.SHARE:
        return result.measure.kind == Kind.PERSONS
    rows = stack_rows(latest(result), result, "id")
    complete = [row.displayed for row in rows if all(cell.value is not None for cell in row.parts.values())]
    return bool(complete) and all(abs(whole - 1) <= SLACK for whole in complete)
