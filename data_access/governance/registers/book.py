"""Opens matters, takes steps and reads them back. Every write is one transaction: the step, its document, its audit record."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from data_access.contract import Party
from data_access.errors import Refused, Rejected
from data_access.governance import documents
from data_access.governance.agreement import today
from data_access.governance.audit import Event, append
from data_access.governance.documents import Attachment, Kept
from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.fields import PARTY_NAMES
from data_access.governance.registers.model import (
    OPEN,
    RIGHTS,
    Context,
    Entry,
    Register,
    Right,
    Step,
    Taken,
    check_dates,
    named,
)
from data_access.governance.registers.stating import stated
from data_access.state import one_writer, reading, utc_now, writing
from data_access.state.tables import register_entry, register_step
from data_access.words import mark as _


@dataclass(frozen=True)
class Actor:
    """Who acts: account, party, right in the registers, and the record of it, which lacks only what was done."""

    account: str
    party: Party
    right: Right
    event: Event


@dataclass(frozen=True)
class Book:
    """The registers of one product: its state, audit key, document store and the day of signing."""

    engine: Engine
    key: bytes
    store: Path
    largest: int
    signed: date

    def open(
        self,
        actor: Actor,
        register: str,
        facts: Mapping[str, Any],
        attachment: Attachment | None = None,
        *,
        now: datetime | None = None,
    ) -> int:
        """The number of a new matter.

        Refused (not this account or party) or Rejected (rule, date, document); then nothing is written.
        """
        moment, described = now or utc_now(), REGISTERS[register]
        may_open(actor, described)
        said = stated(described.opening.facts, facts)
        kept = self._kept(described.opening, attachment)
        with writing(self.engine) as connection:
            one_writer(connection)
            context = self._context(connection, actor, moment)
            check_dates(said, context)
            described.opening.rule(None, said, context)
            entry = _insert(connection, described, actor, said, moment)
            self._write(connection, actor, entry, OPEN, described.opening.to, said, kept, moment)
        return entry

    def take(
        self,
        actor: Actor,
        number: int,
        action: str,
        facts: Mapping[str, Any],
        attachment: Attachment | None = None,
        *,
        now: datetime | None = None,
    ) -> Entry:
        """The matter after the step. Refused or Rejected as `open`, and Rejected where the step is out of order."""
        moment = now or utc_now()
        with writing(self.engine) as connection:
            one_writer(connection)
            entry = _one(connection, number)
            context = self._context(connection, actor, moment)
            step = possible(actor, entry, action, context.day)
            said = stated(step.facts, facts)
            check_dates(said, context)
            step.rule(entry, said, context)
            kept = self._kept(step, attachment)
            state = _state_after(entry, step, action, actor.party)
            self._write(connection, actor, number, action, state, said, kept, moment)
            return _one(connection, number)

    def entries(self, *registers: str) -> list[Entry]:
        """The matters of these registers (of all where none is named), the newest first."""
        return entries_of(self.engine, registers or tuple(REGISTERS))

    def entry(self, number: int) -> Entry:
        """One matter; Rejected if there is none of that number."""
        with reading(self.engine) as connection:
            return _one(connection, number)

    def _context(self, connection: Connection, actor: Actor, moment: datetime) -> Context:
        def others(register: str) -> list[Entry]:
            return _read(connection, register_entry.c.register == register)

        return Context(moment, today(moment), self.signed, actor.party, others)

    def _kept(self, step: Step, attachment: Attachment | None) -> Kept | None:
        """The checked document, its bytes stored; a document without a row is nobody's and harms nobody."""
        if attachment is None:
            if step.document == "must":
                template = _("{step}: lampirkan dokumennya ({article}).")
                raise Rejected("document-missing", template, step=named(step.label), article=named(step.article))
            return None
        if step.document == "none":
            raise Rejected("document-unwanted", _("{step}: langkah ini tanpa lampiran."), step=named(step.label))
        kept = documents.checked(attachment, limit=self.largest)
        documents.keep(self.store, attachment, kept)
        return kept

    def _write(
        self,
        connection: Connection,
        actor: Actor,
        entry: int,
        action: str,
        state: str,
        said: Any,
        kept: Kept | None,
        moment: datetime,
    ) -> None:
        if kept is not None:
            documents.add(connection, kept, account=actor.account, party=actor.party, now=moment)
        values = {"entry": entry, "action": action, "state": state, "party": actor.party, "account": actor.account}
        sha256 = kept.sha256 if kept else None
        content = said.model_dump(mode="json")
        connection.execute(insert(register_step).values(**values, at=moment, content=content, document=sha256))
        connection.execute(
            update(register_entry).where(register_entry.c.id == entry).values(state=state, changed_at=moment)
        )
        told = {"entry": entry, "step": action, "state": state} | ({"document": sha256} if sha256 else {})
        append(connection, self.key, replace(actor.event, detail=json.dumps(told)), moment)


def entries_of(engine: Engine, registers: tuple[str, ...]) -> list[Entry]:
    """The matters of these registers, the newest first."""
    with reading(engine) as connection:
        return _read(connection, register_entry.c.register.in_(registers))


def may_open(actor: Actor, register: Register) -> None:
    """Refused unless this account may open a matter of the register."""
    _check_right(actor, register.opening)
    if actor.party not in register.opener:
        _wrong_party(register.opening, register.opener)


def possible(actor: Actor, entry: Entry, action: str, day: date) -> Step:
    """The step; Rejected if it is out of order on that day, Refused if it is for another party or account."""
    register = REGISTERS[entry.register]
    state = register.stands(entry, day)
    step = register.step(state, action)
    if step is None:
        template = _("Langkah ini tidak dapat diambil: perkara ini {state} ({article}).")
        raise Rejected("step-order", template, state=named(register.states[state]), article=named(register.article))
    _check_right(actor, step)
    parties = step.who(entry)
    if actor.party not in parties:
        _wrong_party(step, parties)
    if step.both and actor.party in entry.agreed(action):
        template = _("{step}: pihak Anda sudah mengambil langkah ini; pihak lainnya belum.")
        raise Rejected("step-twice", template, step=named(step.label))
    return step


def offered(actor: Actor, entry: Entry, day: date) -> dict[str, Step]:
    """The steps that this account may take now, in the order of the register."""
    register = REGISTERS[entry.register]
    found = {}
    for action in register.steps.get(register.stands(entry, day), {}):
        try:
            found[action] = possible(actor, entry, action, day)
        except (Refused, Rejected):
            continue
    return found


def _state_after(entry: Entry, step: Step, action: str, party: Party) -> str:
    """A step that both take leads on with the second of them."""
    waits = step.both and not set(entry.agreed(action)) - {party}
    return entry.state if waits or not step.to else step.to


def _check_right(actor: Actor, step: Step) -> None:
    if RIGHTS.index(actor.right) < RIGHTS.index(step.right):
        template = _("{step}: peran Anda tidak mengambil langkah ini ({article}).")
        raise Refused("step-right", template, step=named(step.label), article=named(step.article))


def _wrong_party(step: Step, parties: tuple[Party, ...]) -> None:
    template = _("{step}: langkah ini milik {party} ({article}).")
    party = named(PARTY_NAMES[parties[0]]) if parties else named(_("pihak lain"))
    raise Refused("step-party", template, step=named(step.label), party=party, article=named(step.article))


def _insert(connection: Connection, register: Register, actor: Actor, said: Any, moment: datetime) -> int:
    values = {
        "register": register.name,
        "identity": register.identity(said),
        "party": actor.party,
        "state": register.opening.to,
        "changed_at": moment,
    }
    try:
        number = connection.execute(insert(register_entry).values(**values)).inserted_primary_key
    except IntegrityError as error:
        template = _("{register}: untuk {identity} sudah ada ({article}).")
        facts = {"register": named(register.label), "article": named(register.article)}
        raise Rejected("entry-twice", template, identity=values["identity"], **facts) from error
    return int(number[0]) if number else 0


def _one(connection: Connection, number: int) -> Entry:
    found = _read(connection, register_entry.c.id == number)
    if not found:
        raise Rejected("entry-unknown", _("Perkara nomor {number} tidak ada."), number=str(number))
    return found[0]


def _read(connection: Connection, *conditions: Any) -> list[Entry]:
    """Matters with all their steps, the newest first; two questions, whatever their number."""
    rows = connection.execute(select(register_entry).where(*conditions).order_by(register_entry.c.id.desc())).all()
    numbers = select(register_entry.c.id).where(*conditions)
    steps: dict[int, list[Taken]] = {}
    kinds = {row.id: REGISTERS[row.register] for row in rows}
    taken = select(register_step).where(register_step.c.entry.in_(numbers)).order_by(register_step.c.id)
    for row in connection.execute(taken):
        facts = kinds[row.entry].every(row.action).facts.model_validate(row.content)
        steps.setdefault(row.entry, []).append(
            Taken(row.action, row.state, row.party, row.account, row.at, facts, row.document)
        )
    return [Entry(row.id, row.register, row.party, row.state, tuple(steps[row.id])) for row in rows]
