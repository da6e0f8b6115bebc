"""The six headline numbers of a summary, each with its change and its course over time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from data_access.access import measures
from data_access.access.gateway import ask
from data_access.access.measures import Change
from data_access.access.query import Query
from data_access.access.result import Protected
from data_access.access.viewer import Viewer
from data_access.words import mark as _
from data_access.words import number, percent, short_day
from ui.session import language, t

DATASET = "pegawai"
PNS, PPPK = ("PNS", "CPNS"), ("PPPK", "PPPK-PW")
YEARS_AHEAD = 5
YEAR = 365
MISSING = "–"
MINUS = "\N{MINUS SIGN}"
Place = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Figure:
    """One headline: its values per date (None: not shown), how a value and a difference are written, and a help text."""

    label: str
    values: dict[date, float | None]
    kind: str
    help: str


def figures(viewer: Viewer, *, place: Place, period: date, held: tuple[date, ...]) -> None:
    """Asks for what the headlines need and shows them with the change since the date before and a year before."""
    found = _found(viewer, place, held)
    for row in (found[:3], found[3:]):
        for column, figure in zip(st.columns(len(row)), row, strict=True):
            with column:
                _show(figure, period)


def _found(viewer: Viewer, place: Place, held: tuple[date, ...]) -> list[Figure]:
    def asked(level: str) -> Protected:
        return ask(viewer, Query(DATASET, by=(level,), where=place, periods=held))

    status, sex, age, leaving = asked("status"), asked("jenis_kelamin"), asked("umur_5"), asked("tahun_bup")
    totals = {day: measures.total(status, day) for day in held}
    women = {day: measures.total(sex, day, {"jenis_kelamin": ("P",)}) for day in held}
    return [
        Figure(t(_("Jumlah ASN")), dict(totals), "persons", t(_("PNS, CPNS, PPPK, dan PPPK paruh waktu yang aktif."))),
        Figure(t(_("PNS")), _of(status, held, PNS), "persons", t(_("Termasuk CPNS."))),
        Figure(t(_("PPPK")), _of(status, held, PPPK), "persons", t(_("Termasuk PPPK paruh waktu."))),
        Figure(t(_("Perempuan")), _shares(women, totals), "share", t(_("Bagian perempuan dari seluruh ASN."))),
        Figure(
            t(_("Rata-rata umur")),
            {d: measures.mean(age, "umur_5", d) for d in held},
            "years",
            t(_("Dari titik tengah kelompok umur.")),
        ),
        Figure(
            t(_("Mencapai BUP dalam {years} tahun"), years=YEARS_AHEAD),
            _shares({day: _leaving(leaving, day) for day in held}, totals),
            "share",
            t(_("Bagian ASN yang mencapai batas usia pensiun sampai akhir tahun kelima setelah tanggal acuan.")),
        ),
    ]


def _of(status: Protected, held: tuple[date, ...], codes: tuple[str, ...]) -> dict[date, float | None]:
    return {day: measures.total(status, day, {"status": codes}) for day in held}


def _shares(parts: dict[date, int | None], wholes: dict[date, int | None]) -> dict[date, float | None]:
    return {day: measures.share(part, wholes[day]) for day, part in parts.items()}


def _leaving(result: Protected, day: date) -> int | None:
    """Persons who reach the retirement age up to the end of the fifth year after the reference date."""
    return measures.shown_total(result, day, {"tahun_bup": tuple(str(day.year + i) for i in range(YEARS_AHEAD + 1))})


def _show(figure: Figure, period: date) -> None:
    now = figure.values[period]
    earlier = [day for day in figure.values if day < period]
    previous = max(earlier, default=None)
    year_ago = min(
        (d for d in earlier if abs((period - d).days - YEAR) <= YEAR // 4),
        key=lambda d: abs((period - d).days - YEAR),
        default=None,
    )
    course = [value for day, value in figure.values.items() if day <= period and value is not None]
    st.metric(
        figure.label,
        _value(now, figure.kind),
        _delta(now, figure.values[previous], figure.kind) if previous else None,
        delta_color="off",
        delta_description=t(_("sejak {day}"), day=short_day(previous, language())) if previous else None,
        chart_data=course if len(course) > 1 else None,
        border=True,
        help=figure.help,
    )
    if year_ago and year_ago != previous:
        change = _delta(now, figure.values[year_ago], figure.kind)
        st.caption(t(_("Setahun: {change} sejak {day}"), change=change or MISSING, day=short_day(year_ago, language())))


def _value(value: float | None, kind: str) -> str:
    if value is None:
        return MISSING
    match kind:
        case "share":
            return percent(value, language())
        case "years":
            return t(_("{years} tahun"), years=number(value, language(), decimals=1))
        case _:
            return number(value, language())


def _delta(now: float | None, before: float | None, kind: str) -> str | None:
    if now is None or before is None:
        return None
    match kind:
        case "share":
            return t(_("{points} poin persen"), points=_signed((now - before) * 100, 1))
        case "years":
            return t(_("{years} tahun"), years=_signed(now - before, 1))
        case _:
            change = measures.change(int(now), int(before)) or Change(0, None)
            persons = _signed(change.persons, 0)
            return persons if change.share is None else f"{persons} ({_signed(change.share * 100, 1)}%)"


def _signed(value: float, decimals: int) -> str:
    """+1.234 or -1.234: the sign that the arrow of a headline follows comes first."""
    text = number(abs(value), language(), decimals=decimals)
    return f"-{text}" if value < 0 else f"+{text}"
