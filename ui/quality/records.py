"""What is counted over records: completeness, validity and consistency over time and by agency."""

import streamlit as st

from charts import quality_lines, quality_ranking
from charts.quality_words import share_text
from data_access.access.result import State
from data_access.contract import Label
from data_access.release.indicators import Indicator, indicators
from data_access.release.policy import POLICY
from data_access.words import inside
from data_access.words import mark as _
from reports import quality as words
from reports import quality_cards
from ui import filters
from ui.quality import export
from ui.quality.facts import Facts
from ui.quality.source import source
from ui.result import CONFIG
from ui.session import dark, language, t

NAMED = 12


def show(facts: Facts, dimension: str) -> None:
    """One dimension: its course for the nation, the worst agencies for one indicator, all of them in a table."""
    found = facts.quality
    if dimension == "kelengkapan":
        _missing(facts.missing)
    known = indicators().of(dimension)
    measured = [one for one in known if any(share.state != State.UNAVAILABLE for share in found.nation(one.key))]
    if not measured:
        st.info(
            t(_("Rilis ini tidak memuat temuan per catatan. Temuan ikut terbit bersama kiriman berikutnya.")),
            icon=":material/info:",
        )
        return
    now = [one for one in measured if found.on(one.key, facts.period).state != State.UNAVAILABLE]
    left, right = st.columns(2)
    with left, st.container(border=True):
        _course(facts, measured, now)
    with right, st.container(border=True):
        if now:
            chosen = _agencies(facts, now)
        else:
            _unmeasured(facts, measured)
    if now:
        with st.expander(t(_("Semua instansi")), icon=":material/table_rows:"):
            _table(facts, chosen)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        export.offer(dimension)
        source(found, words.definitions(dimension, language()))


def _missing(absent: list[Label]) -> None:
    """Agencies that the contract knows and the snapshot does not hold, by name."""
    if not absent:
        return
    names = [label.text(language()) for label in absent]
    listed = ", ".join(names[:NAMED])
    rest = len(names) - NAMED
    told = t(_("Tidak ada di snapshot ini: {names}."), names=listed)
    if rest > 0:
        told = t(_("Tidak ada di snapshot ini: {names}, dan {rest} lainnya."), names=listed, rest=rest)
    st.info(told, icon=":material/domain_disabled:")
    if rest > 0:
        with st.expander(t(_("Semua instansi yang tidak ada ({count})"), count=len(names))):
            st.markdown("\n".join(f"- {name}" for name in names))


def _course(facts: Facts, measured: list[Indicator], now: list[Indicator]) -> None:
    found, period = facts.quality, facts.period
    st.subheader(_finding(facts, now), anchor=False)
    st.caption(t(_("Bagian catatan yang gagal pemeriksaan, nasional. Garis tegak: {day}."), day=period))
    figure = quality_lines.over_time(found, measured, language=language(), dark=dark(), marked=period)
    alt = quality_lines.alt(found, measured, language=language())
    st.plotly_chart(figure, theme=None, config=CONFIG, key=f"quality_course_{measured[0].dimension}", alt=alt)


def _finding(facts: Facts, now: list[Indicator]) -> str:
    """What the lines say of the chosen date: its largest indicator, and where that came from."""
    if not now:
        return t(_("Tidak diukur pada {day}"), day=facts.period)
    worst = max(now, key=lambda one: facts.quality.on(one.key, facts.period).value or 0.0)
    is_now = facts.quality.on(worst.key, facts.period)
    if is_now.value is None:
        return t(_("Kurang dari {threshold} catatan pada setiap pemeriksaan"), threshold=POLICY.threshold)
    earlier = [share for share in facts.quality.nation(worst.key) if share.period < facts.period]
    was = next((share for share in earlier if share.value is not None), None)
    first, last = (share_text(share, language()) for share in (was or is_now, is_now))
    if was is None:
        return t(_("{name}: {now}"), name=worst.label, now=last)
    if first == last:
        return t(_("{name}: {now}, sama dengan {day}"), name=worst.label, now=last, day=was.period)
    rising = is_now.value > (was.value or 0.0)
    told = _("{name}: naik dari {first} menjadi {now}") if rising else _("{name}: turun dari {first} menjadi {now}")
    return t(told, name=worst.label, first=first, now=last)


def _unmeasured(facts: Facts, measured: list[Indicator]) -> None:
    """In place of the agencies: why there are none, and which date has some."""
    st.subheader(t(_("Belum ada rincian per instansi")), anchor=False)
    told = quality_cards.unmeasured(facts.quality, [one.key for one in measured], facts.period, language=language())
    st.info(
        f"{told} {t(_('Pilih tanggal itu di atas, atau minta pemilik data menyertakan temuannya.'))}",
        icon=":material/info:",
    )


def _agencies(facts: Facts, measured: list[Indicator]) -> Indicator:
    by_key = {one.key: one for one in measured}
    largest = max(measured, key=lambda one: facts.quality.on(one.key, facts.period).value or 0.0)
    key = filters.one_of(
        t(_("Pemeriksaan")),
        list(by_key),
        lambda name: by_key[name].label.text(language()),
        key=f"quality_indicator_{largest.dimension}",
        usual=largest.key,
    )
    chosen = by_key[key]
    names = words.agency_names(facts.quality.dataset, language())
    shares = facts.quality.agencies(chosen.key, facts.period)
    st.subheader(t(_("Instansi dengan {name} terbanyak"), name=inside(chosen.label.text(language()))), anchor=False)
    st.caption(t(_("Bagian dari catatan yang diperiksa, per {day}."), day=facts.period))
    figure = quality_ranking.worst(shares, chosen, names, language=language(), dark=dark())
    alt = quality_ranking.alt(shares, chosen, names, language=language())
    st.plotly_chart(figure, theme=None, config=CONFIG, key=f"quality_worst_{chosen.dimension}", alt=alt)
    return chosen


def _table(facts: Facts, chosen: Indicator) -> None:
    frame = words.agencies(facts.quality, chosen, facts.period, language=language())
    config = {name: st.column_config.TextColumn(name, alignment="right") for name in frame.columns[1:-1]}
    # Seven checks are wider than the page; the agency stays in view while the rest is moved.
    config[frame.columns[0]] = st.column_config.TextColumn(frame.columns[0], pinned=True)
    st.dataframe(frame, hide_index=True, column_config=config, key=f"quality_table_{chosen.dimension}")
