"""What a register is: its states, the steps between them as data, and the facts that each step states."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from data_access.contract import Party
from data_access.errors import Rejected
from data_access.words import JAKARTA, text
from data_access.words import mark as _

# What an account may do in the registers: watch, ask for something, work on it, decide in the name of its party.
Right = Literal["none", "read", "ask", "act", "decide"]
RIGHTS: tuple[Right, ...] = ("none", "read", "ask", "act", "decide")
PARTIES: tuple[Party, ...] = ("kesatu", "kedua")
Attached = Literal["none", "may", "must"]

Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Long = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=4_000)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4_000)]


class Past:
    """Marks a fact that has happened: its date lies between the signing and today."""


class Ahead:
    """Marks a date that has not passed yet."""


@dataclass(frozen=True)
class Choices:
    """The words for the values of a fact that is one of few."""

    labels: Mapping[str, str]


@dataclass(frozen=True)
class Listed:
    """A fact taken from a list that the product knows: "dataset", "levels", "page" or the name of a register."""

    source: str


PastDay = Annotated[date, Past()]
PastMoment = Annotated[datetime, Past()]
ComingDay = Annotated[date, Ahead()]


class Facts(BaseModel):
    """What a step states. The title of a field is its msgid on the screen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Nothing(Facts):
    """A step that says it all by itself."""


class Remark(Facts):
    """A step with a sentence of its own."""

    note: Long = Field(title=_("Keterangan"))


FactsOf = TypeVar("FactsOf", bound=Facts)


@dataclass(frozen=True)
class Taken:
    """A step that was taken: by whom, when, what it stated, which document came with it, and the state it led to."""

    action: str
    state: str
    party: Party
    account: str
    at: datetime
    facts: Any
    document: str | None

    @property
    def day(self) -> date:
        return self.at.astimezone(JAKARTA).date()


@dataclass(frozen=True)
class Entry:
    """One matter. `party` has opened it; `steps` are all that was done, its opening first; `state` is the last one written."""

    id: int
    register: str
    party: Party
    state: str
    steps: tuple[Taken, ...]

    @property
    def opening(self) -> Taken:
        return self.steps[0]

    @property
    def facts(self) -> Any:
        """What the opening stated."""
        return self.steps[0].facts

    def last(self, *actions: str) -> Taken | None:
        """The latest step of one of these actions."""
        return next((step for step in reversed(self.steps) if step.action in actions), None)

    def since_state(self) -> tuple[Taken, ...]:
        """The steps taken since the matter came to its state."""
        place = len(self.steps)
        while place > 1 and self.steps[place - 1].state == self.steps[place - 2].state:
            place -= 1
        return self.steps[place:]

    def agreed(self, action: str) -> tuple[Party, ...]:
        """The parties that took this step since the matter came to its state and since anything else was said in it."""
        found: list[Party] = []
        for step in reversed(self.since_state()):
            if step.action != action:
                break
            found.append(step.party)
        return tuple(found)


@dataclass(frozen=True)
class Context:
    """What a rule may look at: the moment, the day in Jakarta, the day of signing, who acts, and the other matters."""

    now: datetime
    day: date
    signed: date
    party: Party
    others: Callable[[str], list[Entry]]


Who = Callable[[Entry], tuple[Party, ...]]
Rule = Callable[[Entry | None, Any, Context], None]


def anyone(_entry: Entry) -> tuple[Party, ...]:
    return PARTIES


def opener(entry: Entry) -> tuple[Party, ...]:
    return (entry.party,)


def other(entry: Entry) -> tuple[Party, ...]:
    return (opposite(entry.party),)


def opposite(party: Party) -> Party:
    return "kedua" if party == "kesatu" else "kesatu"


def no_rule(_entry: Entry | None, _facts: Any, _context: Context) -> None:
    """The facts are enough by themselves."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One transition. `to` is the state it leads to ("" leaves it as it is); with `both` it leads on once both parties took it.

    `who` tells the parties that may take it, `right` what the account needs; `article` is the ground; `rule` refuses
    facts against it (Rejected).
    """

    label: str
    to: str = ""
    article: str
    facts: type[Facts] = Nothing
    who: Who = anyone
    right: Right = "act"
    document: Attached = "none"
    both: bool = False
    rule: Rule = no_rule


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that waits: by which day at the latest (None: no term), for which parties, on which ground.

    `unsure`: the cuti bersama of its year are not known yet, so the term may be later.
    """

    what: str
    article: str
    parties: tuple[Party, ...]
    day: date | None = None
    at: datetime | None = None
    unsure: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)
    register: str = ""
    entry: int = 0


def nothing_due(_entry: Entry, _day: date) -> Iterable[Due]:
    return ()


def as_written(entry: Entry, _day: date) -> str:
    return entry.state


def no_identity(_facts: Any) -> str | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Register:
    """One register: `steps` maps a state to the actions possible in it.

    `stands` is the state on a day, which silence and the calendar may have changed without anybody doing anything; `due` what
    waits in a matter; `headline` the field of the opening that names it; `identity` makes a matter unique.
    """

    name: str
    label: str
    article: str
    about: str
    headline: str
    opening: Step
    states: Mapping[str, str]
    steps: Mapping[str, Mapping[str, Step]]
    ends: tuple[str, ...]
    stands: Callable[[Entry, date], str] = as_written
    due: Callable[[Entry, date], Iterable[Due]] = nothing_due
    identity: Callable[[Any], str | None] = no_identity
    opener: tuple[Party, ...] = PARTIES

    def step(self, state: str, action: str) -> Step | None:
        return self.steps.get(state, {}).get(action)

    def every(self, action: str) -> Step:
        """The step of that name in whatever state it is possible: to read what was stated."""
        if action == OPEN:
            return self.opening
        return next(steps[action] for steps in self.steps.values() if action in steps)

    def title(self, entry: Entry) -> str:
        """The words that name the matter, as somebody typed them."""
        return str(getattr(entry.facts, self.headline))


OPEN = "buka"


def reject(reason: str, template: str, **facts: object) -> Rejected:
    """The refusal of facts that break a rule; `template` names the rule and its article."""
    return Rejected(reason, template, **facts)


def check_dates(facts: Facts, context: Context) -> None:
    """No day before the signing; what has happened is not in the future, what is to come is not past."""
    for name, info in type(facts).model_fields.items():
        value = getattr(facts, name)
        if not isinstance(value, date):
            continue
        happened = value.astimezone(JAKARTA).date() if isinstance(value, datetime) else value
        if happened < context.signed:
            template = _("{field}: {day} mendahului penandatanganan perjanjian ({signed}, Pasal 6 ayat (1)).")
            raise reject("before-signing", template, field=named(info.title), day=happened, signed=context.signed)
        if any(isinstance(mark, Past) for mark in info.metadata) and _is_ahead(value, context):
            raise reject("not-yet", _("{field}: {day} belum terjadi."), field=named(info.title), day=happened)
        if any(isinstance(mark, Ahead) for mark in info.metadata) and happened < context.day:
            raise reject("passed", _("{field}: {day} sudah lewat."), field=named(info.title), day=happened)


def _is_ahead(value: date, context: Context) -> bool:
    return value > context.now if isinstance(value, datetime) else value > context.day


@dataclass(frozen=True)
class Named:
    """A msgid as a fact of another sentence: it is put into words in the reader's language."""

    msgid: str

    def text(self, language: str) -> str:
        return text(self.msgid, language)


def named(title: str | None) -> Named:
    return Named(title or "")
