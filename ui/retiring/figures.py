"""The figures of the workshop: scenarios side by side, what moves the result, and what the provinces would lack."""

from collections.abc import Callable, Mapping
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from charts import course_words, courses, effects
from charts import gaps as gap_chart
from charts.course_words import Named
from charts.effects import EffectRow
from charts.gaps import GapRow
from data_access.contract import contract
from data_access.projection.band import Course, Forecast, course, forecast
from data_access.projection.base import Base
from data_access.projection.rates import Rates
from data_access.projection.scenario import GROUP, Scenario
from data_access.projection.sensitivity import ENDS, PLAN, SHARE, Effect, tornado
from data_access.words import inside, number, percent
from data_access.words import mark as _
from reports import scenarios, tabular
from reports.table import Table
from ui import filters
from ui.downloading import Offer
from ui.frame import plain
from ui.result import CONFIG, notes
from ui.retiring.asking import Start
from ui.session import dark, language, t

STOCK, OUTFLOW, TABLE = "stok", "keluar", "tabel"
PLACES = 12
JOBS = ("guru", "nakes")
EFFECTS = {
    "attrition": _("Keluar sebelum BUP"),
    "bup": _("Batas usia pensiun"),
    "contract": _("Kontrak PPPK tidak diperpanjang"),
    "replacement": _("Penggantian yang keluar"),
    "plan": _("Rencana pengadaan"),
    "pppk": _("PPPK di antara yang masuk"),
    "noise": _("Ketelitian angka awal"),
}
POINTS = {"contract": ENDS, "replacement": SHARE, "pppk": SHARE}


def comparison(start: Start, made: Mapping[int, Forecast]) -> None:
    """All scenarios by year, as lines or as a table, with what each assumes."""
    found = {_unmistakable(number, made): course(one) for number, one in made.items()}
    told = [*_assumptions(start, made), *_untold(start.base, made)]
    title = _compared_title(found)
    table = partial(scenarios.table, found, title=title, notes=told, language=language())
    with st.container(border=True, key="figure_scenarios"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.subheader(plain(title), anchor=False)
            ways = {STOCK: t(_("Jumlah ASN")), OUTFLOW: t(_("Yang keluar")), TABLE: t(_("Tabel"))}
            form = filters.switch(ways, label=t(_("Tampilan")), key="scenario_form")
        named = [Named(name, one) for name, one in found.items()]
        drawing = partial(courses.compared if form != OUTFLOW else courses.outflow, named, day=start.base.day)
        words = course_words.alt_text if form != OUTFLOW else course_words.outflow_alt
        if form == TABLE:
            _table(table(), key="scenario_table", alt=words(named, language()))
        else:
            _figure(drawing, key=f"scenario_{form}", alt=words(named, language()))
        st.caption("\n".join(f"- {plain(sentence)}" for sentence in told))
        _taken(start.base, title, table, partial(drawing, assumed=told), key="scenarios")


def sensitivity(start: Start, scenario: Scenario, horizon: int) -> None:
    """How far one assumption at a time moves the stock at the horizon."""
    year = start.base.day.year + horizon
    title = t(_("Apa yang paling mengubah jumlah ASN {year}"), year=str(year))
    rows = [_effect(effect) for effect in tornado(start.base, start.rates, scenario, horizon)]
    with st.container(border=True, key="figure_tornado"):
        st.subheader(title, anchor=False)
        st.caption(t(_("Skenario: {name}. Satu asumsi diubah, yang lain tetap."), name=plain(scenario.name)))
        drawing = partial(effects.tornado, rows)
        _figure(drawing, key="tornado", alt=effects.alt_text(rows, language()))
        told = scenarios.assumptions(scenario, start.rates, language())
        table = partial(scenarios.effects, [(row.label, row.low, row.high) for row in rows], title=title, notes=told)
        _taken(start.base, title, partial(table, language=language()), drawing, key="tornado")


def gaps(provinces: Base | None, rates: Rates, scenario: Scenario, horizon: int) -> None:
    """How many teachers or health workers a province would have more or less than today."""
    with st.container(border=True, key="figure_gaps"):
        names = contract().datasets["pegawai"].levels[GROUP].by_code
        jobs = {code: names[code].label.text(language()) for code in JOBS}
        job = filters.switch(jobs, label=t(_("Kelompok jabatan")), key="scenario_job")
        if provinces is None:
            st.subheader(t(_("Kesenjangan menurut provinsi")), anchor=False)
            st.caption(
                t(_("Kesenjangan antarprovinsi tersedia bila lebih dari satu provinsi dipilih dan dibuka bagi Anda."))
            )
            return
        year = provinces.day.year + horizon
        title = t(_("Kesenjangan {job} menurut provinsi, {year}"), job=inside(jobs[job]), year=str(year))
        st.subheader(title, anchor=False)
        st.caption(
            t(
                _("Jumlah pada akhir {year} dikurangi jumlah sekarang, skenario: {name}."),
                year=str(year),
                name=plain(scenario.name),
            )
        )
        rows = _gap_rows(provinces, forecast(provinces, rates, scenario, horizon), job)
        drawing = partial(gap_chart.by_place, rows, top=PLACES)
        _figure(drawing, key="gaps", alt=gap_chart.alt_text(rows, language()))
        told = scenarios.assumptions(scenario, rates, language())
        table = partial(scenarios.gaps, [(row.name, row.value, row.share) for row in rows], title=title, notes=told)
        _taken(provinces, title, partial(table, language=language()), drawing, key="gaps")


def _gap_rows(provinces: Base, made: Forecast, job: str) -> list[GapRow]:
    axis = next(axis for axis in provinces.axes if axis.level == "provinsi")
    rows = []
    known = set(provinces.codes("provinsi"))
    for code, name in axis.labels(language()).items():
        some = provinces.rows({"provinsi": [code], GROUP: [job]})
        hidden = (code, job) in provinces.left_out
        if hidden or code not in known or not some.any():
            rows.append(GapRow(name, None, None, hidden=hidden))
            continue
        found = course(made, some)
        change = float(found.stock[-1]) - found.start
        rows.append(GapRow(name, scenarios.rounded(change), change / found.start, hidden=False))
    return rows


def _effect(effect: Effect) -> EffectRow:
    low, high = _steps(effect.what)
    return EffectRow(t(EFFECTS[effect.what]), effect.low, effect.high, low, high)


def _steps(what: str) -> tuple[str, str]:
    """The two steps of an assumption: -1 tahun and +1 tahun, -10 poin and +10 poin."""
    match what:
        case "attrition" | "noise":
            return t(_("rendah")), t(_("tinggi"))
        case "bup":
            return t(_("−{years} tahun"), years=1), t(_("+{years} tahun"), years=1)
        case "plan":
            share = percent(PLAN, language(), decimals=0)
            return f"−{share}", f"+{share}"
    points = number(POINTS[what] * 100, language())
    return t(_("−{points} poin"), points=points), t(_("+{points} poin"), points=points)


def _unmistakable(number: int, made: Mapping[int, Forecast]) -> str:
    """The name of a scenario, with its place among all where two have the same."""
    names = [one.middle.scenario.name for one in made.values()]
    name, place = made[number].middle.scenario.name, list(made).index(number) + 1
    return f"{place}. {name}" if names.count(name) > 1 else name


def _compared_title(found: Mapping[str, Course]) -> str:
    """The range of the stock at the horizon over all scenarios."""
    ends = {name: float(one.stock[-1]) for name, one in found.items()}
    low, high = min(ends, key=ends.__getitem__), max(ends, key=ends.__getitem__)
    year = str(next(iter(found.values())).years[-1])
    if low == high:
        return t(_("{year}: {persons} ASN ({name})"), year=year, persons=scenarios.rounded(ends[low]), name=low)
    template = _("{year}: dari {low} ({first}) sampai {high} ASN ({last})")
    facts = {"low": scenarios.rounded(ends[low]), "first": low, "high": scenarios.rounded(ends[high]), "last": high}
    return t(template, year=year, **facts)


def _assumptions(start: Start, made: Mapping[int, Forecast]) -> list[str]:
    """One line a scenario: its name and all it assumes."""
    return [
        f"{_unmistakable(number, made)}: {' '.join(scenarios.assumptions(one.middle.scenario, start.rates, language()))}"
        for number, one in made.items()
    ]


def _untold(start: Base, made: Mapping[int, Forecast]) -> list[str]:
    """How many cells the projection does not know, and how many persons they may hold at most."""
    most = max(course(one).untold for one in made.values())
    if not start.left_out and scenarios.rounded(most) == 0:
        return []
    template = _(
        "Sel yang ditekan: {parts} kelompok tidak ikut dihitung, dan paling banyak {persons} orang lagi dapat mencapai BUP."
    )
    return [t(template, parts=len(start.left_out), persons=scenarios.rounded(most))]


def _figure(drawing: Callable[..., go.Figure], *, key: str, alt: str) -> None:
    figure = drawing(language=language(), dark=dark())
    st.plotly_chart(figure, theme=None, config=CONFIG, key=f"chart_{key}", alt=alt)


def _table(made: Table, *, key: str, alt: str) -> None:
    frame = tabular.frame(made)
    config = {name: st.column_config.TextColumn(name, alignment="right") for name in frame.columns[made.leading :]}
    st.dataframe(frame, hide_index=True, column_config=config, key=key, alt=alt)


def _taken(start: Base, title: str, table: Callable[[], Table], drawing: Callable[..., go.Figure], *, key: str) -> None:
    told = t(_("Proyeksi, bukan angka resmi: dihitung dari angka yang ditampilkan dengan asumsi di atas."))
    offered = Offer(key, title, start.answers, table, drawing, subject="proyeksi")
    notes(start.answers[-1], offered, told=told)
