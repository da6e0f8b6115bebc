"""Reconciliation: every published figure beside the official one of the snapshot of the same date."""

import streamlit as st

from charts.quality_bars import Bar, Limit, bars
from charts.quality_words import rate, signed_rate
from data_access.access.gateway import ask, reach
from data_access.access.query import Query
from data_access.access.reconciliation import Match, comparable, gaps, matched, questions
from data_access.errors import AsnError
from data_access.intake.published import published
from data_access.release.indicators import indicators
from data_access.words import mark as _
from data_access.words import number, short_day
from reports import quality as words
from ui.quality.facts import DATASET, Facts
from ui.result import CONFIG
from ui.session import dark, language, t

TOP = 15


def show(facts: Facts) -> None:
    """The largest differences, all figures of all dates, and the dates that have none on either side."""
    limit = indicators().limits.reconciliation
    rows = _matches(facts)
    compared = [one for one in rows if one.difference is not None]
    agreeing = [one for one in compared if one.agrees(limit)]
    with st.container(border=True):
        told = t(
            _("Semua tanggal: {agreeing} dari {count} angka terbit cocok dengan snapshot"),
            agreeing=len(agreeing),
            count=len(compared),
        )
        st.subheader(told, anchor=False)
        st.caption(
            t(
                _(
                    "Cocok: selisih paling banyak {limit}, atau dalam pembulatan sumbernya. Hanya angka resmi pada tanggal "
                    "yang sama."
                ),
                limit=rate(limit, language()),
            )
        )
        _differences([one for one in compared if one.difference], limit)
    if rows:
        frame = words.matches(rows, limit=limit, language=language())
        config = {name: st.column_config.TextColumn(name, alignment="right") for name in frame.columns[2:6]}
        st.dataframe(frame, hide_index=True, column_config=config, key="quality_matches")
        _sources(rows)
    _gaps(facts)


def _matches(facts: Facts) -> list[Match]:
    """Newest first. Levels outside the viewer's rights are not asked for."""
    levels = reach(facts.viewer, DATASET).levels
    figures = comparable(published(), held=facts.quality.periods, levels=levels)
    answers = {}
    for by, days in questions(figures).items():
        try:
            answers[by] = ask(facts.viewer, Query(DATASET, by=by, periods=days))
        except AsnError:
            continue  # the table then says that this figure cannot be compared
    return matched(sorted(figures, key=lambda one: one.day, reverse=True), answers)


def _differences(differing: list[Match], limit: float) -> None:
    if not differing:
        st.success(t(_("Tidak ada selisih: setiap angka sama sampai orang terakhir.")), icon=":material/check_circle:")
        return
    worst = sorted(differing, key=lambda one: -abs(one.share or 0.0))[:TOP]
    rows = [_bar(i, one, limit) for i, one in enumerate(worst)]
    told = t(_("batas {limit}"), limit=rate(limit, language()))
    figure = bars(rows, language=language(), dark=dark(), limit=Limit(limit, told))
    alt = "; ".join(f"{row.name} {row.told}" for row in rows[:3])
    st.plotly_chart(figure, theme=None, config=CONFIG, key="quality_differences", alt=alt)


def _bar(place: int, one: Match, limit: float) -> Bar:
    name = f"{short_day(one.figure.day, language())}: {one.figure.label.text(language())}"
    share = one.share or 0.0
    told = signed_rate(share, language())
    printed, found = (number(value or 0, language()) for value in (one.figure.persons, one.value))
    hover = f"<b>{name}</b><br>{t(_('terbit {printed}, snapshot {found}'), printed=printed, found=found)}<br>{told}"
    return Bar(str(place), name, share, told, hover, alarming=not one.agrees(limit))


def _sources(rows: list[Match]) -> None:
    """Where each date's figures were published; too long for a column."""
    with st.expander(t(_("Sumber angka terbit")), icon=":material/menu_book:"):
        for day, sources in words.sources(rows).items():
            st.markdown(f"**{short_day(day, language())}**: {'; '.join(sources)}")


def _gaps(facts: Facts) -> None:
    """Published dates without a snapshot, and snapshots without a published figure."""
    without = gaps(published(), facts.quality.periods)
    bare = [day for day in facts.quality.periods if day not in {one.day for one in published()}]
    if without:
        dates = "; ".join(short_day(day, language()) for day in without)
        st.caption(t(_("Ada angka terbit, tetapi tidak ada snapshot: {dates}."), dates=dates))
    if bare:
        dates = "; ".join(short_day(day, language()) for day in bare)
        st.caption(t(_("Ada snapshot, tetapi belum ada angka terbit: {dates}."), dates=dates))
