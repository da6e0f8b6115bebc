"""Makes a release aside from checked deliveries: raw snapshots into the vault, protected cells and manifest into a new folder.

Nothing that is made here is served; `publish` moves the pointer, or takes everything away again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from data_access.contract import contract
from data_access.errors import Misconfigured, Rejected
from data_access.intake.findings import Report
from data_access.intake.manifest import sha256
from data_access.keys import fingerprint, key
from data_access.owner import OwnerSettings
from data_access.release import database, quality, quality_delivery, quality_file, shelf, vault
from data_access.release import manifest as manifests
from data_access.release.build import Built, build
from data_access.release.codebook import Codebook
from data_access.release.indicators import indicators
from data_access.release.manifest import KeyKind, ReleaseManifest, Snapshot
from data_access.release.policy import POLICY
from data_access.release.ptable import ptable, ptable_hash
from data_access.release.record_keys import with_keys
from data_access.words import mark as _

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Prepared:
    """One checked delivery, the verdict on every combination of its snapshot, and its quality.

    `found` are the counts of the owner's aggregation as delivered, `quality` the shares that the release may hold.
    """

    report: Report
    built: list[Built]
    found: pl.DataFrame
    quality: pl.DataFrame


@dataclass(frozen=True)
class Plan:
    """What is to be made: the release's name, who wants it and why, on top of which release, from which deliveries.

    `reports` and `arrived` (when it came) belong to `deliveries` in the same order.
    """

    name: str
    by: str
    reason: str
    held: ReleaseManifest | None
    deliveries: tuple[Path, ...]
    reports: tuple[Report, ...]
    arrived: tuple[datetime, ...]


@dataclass(frozen=True)
class Published:
    """What a publish made: the release, and what it was made from."""

    manifest: ReleaseManifest
    prepared: tuple[Prepared, ...]


def protected(plan: Plan, settings: OwnerSettings, progress: Progress) -> tuple[list[Prepared], Codebook]:
    """The protected cells of every delivery, and the codebook that their numbers are read with; writes nothing."""
    secret = _record_key(settings, plan.held)
    check_key_kind(plan.reports, plan.held)
    earlier = _earlier(plan, settings)
    book = database.read_book(earlier) if earlier else Codebook({})
    for described in contract().datasets.values():
        book = book.extended(described)
    prepared = []
    for i, (report, folder) in enumerate(zip(plan.reports, plan.deliveries, strict=True)):
        dataset = report.dataset
        levels = [level.name for level in dataset.delivered]
        frame = report.cube if dataset.exact else with_keys(report.cube, levels, secret)
        built = build(dataset, book, frame, ptable(), _protecting(progress, i, len(plan.reports)))
        found = quality_delivery.delivered(folder, report.manifest, vault.scratch(settings.vault))
        shares = (
            quality.measured(dataset, frame, found, report.manifest.reference_date, secret=secret)
            if dataset.name == indicators().dataset
            else quality_file.nothing()
        )
        prepared.append(Prepared(report, built, found, shares))
    return prepared, book


def write(plan: Plan, prepared: Sequence[Prepared], book: Codebook, settings: OwnerSettings) -> ReleaseManifest:
    """Keeps the raw snapshots and writes the release folder, signed and complete, under its final name."""
    stored = [
        vault.store(settings.vault, p.report.manifest, p.report.cube, found=p.found, mapping=_mapping(folder, p.report))
        for p, folder in zip(prepared, plan.deliveries, strict=True)
    ]
    with shelf.building(settings.releases, plan.name) as folder:
        database.write(
            folder / manifests.DATABASE,
            book=book,
            built={(p.report.manifest.dataset, p.report.manifest.reference_date): p.built for p in prepared},
            earlier=_earlier(plan, settings),
            threads=settings.threads,
            memory_limit=settings.memory_limit,
        )
        snapshots = [
            _snapshot(p, vault.revision_of(kept), when)
            for p, kept, when in zip(prepared, stored, plan.arrived, strict=True)
        ]
        digest = quality_file.write(folder, _quality(plan, prepared, settings))
        manifest = _manifest(plan, snapshots, folder, settings, digest).signed(key(settings.keys, "manifest"))
        manifests.write(folder, manifest)
    return manifest


def places(plan: Plan, settings: OwnerSettings) -> tuple[str, ...]:
    """Where in the vault `write` will keep the snapshots; several of one date follow each other."""
    found: list[str] = []
    for report in plan.reports:
        first = vault.place(settings.vault, report.manifest)
        later = sum(Path(one).parent == first.parent.relative_to(settings.vault) for one in found)
        place = first.with_name(f"r{vault.revision_of(first) + later}")
        found.append(place.relative_to(settings.vault).as_posix())
    return tuple(found)


def _mapping(folder: Path, report: Report) -> str:
    """The text of the mapping that made the cube; "" where the files were canonical."""
    return (folder / report.manifest.mapping).read_text("utf-8") if report.manifest.mapping else ""


def _quality(plan: Plan, prepared: Sequence[Prepared], settings: OwnerSettings) -> pl.DataFrame:
    """The quality of every snapshot that the release holds."""
    held = plan.held
    earlier = quality_file.read(settings.releases / held.id, held.quality) if held else quality_file.nothing()
    measured = [p for p in prepared if p.report.manifest.dataset == indicators().dataset]
    days = [p.report.manifest.reference_date for p in measured]
    return quality_file.carried(earlier, [p.quality for p in measured], days)


def _earlier(plan: Plan, settings: OwnerSettings) -> Path | None:
    return settings.releases / plan.held.id / manifests.DATABASE if plan.held else None


def _protecting(progress: Progress, position: int, count: int) -> Callable[[float], None]:
    """The progress of one snapshot among `count` as a part of the whole publish."""
    return lambda share: progress(_("Melindungi sel"), 0.05 + 0.75 * (position + share) / count)


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


def check_key_kind(reports: Sequence[Report], held: ReleaseManifest | None) -> None:
    """Delivered and pseudo keys give the same persons different noise, so a dataset keeps the kind it began with."""
    kinds: dict[str, set[KeyKind]] = {}
    for dataset, kind in (
        *((report.manifest.dataset, kind_of(report)) for report in reports),
        *((s.dataset, s.keys) for s in (held.snapshots if held else ())),
    ):
        kinds.setdefault(dataset, set()).add(kind)
    if any(len(found) > 1 for found in kinds.values()):
        template = _("Snapshot lain terbit dengan jenis kunci rekaman yang berbeda; mencampurnya membuka perlindungan.")
        raise Rejected("key-kind", template)


def kind_of(report: Report) -> KeyKind:
    if report.dataset.exact:
        return "none"
    return "delivered" if "kunci" in report.cube.columns else "pseudo"


def _snapshot(prepared: Prepared, revision: int, arrived: datetime) -> Snapshot:
    manifest, built = prepared.report.manifest, prepared.built
    return Snapshot(
        dataset=manifest.dataset,
        reference_date=manifest.reference_date,
        revision=revision,
        delivery=",".join(manifest.files.values()),
        total=prepared.report.total,
        example=manifest.example,
        since=manifest.since,
        keys=kind_of(prepared.report),
        admitted=sum(b.admitted for b in built),
        refused=sum(not b.admitted for b in built),
        delivered_at=arrived,
        published_at=datetime.now(UTC),
    )


def _manifest(
    plan: Plan, new: list[Snapshot], folder: Path, settings: OwnerSettings, quality_digest: str
) -> ReleaseManifest:
    # Of two deliveries for one date the later one counts, as in `database.write`.
    snapshots = {(s.dataset, s.reference_date): s for s in (*(plan.held.snapshots if plan.held else ()), *new)}
    return ReleaseManifest(
        id=plan.name,
        created_at=datetime.now(UTC),
        created_by=plan.by,
        note=plan.reason,
        previous=plan.held.id if plan.held else None,
        database=sha256(folder / manifests.DATABASE),
        contract=contract().sha256,
        ptable=ptable_hash(ptable()),
        policy=POLICY.version,
        record_key=fingerprint(key(settings.owner_keys, "record")),
        quality=quality_digest,
        snapshots=tuple(snapshots[one] for one in sorted(snapshots)),
    )
