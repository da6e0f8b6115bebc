"""Both parties at one desk, with a clock that a test sets: matters are opened and carried on at whatever day it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.commands.example_paper import paper
from data_access.contract import Party
from data_access.governance import agreement
from data_access.governance.agreement import TEMPLATE
from data_access.governance.audit import Event
from data_access.governance.documents import Attachment
from data_access.governance.registers.book import Actor, Book
from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.model import Entry, Right, Step
from data_access.governance.registers.standing import standing
from data_access.state import engine, upgrade

SIGNED = date(2022, 2, 9)
LIMIT = 2_000_000


def at(day: date, hour: int = 10) -> datetime:
    """That hour of the day in Jakarta."""
    return datetime.combine(day, time(hour - 7), UTC)


def actor(party: Party, right: Right = "decide") -> Actor:
    account = f"{right}-{party}"
    return Actor(account, party, right, Event(action="register-step", decision="allowed", account=account, party=party))


@dataclass(frozen=True)
class Desk:
    """The registers over a real state and store, and the agreement's file as the operator keeps it."""

    book: Book
    file: Path

    @property
    def engine(self) -> Engine:
        return self.book.engine

    def open(self, party: Party, register: str, day: date, /, *, right: Right = "decide", **facts: Any) -> int:
        wanted = _paper(REGISTERS[register].opening)
        return self.book.open(actor(party, right), register, facts, wanted, now=at(day))

    def take(
        self, party: Party, number: int, action: str, day: date, /, *, right: Right = "decide", **facts: Any
    ) -> Entry:
        wanted = _paper(REGISTERS[self.book.entry(number).register].every(action))
        return self.book.take(actor(party, right), number, action, facts, wanted, now=at(day))

    def standing(self, day: date) -> agreement.Register:
        return standing(self.engine, self.file, day)


def _paper(step: Step) -> Attachment | None:
    return Attachment("surat.pdf", paper(step.label)) if step.document == "must" else None


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = engine(f"sqlite:///{tmp_path / 'state.db'}")
    upgrade(made)
    file = tmp_path / "perjanjian.yaml"
    file.write_text(TEMPLATE.read_text("utf-8"), "utf-8")
    yield Desk(Book(made, bytes(range(32)), tmp_path / "dokumen", LIMIT, SIGNED), file)
    made.dispose()
