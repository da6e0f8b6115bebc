"""A result on the screen: chart or table from the same protected answer, its notes, and where it comes from."""

from functools import partial

import streamlit as st

from charts import alt_text, dates_drawn
from data_access.access.provenance import provenance
from data_access.access.result import Protected
from data_access.settings import settings
from data_access.words import mark as _
from reports import origin, tabular
from reports.table import of
from ui.downloading import Offer, offer
from ui.drawn import Drawing, drawn
from ui.frame import example_badge, long_day, plain
from ui.session import dark, language, t

CONFIG = {"displayModeBar": False, "scrollZoom": False, "responsive": True}
CHART, TABLE = "grafik", "tabel"
LINE = "\n"
PROPOSED = "asn_chart_proposed"
FORMS = {
    "tiles": _("Peta petak"),
    "ranking": _("Peringkat"),
    "lines": _("Grafik garis"),
    "dumbbell": _("Dua tanggal"),
    "multiples": _("Grafik kecil berjajar"),
    "strip": _("Sebaran"),
    "treemap": _("Peta luas"),
    "pyramid": _("Piramida"),
    "heatmap": _("Peta panas"),
    "stacked": _("Batang bertumpuk"),
    "columns": _("Kolom per tahun"),
    TABLE: _("Tabel"),
}


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
        notes(result, _offer(result, drawing, title=title, columns=columns, key=key))


def chart(result: Protected, drawing: Drawing, *, key: str) -> None:
    figure, alt = drawn(result, drawing, language=language(), dark=dark())
    st.plotly_chart(figure, theme=None, config=CONFIG, key=f"chart_{key}", alt=alt)


def dates_left_out(result: Protected, form: str) -> None:
    """Tells that a chart stands for fewer dates than the question has."""
    drawn = dates_drawn(form, result)
    if form != TABLE and len(drawn) < len(result.source.periods):
        days = " – ".join(long_day(day) for day in drawn)
        st.caption(t(_("Grafik ini hanya menampilkan {day}; tanggal lain ada di tabel."), day=days))


def table(result: Protected, *, key: str, columns: str = "") -> None:
    """The same answer as a table; `columns` names the axis that stands side by side."""
    made = of(result, columns, language())
    frame = tabular.frame(made)
    numbers = frame.columns[made.leading :]
    config = {name: st.column_config.TextColumn(name, alignment="right") for name in numbers}
    alt = alt_text(result, language=language())
    st.dataframe(frame, hide_index=True, column_config=config, key=f"table_{key}", alt=alt)


def notes(result: Protected, offered: Offer | None = None, *, told: str = "") -> None:
    """One line on protection (`told` in its place), a panel with source, definition and query, and what may be taken along."""
    st.caption(told or origin.protection(result, language()))
    with st.container(horizontal=True, gap="small"):
        with st.popover(t(_("Sumber")), icon=":material/menu_book:", type="tertiary"):
            source(result)
        if offered is not None:
            offer(offered)


def _offer(result: Protected, drawing: Drawing | None, *, title: str, columns: str, key: str) -> Offer:
    """The figure as it can be taken along: the table of the same answer, and the drawing unless a table is shown."""
    figure = partial(drawing, result) if drawing else None
    return Offer(key, title, (result,), partial(of, result, columns, language(), title=title), figure)


def source(result: Protected) -> None:
    """Where the numbers come from and what they count."""
    asked = result.source
    example_badge(example=asked.example)
    known = provenance(settings(), asked.dataset, asked.release, asked.periods)
    facts = origin.facts(result, known, language())
    st.markdown("\n\n".join(f"**{name}**  \n{plain(value).replace(LINE, '  ' + LINE)}" for name, value in facts))
    st.code(result.query, language=None, wrap_lines=True)
