"""Evaluation at least twice a year (Pasal 3 ayat (1) e, (2) d, (3) e, (4) d, Pasal 7): one report for each half-year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from data_access.contract import Party
from data_access.governance.registers.model import (
    Choices,
    Context,
    Due,
    Entry,
    Facts,
    Register,
    Remark,
    Step,
    reject,
)
from data_access.words import mark as _

ARTICLE = _("Pasal 7")
DRAFTED, CLOSED = "disusun", "ditutup"
FOLLOWING = 31  # days after a half-year within which its evaluation is expected; the agreement names none


@dataclass(frozen=True)
class HalfYear:
    """The months January to June (half 1) or July to December (half 2) of a year."""

    year: int
    half: int

    @property
    def first(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def expected(self) -> date:
        """The day by which its evaluation is expected to be closed."""
        return self.last + timedelta(days=FOLLOWING)

    @property
    def identity(self) -> str:
        return f"{self.year}-{self.half}"

    @property
    def before(self) -> "HalfYear":
        return HalfYear(self.year - 1, 2) if self.half == 1 else HalfYear(self.year, 1)


class EvaluationFacts(Facts):
    """Which half-year is evaluated."""

    year: Annotated[int, Field(ge=2022, le=2100)] = Field(title=_("Tahun"))
    half: Annotated[Literal["1", "2"], Choices({"1": _("Semester I"), "2": _("Semester II")})] = Field(
        title=_("Semester")
    )

    @property
    def period(self) -> HalfYear:
        return HalfYear(self.year, int(self.half))

    @property
    def title(self) -> str:
        return f"{'I' if self.half == '1' else 'II'}/{self.year}"


def half_year_of(day: date) -> HalfYear:
    return HalfYear(day.year, 1 if day.month <= 6 else 2)


def half_years(since: date, day: date) -> list[HalfYear]:
    """The half-years that are over on the day and reach the day `since`; newest first."""
    found, one = [], half_year_of(day).before
    while one.last >= since:
        found.append(one)
        one = one.before
    return found


def is_over(_entry: Entry | None, facts: EvaluationFacts, context: Context) -> None:
    if facts.period.last < context.signed:
        raise reject("before-signing", _("Semester itu mendahului penandatanganan perjanjian (Pasal 7)."))
    if facts.period.last >= context.day:
        template = _("Semester itu belum berakhir: evaluasinya disusun sesudah {day} (Pasal 7).")
        raise reject("half-year-open", template, day=facts.period.last)


def missing(entries: Iterable[Entry], since: date, day: date) -> list[HalfYear]:
    """The half-years that are over on the day, reach the day `since`, and have no report; newest first."""
    reported = {entry.facts.period for entry in entries}
    return [one for one in half_years(since, day) if one not in reported]


def due(entry: Entry, _day: date) -> Iterable[Due]:
    if entry.state == DRAFTED:
        closed = entry.agreed("tutup")
        parties: tuple[Party, ...] = tuple(p for p in ("kesatu", "kedua") if p not in closed)
        what = _("Tanggapi dan tutup laporan evaluasi")
        yield Due(what=what, article=ARTICLE, parties=parties, day=entry.facts.period.expected)


EVALUATIONS = Register(
    name="evaluasi",
    label=_("Laporan evaluasi"),
    article=ARTICLE,
    about=_(
        "Evaluasi setiap semester, disusun dari catatan audit dan mutu data, ditanggapi dan ditutup oleh kedua pihak."
    ),
    headline="title",
    opening=Step(label=_("Susun laporan evaluasi"), to=DRAFTED, article=ARTICLE, facts=EvaluationFacts, rule=is_over),
    states={DRAFTED: _("disusun, menunggu kedua pihak"), CLOSED: _("ditutup kedua pihak")},
    steps={
        DRAFTED: {
            "tanggapi": Step(label=_("Tanggapi"), article=ARTICLE, facts=Remark),
            "tutup": Step(label=_("Tutup laporan"), to=CLOSED, article=ARTICLE, right="decide", both=True),
        }
    },
    ends=(CLOSED,),
    due=due,
    identity=lambda facts: facts.period.identity,
)
