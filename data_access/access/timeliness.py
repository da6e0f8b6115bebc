"""How soon a snapshot was published, how often it was revised, and when the next one is due. From manifests, never from data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data_access.release.manifest import ReleaseManifest, Snapshot
from data_access.words import JAKARTA

HALF_YEARS = ((6, 30), (12, 31))
YEARS = HALF_YEARS[1:]


@dataclass(frozen=True)
class Timing:
    """One snapshot being served. `delivered` and `published` are days in Jakarta, None where no release tells.

    `initial` marks one that came with others in the first release: when its data were ready then is not known.
    """

    reference_date: date
    revision: int
    delivered: date | None
    published: date | None
    revised: date | None
    initial: bool

    @property
    def days(self) -> int | None:
        """Days from the reference date to the first publication; None where that tells nothing."""
        return None if self.initial or self.published is None else (self.published - self.reference_date).days


@dataclass(frozen=True)
class Expected:
    """The next snapshot: its reference date, the day by which it is due, the days it is late, and how many are overdue."""

    reference_date: date
    due: date
    late: int
    overdue: int


def timings(served: Sequence[Snapshot], sound: Sequence[ReleaseManifest]) -> list[Timing]:
    """One for each snapshot of the served release, oldest first; `sound` are all readable releases, oldest first."""
    return [_timing(one, sound) for one in sorted(served, key=lambda snapshot: snapshot.reference_date)]


def expected(newest: date, today: date, delivery_days: int, *, yearly: bool = False) -> Expected:
    """What should come after the newest snapshot by a calendar of half-years, or of years."""
    ends = YEARS if yearly else HALF_YEARS
    reference = next_reference(newest, ends)
    due, overdue, later = reference + timedelta(days=delivery_days), 0, reference
    while later + timedelta(days=delivery_days) < today:
        overdue, later = overdue + 1, next_reference(later, ends)
    return Expected(reference, due, max(0, (today - due).days), overdue)


def next_reference(day: date, ends: Sequence[tuple[int, int]] = HALF_YEARS) -> date:
    """The first end of a half-year, or of what else `ends` (month and day) says, after the day."""
    known = [date(year, month, last) for year in (day.year, day.year + 1) for month, last in ends]
    return next(end for end in known if end > day)


def _timing(snapshot: Snapshot, sound: Sequence[ReleaseManifest]) -> Timing:
    holding = [(release, _held(release, snapshot)) for release in sound if _held(release, snapshot)]
    brought = [release for release, held in holding if held and held.revision == snapshot.revision]
    first, first_held = holding[0] if holding else (None, None)
    return Timing(
        reference_date=snapshot.reference_date,
        revision=snapshot.revision,
        delivered=_day(first_held.delivered_at if first_held else None),
        published=_day((first_held and first_held.published_at) or (first.created_at if first else None)),
        revised=_day(brought[0].created_at) if snapshot.revision and brought else None,
        initial=first is not None and first.previous is None and len(first.snapshots) > 1,
    )


def _held(release: ReleaseManifest, snapshot: Snapshot) -> Snapshot | None:
    wanted = (snapshot.dataset, snapshot.reference_date)
    return next((s for s in release.snapshots if (s.dataset, s.reference_date) == wanted), None)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(JAKARTA).date()
