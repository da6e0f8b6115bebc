"""What the figures on retirements say: sentences and titles from displayed values, each naming its base."""

from collections.abc import Sequence
from datetime import date

from data_access.access import measures
from data_access.access.result import Protected, State
from data_access.contract import Label, contract
from data_access.words import inside, percent, text
from data_access.words import mark as _
from ui.session import language, t
from ui.topics.extremes import extremes
from ui.topics.terms import BUP, LATER, SOON, leaving_soon, years_ahead

YEAR, GROUP = BUP, "kelompok_jabatan"
LARGE = 100  # persons from which an agency is ranked by share


def spans() -> dict[str, str]:
    """The spans of years that the figures can show."""
    return {str(SOON): t(_("5 tahun")), str(LATER): t(_("10 tahun"))}


def splits() -> dict[str, str]:
    """What the retirements of a year can be split by."""
    levels = contract().datasets["pegawai"].levels
    return {name: levels[name].label.text(language()) for name in (GROUP, "status", "jenis_kelamin")}


def label(years: Sequence[str]) -> Label:
    """What a share of those due is called at the head of a column."""
    return Label(id=f"Mencapai BUP {years[0]}–{years[-1]}", en=f"Reaching BUP {years[0]}–{years[-1]}")


def large(whole: Protected) -> list[str]:
    """The members of the only axis that are shown with enough persons for a share to say something."""
    [axis] = whole.axes
    rows = whole.frame.select(axis.level, "nilai", "keadaan").iter_rows()
    return [code for code, persons, state in rows if state == State.SHOWN and persons >= LARGE]


def sentences(by_year: Protected, by_group: Protected | None, stock: Protected, language: str) -> list[str]:
    """How many leave within five years, in which of ten years most, and which group loses the largest part.

    `by_year` is by year of BUP, `by_group` (None: not admitted) by group and year, `stock` by group, at one date. A sentence
    whose parts are not all shown is left out.
    """
    period = by_year.source.periods[-1]
    told = [
        _soon(by_year, stock, period, language),
        _peak(by_year, period, language),
        "" if by_group is None else _hardest(by_group, stock, period, language),
    ]
    return [sentence for sentence in told if sentence]


def _soon(leaving: Protected, stock: Protected, period: date, language: str) -> str:
    years = years_ahead(period, SOON)
    persons = leaving_soon(leaving, period)
    share = measures.share(persons, measures.total(stock, period))
    if persons is None or share is None:
        return ""
    facts = {"persons": persons, "share": percent(share, language), "first": years[0], "last": years[-1]}
    return text(_("{persons} ASN ({share} dari ASN sekarang) mencapai BUP pada {first}–{last}."), language, **facts)


def _peak(leaving: Protected, period: date, language: str) -> str:
    found = {year: measures.total(leaving, period, {YEAR: (year,)}) for year in years_ahead(period, LATER)}
    known = {year: persons for year, persons in found.items() if persons is not None}
    if len(known) < len(found):
        return ""
    most = max(known, key=lambda year: (known[year], year))
    first, last = min(known), max(known)
    template = _("Puncaknya tahun {year} dengan {persons} orang, terbanyak di antara {first}–{last}.")
    return text(template, language, year=most, persons=known[most], first=first, last=last)


def _hardest(leaving: Protected, stock: Protected, period: date, language: str) -> str:
    years = years_ahead(period, SOON)
    names = next(axis for axis in stock.axes if axis.level == GROUP).labels(language)
    shares: dict[str, float] = {}
    for code in names:
        share = measures.share(
            measures.total(leaving, period, {YEAR: years, GROUP: (code,)}),
            measures.total(stock, period, {GROUP: (code,)}),
        )
        if share is not None:
            shares[code] = share
    if len(shares) < 2:
        return ""
    most = max(shares, key=lambda code: (shares[code], code))
    facts = {"group": inside(names[most]), "share": percent(shares[most], language), "last": years[-1]}
    return text(
        _("Bagian terbesar keluar dari kelompok {group}: {share} mencapai BUP sampai {last}."), language, **facts
    )


def wave_title(leaving: Protected, years: Sequence[str], language: str) -> str:
    """How many are due in the years shown."""
    persons = measures.total(leaving, leaving.source.periods[-1], {YEAR: tuple(years)})
    if persons is None:
        return text(_("Mencapai batas usia pensiun per tahun"), language)
    template = _("{persons} ASN mencapai batas usia pensiun pada {first}–{last}")
    return text(template, language, persons=persons, first=years[0], last=years[-1])


def share_title(shares: Protected, years: Sequence[str], what: str, language: str) -> str:
    """Where the part that leaves is smallest and largest."""
    found = extremes(shares, language)
    if found is None:
        return text(_("Mencapai BUP sampai {last} menurut {what}"), language, last=years[-1], what=what)
    low, high = found
    facts = {"least": low.told, "low": low.name, "most": high.told, "high": high.name, "last": years[-1]}
    return text(_("Mencapai BUP sampai {last}: dari {least} di {low} sampai {most} di {high}"), language, **facts)
