"""Which chart fits the shape of a result: its dimensions, how many members they have, and its periods."""

from charts import pyramid, tiles
from charts.reading import periods
from data_access.access.result import Axis, Protected
from data_access.errors import InvalidQuery
from data_access.words import mark as _

PARTS = 5  # parts of a bar that the eye can compare

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
            return _for_two(one, other)
        case _:
            return ()


def _for_one(axis: Axis, *, over_time: bool) -> tuple[str, ...]:
    still = ("tiles", "ranking") if axis.level == tiles.LEVEL else ("ranking",)
    if not over_time:
        return still
    return ("lines", *still)


def _for_two(one: Axis, other: Axis) -> tuple[str, ...]:
    fewest = min(len(one.members), len(other.members))
    grids = ("stacked", "heatmap") if fewest <= PARTS else ("heatmap",)
    levels = {one.level, other.level}
    is_pyramid = pyramid.SEX in levels and bool(levels & set(pyramid.AGES))
    return ("pyramid", *grids) if is_pyramid else grids
