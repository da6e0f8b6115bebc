"""The agencies with the largest share of failing records, for one indicator on one date."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from charts import labels, quality_words
from charts.quality_bars import Bar, Limit, bars
from data_access.access.quality import Share
from data_access.access.result import State
from data_access.release.indicators import Indicator
from data_access.release.policy import POLICY
from data_access.words import mark as _
from data_access.words import text

TOP = 15


def worst(
    shares: Sequence[Share],
    indicator: Indicator,
    names: Mapping[str, str],
    *,
    language: str,
    dark: bool = False,
    top: int = TOP,
) -> go.Figure:
    """The chart of at most `top` agencies; what is not shown is told in a note, for it is never among the worst."""
    ranked = ordered(shares, names)
    shown = [share for share in ranked if share.value is not None]
    rows = [_bar(share, indicator, names, language) for share in shown[:top]]
    told = text(_("perlu perhatian mulai {limit}"), language, limit=quality_words.rate(indicator.attention, language))
    notes = _notes(shares, len(rows), language)
    return bars(rows, language=language, dark=dark, limit=Limit(indicator.attention, told), notes=notes)


def ordered(shares: Sequence[Share], names: Mapping[str, str]) -> list[Share]:
    """Largest share first, ties by name; those not shown last."""
    return sorted(
        shares, key=lambda share: (share.value is None, -(share.value or 0.0), names.get(share.agency, share.agency))
    )


def alt(shares: Sequence[Share], indicator: Indicator, names: Mapping[str, str], *, language: str) -> str:
    """The chart in words: the worst three."""
    shown = [share for share in ordered(shares, names) if share.value is not None][:3]
    if not shown:
        return text(_("{name}: tidak ada instansi yang dapat ditampilkan."), language, name=indicator.label)
    listed = "; ".join(f"{names[share.agency]} {quality_words.share_text(share, language)}" for share in shown)
    return text(_("{name}, terburuk: {listed}."), language, name=indicator.label, listed=listed)


def _bar(share: Share, indicator: Indicator, names: Mapping[str, str], language: str) -> Bar:
    name = names[share.agency]
    return Bar(
        code=share.agency,
        name=name,
        value=share.value,
        told=quality_words.share_text(share, language),
        hover=quality_words.hover(labels.safe(name), share, language),
        state=share.state,
        alarming=share.value is not None and share.value >= indicator.attention,
    )


def _notes(shares: Sequence[Share], drawn: int, language: str) -> list[str]:
    shown = sum(share.state == State.SHOWN for share in shares)
    hidden = sum(share.state == State.SUPPRESSED for share in shares)
    notes = []
    if drawn < shown:
        notes.append(text(_("{shown} terburuk dari {all} instansi."), language, shown=drawn, all=shown))
    if hidden:
        told = _("{count} instansi lain: kurang dari {threshold} catatan, mungkin nol.")
        notes.append(text(told, language, count=hidden, threshold=POLICY.threshold))
    return notes if shares else [text(_("Tidak diukur."), language)]
