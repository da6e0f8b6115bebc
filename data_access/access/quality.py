"""The quality figures of the release being served: who may read them, within which places, and the record of it.

They are shares that publishing has already protected. Neither they nor a refusal leave this module without an audit record.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

import polars as pl

from data_access.access.export import LONGEST, check_purpose, check_right
from data_access.access.gateway import gateway
from data_access.access.recording import event_of, fingerprint, record, refusals
from data_access.access.result import State
from data_access.access.scope import Scope, scope
from data_access.access.viewer import Viewer
from data_access.contract import Label, contract
from data_access.errors import Refused
from data_access.governance.audit import Event
from data_access.release import quality_file
from data_access.release.indicators import indicators
from data_access.release.manifest import ReleaseManifest
from data_access.release.quality import NATION
from data_access.settings import settings
from data_access.state import utc_now
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


@dataclass(frozen=True)
class QualityExport:
    """One recorded permission to make one file of the figures of a dimension, as `export.Export` is one for an answer."""

    quality: Quality
    dimension: str
    purpose: str
    account: str
    role: Label
    at: datetime
    number: int

    @property
    def stem(self) -> str:
        """The name of the file without its ending: mutu-pegawai-kelengkapan_rilis-0003."""
        return f"mutu-{self.quality.dataset}-{self.dimension}_rilis-{self.quality.release}"


def quality(viewer: Viewer, dataset: str) -> Quality:
    """The quality figures, recorded in the audit before they are returned.

    Raises Refused (no right, no agreement in force, no place), Damaged (no intact release or file) or Misconfigured (the
    audit cannot be written); a refusal is recorded too.
    """
    event = event_of(viewer, READ, json.dumps({"dataset": dataset}))
    with refusals(settings(), event):
        check_may_read(viewer)
        reach = scope(viewer, dataset)
        found = _read(reach, gateway(settings()).reader().manifest, "")
    record(settings(), _allowed(event, reach, found))
    return found


def exported(viewer: Viewer, dataset: str, dimension: str, *, purpose: str) -> QualityExport:
    """The permission to make a file of the indicators of one dimension, recorded with its purpose before the file exists.

    Raises what `quality` raises, and as `export.exported` Refused (no right to take files along) or InvalidQuery (no
    purpose).
    """
    event = event_of(viewer, EXPORT, json.dumps({"dataset": dataset, "dimensi": dimension}))
    with refusals(settings(), event, detail=json.dumps({"purpose": purpose[: LONGEST + 1]})):
        check_may_export(viewer)
        reach, stated = scope(viewer, dataset), check_purpose(purpose)
        found = _read(reach, gateway(settings()).reader().manifest, dimension)
    now = utc_now()
    number = record(settings(), _allowed(event, reach, found, detail=json.dumps({"purpose": stated})))
    return QualityExport(found, dimension, stated, viewer.account, viewer.role.label, now, number)


def check_still(viewer: Viewer, export: QualityExport) -> None:
    """Refused where what was permitted is no longer within the viewer's right and reach, as `export.check_still`; recorded."""
    asked = json.dumps({"dataset": export.quality.dataset, "dimensi": export.dimension})
    with refusals(settings(), event_of(viewer, EXPORT, asked), detail=json.dumps({"fetch": export.number})):
        check_may_export(viewer)
        reach = scope(viewer, export.quality.dataset)
        shown = set(export.quality.frame["instansi"].unique())
        if reach.rows is not None and not shown <= {NATION, *_within(reach)}:
            raise Refused("quality-scope", _("Berkas ini memuat instansi di luar jangkauan Anda sekarang."))


def check_may_export(viewer: Viewer) -> None:
    """Refused unless the viewer may both read the figures and take them along."""
    check_may_read(viewer)
    check_right(viewer.role.export_quality)


def may_export(viewer: Viewer) -> bool:
    """Whether `check_may_export` would let the viewer pass."""
    try:
        check_may_export(viewer)
    except Refused:
        return False
    return True


def check_may_read(viewer: Viewer) -> None:
    """Refused unless the viewer's role has the page: the figures are for those who look after the data."""
    if not viewer.may_open(PAGE):
        raise Refused("quality-role", _("Mutu data tidak tersedia untuk peran Anda."))


def may_read(viewer: Viewer) -> bool:
    """Whether `check_may_read` would let the viewer pass."""
    return viewer.may_open(PAGE)


def _allowed(event: "partial[Event]", reach: Scope, found: Quality, **more: str) -> Event:
    return event(
        decision="allowed",
        reason=reach.grant,
        grant=reach.grant,
        release=found.release,
        rows=found.frame.height,
        suppressed=int((found.frame["keadaan"] == State.SUPPRESSED).sum()),
        result_sha256=_fingerprint(found),
        **more,
    )


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
