"""Settings of the data owner's side: where the vault and the record key lie. Only publishing reads them, never the web."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field

from data_access.settings import Settings


class OwnerSettings(Settings):
    """What the worker and the command line know beyond `Settings`.

    With separate accounts for web and worker, both folders lie where the account of the web cannot read.
    """

    vault: Path = Field(
        default_factory=lambda known: known["var"] / "vault",
        description="folder of the raw snapshots (owner's side only)",
    )
    owner_keys: Path = Field(
        default_factory=lambda known: known["var"] / "keys", description="folder of record.key (owner's side only)"
    )


@lru_cache(maxsize=1)
def owner() -> OwnerSettings:
    """The owner's settings of this process, read from the environment once."""
    return OwnerSettings()
