"""What the manifests of all releases tell of the snapshots behind an answer: periods, revisions, calendar. No data is opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from data_access.access.timeliness import Expected, expected
from data_access.contract import contract
from data_access.errors import AsnError
from data_access.governance.agreement import today
from data_access.keys import ring
from data_access.release import shelf
from data_access.release.manifest import ReleaseManifest, Snapshot
from data_access.release.shelf import Shelved
from data_access.settings import Settings


@dataclass(frozen=True)
class Publication:
    """One time that a date was published: the release that brought it, when, why (empty: no reason was given), its revision."""

    release: str
    at: datetime
    reason: str
    revision: int


@dataclass(frozen=True)
class Provenance:
    """Of the dates of one answer: the last day before the period of each (None for a stock), and every publication of it.

    `release` is the release served now, `at` its time, `coming` the next snapshot. Empty where no release can be read.
    """

    since: tuple[tuple[date, date | None], ...] = ()
    published: tuple[tuple[date, tuple[Publication, ...]], ...] = ()
    release: str = ""
    at: datetime | None = None
    coming: Expected | None = None

    @property
    def revised(self) -> tuple[tuple[date, tuple[Publication, ...]], ...]:
        """The dates that were published more than once."""
        return tuple((day, times) for day, times in self.published if len(times) > 1)


NOTHING = Provenance()


def provenance(settings: Settings, dataset: str, release: str, periods: Sequence[date]) -> Provenance:
    """What is known of these dates in a release; nothing where the shelf cannot be read, for the answer stands without it."""
    try:
        known = _known(settings)
    except (AsnError, OSError):
        return NOTHING
    asked = next((one for one in known.sound if one.id == release), None)
    served = next((one for one in known.sound if one.id == known.current), None)
    held = {one.reference_date: one for one in (asked.of(dataset) if asked else ())}
    here = [held[day] for day in periods if day in held]
    newest = max(served.periods(dataset), default=None) if served else None
    return Provenance(
        since=tuple((one.reference_date, one.since) for one in here),
        published=tuple((one.reference_date, _times(one, known.sound)) for one in here),
        release=served.id if served else "",
        at=served.created_at if served else None,
        coming=expected(newest, today(), settings.delivery_days, yearly=_yearly(dataset)) if newest else None,
    )


def _yearly(dataset: str) -> bool:
    described = contract().datasets.get(dataset)
    return described is not None and described.calendar == "tahun"


def _times(snapshot: Snapshot, sound: Sequence[ReleaseManifest]) -> tuple[Publication, ...]:
    """The releases that brought the date in another revision than was known before, oldest first, up to the one shown."""
    found: dict[int, Publication] = {}
    for one in sound:
        for held in one.of(snapshot.dataset):
            if held.reference_date == snapshot.reference_date and held.revision <= snapshot.revision:
                found.setdefault(held.revision, Publication(one.id, one.created_at, one.note, held.revision))
    return tuple(found[revision] for revision in sorted(found))


def _known(settings: Settings) -> Shelved:
    names = tuple(shelf.names(settings.releases)) if settings.releases.is_dir() else ()
    return _listed(settings.releases, ring(settings.keys, "manifest"), names, shelf.pointer(settings.releases) or "")


@lru_cache(maxsize=4)
def _listed(folder: Path, secret: tuple[bytes, ...], _names: tuple[str, ...], _current: str) -> Shelved:
    """Read anew once a release was added or another one is served: releases themselves never change."""
    return shelf.listed(folder, secret)
