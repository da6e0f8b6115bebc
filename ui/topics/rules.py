"""The weights and bands of an index in a year as tables for readers, with the law behind them."""

from collections.abc import Sequence

import streamlit as st

from data_access.access.written import UNAVAILABLE
from data_access.contract import contract
from data_access.contract.assessment import Band, Rule, bands, weights
from data_access.words import mark as _
from data_access.words import number as written_number
from ui.session import language, t
from ui.topics.profesionalitas import BAND, DATASET, REFORM


def show(index: str, year: int) -> None:
    """The weights and bands in force in the year, each with its law; what is not confirmed says so."""
    names = {
        code: one.label.text(language()) for code, one in contract().datasets[DATASET].levels[BAND].by_code.items()
    }
    with st.container(border=True, key="figure_rules"):
        st.subheader(t(_("Bobot dan batas predikat {year}"), year=str(year)), anchor=False)
        left, right = st.columns(2)
        with left:
            _weights(index, year)
        with right:
            st.dataframe(
                [
                    {t(_("Predikat")): names[band.code], t(_("Nilai")): span(band, language())}
                    for band in bands(index, year)
                ],
                hide_index=True,
                key="rules_bands",
            )
            _laws(bands(index, year))
        if index == REFORM:
            words = _(
                "Sejak 2023 indeks RB terdiri atas RB general dan RB tematik; nilai sebelumnya dihitung dengan cara lain."
            )
            st.caption(t(words))


def _weights(index: str, year: int) -> None:
    found = weights(index, year)
    if not found:
        st.info(t(_("Bobot indeks ini belum dicatat dari peraturannya.")), icon=":material/info:")
        return
    rows: Sequence[dict[str, str]] = [
        {
            t(_("Unsur")): one.label.text(language()),
            t(_("Bobot")): UNAVAILABLE if one.weight is None else f"{written_number(one.weight, language())}%",
        }
        for one in found
    ]
    st.dataframe(rows, hide_index=True, key="rules_weights")
    _laws(found)


def span(band: Band, language: str) -> str:
    """The bounds of a band in words: "> 80 – 90", "175 – < 250" or "0 – 60"."""
    low, high = (written_number(one, language) for one in (band.low, band.high))
    if not band.closed:
        return f"> {low} – {high}"
    closed_above = band.low == 0 or band.high >= max(one.high for one in bands(band.index, band.since))
    return f"{low} – {high}" if closed_above else f"{low} – < {high}"


def _laws(found: Sequence[Rule]) -> None:
    """The laws behind a table, since when they hold, and which of their figures are not confirmed."""
    for source, since, sure in dict.fromkeys((one.source, one.since, one.sure) for one in found):
        words = (
            _("Dasar: {law}, sejak {year}.") if sure else _("Dasar: {law}, sejak {year}; angkanya belum dipastikan.")
        )
        st.caption(t(words, law=source, year=str(since)))
