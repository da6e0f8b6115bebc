"""A result on the screen: chart or table from the same protected answer, its notes, and where it comes from."""

from collections.abc import Callable
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from charts import alt_text, draw, suitable
from data_access.access.result import Protected
from data_access.contract import Label
from data_access.words import mark as _
from data_access.words import number
from reports import tabular
from ui.frame import example_badge, long_day
from ui.session import dark, language, t

CONFIG = {"displayModeBar": False, "scrollZoom": False, "responsive": True}
CHART, TABLE = "grafik", "tabel"
PROPOSED = "asn_chart_proposed"
FORMS = {
    "tiles": _("Peta petak"),
    "ranking": _("Peringkat"),
    "lines": _("Grafik garis"),
    "pyramid": _("Piramida"),
    "heatmap": _("Peta panas"),
    "stacked": _("Batang bertumpuk"),
    TABLE: _("Tabel"),
}
PARTIES = {"kesatu": "KemenPANRB", "kedua": "BKN"}
Drawing = Callable[..., go.Figure]


def show(result: Protected, drawing: Drawing, *, title: str, key: str, columns: str = "") -> None:
    """A figure in a frame: its title, chart ↔ table, the notes on protection, and the source on demand."""
    with st.container(border=True, key=f"figure_{key}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.subheader(title, anchor=False)
            form = st.segmented_control(
                t(_("Tampilan")),
                [CHART, TABLE],
                default=CHART,
                required=True,
                format_func=lambda name: t(_("Grafik")) if name == CHART else t(_("Tabel")),
                label_visibility="collapsed",
                key=f"form_{key}",
            )
        if form == TABLE:
            table(result, columns=columns, key=key)
        else:
            chart(result, drawing, key=key)
        notes(result)


def show_choosable(result: Protected, *, title: str, key: str, columns: str = "") -> None:
    """As `show`, with the chart picked by the shape of the data and every other fitting one to choose from.

    The choice is kept under `key` in the session; one that does not fit this result gives way to the proposed chart.
    """
    options = [*suitable(result), TABLE]
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]
    st.session_state[PROPOSED] = options[0]
    with st.container(border=True, key=f"figure_{key}"):
        st.subheader(title, anchor=False)
        form = st.segmented_control(
            t(_("Tampilan")),
            options,
            required=True,
            format_func=lambda name: t(FORMS[name]),
            label_visibility="collapsed",
            key=key,
        )
        if form in (TABLE, None):
            table(result, columns=columns, key=key)
        else:
            one_date_only(result, form)
            chart(result, partial(draw, form), key=key)
        notes(result)


def chart(result: Protected, drawing: Drawing, *, key: str) -> None:
    figure = drawing(result, language=language(), dark=dark())
    st.plotly_chart(figure, theme=None, config=CONFIG, key=f"chart_{key}", alt=alt_text(result, language=language()))


def one_date_only(result: Protected, form: str) -> None:
    """Tells that a chart of one date stands for a question of several."""
    if len(result.source.periods) > 1 and form not in ("lines", TABLE):
        drawn = long_day(result.source.periods[-1])
        st.caption(t(_("Grafik ini hanya menampilkan {day}; tanggal lain ada di tabel."), day=drawn))


def table(result: Protected, *, key: str, columns: str = "") -> None:
    """The same answer as a table; `columns` names the axis that stands side by side."""
    frame = tabular.crossed(result, columns, language()) if columns else tabular.tidy(result, language())
    numbers = frame.columns[len(result.axes) + (0 if columns else 1) :]
    config = {name: st.column_config.TextColumn(name, alignment="right") for name in numbers}
    alt = alt_text(result, language=language())
    st.dataframe(frame, hide_index=True, column_config=config, key=f"table_{key}", alt=alt)


def notes(result: Protected) -> None:
    """One line on protection, and a panel with source, definition and query."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(_protection(result))
        with st.popover(t(_("Sumber")), icon=":material/menu_book:", type="tertiary"):
            source(result)


def source(result: Protected) -> None:
    """Where the numbers come from and what they count."""
    origin = result.source
    periods = ", ".join(long_day(day) for day in origin.periods)
    example_badge(example=origin.example)
    _fact(_("Himpunan data"), f"{_text(origin.label)} ({origin.dataset}, {t(_('kontrak'))} {origin.contract})")
    _fact(_("Pemilik data"), PARTIES[origin.owner])
    _fact(_("Tanggal acuan"), periods)
    _fact(_("Yang dihitung"), _text(origin.active))
    _fact(_("Perlindungan"), _protection(result))
    _fact(_("Rilis"), origin.release)
    st.code(result.query, language="json", wrap_lines=True)


def _fact(name: str, value: str) -> None:
    st.markdown(f"**{t(name)}**  \n{value}")


def _text(label: Label) -> str:
    return label.text(language())


def _protection(result: Protected) -> str:
    if result.official:
        return t(_("Angka resmi: tepat sampai orang terakhir."))
    margin = number(round(result.margin), language())
    sentence = t(_("Angka terlindung: dibulatkan ke kelipatan 5, ketelitian sekitar ±{margin} orang."), margin=margin)
    if result.suppressed:
        sentence += " " + t(
            _("{count} sel di bawah 10 (termasuk nol) ditampilkan sebagai <10."), count=result.suppressed
        )
    return sentence + " " + t(_("Penjumlahan rincian dapat berbeda dari totalnya."))
