"""Everything that the judgements of one date are made from, asked for once per run: three questions, each recorded."""

from dataclasses import dataclass
from datetime import date

from data_access.access.gateway import ask
from data_access.access.quality import Quality, quality
from data_access.access.query import Query
from data_access.access.reconciliation import Levels, Match, matched
from data_access.access.result import Protected
from data_access.access.timeliness import Expected, Timing, expected, timings
from data_access.access.viewer import Viewer
from data_access.access.volatility import Move, by_weight, missing, moves, valid
from data_access.contract import Label
from data_access.errors import AsnError
from data_access.intake.published import published
from data_access.release.indicators import indicators
from data_access.settings import settings
from reports.quality_cards import Presence
from ui.frame import release
from ui.history import shelved

DATASET = "pegawai"
HEADLINE: tuple[Levels, ...] = ((), ("status",))


@dataclass(frozen=True)
class Facts:
    """What is known about the chosen date `period`; `before` is the snapshot before it. None where it cannot be asked for."""

    viewer: Viewer
    quality: Quality
    period: date
    before: date | None
    status: Protected | None
    agencies: Protected | None
    timings: tuple[Timing, ...]
    coming: Expected

    @property
    def timing(self) -> Timing:
        return next(one for one in self.timings if one.reference_date == self.period)

    @property
    def presence(self) -> Presence | None:
        """How many of the agencies that the contract knows are in the snapshot."""
        if self.agencies is None:
            return None
        known = valid(self.agencies, self.period)
        return Presence(known, known - len(missing(self.agencies, self.period)))

    @property
    def missing(self) -> list[Label]:
        return missing(self.agencies, self.period) if self.agencies else []

    @property
    def moves(self) -> list[Move]:
        """Changes of the agencies since the snapshot before, those that deserve a look first."""
        if self.agencies is None or self.before is None:
            return []
        limit = indicators().limits.change_agency
        return sorted(moves(self.agencies, self.before, self.period), key=by_weight(limit))

    @property
    def headline(self) -> list[Match]:
        """Published figures of the date that the distribution by status answers too."""
        figures = [one for one in published() if one.day == self.period and one.levels in HEADLINE]
        return matched(figures, dict.fromkeys(HEADLINE, self.status) if self.status else {})


def gathered(viewer: Viewer, period: date) -> Facts:
    """The facts of one date. A refusal of the quality figures themselves is raised; of the others the card says so."""
    found = quality(viewer, DATASET)
    held = found.periods
    before = max((day for day in held if day < period), default=None)
    served = release().of(DATASET)
    return Facts(
        viewer=viewer,
        quality=found,
        period=period,
        before=before,
        status=_asked(viewer, ("status",), held),
        agencies=_asked(viewer, ("instansi",), tuple(day for day in (before, period) if day)),
        timings=tuple(timings(served, shelved().sound)),
        coming=expected(held[-1], viewer.day, settings().delivery_days),
    )


def _asked(viewer: Viewer, by: tuple[str, ...], periods: tuple[date, ...]) -> Protected | None:
    """An official answer, or None where this viewer has none."""
    try:
        result = ask(viewer, Query(DATASET, by=by, periods=periods))
    except AsnError:
        return None
    return result if result.official else None
