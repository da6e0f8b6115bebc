"""From a displayed value to the colour of an area: from little to much, or both ways from a middle."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts import labels
from charts.axes import SIGNED
from charts.colour import along
from charts.theme import CLEAR, Theme
from data_access.access.result import Kind, Measure
from data_access.words import mark as _
from data_access.words import text

NATION = _("angka nasional")


@dataclass(frozen=True)
class Shading:
    """A scale of colours between two values; `middle` is the value that both directions are told from, if any."""

    low: float
    high: float
    scale: tuple[str, ...]
    middle: float | None = None

    def fill(self, value: float | None) -> str:
        """The colour of a displayed value; clear for one that is not shown."""
        if value is None:
            return CLEAR
        return along(self.scale, (value - self.low) / (self.high - self.low))


def shading(values: Sequence[float], measure: Measure, look: Theme, *, against: float | None = None) -> Shading:
    """Persons from zero, other measures from the smallest value; both ways from `against`, or from zero if signed."""
    middle = 0.0 if against is None and measure.kind in SIGNED else against
    if middle is not None:
        reach = max((abs(value - middle) for value in values), default=0) or 1
        return Shading(middle - reach, middle + reach, look.diverging, middle)
    high = max(values, default=1)
    low = 0 if measure.kind == Kind.PERSONS else min(values, default=0)
    return Shading(low, high, look.sequential) if high > low else Shading(high - 1, high, look.sequential)


def shading_notes(one: Shading, measure: Measure, language: str) -> list[str]:
    """What the colours say, where they do not simply run from zero; a middle that is not zero is the national value."""
    if one.middle is None:
        if measure.kind == Kind.PERSONS:
            return []
        ends = {
            "low": labels.measured(one.low, measure, language),
            "high": labels.measured(one.high, measure, language),
        }
        return [text(_("Makin kuat warnanya, makin besar: {low} sampai {high}."), language, **ends)]
    if measure.kind in SIGNED and not one.middle:
        return [text(_("Biru: naik; jingga: turun."), language)]
    middle = {"words": text(NATION, language), "value": labels.measured(one.middle, measure, language)}
    return [text(_("Biru: di atas {words} ({value}); jingga: di bawahnya."), language, **middle)]


def bar_colour(value: float, largest: float, look: Theme) -> str:
    """The fill of a bar from zero: one end of the diverging scale, never so pale that it would not reach 3 : 1."""
    reach = min(abs(value) / largest, 1.0) if largest else 0.0
    way = 1 if value > 0 else -1
    return along(look.diverging, 0.5 + way * (1 / 3 + reach / 6))
