"""The ranking of agencies by an index with the band of each, as a table that can be taken along."""

import polars as pl
import streamlit as st

from data_access.access.result import Kind, Protected, State
from data_access.access.written import UNAVAILABLE, written
from data_access.words import mark as _
from data_access.words import text
from reports import tabular
from reports.table import Row, Table, TableCell
from ui.downloading import Offer
from ui.result import notes
from ui.session import language, t
from ui.topics.profesionalitas import BAND

AGENCY = "instansi"


def show(scores: Protected, verdicts: Protected) -> None:
    """Every agency assessed; `scores` are their means, `verdicts` crosses agency and band."""
    with st.container(border=True, key="figure_ranked"):
        noun = t(_("Peringkat dan predikat setiap instansi"))
        st.subheader(noun, anchor=False)
        made = table(scores, verdicts, noun, language())
        st.dataframe(tabular.frame(made), hide_index=True, key="ranked")
        notes(scores, Offer("ranked", noun, (scores, verdicts), lambda: made))


def table(scores: Protected, verdicts: Protected, title: str, language: str) -> Table:
    """Rank, agency, score and band, the best first; agencies with one score share no rank but stand by code."""
    given = verdicts.frame.filter(pl.col("nilai") > 0)
    band_of = dict(given.select(AGENCY, BAND).iter_rows())
    names = scores.axes[0].labels(language)
    bands = next(axis for axis in verdicts.axes if axis.level == BAND).labels(language)
    shown = scores.frame.filter(pl.col("keadaan") == State.SHOWN).sort("nilai", AGENCY, descending=[True, False])
    rows = []
    for rank, (code, score) in enumerate(shown.select(AGENCY, "nilai").iter_rows(), 1):
        told = written(score, State.SHOWN, scores.measure, language)
        band = TableCell(bands.get(band_of.get(code, ""), UNAVAILABLE), None, Kind.PERSONS)
        rows.append(Row((str(rank), names[code]), (TableCell(told, round(score, 2), Kind.SCORE, 2), band)))
    heads = (_("Peringkat"), _("Instansi"), _("Nilai"), _("Predikat"))
    return Table(title, (), (tuple(text(head, language) for head in heads),), tuple(rows), ())
