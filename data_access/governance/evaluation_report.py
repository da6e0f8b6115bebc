"""What the report of a half-yearly evaluation tells (Pasal 7): facts and sentences as they stood when it was prepared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from data_access.contract import Label, Party


@dataclass(frozen=True, kw_only=True)
class Usage:
    """How the receiver used a dataset of the owner: numbers of events in the audit, and of accounts that got an answer or file.

    `questions` were answered, `refused` were not; `exports` are permissions to make a file.
    """

    dataset: str
    owner: Party
    receiver: Party
    questions: int = 0
    refused: int = 0
    exports: int = 0
    accounts: int = 0


@dataclass(frozen=True, kw_only=True)
class Published:
    """A snapshot that a release of the period brought. `due` is the day by which it was expected, None where none was."""

    release: str
    published: date
    dataset: str
    reference_date: date
    due: date | None = None

    @property
    def late(self) -> int | None:
        """Days after the day it was due, 0 if in time; None where no day was set."""
        return None if self.due is None else max(0, (self.published - self.due).days)


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What a party has to say, as typed in: never more than text."""

    party: Party
    who: str
    at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class Closing:
    """Who closes the evaluation for a party; `who` and `at` are empty as long as nobody has."""

    party: Party
    who: str = ""
    position: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class EvaluationReport:
    """One half-year of the agreement. `first` and `last` are included; sentences and labels are in the language of the report."""

    year: int
    half: Literal[1, 2]
    numbers: tuple[str, ...]
    title: Label
    first: date
    last: date
    prepared_at: datetime
    usage: Sequence[Usage] = ()
    releases: Sequence[Published] = ()
    quality: Sequence[tuple[str, str]] = ()
    counts: Sequence[tuple[str, int]] = ()
    findings: Sequence[str] = ()
    comments: Sequence[Comment] = ()
    closings: Sequence[Closing] = field(default=(Closing(party="kesatu"), Closing(party="kedua")))
