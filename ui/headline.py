"""The six headline numbers of a summary, each with its change and its course over time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from data_access.access import measures
from data_access.access.gateway import ask
from data_access.access.query import Query
from data_access.access.result import Protected
from data_access.access.viewer import Viewer
from data_access.words import mark as _
from data_access.words import number, percent, short_day
from ui import filters
from ui.session import language, t
from ui.topics.terms import PNS, PPPK, leaving_soon, women_among, years_ahead

DATASET = "pegawai"
MISSING = "–"
Place = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Figure:
    """One headline: its values per date (None: not shown), how a value and a difference are written, and a help text."""

    label: str
    values: dict[date, float | None]
    kind: str
    help: str
    national: float | None = None
    base: int | None = None


@dataclass(frozen=True)
class Asked:
    """The answers over all dates that the headlines are made of; `nation` holds sex and age of the whole country."""

    status: Protected
    sex: Protected
    age: Protected
    leaving: Protected
    nation: tuple[Protected, Protected] | None


def asked(viewer: Viewer, *, place: Place, held: tuple[date, ...]) -> Asked:
    """What the headlines need, for other figures of the page to use too."""

    def one(level: str, *, where: Place = place) -> Protected:
        return ask(viewer, Query(DATASET, by=(level,), where=where, periods=held))

    # Official national figures are open to every role; they only say something new where a place was chosen.
    nation = (one("jenis_kelamin", where={}), one("umur_5", where={})) if place else None
    return Asked(one("status"), one("jenis_kelamin"), one("umur_5"), one("tahun_bup"), nation)


def figures(found: Asked, period: date) -> None:
    """The headlines with their change since the date before and a year before."""
    shown = _figures(found, period)
    for row in (shown[:3], shown[3:]):
        for column, figure in zip(st.columns(len(row)), row, strict=True):
            with column:
                _show(figure, period)


def _figures(found: Asked, period: date) -> list[Figure]:
    status, sex, age, leaving, nation = found.status, found.sex, found.age, found.leaving, found.nation
    held, years = status.source.periods, years_ahead(period)
    totals = {day: measures.total(status, day) for day in held}
    return [
        Figure(t(_("Jumlah ASN")), dict(totals), "persons", t(_("PNS, CPNS, PPPK, dan PPPK paruh waktu yang aktif."))),
        Figure(t(_("PNS dan CPNS")), _of(status, held, PNS), "persons", t(_("Pegawai negeri sipil dan calonnya."))),
        Figure(
            t(_("PPPK, termasuk paruh waktu")),
            _of(status, held, PPPK),
            "persons",
            t(_("Pegawai pemerintah dengan perjanjian kerja.")),
        ),
        Figure(
            t(_("Perempuan")),
            {day: women_among(sex, day) for day in held},
            "share",
            t(_("Bagian perempuan dari jumlah ASN.")),
            base=totals[period],
            national=women_among(nation[0], period) if nation else None,
        ),
        Figure(
            t(_("Umur rata-rata")),
            {day: measures.mean(age, "umur_5", day) for day in held},
            "years",
            t(_("Dari titik tengah kelompok umur.")),
            national=measures.mean(nation[1], "umur_5", period) if nation else None,
        ),
        Figure(
            t(_("Mencapai BUP {first}–{last}"), first=years[0], last=years[-1]),
            {day: measures.share(leaving_soon(leaving, day), totals[day]) for day in held},
            "share",
            t(_("Bagian ASN yang mencapai batas usia pensiun dalam lima tahun kalender sesudah tahun acuan.")),
            base=totals[period],
        ),
    ]


def _of(status: Protected, held: tuple[date, ...], codes: tuple[str, ...]) -> dict[date, float | None]:
    return {day: measures.total(status, day, {"status": codes}) for day in held}


def _show(figure: Figure, period: date) -> None:
    """One card: the value, its course up to the date, and the changes since the date before and a year before."""
    earlier = [day for day in figure.values if day < period]
    previous = max(earlier, default=None)
    course = [value for day, value in figure.values.items() if day <= period and value is not None]
    with st.container(border=True, height="stretch"):
        st.metric(
            figure.label,
            _value(figure, figure.values[period]),
            _delta(figure, period, previous),
            delta_color="off",
            chart_data=course if len(course) > 1 else None,
            help=figure.help,
        )
        st.caption("  \n".join(_beside(figure, period, previous)))


def _beside(figure: Figure, period: date, previous: date | None) -> list[str]:
    """What stands under a headline, a line each: since when it changed, the change over about a year, the national value."""
    lines = [_last_change(previous)] if previous and _delta(figure, period, previous) else []
    year_ago = filters.year_before(period, figure.values)
    change = _delta(figure, period, year_ago)
    if year_ago and year_ago != previous and change:
        lines.append(f"{change} {_since(year_ago)}")
    if figure.national is not None:
        lines.append(t(_("nasional {value}"), value=_value(figure, figure.national)))
    return lines or ["\N{NO-BREAK SPACE}"]


def _last_change(day: date) -> str:
    """What the arrow of a headline stands for."""
    return t(_("Perubahan sejak {day}"), day=short_day(day, language()))


def _since(day: date) -> str:
    return t(_("sejak {day}"), day=short_day(day, language()))


def _value(figure: Figure, value: float | None) -> str:
    if value is None:
        return MISSING
    match figure.kind:
        case "share":
            return percent(value, language(), decimals=measures.share_decimals(figure.base))
        case "years":
            return t(_("{years} tahun"), years=number(value, language(), decimals=1))
        case _:
            return number(value, language())


def _delta(figure: Figure, period: date, before: date | None) -> str | None:
    """The change of a headline since another date, in its own unit; None where either is not shown."""
    now, then = figure.values[period], figure.values[before] if before else None
    if now is None or then is None:
        return None
    match figure.kind:
        case "share":
            return t(_("{points} poin persen"), points=_signed((now - then) * 100, 1))
        case "years":
            return t(_("{years} tahun"), years=_signed(now - then, 1))
        case _:
            change = measures.change(int(now), int(then))
            persons = _signed(now - then, 0)
            return f"{persons} ({_signed(change.share * 100, 1)}%)" if change and change.share is not None else persons


def _signed(value: float, decimals: int) -> str:
    """+1.234 or -1.234: the sign that the arrow of a headline follows comes first."""
    text = number(abs(value), language(), decimals=decimals)
    return f"-{text}" if value < 0 else f"+{text}"
