"""Breaks in the series: which of breaks.yaml concern a result, and their numbered marks in a figure over time."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from charts.reading import periods
from charts.theme import SMALL, Theme
from data_access.access.result import Protected
from data_access.contract import Label
from data_access.words import short_day

FILE = Path(__file__).with_name("breaks.yaml")
NEAR = 0.14  # of the time drawn: on a phone, marks closer than this would lie on each other


class Known(BaseModel):
    """One entry of breaks.yaml; an empty list of codes means all of the level, no levels mean every figure."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    dates: tuple[date, ...] = Field(min_length=1)
    text: Label
    datasets: tuple[str, ...] = ()
    levels: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    source: str = Field(min_length=1)
    note: Label | None = None


@dataclass(frozen=True)
class Break:
    """One mark: its day and its words in the reader's language, the law or book behind it, and how sure its date is."""

    day: date
    words: str
    source: str = ""
    note: str = ""


@lru_cache(maxsize=1)
def known() -> tuple[Known, ...]:
    """All entries; pydantic's ValidationError names what is wrong."""
    return TypeAdapter(tuple[Known, ...]).validate_python(yaml.safe_load(FILE.read_text("utf-8")))


def breaks_for(result: Protected, language: str) -> list[Break]:
    """The breaks between the first and the last date of the result that concern its dataset, members or filters."""
    days = periods(result)
    return between(result, days[0], days[-1], language) if len(days) > 1 else []


def between(result: Protected, first: date, last: date, language: str) -> list[Break]:
    """The breaks after `first` and up to `last` that concern the dataset, members or filters of the result."""
    reached = _reached(result)
    found = [
        Break(day, one.text.text(language), one.source, one.note.text(language) if one.note else "")
        for one in known()
        if _concerns(one, result.source.dataset, reached)
        for day in one.dates
        if first < day <= last
    ]
    return sorted(found, key=lambda one: one.day)


def _concerns(one: Known, dataset: str, reached: dict[str, set[str]]) -> bool:
    if one.datasets and dataset not in one.datasets:
        return False
    return not one.levels or any(
        level in reached and (not codes or bool(reached[level] & set(codes))) for level, codes in one.levels.items()
    )


def _reached(result: Protected) -> dict[str, set[str]]:
    """Codes that the result holds, by level: the members of its axes, and what its question was limited to."""
    reached = {axis.level: {code for code, _label in axis.members} for axis in result.axes}
    for level, codes in json.loads(result.query).get("where", {}).items():
        reached.setdefault(level, set(codes))
    return reached


def numbered(breaks: Sequence[Break]) -> dict[str, int]:
    """Words -> number from 1, in order of time; the dates of one break share its number."""
    words = dict.fromkeys(one.words for one in breaks)
    return {told: number for number, told in enumerate(words, 1)}


def notes(breaks: Sequence[Break], language: str) -> list[str]:
    """The small print: number, words and date of each break."""
    days: dict[str, list[str]] = {}
    for one in breaks:
        days.setdefault(one.words, []).append(short_day(one.day, language))
    numbers = numbered(breaks)
    return [f"({numbers[words]}) {', '.join(told)}: {words}" for words, told in days.items()]


def lines(breaks: Sequence[Break], look: Theme) -> list[dict[str, object]]:
    """A dotted line at each date."""
    stroke = {"color": look.muted, "width": 1.5, "dash": "dot"}
    upright = {"type": "line", "xref": "x", "yref": "paper", "y0": 0, "y1": 1, "line": stroke}
    return [upright | {"x0": day, "x1": day} for day in dict.fromkeys(one.day.isoformat() for one in breaks)]


def marks(breaks: Sequence[Break], look: Theme, *, drawn: tuple[date, date]) -> list[dict[str, object]]:
    """The numbers above the plot; those of dates too near to stand side by side share one place."""
    numbers, spare = numbered(breaks), (drawn[1] - drawn[0]) * NEAR
    groups: list[list[Break]] = []
    for one in breaks:
        if groups and one.day - groups[-1][0].day < spare:
            groups[-1].append(one)
        else:
            groups.append([one])
    place = {"xref": "x", "yref": "paper", "y": 1, "xanchor": "center", "yanchor": "bottom", "showarrow": False}
    box = {"bordercolor": look.outline, "borderpad": 2, "font": {"size": SMALL, "color": look.text}}
    return [place | box | {"x": group[0].day.isoformat(), "text": _together(group, numbers)} for group in groups]


def _together(group: Sequence[Break], numbers: dict[str, int]) -> str:
    return ", ".join(str(number) for number in sorted({numbers[one.words] for one in group}))
