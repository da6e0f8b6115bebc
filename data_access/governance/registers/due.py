"""What waits for whom ("jatuh tempo"): from every open matter, and from the agreement itself. Derived, never kept."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from data_access.contract import Party
from data_access.governance import agreement
from data_access.governance.registers import evaluations, life
from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.model import PARTIES, RIGHTS, Due, Entry, Right
from data_access.words import mark as _

EXPIRING = timedelta(days=60)
TOLD_HALF_YEARS = 2  # older ones stand on the page of evaluations


def due(register: agreement.Register, entries: Iterable[Entry], *, party: Party, right: Right, day: date) -> list[Due]:
    """What waits for this party and for what such an account may do, the most urgent first; those without a term last."""
    held = list(entries)
    found = [one for one in (*_of_matters(held, day), *_of_agreement(register, held, day)) if party in one.parties]
    if RIGHTS.index(right) < RIGHTS.index("act"):
        matters = {entry.id: entry for entry in held}
        found = [one for one in found if one.entry and _within(matters[one.entry], right, day)]
    return sorted(found, key=lambda one: (last_day(one) or date.max, one.entry))


def _within(entry: Entry, right: Right, day: date) -> bool:
    """Whether somebody with this right takes any of the steps that are possible now; the team and the leaders see all."""
    register = REGISTERS[entry.register]
    steps = register.steps.get(register.stands(entry, day), {}).values()
    return any(RIGHTS.index(step.right) <= RIGHTS.index(right) for step in steps)


def last_day(one: Due) -> date | None:
    return one.at.date() if one.at else one.day


def stage(register: agreement.Register, day: date) -> str:
    """Where the agreement stands on the day: "upcoming", "in-force", "expiring" (60 days) or "ended"; a gap counts as ended."""
    period = agreement.in_force(register, day)
    if period is None:
        return "upcoming" if day < register.agreement.signed else "ended"
    last = agreement.unbroken_until(register, day)
    return "expiring" if last - day < EXPIRING else "in-force"


def in_life(register: agreement.Register, one: evaluations.HalfYear) -> bool:
    """Whether the agreement was in force on some day of the half-year."""
    return any(period.first <= one.last and period.last >= one.first for period in register.periods)


def _of_matters(entries: Iterable[Entry], day: date) -> Iterator[Due]:
    for entry in entries:
        for one in REGISTERS[entry.register].due(entry, day):
            yield replace(one, register=entry.register, entry=entry.id)


def _of_agreement(register: agreement.Register, entries: list[Entry], day: date) -> Iterator[Due]:
    if stage(register, day) == "expiring":
        what = _("Sepakati perpanjangan perjanjian atau akhiri pemanfaatan data")
        last = agreement.unbroken_until(register, day)
        yield Due(what=what, article=life.ARTICLE_1, parties=PARTIES, day=last, register=life.EXTENSIONS.name)
    reports = [entry for entry in entries if entry.register == evaluations.EVALUATIONS.name]
    missing = evaluations.missing(reports, register.agreement.signed, day)
    for one in [one for one in missing if in_life(register, one)][:TOLD_HALF_YEARS]:
        facts = {"half": "I" if one.half == 1 else "II", "year": str(one.year)}
        what = _("Susun laporan evaluasi semester {half}/{year}")
        made = Due(what=what, article=evaluations.ARTICLE, parties=PARTIES, day=one.expected, facts=facts)
        yield replace(made, register=evaluations.EVALUATIONS.name)
