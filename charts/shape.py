"""Which chart fits the shape of a result: its dimensions, how many members they have, and its periods."""

from charts import pyramid, tiles
from charts.reading import latest, periods
from charts.stack_rows import stack_rows
from data_access.access.result import Axis, Kind, Protected
from data_access.errors import InvalidQuery
from data_access.words import mark as _

PARTS = 5  # parts of a bar that the eye can compare
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
            return _for_one(only, over_time=over_time)
        case (one, other):
            return _for_two(one, other, result)
        case _:
            return ()


def _for_one(axis: Axis, *, over_time: bool) -> tuple[str, ...]:
    still = ("tiles", "ranking") if axis.level == tiles.LEVEL else ("ranking",)
    if not over_time:
        return still
    return ("lines", *still)


def _for_two(one: Axis, other: Axis, result: Protected) -> tuple[str, ...]:
    fewest = min(len(one.members), len(other.members))
    grids = ("stacked", "heatmap") if fewest <= PARTS and _adds_up(result) else ("heatmap",)
    levels = {one.level, other.level}
    is_pyramid = pyramid.SEX in levels and bool(levels & set(pyramid.AGES))
    return ("pyramid", *grids) if is_pyramid and result.measure.kind in PARTS_OF_A_WHOLE else grids


def _adds_up(result: Protected) -> bool:
    """Whether the parts of a bar make a whole: persons do, and shares whose complete rows add up to one; means do not."""
    if result.measure.kind != Kind.SHARE:
        return result.measure.kind == Kind.PERSONS
    rows = stack_rows(latest(result), result, "id")
    complete = [row.displayed for row in rows if all(cell.value is not None for cell in row.parts.values())]
    return bool(complete) and all(abs(whole - 1) <= SLACK for whole in complete)
