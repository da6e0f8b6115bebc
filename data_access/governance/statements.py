"""Confidentiality statements (Pasal 3 ayat (2) e, (4) e, Pasal 9 ayat (5)): accepted per person and text before any data."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import Field
from sqlalchemy import Engine, bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from data_access.contract import Label
from data_access.contract.model import Value
from data_access.errors import Misconfigured
from data_access.governance.audit import Event, append
from data_access.state import reading, utc_now, writing
from data_access.state.tables import statement as table
from data_access.words import mark as _

FILE = Path(__file__).parent / "pernyataan.yaml"

# Built once, for it is asked on every run: SQLAlchemy then finds its compiled form again by identity.
ACCEPTED = select(table.c.version, table.c.accepted_at).where(
    table.c.account == bindparam("name"), table.c.sha256 == bindparam("words")
)


class Statement(Value):
    """The text in force. `sha256` is that of its file, so that any change of it asks for acceptance anew."""

    version: str = Field(min_length=1)
    title: Label
    points: tuple[Label, ...] = Field(min_length=1)
    sha256: str


@dataclass(frozen=True)
class Acceptance:
    """When an account accepted which version."""

    version: str
    accepted_at: datetime


def statement(file: Path = FILE) -> Statement:
    """The statement as the file says now; Misconfigured if it is missing or wrong, so that nobody sees data."""
    try:
        return _read(file, file.stat().st_mtime_ns)
    except (OSError, ValueError, TypeError, yaml.YAMLError) as error:
        template = _("Naskah pernyataan kerahasiaan tidak terbaca; data tidak ditampilkan. Hubungi administrator.")
        raise Misconfigured("statement-unreadable", template) from error


def acceptance(engine: Engine, account: str, now: Statement | None = None) -> Acceptance | None:
    """When the account accepted the text in force; None if it has not."""
    with reading(engine) as connection:
        row = connection.execute(ACCEPTED, {"name": account, "words": (now or statement()).sha256}).first()
    return None if row is None else Acceptance(row.version, row.accepted_at)


def accept(engine: Engine, key: bytes, event: Event, text: Statement, now: datetime | None = None) -> None:
    """The account of the event accepts the text that it was shown; accepting it twice changes nothing."""
    moment = now or utc_now()
    values = {"account": event.account, "sha256": text.sha256, "version": text.version, "accepted_at": moment}
    try:
        with writing(engine) as connection:
            connection.execute(insert(table).values(**values))
            append(connection, key, event, moment)
    except IntegrityError:
        if acceptance(engine, str(event.account), text) is None:
            raise


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int) -> Statement:
    content = file.read_bytes()
    return Statement.model_validate(yaml.safe_load(content) | {"sha256": hashlib.sha256(content).hexdigest()})
