"""Publishing and rolling back: the only writers of the vault and the shelf of releases, each with its audit record."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data_access.contract import contract
from data_access.errors import AsnError, Damaged, Misconfigured, Rejected
from data_access.governance import audit
from data_access.governance.agreement import today
from data_access.governance.audit import Event
from data_access.intake.checks import check
from data_access.intake.findings import Report
from data_access.intake.manifest import sha256
from data_access.keys import fingerprint, key
from data_access.owner import OwnerSettings
from data_access.release import database, shelf, vault
from data_access.release import manifest as manifests
from data_access.release.build import Built, build
from data_access.release.codebook import Codebook
from data_access.release.manifest import KeyKind, ReleaseManifest, Snapshot
from data_access.release.policy import POLICY
from data_access.release.ptable import ptable, ptable_hash
from data_access.release.record_keys import with_keys
from data_access.state.engine import engine, writing
from data_access.words import mark as _

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Prepared:
    """One checked delivery and the verdict on every combination of its snapshot."""

    report: Report
    built: list[Built]


@dataclass(frozen=True)
class Published:
    """What a publish made: the release, and what it was made from."""

    manifest: ReleaseManifest
    prepared: tuple[Prepared, ...]


def silent(_step: str, _share: float) -> None:
    """The progress of someone who does not look."""


def checked(deliveries: Sequence[Path], settings: OwnerSettings) -> list[Report]:
    """Reports on deliveries against what the current release holds and on those before them; changes nothing."""
    held = _current(settings)
    published = {s.reference_date: s.total for s in held.snapshots} if held else {}
    reports = []
    for delivery in deliveries:
        report = check(delivery, today=today(), published=published, change_warning=settings.change_warning)
        published[report.manifest.reference_date] = report.total
        reports.append(report)
    return reports


def publish(
    deliveries: Sequence[Path],
    *,
    by: str,
    settings: OwnerSettings,
    accept_warnings: str = "",
    progress: Progress = silent,
) -> Published:
    """Checks deliveries, keeps them in the vault, builds one release aside and makes it the current one.

    Rejected (the findings themselves come from `checked`) if there is an error, or a warning without a reason to accept
    it; then nothing has changed.
    """
    with _refusals_recorded("publish", by, settings), shelf.refreshing(settings.releases):
        progress(_("Memeriksa kiriman"), 0.0)
        reports = checked(deliveries, settings)
        _may_go_on(reports, accept_warnings)
        return _published(reports, by, accept_warnings, settings, progress)


def rollback(release: str, *, by: str, settings: OwnerSettings, reason: str = "") -> ReleaseManifest:
    """Serves an existing release again, after its signature and hash are verified."""
    with _refusals_recorded("rollback", by, settings), shelf.refreshing(settings.releases):
        shelf.manifest_of(settings.releases, release, key(settings.keys, "manifest"))
        manifest = manifests.verify(settings.releases / release, key(settings.keys, "manifest"))
        _swap(
            settings,
            release,
            Event(action="rollback", decision="allowed", account=by, release=release, reason=reason),
        )
        return manifest


def _may_go_on(reports: list[Report], accept_warnings: str) -> None:
    errors = sum(len(report.of("error")) for report in reports)
    warnings = sum(len(report.of("warning")) for report in reports)
    if errors:
        template = _("Kiriman ditolak: {count} temuan. Tidak ada yang berubah.")
        raise Rejected("delivery-rejected", template, count=errors)
    if warnings and not accept_warnings.strip():
        template = _('Ada {count} peringatan. Terbitkan dengan alasan: --accept-warnings "alasan".')
        raise Rejected("warnings-open", template, count=warnings)


def _published(reports: list[Report], by: str, reason: str, settings: OwnerSettings, progress: Progress) -> Published:
    held = _current(settings)
    secret = _record_key(settings, held)
    _check_key_kind(reports, held)
    dataset = contract().datasets[reports[0].manifest.dataset]
    earlier = settings.releases / held.id / manifests.DATABASE if held else None
    book = (database.read_book(earlier) if earlier else Codebook({})).extended(dataset)
    table = ptable()
    prepared = []
    for i, report in enumerate(reports):
        frame = with_keys(report.cube, [level.name for level in dataset.delivered], secret)
        prepared.append(Prepared(report, build(dataset, book, frame, table, _protecting(progress, i, len(reports)))))
    progress(_("Menulis rilis"), 0.8)
    name = shelf.next_name(settings.releases)
    stored = [vault.store(settings.vault, p.report.manifest, p.report.cube) for p in prepared]
    try:
        with shelf.building(settings.releases, name) as folder:
            database.write(
                folder / manifests.DATABASE,
                dataset=dataset,
                book=book,
                built={p.report.manifest.reference_date: p.built for p in prepared},
                earlier=earlier,
                threads=settings.threads,
                memory_limit=settings.memory_limit,
            )
            snapshots = [_snapshot(p, vault.revision_of(kept)) for p, kept in zip(prepared, stored, strict=True)]
            manifest = _manifest(name, by, reason, held, snapshots, folder, ptable_hash(table), fingerprint(secret))
            manifest = manifest.signed(key(settings.keys, "manifest"))
            manifests.write(folder, manifest)
        _swap(settings, name, Event(action="publish", decision="allowed", account=by, release=name, reason=reason))
    except BaseException:
        # It was never served: left there, it would look like a release and its raw data like a revision.
        shelf.discard(settings.releases, name)
        vault.discard(stored)
        raise
    progress(_("Selesai"), 1.0)
    return Published(manifest, tuple(prepared))


def _protecting(progress: Progress, position: int, count: int) -> Callable[[float], None]:
    """The progress of one snapshot among `count` as a part of the whole publish."""
    return lambda share: progress(_("Melindungi sel"), 0.05 + 0.75 * (position + share) / count)


def _current(settings: OwnerSettings) -> ReleaseManifest | None:
    """The verified current release, or None before the first publish; Damaged if the pointer to it was lost."""
    if not (settings.releases / shelf.POINTER).exists():
        if settings.releases.is_dir() and shelf.names(settings.releases):
            template = _("Penunjuk rilis hilang. Sajikan dahulu rilis yang ada: python -m data_access rollback NOMOR")
            raise Damaged("release-pointer", template)
        return None
    return manifests.verify(shelf.current(settings.releases), key(settings.keys, "manifest"))


def _record_key(settings: OwnerSettings, held: ReleaseManifest | None) -> bytes:
    """The record key; Misconfigured if it is another one than before, for the noise of every cell would change with it.

    Two releases of the same cells with different noise could be averaged.
    """
    secret = key(settings.owner_keys, "record")
    if held is not None and held.record_key not in ("", fingerprint(secret)):
        template = _(
            "Kunci rekaman bukan yang dipakai rilis sebelumnya; menerbitkan dengannya membuka perlindungan. Pulihkan kuncinya."
        )
        raise Misconfigured("key-replaced", template)
    return secret


def _check_key_kind(reports: list[Report], held: ReleaseManifest | None) -> None:
    """Delivered and pseudo keys give the same persons different noise, so a dataset keeps the kind it began with."""
    kinds = {_kind(report) for report in reports} | {s.keys for s in (held.snapshots if held else ())}
    if len(kinds) > 1:
        template = _("Snapshot lain terbit dengan jenis kunci rekaman yang berbeda; mencampurnya membuka perlindungan.")
        raise Rejected("key-kind", template)


def _kind(report: Report) -> KeyKind:
    return "delivered" if "kunci" in report.cube.columns else "pseudo"


def _snapshot(prepared: Prepared, revision: int) -> Snapshot:
    manifest, built = prepared.report.manifest, prepared.built
    return Snapshot(
        dataset=manifest.dataset,
        reference_date=manifest.reference_date,
        revision=revision,
        delivery=",".join(manifest.files.values()),
        total=prepared.report.total,
        example=manifest.example,
        keys=_kind(prepared.report),
        admitted=sum(b.admitted for b in built),
        refused=sum(not b.admitted for b in built),
    )


def _manifest(
    name: str,
    by: str,
    note: str,
    held: ReleaseManifest | None,
    new: list[Snapshot],
    folder: Path,
    table: str,
    key_mark: str,
) -> ReleaseManifest:
    # Of two deliveries for one date the later one counts, as in `database.write`.
    snapshots = {s.reference_date: s for s in (*(held.snapshots if held else ()), *new)}
    return ReleaseManifest(
        id=name,
        created_at=datetime.now(UTC),
        created_by=by,
        note=note,
        previous=held.id if held else None,
        database=sha256(folder / manifests.DATABASE),
        contract=contract().sha256,
        ptable=table,
        policy=POLICY.version,
        record_key=key_mark,
        snapshots=tuple(snapshots[day] for day in sorted(snapshots)),
    )


def _swap(settings: OwnerSettings, release: str, event: Event) -> None:
    """Audit record and pointer together: if either fails, the earlier release stays and nothing is recorded as done."""
    before = shelf.pointer(settings.releases)
    try:
        with writing(engine(settings.state)) as connection:
            audit.append(connection, key(settings.keys, "audit"), event)
            shelf.point(settings.releases, release)
    except BaseException:
        shelf.restore(settings.releases, before)
        raise


@contextmanager
def _refusals_recorded(action: str, by: str, settings: OwnerSettings) -> Iterator[None]:
    """Records a publish or roll back that did not happen, with its reason."""
    try:
        yield
    except (AsnError, OSError) as error:
        reason = error.reason if isinstance(error, AsnError) else "file-system"
        # The audit may be what failed; the first error is the one to be told.
        with suppress(AsnError):
            refusal = Event(action=action, decision="refused", account=by, reason=reason)
            audit.record(engine(settings.state), key(settings.keys, "audit"), refusal)
        raise
