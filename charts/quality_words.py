"""Figures of data quality as they stand in charts, tables and cards: shares, their bases, and why one is not shown."""

from data_access.access.quality import Share
from data_access.access.result import State
from data_access.release.policy import POLICY
from data_access.release.ptable import DESIGN
from data_access.words import mark as _
from data_access.words import number, percent, short_day, text

UNAVAILABLE = "–"
SMALLEST = 0.00001


def share_text(share: Share, language: str) -> str:
    """1,7%, or <10 where fewer records than the threshold fail (perhaps none), or –."""
    if share.value is not None:
        return rate(share.value, language)
    return f"<{POLICY.threshold}" if share.state == State.SUPPRESSED else UNAVAILABLE


def rate(value: float, language: str) -> str:
    """A share of 0..1 as per cent, with the more decimals the smaller it is: 12,5%; 1,7%; 0,31%; 0,008%; <0,001%."""
    size = abs(value)
    if 0 < size < SMALLEST:
        return f"<{percent(SMALLEST, language, decimals=3)}"
    decimals = 1 if size >= 0.01 or not size else 2 if size >= 0.001 else 3
    return percent(value, language, decimals=decimals)


def signed_rate(value: float, language: str) -> str:
    """+1,7% or −1,7%; 0,0% and what is too small to be written (<0,001%) without a sign."""
    if abs(value) < SMALLEST:
        return rate(abs(value), language)
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + rate(abs(value), language)


def base_text(share: Share, language: str) -> str:
    """How many records were examined; – where too few were."""
    return UNAVAILABLE if share.base is None else number(share.base, language)


def hover(name: str, share: Share, language: str) -> str:
    """Name, date, share and base in lines; for a share that is not shown, why it is not and how large it can be at most."""
    return f"<b>{name}</b><br>{short_day(share.period, language)}<br>{_told(share, language)}"


def _told(share: Share, language: str) -> str:
    if share.state == State.UNAVAILABLE:
        return text(_("tidak diukur"), language)
    facts = {"base": base_text(share, language), "threshold": POLICY.threshold}
    if share.value is not None:
        return text(_("{share} dari {base} diperiksa"), language, share=rate(share.value, language), **facts)
    if share.base is None or share.base <= POLICY.threshold:
        return text(_("kurang dari {threshold} catatan, mungkin nol"), language, **facts)
    # Noise may have lowered what fails by as much.
    most = rate((POLICY.threshold + DESIGN.largest) / share.base, language)
    told = _("kurang dari {threshold} catatan, mungkin nol, dari {base} diperiksa (di bawah {most})")
    return text(told, language, most=most, **facts)
