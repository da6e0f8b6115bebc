"""The generated parts of docs/agreements.md: the life of each register, and the deadlines, from the registers themselves."""

from collections.abc import Iterator, Sequence

from data_access.governance.registers import (
    coordination,
    disclosures,
    due,
    evaluations,
    incidents,
    kahar,
    letters,
    life,
    team,
)
from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.model import OPEN, PARTIES, Register, Step, anyone, opener, other
from data_access.words import text

WHO = {
    anyone: "either party",
    opener: "the party that opened it",
    other: "the other party",
    coordination.responsible: "the responsible party",
    disclosures.both_where_a: "either party, on ground a",
    disclosures.opener_unless_a: "the party that opened it, on grounds b, c, d",
}
NAMED = {"owner": "the owner of the data", "<lambda>": "the member's party, or PIHAK KEDUA"}
DOCUMENT = {"none": "", "may": "may", "must": "must"}
# What nobody does: the calendar leads on.
BY_ITSELF = {
    "dianggap": ("diterima", f"{life.SILENCE} working days of silence"),
    "lewat": ("aktif", "the decree has ended"),
}


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table of Markdown."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def lives() -> str:
    """Diagram and steps of every register."""
    return "\n\n".join(_life(register) for register in REGISTERS.values())


def _life(register: Register) -> str:
    head = f"### {_both(register.label)} (`{register.name}`)\n\n{text(register.article, 'en')}. {text(register.about, 'en')}"
    steps = table(("step", "from → to", "who", "right", "document", "ground"), list(_rows(register)))
    return f"{head}\n\n{_diagram(register)}\n\n{steps}"


def _diagram(register: Register) -> str:
    arrows = [f"    [*] --> {register.opening.to}: {register.opening.label}"]
    arrows += [f"    {state} --> {step.to or state}: {step.label}" for state, step in _steps(register)]
    reached = {register.opening.to, *(step.to for _state, step in _steps(register))}
    for state in register.states:
        if state not in reached:
            start, why = BY_ITSELF[state]
            arrows.append(f"    {start} --> {state}: {why}")
    ends = [f"    {state} --> [*]" for state in register.ends]
    return "\n".join(["```mermaid", "stateDiagram-v2", *arrows, *ends, "```"])


def _steps(register: Register) -> Iterator[tuple[str, Step]]:
    return ((state, step) for state, actions in register.steps.items() for step in actions.values())


def _rows(register: Register) -> Iterator[tuple[str, ...]]:
    first = register.opening
    may = (
        "either party" if register.opener == PARTIES else " or ".join(f"PIHAK {one.upper()}" for one in register.opener)
    )
    yield _row(OPEN, first, f"→ {first.to}", may)
    for state, actions in register.steps.items():
        for action, step in actions.items():
            who = WHO.get(step.who) or NAMED[step.who.__name__]
            yield _row(action, step, f"{state} → {step.to or state}", f"{who}; both of them" if step.both else who)


def _row(action: str, step: Step, way: str, who: str) -> tuple[str, ...]:
    return f"`{action}`: {_both(step.label)}", way, who, step.right, DOCUMENT[step.document], text(step.article, "en")


def _both(msgid: str) -> str:
    """Indonesian, with the English where the catalogue has it."""
    english = text(msgid, "en")
    return msgid if english == msgid else f"{msgid} – {english}"


def deadlines() -> str:
    """Every term that the product counts, its number taken from the code."""
    rows = (
        ("notice of termination", f"at least {life.NOTICE_MONTHS} months before the wished date", "article 6 (2)"),
        (
            "answer to it",
            f"{life.SILENCE} working days after the confirmed receipt; then deemed ended",
            "article 6 (3)",
        ),
        ("change of address", f"{letters.ADDRESS_NOTICE} working days before it takes effect", "article 8 (3)"),
        ("notice of an incident", f"{incidents.HOURS} hours after the discovery", "Law 27/2022, article 46"),
        ("notice of force majeure", f"{kahar.NOTICE_DAYS} calendar days after it happened", "article 10 (2)"),
        (
            "evaluation",
            f"for each half-year; expected {evaluations.FOLLOWING} days after it",
            "article 7; the days are ours",
        ),
        ("end of the agreement", f"told {due.EXPIRING.days} days before", "article 6 (1); the days are ours"),
        (
            "end of a decree of the technical team",
            f"told {team.WARNED.days} days before",
            "article 4 (2); the days are ours",
        ),
    )
    return table(("what", "term", "where it comes from"), rows)
