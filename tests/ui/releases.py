"""Made-up manifests of four releases with a branch: 0004 was published after a roll back to 0002."""

from datetime import date

from data_access.contract import contract
from data_access.release.manifest import ReleaseManifest, Snapshot
from tests.world import EARLY, LATE, MIDDLE


def manifest(name: str, previous: str | None, *held: tuple[date, int]) -> ReleaseManifest:
    snapshots = [
        Snapshot(
            dataset="pegawai",
            reference_date=day,
            revision=revision,
            delivery="0" * 64,
            total=1,
            example=True,
            keys="delivered",
            admitted=1,
            refused=0,
        )
        for day, revision in held
    ]
    return ReleaseManifest.model_validate(
        {
            "id": name,
            "created_at": "2026-01-31T03:00:00Z",
            "created_by": "uji",
            "note": "",
            "previous": previous,
            "database": "0" * 64,
            "contract": contract().sha256,
            "ptable": "",
            "policy": "",
            "snapshots": snapshots,
        }
    )


FIRST, SECOND = manifest("0001", None, (EARLY, 0)), manifest("0002", "0001", (EARLY, 0), (MIDDLE, 0))
THIRD, FOURTH = manifest("0003", "0002", (EARLY, 1), (MIDDLE, 0)), manifest("0004", "0002", (EARLY, 0), (LATE, 0))
EVERY = (FIRST, SECOND, THIRD, FOURTH)
