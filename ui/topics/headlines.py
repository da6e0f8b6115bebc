"""Titles that more than one page needs: each states a finding from displayed values, or is a plain noun where that is hidden."""

from datetime import date

from charts.reading import periods
from data_access.access import derive, measures
from data_access.access.result import Protected
from data_access.words import mark as _
from data_access.words import percent, short_day, text
from ui.topics.extremes import extremes
from ui.topics.terms import PPPK, contracts


def contracts_title(status: Protected, base: str, language: str) -> str:
    """The share of PPPK of `base` at the first and the last date of a result by status: what its lines show at their ends."""
    days = periods(status)
    told = [_contracts(status, day, language) for day in days]
    if not told or not told[-1]:
        return text(_("PNS dan PPPK dari waktu ke waktu"), language)
    if len(told) < 2 or not told[0]:
        return text(_("PPPK {now} dari {base}"), language, base=base, now=told[-1])
    facts = {"base": base, "now": told[-1], "then": told[0], "before": short_day(days[0], language)}
    return text(_("PPPK kini {now} dari {base}; {then} pada {before}"), language, **facts)


def _contracts(status: Protected, day: date, language: str) -> str:
    """The share of PPPK in words; empty where it is not known."""
    share, decimals = contracts(status, day), measures.share_decimals(measures.total(status, day))
    return "" if share is None else percent(share, language, decimals=decimals)


def contracts_by_title(parts: Protected, noun: str, language: str) -> str:
    """Where PPPK are the largest part at the last date; `parts` crosses one level by status."""
    found = extremes(derive.part_share(parts, "status", PPPK), language)
    if found is None:
        return noun
    template = _("PPPK terbanyak pada {name}: {share} dari ASN kelompok itu")
    return text(template, language, name=found[1].name, share=found[1].told)


def most_title(result: Protected, noun: str, language: str, *, period: date | None = None) -> str:
    """The member with the largest value at `period` (else the last date)."""
    found = extremes(result, language, period=period)
    if found is None or found[1].value <= 0:
        return noun
    return text(_("Terbanyak: {name}, {value}"), language, name=found[1].name, value=found[1].told)
