"""The quality figures of the release being served: who may read them, within which places, and the record of it.

They are shares that publishing has already protected. Neither they nor a refusal leave this module without an audit record.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from data_access.access.gateway import gateway
from data_access.access.recording import event_of, fingerprint, record
from data_access.access.result import State
from data_access.access.scope import Scope, scope
from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.errors import AsnError, Refused
from data_access.release import quality_file
from data_access.release.indicators import indicators
from data_access.release.manifest import ReleaseManifest
from data_access.release.quality import NATION
from data_access.settings import settings
from data_access.words import mark as _

PAGE = "data/mutu"
READ, EXPORT = "quality", "quality-export"


@dataclass(frozen=True)
class Share:
    """One figure: the share of records that fail an indicator, of `base` examined ones. Both are None where not shown."""

    period: date
    agency: str
    value: float | None
    base: int | None
    state: State


@dataclass(frozen=True)
class Quality:
    """The quality figures within a viewer's reach: `frame` as in `quality_file.SCHEMA`, for the snapshots of one release."""

    dataset: str
    frame: pl.DataFrame = field(hash=False)
    periods: tuple[date, ...]
    release: str
    example: bool
    sha256: str

    def nation(self, indicator: str) -> list[Share]:
        """The national share on each date, UNAVAILABLE where it was not measured."""
        found = {one.period: one for one in self._shares((pl.col("instansi") == NATION), indicator)}
        return [found.get(day) or Share(day, NATION, None, None, State.UNAVAILABLE) for day in self.periods]

    def on(self, indicator: str, period: date) -> Share:
        """The national share on one date."""
        return next(one for one in self.nation(indicator) if one.period == period)

    def agencies(self, indicator: str, period: date) -> list[Share]:
        """The share of each agency that was measured on the date, by code."""
        return self._shares((pl.col("instansi") != NATION) & (pl.col("periode") == period), indicator)

    def measured(self, keys: Iterable[str]) -> list[date]:
        """The dates on which one of these indicators was measured for the nation, oldest first."""
        shares = (share for key in keys for share in self.nation(key))
        return sorted({share.period for share in shares if share.state != State.UNAVAILABLE})

    def _shares(self, where: pl.Expr, indicator: str) -> list[Share]:
        rows = self.frame.filter(where & (pl.col("indikator") == indicator)).sort("periode", "instansi")
        return [_share(*row) for row in rows.select("periode", "instansi", "nilai", "dasar", "keadaan").iter_rows()]


def quality(viewer: Viewer, dataset: str) -> Quality:
    """The quality figures, recorded in the audit before they are returned.

    Raises Refused (no right, no agreement in force, no place), Damaged (no intact release or file) or Misconfigured (the
    audit cannot be written); a refusal is recorded too.
    """
    return _recorded(viewer, dataset, READ)


def exported(viewer: Viewer, dataset: str, dimension: str) -> Quality:
    """As `quality`, for the indicators of one dimension, recorded as a download; to be called before the file exists."""
    return _recorded(viewer, dataset, EXPORT, dimension)


def check_may_read(viewer: Viewer) -> None:
    """Refused unless the viewer's role has the page: the figures are for those who look after the data."""
    if not viewer.may_open(PAGE):
        raise Refused("quality-role", _("Mutu data tidak tersedia untuk peran Anda."))


def _recorded(viewer: Viewer, dataset: str, action: str, dimension: str = "") -> Quality:
    asked = {"dataset": dataset} | ({"dimensi": dimension} if dimension else {})

    event = event_of(viewer, action, json.dumps(asked))
    try:
        check_may_read(viewer)
        reach = scope(viewer, dataset)
        found = _read(reach, gateway(settings()).reader().manifest, dimension)
    except AsnError as error:
        record(settings(), event(decision="refused", reason=error.reason))
        raise
    except Exception:
        record(settings(), event(decision="refused", reason="unexpected"))
        raise
    allowed = event(
        decision="allowed",
        reason=reach.grant,
        grant=reach.grant,
        release=found.release,
        rows=found.frame.height,
        suppressed=int((found.frame["keadaan"] == State.SUPPRESSED).sum()),
        result_sha256=_fingerprint(found),
    )
    record(settings(), allowed)
    return found


def _read(reach: Scope, manifest: ReleaseManifest, dimension: str) -> Quality:
    frame = quality_file.read(settings().releases / manifest.id, manifest.quality)
    held = manifest.periods(reach.dataset)
    kept = frame.filter(pl.col("periode").is_in(list(held)))
    if dimension:
        kept = kept.filter(pl.col("indikator").is_in([one.key for one in indicators().of(dimension)]))
    if reach.rows is not None:
        kept = kept.filter(pl.col("instansi").is_in([NATION, *_within(reach)]))
    return Quality(reach.dataset, kept, held, manifest.id, manifest.example, manifest.quality)


def _within(reach: Scope) -> list[str]:
    """Agencies that lie in the places of the row rule. Those of no place stay out: their share is that of the nation."""
    level = reach.rows.level if reach.rows else ""
    codes = reach.rows.codes if reach.rows else ()
    agencies = contract().datasets[reach.dataset].levels["instansi"].codes
    return [one.code for one in agencies if one.attributes.get(level) in codes]


def _share(period: date, agency: str, value: float | None, base: int | None, state: str) -> Share:
    return Share(period, agency, value if state == State.SHOWN else None, base, State(state))


def _fingerprint(found: Quality) -> str:
    """Of the file's hash, the agencies and the indicators: the rows follow from them."""
    parts = (found.frame[column].unique().sort() for column in ("instansi", "indikator"))
    return fingerprint(settings(), "|".join([found.sha256, *(",".join(part) for part in parts)]))
