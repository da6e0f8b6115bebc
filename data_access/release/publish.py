"""Publishing and rolling back: the only writers of the vault and the shelf of releases, each with its audit record."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl

from data_access.contract import contract
from data_access.errors import AsnError, Damaged, Rejected
from data_access.governance import audit
from data_access.governance.agreement import today
from data_access.governance.audit import Event
from data_access.intake.checks import check
from data_access.intake.findings import Finding, Report
from data_access.intake.manifest import NAME as MANIFEST
from data_access.intake.readers.limits import Limits
from data_access.keys import key, ring
from data_access.owner import OwnerSettings
from data_access.release import journal, making, quality_delivery, shelf, vault
from data_access.release import manifest as manifests
from data_access.release.journal import Intent
from data_access.release.making import Plan, Progress, Published
from data_access.release.manifest import ReleaseManifest
from data_access.release.recovery import recover
from data_access.state.engine import engine, writing
from data_access.words import mark as _

Review = Callable[[Sequence[Report]], None]


def silent(_step: str, _share: float) -> None:
    """The progress of someone who does not look."""


def unreviewed(_reports: Sequence[Report]) -> None:
    """The review of someone who has seen the reports already."""


def checked(deliveries: Sequence[Path], settings: OwnerSettings) -> list[Report]:
    """Reports on deliveries against what the current release holds and on those before them; changes nothing."""
    return list(each_checked(deliveries, settings, on_rejected=_raise))


def each_checked(
    deliveries: Sequence[Path], settings: OwnerSettings, *, on_rejected: Callable[[Path, Rejected], None]
) -> Iterator[Report]:
    """As `checked`, one after another; what cannot be read goes to `on_rejected` and the others are still checked."""
    held, scratch = current(settings), vault.scratch(settings.vault)
    published: dict[str, dict[date, int]] = {name: {} for name in contract().datasets}
    for snapshot in held.snapshots if held else ():
        published[snapshot.dataset][snapshot.reference_date] = snapshot.total
    marks = {s.example for s in held.snapshots} if held else set()
    for delivery in deliveries:
        try:
            report = check(
                delivery,
                today=today(),
                published=published,
                change_warning=settings.change_warning,
                limits=Limits(rows=settings.delivery_rows, bytes=settings.upload_bytes),
                scratch=scratch,
            )
            quality = quality_delivery.findings(delivery, report.manifest, scratch)
        except Rejected as error:
            on_rejected(delivery, error)
            continue
        except OSError as error:  # a damaged file is Rejected; what is left is the disk that it is copied to
            template = _("Kiriman tidak dapat disalin untuk dibaca. Periksa ruang disk dan izin folder, lalu ulangi.")
            raise Damaged("delivery-uncopied", template) from error
        published[report.manifest.dataset][report.manifest.reference_date] = report.total
        # First, for no mending of codes helps a delivery without the keys that it needs.
        first = other_keys(held, report.manifest.dataset, keys=report.keys)
        more = [*_identical(report, held), *_mixed(report, marks), *quality]
        marks.add(report.manifest.example)
        yield replace(report, findings=(*first, *report.findings, *more))


def publish(  # noqa: PLR0913 - what a publish is told, all by name
    deliveries: Sequence[Path],
    *,
    by: str,
    settings: OwnerSettings,
    accept_warnings: str = "",
    progress: Progress = silent,
    wait: float = 0.0,
    detail: str = "",
    arrived: datetime | None = None,
    review: Review = unreviewed,
) -> Published:
    """Checks deliveries, keeps them in the vault, builds one release aside and makes it the current one.

    Rejected (the findings themselves come from `checked`) if there is an error, a warning without a reason to accept it,
    or another refresh that does not end within `wait` seconds; then nothing has changed. `detail` stands in the audit.
    `arrived` is when the deliveries came (None: when their manifests were written). `review` raises what stops the
    reports from being published.
    """
    with _refusals_recorded("publish", by, settings), refreshing(settings, by, wait):
        progress(_("Memeriksa kiriman"), 0.0)
        reports = checked(deliveries, settings)
        review(reports)
        _may_go_on(reports, accept_warnings)
        plan = Plan(
            name=shelf.next_name(settings.releases),
            by=by,
            reason=accept_warnings,
            held=current(settings),
            deliveries=tuple(deliveries),
            reports=tuple(reports),
            arrived=tuple(arrived or _written(delivery) for delivery in deliveries),
        )
        made = _published(plan, settings, progress, detail)
        progress(_("Selesai"), 1.0)
        return made


def rollback(
    release: str, *, by: str, settings: OwnerSettings, reason: str = "", wait: float = 0.0, detail: str = ""
) -> ReleaseManifest:
    """Serves an existing release again, after its signature and hash are verified."""
    about = f"rilis {release}" if release.isdecimal() else ""
    with _refusals_recorded("rollback", by, settings, about), refreshing(settings, by, wait):
        if release == shelf.pointer(settings.releases):
            raise Rejected("release-served", _("Rilis {release} sudah disajikan."), release=release)
        shelf.manifest_of(settings.releases, release, ring(settings.keys, "manifest"))
        manifest = manifests.verify(settings.releases / release, ring(settings.keys, "manifest"))
        intent = Intent(
            action="rollback", release=release, by=by, reason=reason, begun=datetime.now(UTC), detail=detail
        )
        journal.begin(settings.releases, intent)
        try:
            _swap(settings, intent)
        except BaseException:
            _undo(settings, intent)
            raise
        journal.end(settings.releases)
        return manifest


@contextmanager
def refreshing(settings: OwnerSettings, by: str, wait: float = 0.0) -> Iterator[None]:
    """Holds the shelf, with whatever a killed refresh left unfinished settled first."""
    with shelf.refreshing(settings.releases, by, wait):
        recover(settings)
        yield


def current(settings: OwnerSettings) -> ReleaseManifest | None:
    """The verified current release, or None before the first publish; Damaged if the pointer to it was lost."""
    if not (settings.releases / shelf.POINTER).exists():
        if settings.releases.is_dir() and shelf.names(settings.releases):
            template = _("Penunjuk rilis hilang. Sajikan dahulu rilis yang ada: python -m data_access rollback NOMOR")
            raise Damaged("release-pointer", template)
        return None
    return manifests.verify(shelf.current(settings.releases), ring(settings.keys, "manifest"))


def other_keys(held: ReleaseManifest | None, dataset: str, *, keys: bool) -> list[Finding]:
    """An error where record keys are missing that other snapshots have, or the reverse (see `making.check_key_kind`)."""
    known = {s.keys for s in held.of(dataset)} if held else set()
    if not known or contract().datasets[dataset].exact or ("delivered" if keys else "pseudo") in known:
        return []
    if not keys:
        template = _(
            "Kiriman tidak memuat kunci rekaman, sedangkan snapshot lain memuatnya; tanpa itu perlindungannya tidak sama. "
            "Sertakan kolom kunci, atau buat kiriman dari ekspor SIASN dengan: python -m data_access aggregate"
        )
    else:
        template = _("Kiriman memuat kunci rekaman, sedangkan snapshot lain tidak. Kirim tanpa kolom kunci.")
    return [Finding("error", "key-kind", template, column="kunci")]


def _written(delivery: Path) -> datetime:
    """When the manifest was written, which a sender does last."""
    return datetime.fromtimestamp((delivery / MANIFEST).stat().st_mtime, UTC)


def _raise(_delivery: Path, error: Rejected) -> None:
    raise error


def _identical(report: Report, held: ReleaseManifest | None) -> list[Finding]:
    """A warning where the very files of this delivery are served already: publishing them again would change nothing."""
    day, files = report.manifest.reference_date, ",".join(report.manifest.files.values())
    if held is None or all((s.reference_date, s.delivery) != (day, files) for s in held.of(report.manifest.dataset)):
        return []
    template = _("Berkas yang sama persis sudah terbit untuk {day}; menerbitkannya lagi tidak mengubah apa pun.")
    return [Finding("warning", "identical", template, {"day": day})]


def _mixed(report: Report, marks: set[bool]) -> list[Finding]:
    """An error where made-up and real data would stand in one release; `marks` are those of the other snapshots."""
    if marks <= {report.manifest.example}:
        return []
    if report.manifest.example:
        template = _("Kiriman ini DATA CONTOH, sedangkan snapshot lain data sebenarnya; keduanya tidak boleh dicampur.")
    else:
        template = _(
            "Kiriman ini data sebenarnya, sedangkan snapshot lain DATA CONTOH; keduanya tidak boleh dicampur. "
            "Terbitkan data sebenarnya di pemasangan tersendiri."
        )
    return [Finding("error", "example-mixed", template)]


def _may_go_on(reports: list[Report], accept_warnings: str) -> None:
    errors = sum(len(report.of("error")) for report in reports)
    warnings = sum(len(report.of("warning")) for report in reports)
    if errors:
        template = _("Kiriman ditolak: {count} temuan. Tidak ada yang berubah.")
        raise Rejected("delivery-rejected", template, count=errors)
    if warnings and not accept_warnings.strip():
        template = _('Ada {count} peringatan. Terbitkan dengan alasan: --accept-warnings "alasan".')
        raise Rejected("warnings-open", template, count=warnings)


def _published(plan: Plan, settings: OwnerSettings, progress: Progress, detail: str) -> Published:
    prepared, book = making.protected(plan, settings, progress)
    progress(_("Menulis rilis"), 0.8)
    intent = Intent(
        action="publish",
        release=plan.name,
        by=plan.by,
        reason=plan.reason,
        begun=datetime.now(UTC),
        detail=detail,
        snapshots=making.places(plan, settings),
    )
    journal.begin(settings.releases, intent)
    try:
        manifest = making.write(plan, prepared, book, settings)
        _swap(settings, intent)
    except BaseException as error:
        _undo(settings, intent)
        if isinstance(error, OSError | duckdb.Error | pl.exceptions.PolarsError):
            raise _unwritten() from error
        raise
    journal.end(settings.releases)
    return Published(manifest, tuple(prepared))


def _undo(settings: OwnerSettings, intent: Intent) -> None:
    """Takes away what was never served: left there, it would look like a release and its raw data like a revision.

    If the pointer could not be put back, readers see the new release: then the journal stays, and the next start adds
    the missing record.
    """
    if shelf.pointer(settings.releases) == intent.release:
        return
    if intent.action == "publish":
        shelf.discard(settings.releases, intent.release)
        vault.discard([settings.vault / place for place in intent.snapshots])
    journal.end(settings.releases)


def _unwritten() -> Damaged:
    template = _(
        "Rilis tidak dapat ditulis; yang disajikan tidak berubah. Periksa ruang disk dan izin folder, lalu ulangi."
    )
    return Damaged("release-unwritten", template)


def _swap(settings: OwnerSettings, intent: Intent) -> None:
    """Audit record and pointer together: if either fails, the earlier release stays and nothing is recorded as done."""
    before = shelf.pointer(settings.releases)
    try:
        with writing(engine(settings.state)) as connection:
            audit.append(connection, key(settings.keys, "audit"), intent.event)
            shelf.point(settings.releases, intent.release)
    except BaseException:
        shelf.restore(settings.releases, before)
        raise


@contextmanager
def _refusals_recorded(action: str, by: str, settings: OwnerSettings, about: str = "") -> Iterator[None]:
    """Records a publish or roll back that did not happen, with its reason."""
    try:
        yield
    except (AsnError, OSError) as error:
        reason = error.reason if isinstance(error, AsnError) else "file-system"
        # The audit may be what failed; the first error is the one to be told.
        with suppress(AsnError):
            refusal = Event(action=action, decision="refused", account=by, reason=reason, detail=about or None)
            audit.record(engine(settings.state), key(settings.keys, "audit"), refusal)
        raise
