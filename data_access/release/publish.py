"""Publishing and rolling back: the only writers of the vault and the shelf of releases, each with its audit record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data_access.contract import contract
from data_access.errors import Rejected
from data_access.governance import audit
from data_access.governance.agreement import today
from data_access.intake.checks import check
from data_access.intake.findings import Report
from data_access.intake.manifest import sha256
from data_access.keys import key
from data_access.release import database, shelf, vault
from data_access.release import manifest as manifests
from data_access.release.build import Built, build
from data_access.release.codebook import Codebook
from data_access.release.manifest import ReleaseManifest, Snapshot
from data_access.release.policy import POLICY
from data_access.release.ptable import ptable, ptable_hash
from data_access.release.record_keys import with_keys
from data_access.settings import Settings
from data_access.state.engine import engine, writing
from data_access.words import mark as _

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Published:
    """What a publish made: the release, the report on its delivery, and the verdict on every combination."""

    manifest: ReleaseManifest
    report: Report
    built: tuple[Built, ...]


def silent(step: str, share: float) -> None:
    """The progress of someone who does not look."""


def checked(delivery: Path, settings: Settings) -> Report:
    """The report on a delivery against what the current release holds; changes nothing."""
    held = _current(settings)
    published = {s.reference_date: s.total for s in held.snapshots} if held else {}
    return check(delivery, today=today(), published=published, change_warning=settings.change_warning)


def publish(
    delivery: Path, *, by: str, settings: Settings, accept_warnings: str = "", progress: Progress = silent
) -> Published:
    """Checks a delivery, keeps it in the vault, builds its release aside and makes it the current one.

    Rejected (with the report's findings left to `checked`) if there is an error, or a warning without a reason to accept
    it; then nothing has changed.
    """
    with shelf.refreshing(settings.releases):
        progress(_("Memeriksa kiriman"), 0.0)
        report = checked(delivery, settings)
        _may_go_on(report, accept_warnings)
        return _published(report, by, accept_warnings, settings, progress)


def rollback(release: str, *, by: str, settings: Settings, reason: str = "") -> ReleaseManifest:
    """Serves an existing release again, after its signature and hash are verified."""
    with shelf.refreshing(settings.releases):
        shelf.manifest_of(settings.releases, release, key(settings.keys, "manifest"))
        manifest = manifests.verify(settings.releases / release, key(settings.keys, "manifest"))
        _swap(
            settings,
            release,
            audit.Event(action="rollback", decision="allowed", account=by, release=release, reason=reason),
        )
        return manifest


def listed(settings: Settings) -> tuple[list[ReleaseManifest], str]:
    """All releases, oldest first, and the name of the current one."""
    names = shelf.names(settings.releases) if settings.releases.is_dir() else []
    if not names:
        return [], ""
    secret = key(settings.keys, "manifest")
    found = [manifests.read(settings.releases / name, secret) for name in names]
    return found, shelf.current(settings.releases).name


def _may_go_on(report: Report, accept_warnings: str) -> None:
    if not report.accepted:
        template = _("Kiriman ditolak: {count} temuan. Tidak ada yang berubah.")
        raise Rejected("delivery-rejected", template, count=len(report.of("error")))
    if report.of("warning") and not accept_warnings.strip():
        template = _('Ada {count} peringatan. Terbitkan dengan alasan: --accept-warnings "alasan".')
        raise Rejected("warnings-open", template, count=len(report.of("warning")))


def _published(report: Report, by: str, reason: str, settings: Settings, progress: Progress) -> Published:
    held = _current(settings)
    dataset = contract().datasets[report.manifest.dataset]
    earlier = settings.releases / held.id / manifests.DATABASE if held else None
    book = (database.read_book(earlier) if earlier else Codebook({})).extended(dataset)
    progress(_("Menghitung kunci"), 0.05)
    frame = with_keys(report.cube, [level.name for level in dataset.delivered], key(settings.keys, "record"))
    table = ptable()
    built = build(dataset, book, frame, table, lambda share: progress(_("Melindungi sel"), 0.1 + 0.6 * share))
    snapshot = _snapshot(report, built, vault.store(settings.vault, report.manifest, report.cube))
    progress(_("Menulis rilis"), 0.75)
    name = shelf.next_name(settings.releases)
    with shelf.building(settings.releases, name) as folder:
        database.write(
            folder / manifests.DATABASE,
            dataset=dataset,
            book=book,
            day=snapshot.reference_date,
            built=built,
            earlier=earlier,
            threads=settings.threads,
            memory_limit=settings.memory_limit,
        )
        manifest = _manifest(name, by, reason, held, snapshot, folder, ptable_hash(table))
        manifest = manifest.signed(key(settings.keys, "manifest"))
        manifests.write(folder, manifest)
    _swap(settings, name, audit.Event(action="publish", decision="allowed", account=by, release=name, reason=reason))
    progress(_("Selesai"), 1.0)
    return Published(manifest, report, tuple(built))


def _current(settings: Settings) -> ReleaseManifest | None:
    """The verified current release, or None before the first publish."""
    if not (settings.releases / shelf.POINTER).exists():
        return None
    return manifests.verify(shelf.current(settings.releases), key(settings.keys, "manifest"))


def _snapshot(report: Report, built: list[Built], revision: int) -> Snapshot:
    manifest = report.manifest
    return Snapshot(
        dataset=manifest.dataset,
        reference_date=manifest.reference_date,
        revision=revision,
        delivery=",".join(manifest.files.values()),
        total=manifest.total,
        example=manifest.example,
        keys="delivered" if "kunci" in report.cube.columns else "pseudo",
        admitted=sum(b.admitted for b in built),
        refused=sum(not b.admitted for b in built),
    )


def _manifest(
    name: str, by: str, note: str, held: ReleaseManifest | None, new: Snapshot, folder: Path, table: str
) -> ReleaseManifest:
    kept = [s for s in (held.snapshots if held else ()) if s.reference_date != new.reference_date]
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
        snapshots=tuple(sorted([*kept, new], key=lambda s: s.reference_date)),
    )


def _swap(settings: Settings, release: str, event: audit.Event) -> None:
    """Audit record and pointer together: if either fails, the earlier release stays and nothing is recorded as done."""
    with writing(engine(settings.state)) as connection:
        audit.append(connection, key(settings.keys, "audit"), event)
        shelf.point(settings.releases, release)
