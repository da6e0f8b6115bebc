"""What the explorer shows of a view: the chart that its shape proposes and the pivot table, or why there is neither."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from charts import alt_text, draw, suitable
from data_access.access import derive
from data_access.access.gateway import ask
from data_access.access.hidden import why
from data_access.access.plan import is_admitted
from data_access.access.query import Query
from data_access.access.result import Protected, State
from data_access.access.scope import Scope
from data_access.access.viewer import Viewer
from data_access.access.written import UNAVAILABLE
from data_access.contract import contract
from data_access.errors import InvalidQuery
from data_access.words import inside, short_day
from data_access.words import mark as _
from reports import pivot
from reports.pivot import Order, Pivot
from ui import filters, maps
from ui.downloading import Offer
from ui.drawn import Drawing
from ui.exploring import spread, steps
from ui.exploring.brushing import brushed
from ui.exploring.choosers import CHART_KEY
from ui.exploring.measures import COMPARING, MEASURES
from ui.exploring.nearest import Lattice, nearest
from ui.exploring.questions import Asker
from ui.exploring.view import TABLE, View, compared
from ui.frame import plain
from ui.result import CONFIG, FORMS, PROPOSED, dates_left_out, notes
from ui.session import dark, language, t

SHOWN_IN_CHIP = 3
TILES, MAP = "tiles", _("Peta")
MOST_DRAWN = 5_000
PARTS = _("Klik bagian grafik untuk menyaring halaman ini; Urungkan mengembalikannya.")
DOTS = _("Klik titik sebuah provinsi untuk menyaring halaman ini; Urungkan mengembalikannya.")
FIRST = _("Grafik meringkas baris pertama; rinciannya ada di tabel.")
SECOND = _("Grafik meringkas rincian baris: baris pertama tanpa rincian tidak diterbitkan. Selengkapnya ada di tabel.")
ALONE = _("Tidak ada ringkasan yang diterbitkan untuk digambar; semua angkanya ada di tabel.")


def show(me: Viewer, view: View, scope: Scope, lattice: Lattice) -> None:
    """The view's answer in a frame; a view that is not published gives the reason and the nearest that are."""
    try:
        asker = Asker(view, partial(ask, me), lattice.held)
        pieces = asker.pieces()
    except InvalidQuery as error:
        _refused(error, view, scope, lattice)
        return
    order = Order(view.sort, view.top)
    shape = pivot.layout(pieces, order)
    heading = title(view, scope, lattice)
    shown = pivot.table(pieces, asker.rest(shape.rest), order, language(), title=heading)
    summary = asker.drawn(pieces)
    drawn = summary
    if drawn and shape.rest and _has(drawn, view.rows[0]):
        drawn = derive.only(drawn, view.rows[0], [code for code, _label in shape.rows[0].members])
    with st.container(border=True, key="figure_explorer"):
        st.subheader(heading, anchor=False)
        figure = _drawn(drawn, view)
        cells = next(iter(pieces.values()))
        told = alt_text(drawn or cells, language=language())
        exact = contract().datasets[view.dataset].exact
        clicked = spread.show(shown.table, key="table_explorer", alt=told, exact=exact)
        _explained(clicked, shown, view, scope, lattice)
        answers = (*pieces.values(), *((summary,) if figure and summary not in pieces.values() else ()))
        notes(cells, Offer("explorer", heading, answers, lambda: shown.table, figure))


def _has(drawn: Protected, level: str) -> bool:
    return any(axis.level == level for axis in drawn.axes)


def _drawn(drawn: Protected | None, view: View) -> Callable[..., go.Figure] | None:
    """The chart in the form chosen, and how to draw it again; None if there is the table alone."""
    if drawn is None:
        st.caption(t(ALONE))
        return None
    form = _form(drawn)
    if form == TABLE:
        return None
    _chart(drawn, form, view)
    return partial(_drawing(form), drawn)


def _drawing(form: str) -> Drawing:
    return maps.provinces if form == TILES else partial(draw, form)


def _form(drawn: Protected) -> str:
    """The proposed chart or the one chosen; the choice is kept, one that does not fit gives way."""
    few = drawn.frame.height <= MOST_DRAWN
    options = [*(suitable(drawn) if few else ()), TABLE]
    if not few:
        st.caption(t(_("Terlalu banyak sel untuk digambar: pilih beberapa terbesar pada Tampilkan, atau saring.")))
    if st.session_state.get(CHART_KEY) not in options:
        st.session_state[CHART_KEY] = options[0]
    st.session_state[PROPOSED] = options[0]
    chosen = st.segmented_control(
        t(_("Tampilan")),
        options,
        required=True,
        format_func=lambda name: t(MAP if name == TILES and maps.known() else FORMS[name]),
        label_visibility="collapsed",
        key=CHART_KEY,
    )
    return chosen or TABLE


def _chart(drawn: Protected, form: str, view: View) -> None:
    if drawn.frame["periode"].n_unique() > 1:  # a change has two dates in its source and shows one
        dates_left_out(drawn, form)
    if len(view.crossed) > len(drawn.axes):
        st.caption(t(FIRST if _has(drawn, view.rows[0]) else SECOND))
    figure = _drawing(form)(drawn, language=language(), dark=dark())
    key = f"chart_explorer_{steps.count()}"  # a selection is made once; the next view starts without it
    event = st.plotly_chart(
        figure,
        theme=None,
        config=CONFIG,
        key=key,
        alt=alt_text(drawn, language=language()),
        on_select="rerun",
        selection_mode="points",
    )
    picked = brushed(event.selection.points, drawn.axes)
    st.caption(t(DOTS if form == TILES and maps.known() else PARTS))
    if picked:
        steps.go(view.filtered(picked))


def _explained(clicked: tuple[int, int] | None, shown: Pivot, view: View, scope: Scope, lattice: Lattice) -> None:
    """Why the cell that was clicked shows no number, from public rules alone."""
    exact = contract().datasets[view.dataset].exact
    hint = t(
        _("Klik sel – untuk mengetahui alasannya.") if exact else _("Klik sel <10 atau – untuk mengetahui alasannya.")
    )
    hidden = [cell.text for row in shown.table.rows for cell in row.cells if cell.value is None]
    if not hidden:
        return
    if clicked is None or shown.table.rows[clicked[0]].cells[clicked[1]].value is not None:
        st.caption(hint)
        return
    place = shown.place(*clicked)
    day, codes = place or (shown.shape.periods[-1], {})
    cell = Query(view.dataset, where=dict(view.filters) | {level: (code,) for level, code in codes.items()})
    text = shown.table.rows[clicked[0]].cells[clicked[1]]
    state = State.UNAVAILABLE if text.text == UNAVAILABLE else State.SUPPRESSED
    asked = replace(
        view.query(), by=tuple(level for level in view.needed if level in codes or level not in view.crossed)
    )
    found = why(cell, state, text.kind, day, admitted=is_admitted(asked, scope, (day,), lattice.admitted))
    st.info(t(found.template, **found.facts), icon=":material/help:")


def _refused(error: InvalidQuery, view: View, scope: Scope, lattice: Lattice) -> None:
    """Why there is no answer, and a button for each of the nearest views that have one."""
    names = filters.level_names(scope)
    with st.container(border=True, key="explorer_refused"):
        st.warning(plain(error.sentence(language())), icon=":material/info:")
        st.markdown(t(_("Pilihan terdekat yang diterbitkan:")))
        with st.container(horizontal=True):
            for place, near in enumerate(nearest(view, scope, lattice)):
                facts = dict(zip(("one", "other"), (names[level] for level in near.levels), strict=False))
                if st.button(t(near.template, **facts), key=f"x_near_{place}", icon=":material/near_me:"):
                    steps.go(near.view)


def title(view: View, scope: Scope, lattice: Lattice) -> str:
    """What the figure shows, in words."""
    names = filters.level_names(scope)
    crossed = [inside(names[level]) for level in view.crossed]
    last = f"{', '.join(crossed[:-1])} {t(_('dan'))} {crossed[-1]}" if len(crossed) > 1 else crossed[0]
    unit = inside(contract().datasets[view.dataset].label.text(language()))
    head = t(MEASURES[view.measure].title, what=unit, rows=last)
    dates = compared(view, lattice.held)
    if view.measure in COMPARING and dates:
        now, before = (short_day(day, language()) for day in dates)
        return t(_("{head}, {before} ke {now}"), head=head, before=before, now=now)
    return f"{head}, {short_day(view.periods[0], language())}" if len(view.periods) == 1 else head


def chips(view: View, scope: Scope) -> None:
    """The active choice in view, so that a figure is never read without its filter."""
    names = filters.level_names(scope)
    with st.container(horizontal=True, gap="small"):
        for level, codes in view.filters.items():
            labels = filters.labels(level, scope)
            shown = ", ".join(labels[code] for code in codes[:SHOWN_IN_CHIP])
            more = f" +{len(codes) - SHOWN_IN_CHIP}" if len(codes) > SHOWN_IN_CHIP else ""
            st.badge(f"{names[level]}: {shown}{more}", icon=":material/filter_alt:", color="gray")
