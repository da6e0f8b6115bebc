"""Settings of the data owner's side: vault, record key and drop folder. Only worker and command line read them, never the web."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field

from data_access.settings import Settings


class OwnerSettings(Settings):
    """What the worker and the command line know beyond `Settings`.

    With separate accounts for web and worker, these folders lie where the account of the web cannot read.
    """

    vault: Path = Field(
        default_factory=lambda known: known["var"] / "vault",
        description="folder of the raw snapshots (owner's side only)",
    )
    owner_keys: Path = Field(
        default_factory=lambda known: known["var"] / "keys", description="folder of record.key (owner's side only)"
    )
    drop: Path = Field(
        default_factory=lambda known: known["var"] / "deliveries",
        description="folder in which the owner's systems lay deliveries down; only read (owner's side only)",
    )
    waiting_days: int = Field(
        default=30, ge=1, description="days after which a delivery that the data team leaves undecided is withdrawn"
    )


@lru_cache(maxsize=1)
def owner() -> OwnerSettings:
    """The owner's settings of this process, read from the environment once."""
    return OwnerSettings()
