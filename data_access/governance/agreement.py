"""The agreement register: when the agreement between both parties is in force and which datasets it opens to whom.

It is a YAML file read anew whenever it changes. What is missing, unreadable or not in force opens nothing.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from data_access.contract import Label, Party, contract
from data_access.contract.model import Value
from data_access.errors import Misconfigured, Refused
from data_access.words import JAKARTA
from data_access.words import mark as _
from data_access.yaml_text import loaded

TEMPLATE = Path(__file__).parent / "perjanjian.yaml"
EXAMPLE = Path(__file__).parent / "perjanjian-contoh.yaml"


@dataclass(frozen=True)
class Period:
    """Days on which the agreement is in force, `first` and `last` included, and the document that says so.

    `example` marks a document that does not exist and only serves to show the product.
    """

    document: str
    first: date
    last: date
    example: bool
    note: Label | None

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


class Agreement(Value):
    """The agreement itself. `ended_early` is the last day in force if a party has stopped it (Pasal 6 (2), (3))."""

    numbers: tuple[str, ...] = Field(min_length=1)
    title: Label
    signed: date
    years: int = Field(ge=1, le=99)
    ended_early: date | None = None

    @property
    def period(self) -> Period:
        """From the day of signing ("sejak tanggal ditandatangani", Pasal 6 ayat (1)) to the day before its anniversary.

        The day of signing counts, so two years from 9 February 2022 end with 8 February 2024; the agreement does not
        say which way to count, and this is the reading that gives no day more than two years.
        """
        last = _anniversary(self.signed, self.years) - timedelta(days=1)
        return Period(" / ".join(self.numbers), self.signed, last, example=False, note=None)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.ended_early is not None and self.ended_early < self.signed:
            raise ValueError("the agreement ends before it was signed")
        return self


class Extension(Value):
    """A prolongation that both parties have agreed (Pasal 6 ayat (1)); the days `from` and `until` are included."""

    document: str = Field(min_length=1)
    first: date = Field(alias="from")
    last: date = Field(alias="until")
    example: bool = False
    note: Label

    @property
    def period(self) -> Period:
        return Period(self.document, self.first, self.last, example=self.example, note=self.note)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"extension {self.document}: it ends before it begins")
        return self


class Grant(Value):
    """A dataset that a document (Lampiran I, or an addendum under Pasal 12) opens to the party that receives it.

    It opens the columns that the dataset had in `version` of the contract (none: its first), or only `levels` of them.
    """

    id: str = Field(min_length=1)
    dataset: str
    party: Party
    document: str = Field(min_length=1)
    first: date = Field(alias="from")
    last: date | None = Field(default=None, alias="until")
    version: str | None = None
    levels: tuple[str, ...] | None = None

    @property
    def opened(self) -> frozenset[str]:
        """The levels that it opens; none where dataset or version are not of the contract."""
        history = contract().history(self.dataset)
        if not history or self.version not in (None, *(one.version for one in history)):
            return frozenset()
        held = contract().levels_at(self.dataset, self.version or history[-1].version)
        return held if self.levels is None else held & frozenset(self.levels)

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


class Register(Value):
    """All documents; `periods` in the order of their first day, cut where the agreement was ended early.

    `suspended` are the parties whose duty to give access rests today (Pasal 10 ayat (3)).
    """

    agreement: Agreement
    extensions: tuple[Extension, ...] = ()
    grants: tuple[Grant, ...] = ()
    suspended: tuple[Party, ...] = ()

    @property
    def periods(self) -> tuple[Period, ...]:
        all_of_them = [self.agreement.period, *(extension.period for extension in self.extensions)]
        return tuple(sorted(self._cut(all_of_them), key=lambda period: period.first))

    def _cut(self, periods: list[Period]) -> list[Period]:
        end = self.agreement.ended_early
        if end is None:
            return periods
        return [replace(p, last=min(p.last, end)) for p in periods if p.first <= end]

    @model_validator(mode="after")
    def _grant_names_are_unique(self) -> Self:
        names = [grant.id for grant in self.grants]
        if len(names) != len(set(names)):
            raise ValueError("a grant is listed twice")
        return self


def today(now: datetime | None = None) -> date:
    """The day in Jakarta, where the agreement was signed."""
    return (now or datetime.now(UTC)).astimezone(JAKARTA).date()


def register(path: Path) -> Register:
    """The register as the file says now; Misconfigured if it is missing, unreadable or incomplete."""
    return _read(path, *edition(path))


def edition(path: Path) -> tuple[int, int, int]:
    """What tells one edition of the file from another; Misconfigured if it is missing."""
    try:
        state = path.stat()
    except OSError as error:
        template = _("Daftar perjanjian tidak ada, sehingga tidak ada data yang dibuka. Letakkan di: {file}")
        raise Misconfigured("agreement-missing", template, file=path.name) from error
    return state.st_mtime_ns, state.st_size, state.st_ino


def in_force(register: Register, day: date) -> Period | None:
    """The period the day lies in; None if the agreement is not in force on it."""
    return next((period for period in register.periods if period.covers(day)), None)


def unbroken_until(register: Register, day: date) -> date:
    """The last day of the periods that follow each other without a gap from the one the day lies in; ValueError if none does."""
    found = in_force(register, day)
    if found is None:
        raise ValueError("not in force")
    last = found.last
    for period in register.periods:
        if period.first <= last + timedelta(days=1):
            last = max(last, period.last)
    return last


def grants_for(register: Register, *, dataset: str, party: Party, day: date) -> tuple[Grant, ...]:
    """What opens the dataset to the party on that day; Refused ("grant-none") with what to do next if nothing does."""
    if in_force(register, day) is None:
        raise _not_in_force(register, day)
    described = contract().datasets.get(dataset)
    if described is not None and described.owner in register.suspended:
        template = _("Akses ini ditangguhkan selama keadaan kahar pada pihak pemilik data (Pasal 10 ayat (3)).")
        raise Refused("grant-suspended", template)
    grants = [grant for grant in register.grants if (grant.dataset, grant.party) == (dataset, party)]
    covering = tuple(grant for grant in grants if grant.covers(day))
    if not covering:
        raise _not_granted(grants, day)
    return covering


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int, _inode: int) -> Register:
    try:
        return Register.model_validate(loaded(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        template = _("Daftar perjanjian keliru atau tidak terbaca; tidak ada data yang dibuka. Periksa: {file}")
        raise Misconfigured("agreement-unreadable", template, file=path.name) from error


def _not_in_force(register: Register, day: date) -> Refused:
    coming = [period.first for period in register.periods if period.first > day]
    if coming:
        template = _("Perjanjian Kerja Sama baru berlaku mulai {date}. Data pihak lain dapat dibuka sejak hari itu.")
        return Refused("grant-none", template, date=_numeric(min(coming)))
    template = _(
        "Perjanjian Kerja Sama berakhir pada {date}. Data pihak lain dapat dibuka kembali setelah perpanjangannya "
        "disepakati (Pasal 6 ayat (1)) dan dicatat dalam daftar perjanjian."
    )
    return Refused("grant-none", template, date=_numeric(max(period.last for period in register.periods)))


def _not_granted(grants: list[Grant], day: date) -> Refused:
    """Why none of the grants of this dataset for this party covers the day."""
    ended = [grant.last for grant in grants if grant.last is not None and grant.last < day]
    coming = [grant.first for grant in grants if grant.first > day]
    if coming:
        template = _("Himpunan data ini baru dibuka bagi pihak Anda mulai {date}.")
        return Refused("grant-none", template, date=_numeric(min(coming)))
    if ended:
        template = _("Himpunan data ini dibuka bagi pihak Anda sampai {date}. Mintalah adendum baru (Pasal 12).")
        return Refused("grant-none", template, date=_numeric(max(ended)))
    template = _("Himpunan data ini tidak dibuka bagi pihak Anda. Mintalah secara tertulis (Pasal 12 ayat (3)).")
    return Refused("grant-none", template)


def _numeric(day: date) -> str:
    """As the agreement itself writes a date (09-02-2022): the same in both languages."""
    return f"{day:%d-%m-%Y}"


def _anniversary(day: date, years: int) -> date:
    # A 29 February has no anniversary of its own in most years; the day after 28 February is 1 March.
    leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + years, 3, 1) if leap_day else day.replace(year=day.year + years)
