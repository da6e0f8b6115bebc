"""The signed description of a release: hashes, versions, snapshots. Nothing of a release is opened before this is verified."""

import hmac
import json
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from data_access.errors import Damaged
from data_access.intake.manifest import sha256
from data_access.words import mark as _

NAME = "manifest.json"
DATABASE = "release.duckdb"
FIRST = "pegawai"  # the dataset of releases that do not name theirs: it was the only one
Trusted = bytes | tuple[bytes, ...]  # one key, or a key and those that it has replaced
KeyKind = Literal["delivered", "pseudo", "none"]


class Snapshot(BaseModel):
    """One reference date held by a release. `keys` tells whether the owner delivered record keys or pseudo keys stand in;
    the cells of an exact dataset need none.

    `since` is the day after which the period of a flow begins, None for a stock. `delivered_at` and `published_at` are None
    in releases that were made before they were kept.
    """

    model_config = ConfigDict(frozen=True)

    dataset: str
    reference_date: date
    revision: int
    delivery: str
    total: int
    example: bool
    keys: KeyKind
    admitted: int
    refused: int
    since: date | None = None
    delivered_at: datetime | None = None
    published_at: datetime | None = None


class ReleaseManifest(BaseModel):
    """All that is known about a release; `mac` signs the rest. `quality` is the hash of its quality figures ("": it has none)."""

    model_config = ConfigDict(frozen=True)

    id: str
    created_at: datetime
    created_by: str
    note: str
    previous: str | None
    database: str
    contract: str
    ptable: str
    policy: str
    record_key: str = ""
    quality: str = ""
    snapshots: tuple[Snapshot, ...]
    mac: str = ""

    @property
    def example(self) -> bool:
        return any(snapshot.example for snapshot in self.snapshots)

    def of(self, dataset: str) -> tuple[Snapshot, ...]:
        """The snapshots of a dataset, earliest first."""
        return tuple(snapshot for snapshot in self.snapshots if snapshot.dataset == dataset)

    def periods(self, dataset: str) -> tuple[date, ...]:
        """Their reference dates."""
        return tuple(snapshot.reference_date for snapshot in self.of(dataset))

    def signed(self, key: bytes) -> "ReleaseManifest":
        return self.model_copy(update={"mac": _mac(self.model_dump(mode="json"), key)})


def write(folder: Path, manifest: ReleaseManifest) -> None:
    (folder / NAME).write_text(manifest.model_dump_json(indent=1), "utf-8")


def read(folder: Path, key: Trusted) -> ReleaseManifest:
    """The manifest of the release in `folder`, its signature checked (Damaged otherwise)."""
    try:
        content = json.loads((folder / NAME).read_text("utf-8"))
        manifest = ReleaseManifest.model_validate(content)
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(folder.name) from error
    ring = key if isinstance(key, tuple) else (key,)
    if manifest.id != folder.name or not any(_signed(manifest, content, one) for one in ring):
        raise _damaged(folder.name)
    return manifest


def _signed(manifest: ReleaseManifest, content: dict[str, object], key: bytes) -> bool:
    return hmac.compare_digest(manifest.mac.encode(), _mac(content, key).encode())


def _mac(content: dict[str, object], key: bytes) -> str:
    """Over the text as written, not over today's fields: a release of an older version stays verifiable."""
    signed = {name: value for name, value in content.items() if name != "mac"}
    return hmac.new(key, json.dumps(signed, sort_keys=True).encode(), "sha256").hexdigest()


def verify(folder: Path, key: Trusted) -> ReleaseManifest:
    """As `read`, and the database file has the hash that the manifest names: to be called before the file is opened.

    Nothing may lie beside it under its name: DuckDB would replay a `.wal` that no signature covers, even read-only.
    """
    manifest = read(folder, key)
    if any(folder.glob(f"{DATABASE}.*")):
        raise _damaged(folder.name)
    try:
        intact = hmac.compare_digest(sha256(folder / DATABASE), manifest.database)
    except OSError as error:
        raise _damaged(folder.name) from error
    if not intact:
        raise _damaged(folder.name)
    return manifest


def _damaged(release: str) -> Damaged:
    template = _("Rilis {release} rusak atau tanda tangannya tidak cocok. Hubungi tim data; data tidak ditampilkan.")
    return Damaged("release-damaged", template, release=release)
