"""The six judgements of a date side by side: one figure, one word, one sentence each."""

from typing import Literal

import streamlit as st

from data_access.access import measures
from data_access.access.volatility import Move
from data_access.release.indicators import indicators
from data_access.settings import settings
from data_access.words import inside
from data_access.words import mark as _
from reports import quality_cards
from reports.quality_cards import Card, Verdict
from ui.quality.facts import Facts
from ui.session import language, t

Colour = Literal["green", "orange", "gray"]
SIGNS: dict[Verdict, tuple[str, str, Colour]] = {
    Verdict.GOOD: (_("baik"), ":material/check_circle:", "green"),
    Verdict.ATTENTION: (_("perlu perhatian"), ":material/warning:", "orange"),
    Verdict.NONE: (_("tidak tersedia"), ":material/remove:", "gray"),
}
ROW = 3


def show(facts: Facts) -> None:
    """The cards in two rows, the sentence that sums them up first."""
    cards = judged(facts)
    st.markdown(f"**{_summary(cards)}**")
    for row in (cards[:ROW], cards[ROW:]):
        for column, card in zip(st.columns(ROW), row, strict=True):
            with column:
                _show(card)


def judged(facts: Facts) -> list[Card]:
    """The judgements in the order of the tabs."""
    found, period, tongue = facts.quality, facts.period, language()
    limits = indicators().limits
    return [
        quality_cards.records(found, "kelengkapan", period, language=tongue, presence=facts.presence),
        quality_cards.records(found, "validitas", period, language=tongue),
        quality_cards.records(found, "konsistensi", period, language=tongue),
        quality_cards.timeliness(facts.timing, facts.coming, delivery_days=settings().delivery_days, language=tongue),
        quality_cards.volatility(_total(facts), facts.moves, before=facts.before, limits=limits, language=tongue),
        quality_cards.reconciliation(facts.headline, limits=limits, language=tongue),
    ]


def _total(facts: Facts) -> Move | None:
    if facts.status is None:
        return None
    totals = {day: measures.total(facts.status, day) for day in facts.status.source.periods}
    return quality_cards.total_move(facts.status.source.label, totals, facts.before, facts.period)


def _summary(cards: list[Card]) -> str:
    """What deserves a look, by name, in one sentence."""
    attention = [inside(card.title) for card in cards if card.verdict == Verdict.ATTENTION]
    good = sum(card.verdict == Verdict.GOOD for card in cards)
    if attention:
        told = _("{good} dari {all} penilaian baik. Perlu perhatian: {names}.")
        return t(told, good=good, all=len(cards), names=", ".join(attention))
    return t(_("{good} dari {all} penilaian baik; tidak ada yang perlu perhatian."), good=good, all=len(cards))


def _show(card: Card) -> None:
    word, icon, colour = SIGNS[card.verdict]
    with st.container(border=True, height="stretch"):
        st.metric(card.title, card.figure)
        st.badge(t(word), icon=icon, color=colour)
        st.caption(card.told)
