"""What a refresh is about to change, written down before it changes anything, so that a killed one is finished or undone.

One file on the shelf, under the shelf's lock: it exists exactly while vault, shelf and pointer may disagree.
"""

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from data_access.errors import Damaged
from data_access.governance.audit import Event
from data_access.release.durable import sync
from data_access.words import mark as _

NAME = ".journal"


class Intent(BaseModel):
    """`release` is what the pointer will say, `snapshots` the folders of the vault (from its root) that belong to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    action: Literal["publish", "rollback"]
    release: str
    by: str
    reason: str
    begun: datetime
    detail: str = ""
    snapshots: tuple[str, ...] = ()

    @property
    def event(self) -> Event:
        """The audit record that belongs to the moved pointer."""
        return Event(
            action=self.action,
            decision="allowed",
            account=self.by,
            release=self.release,
            reason=self.reason,
            detail=", ".join(part for part in (self.detail, f"rilis {self.release}") if part),
        )


def begin(shelf: Path, intent: Intent) -> None:
    """Writes the intent down; it is on disk when this returns."""
    aside = shelf / f"{NAME}.new"
    aside.write_text(intent.model_dump_json(), "utf-8")
    aside.chmod(0o600)
    sync(aside)
    aside.replace(shelf / NAME)
    sync(shelf)


def pending(shelf: Path) -> Intent | None:
    """The intent of a refresh that did not come to its end; None where all is settled. Damaged if it cannot be read."""
    try:
        return Intent.model_validate_json((shelf / NAME).read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        template = _(
            "Catatan penyegaran yang terputus tidak terbaca ({file}). Hubungi pengelola sebelum menerbitkan lagi."
        )
        raise Damaged("journal-unreadable", template, file=NAME) from error


def end(shelf: Path) -> None:
    """All is settled: either everything was changed, or nothing."""
    (shelf / NAME).unlink(missing_ok=True)
    sync(shelf)
