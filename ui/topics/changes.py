"""What has changed since an earlier reference date, in sentences: each from displayed values only, each naming its base."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data_access.access import derive, measures
from data_access.access.result import Protected, State
from data_access.access.written import written
from data_access.words import mark as _
from data_access.words import number, percent, short_day, text
from ui.topics.terms import contracts, leaving_soon, women_among, years_ahead

MOST = 5
NOTICED = 0.001  # a share that moved by less has not changed for a reader


@dataclass(frozen=True)
class Facts:
    """Answers over time that the sentences read: by status, sex, province and year of BUP, and the movements by event.

    `places` is None where one province is looked at, `flows` where the movements of the period are not known.
    """

    status: Protected
    sex: Protected
    leaving: Protected
    places: Protected | None = None
    flows: Protected | None = None


def sentences(facts: Facts, now: date, before: date, base: str, language: str) -> list[str]:
    """At most five; what is hidden on either date is not spoken of. `base` says whose number the shares are of."""
    found = [
        *_total(facts.status, now, before, language),
        *_contracts(facts.status, now, before, base, language),
        *_place(facts.places, now, before, language),
        *_flows(facts.flows, now, before, language),
        *_women(facts.sex, now, before, base, language),
        *_leaving(facts.leaving, facts.status, now, language),
    ]
    return found[:MOST]


def _total(status: Protected, now: date, before: date, language: str) -> Iterator[str]:
    change = measures.change(measures.total(status, now), measures.total(status, before))
    total = measures.total(status, now)
    if change is None or total is None:
        return
    template = _("Jumlah ASN naik {change} sejak {before}, menjadi {total}.")
    if change.persons < 0:
        template = _("Jumlah ASN turun {change} sejak {before}, menjadi {total}.")
    if change.persons == 0:
        template = _("Jumlah ASN sama dengan {before}: {total}.")
    told = number(abs(change.persons), language)
    if change.share is not None:
        told += f" ({percent(abs(change.share), language)})"
    yield text(template, language, change=told, before=short_day(before, language), total=number(total, language))


def _contracts(status: Protected, now: date, before: date, base: str, language: str) -> Iterator[str]:
    share, earlier = contracts(status, now), contracts(status, before)
    if share is None or earlier is None:
        return
    template = _("PPPK (termasuk paruh waktu) kini {now} dari {base}; pada {before} {then}.")
    told = {"now": percent(share, language), "then": percent(earlier, language)}
    yield text(template, language, base=base, before=short_day(before, language), **told)


def _women(sex: Protected, now: date, before: date, base: str, language: str) -> Iterator[str]:
    share, earlier = women_among(sex, now), women_among(sex, before)
    if share is None or earlier is None or abs(share - earlier) < NOTICED:
        return
    template = _("Perempuan kini {now} dari {base}; pada {before} {then}.")
    told = {"now": percent(share, language), "then": percent(earlier, language)}
    yield text(template, language, base=base, before=short_day(before, language), **told)


def _place(places: Protected | None, now: date, before: date, language: str) -> Iterator[str]:
    """The province with the largest relative change, up or down."""
    if places is None:
        return
    growth = derive.growth(places, now, before)
    shown = growth.frame.filter(growth.frame["keadaan"] == State.SHOWN.value).sort("nilai", "provinsi")
    if shown.height < 2:
        return
    row = max((shown.row(0, named=True), shown.row(-1, named=True)), key=lambda one: abs(one["nilai"]))
    name = growth.axes[0].labels(language)[row["provinsi"]]
    told = written(row["nilai"], State.SHOWN, growth.measure, language, base=row["dasar"])
    template = _("Perubahan terbesar menurut provinsi: {name}, {change} terhadap {before}.")
    yield text(template, language, name=name, change=told, before=short_day(before, language))


def _flows(flows: Protected | None, now: date, before: date, language: str) -> Iterator[str]:
    if flows is None:
        return
    joined = measures.total(flows, now, {"arah": ("masuk",)})
    left = measures.total(flows, now, {"arah": ("keluar",)})
    if joined is None or left is None:
        return
    template = _("Sejak {before} tercatat {joined} pengangkatan dan {left} peristiwa keluar dari ASN.")
    facts = {"joined": number(joined, language), "left": number(left, language)}
    yield text(template, language, before=short_day(before, language), **facts)


def _leaving(leaving: Protected, status: Protected, now: date, language: str) -> Iterator[str]:
    years = years_ahead(now)
    persons, total = leaving_soon(leaving, now), measures.total(status, now)
    share = measures.share(persons, total)
    if persons is None or share is None:
        return
    template = _("Pada {first}–{last}, {persons} ASN ({share} dari jumlah sekarang) mencapai batas usia pensiun.")
    facts = {"first": years[0], "last": years[-1], "persons": number(persons, language)}
    yield text(template, language, share=percent(share, language), **facts)
