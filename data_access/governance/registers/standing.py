"""The agreement as it stands: what the file of the operator says, and what both parties have done since in the registers.

Extensions, addenda, terminations and force majeure change who sees what from the day on which they take effect; nothing has
to be switched. A state that cannot be read opens nothing.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine, func, select

from data_access.contract import Label
from data_access.governance import agreement
from data_access.governance.agreement import Agreement, Extension, Grant
from data_access.governance.registers import addenda, kahar, life
from data_access.governance.registers.book import entries_of
from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.model import Entry
from data_access.state import reading
from data_access.state.tables import register_step

LAST_STEP = select(func.max(register_step.c.id))
CHANGING = ("perpanjangan", "penghentian", "adendum", "kahar")


def standing(engine: Engine, path: Path, day: date) -> agreement.Register:
    """The agreement on that day; Misconfigured as `agreement.register`, and where the state is unusable."""
    return _standing(engine, path, agreement.edition(path), _latest(engine), day)


def matters(engine: Engine, *registers: str) -> tuple[Entry, ...]:
    """The matters of these registers, read anew with every step that somebody takes anywhere."""
    return _matters(engine, registers, _latest(engine))


def changed(register: agreement.Register, entries: Iterable[Entry], day: date) -> agreement.Register:
    """The register of the file with what these matters change on that day."""
    known: dict[str, list[Entry]] = {name: [] for name in CHANGING}
    for entry in entries:
        known.setdefault(entry.register, []).append(entry)
    return register.model_copy(
        update={
            "agreement": _ended(register.agreement, known["penghentian"], day),
            "extensions": (*register.extensions, *_extensions(known["perpanjangan"])),
            "grants": (*register.grants, *_grants(known["adendum"])),
            "suspended": tuple(sorted({e.party for e in known["kahar"] if kahar.suspends(e)})),
        }
    )


def _latest(engine: Engine) -> int:
    """The number of the last step of any register: what was read before is true as long as it is the same."""
    with reading(engine) as connection:
        return connection.scalar(LAST_STEP) or 0


@lru_cache(maxsize=4)
def _standing(engine: Engine, path: Path, _edition: tuple[int, int, int], latest: int, day: date) -> agreement.Register:
    return changed(agreement.register(path), _matters(engine, CHANGING, latest), day)


@lru_cache(maxsize=16)
def _matters(engine: Engine, registers: tuple[str, ...], _latest: int) -> tuple[Entry, ...]:
    return tuple(entries_of(engine, registers))


def _ended(known: Agreement, notices: Iterable[Entry], day: date) -> Agreement:
    stopped = [
        entry.facts.wished
        for entry in notices
        if REGISTERS["penghentian"].stands(entry, day) in (life.AGREED, life.DEEMED)
    ]
    days = [*stopped, *([known.ended_early] if known.ended_early else [])]
    return known.model_copy(update={"ended_early": min(days)}) if days else known


def _extensions(entries: Iterable[Entry]) -> Iterator[Extension]:
    for entry in entries:
        if entry.state == life.IN_FORCE:
            facts = entry.facts
            note = Label(id=facts.note, en=facts.note)
            yield Extension.model_validate(
                {"document": facts.document, "from": facts.first, "until": facts.last, "note": note}
            )


def _grants(entries: Iterable[Entry]) -> Iterator[Grant]:
    for entry in entries:
        if entry.state in (life.IN_FORCE, addenda.ENDED):
            facts, ended = entry.facts, entry.last("akhiri") if entry.state == addenda.ENDED else None
            yield Grant.model_validate(
                {
                    "id": f"adendum-{entry.id}",
                    "dataset": facts.dataset,
                    "party": facts.party,
                    "document": facts.number,
                    "from": facts.first,
                    "until": ended.facts.ended if ended else None,
                    "version": facts.version,
                    "levels": facts.levels,
                }
            )
