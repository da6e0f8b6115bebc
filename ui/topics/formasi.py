"""What the page on posts asks and says: from what is needed to what is filled, where posts stay open, and how that moves."""

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from data_access.access import derive, measures
from data_access.access.derive import SHARE
from data_access.access.result import Measure, Protected, State
from data_access.access.written import UNAVAILABLE, written
from data_access.contract import Label
from data_access.words import inside, short_day, text
from data_access.words import mark as _
from data_access.words import number as written_number
from ui.session import language, t
from ui.topics.extremes import extremes
from ui.topics.figures import Asking

DATASET, STAGE, KIND = "formasi", "tahap", "jenis_pengadaan"
NEEDED, PROPOSED, APPROVED, APPLICANTS, PASSED, TAKEN = (
    "kebutuhan",
    "usulan",
    "penetapan",
    "pelamar",
    "lulus",
    "terisi",
)
POSTS = (NEEDED, PROPOSED, APPROVED, PASSED, TAKEN)  # applicants are another thing than posts
RATE = Label(id="Keterisian (%)", en="Filled (%)")
OPEN = Label(id="Belum terisi", en="Unfilled")


def filled(stages: Protected, *, label: Label = RATE) -> Protected:
    """The share of approved posts that are filled, of an answer crossed by stage; that axis goes."""
    return derive.quotient(stages, STAGE, TAKEN, APPROVED, measure=Measure(SHARE.kind, label))


def unfilled(stages: Protected) -> Protected:
    """The approved posts that are not filled, of an answer crossed by stage; that axis goes."""
    return derive.less(stages, STAGE, APPROVED, TAKEN, label=OPEN)


def of(ask: Asking, way: Callable[[Protected], Protected]) -> Asking:
    """The question whose answer is made of another's."""
    return lambda: way(ask())


def kinds(names: Mapping[str, str]) -> dict[str, str]:
    """The kinds of recruitment that the page can be limited to."""
    return {"": t(_("Semua"))} | dict(names)


def stage(stages: Protected, code: str, period: date) -> int | None:
    """The number at one stage, of an answer by stage alone."""
    return measures.total(stages, period, {STAGE: (code,)})


def rate(stages: Protected, period: date) -> float | None:
    """Filled over approved posts, of an answer by stage alone; None where none was approved."""
    approved, taken = stage(stages, APPROVED, period), stage(stages, TAKEN, period)
    return None if taken is None else measures.share(taken, approved)


def told_rate(stages: Protected, period: date, language: str) -> str:
    """The fill rate in words."""
    found = rate(stages, period)
    if found is None:
        return UNAVAILABLE
    return written(found, State.SHOWN, SHARE, language, base=stage(stages, APPROVED, period))


def count(stages: Protected, code: str, period: date) -> str:
    """The number at one stage in words."""
    found = stage(stages, code, period)
    return UNAVAILABLE if found is None else written_number(found, language())


def funnel_title(stages: Protected, period: date, language: str) -> str:
    """How many posts were needed, approved and filled in the year."""
    found = [stage(stages, code, period) for code in (NEEDED, APPROVED, TAKEN)]
    if any(one is None for one in found):
        return text(_("Dari kebutuhan sampai terisi"), language)
    needed, approved, taken = found
    template = _("Dari {needed} kebutuhan, {approved} ditetapkan dan {taken} terisi")
    return text(template, language, needed=needed, approved=approved, taken=taken)


def course_noun(language: str) -> str:
    """What the courses of the kinds of recruitment show."""
    return text(_("Keterisian tiap jenis pengadaan dari tahun ke tahun"), language)


def course_title(rates: Protected, language: str) -> str:
    """The kind of recruitment that was filled least at the last date."""
    found = extremes(rates, language)
    if found is None:
        return text(_("Keterisian dari waktu ke waktu"), language)
    low, high = found
    facts = {"low": low.name, "least": low.told, "high": high.name, "most": high.told}
    return text(_("Keterisian terakhir: {low} {least}, {high} {most}"), language, **facts)


def rate_title(noun: str, language: str) -> Callable[[Protected], str]:
    """Where posts are filled least, and where most."""

    def title(rates: Protected) -> str:
        found = extremes(rates, language)
        if found is None:
            return noun
        low, high = found
        facts = {"low": low.name, "least": low.told, "high": high.name, "most": high.told}
        return text(_("Keterisian terendah: {low} {least}; tertinggi: {high} {most}"), language, **facts)

    return title


def open_title(noun: str, language: str) -> Callable[[Protected], str]:
    """The agency with most unfilled posts."""

    def title(result: Protected) -> str:
        found = extremes(result, language)
        if found is None or found[1].value <= 0:
            return noun
        return text(_("Formasi kosong terbanyak: {name}, {value}"), language, name=found[1].name, value=found[1].told)

    return title


def sentences(
    stages: Protected, groups: Protected | None, period: date, before: date | None, language: str
) -> list[str]:
    """What the year says: how much of the need was approved, how much of it filled, how that moved, and who stays short.

    `stages` is by stage alone over the years, `groups` crosses occupational group and stage at the period.
    """
    found = [_approved(stages, period, language), _moved(stages, period, before, language)]
    if groups is not None:
        found.append(_shortest(groups, language))
    return [sentence for sentence in found if sentence]


def _approved(stages: Protected, period: date, language: str) -> str:
    needed, approved, taken = (stage(stages, code, period) for code in (NEEDED, APPROVED, TAKEN))
    share = measures.share(approved, needed)
    if share is None or approved is None or taken is None:
        return ""
    template = _("{share} kebutuhan tahun {year} ditetapkan; {open} formasi yang ditetapkan belum terisi.")
    told = written(share, State.SHOWN, SHARE, language, base=needed)
    return text(template, language, share=told, year=str(period.year), open=approved - taken)


def _moved(stages: Protected, period: date, before: date | None, language: str) -> str:
    now, then = rate(stages, period), rate(stages, before) if before else None
    if now is None or then is None or before is None:
        return ""
    facts = {"now": told_rate(stages, period, language), "then": told_rate(stages, before, language)}
    if facts["now"] == facts["then"]:
        return text(_("Keterisian tetap {now} sejak {before}."), language, **facts, before=short_day(before, language))
    words = _("Keterisian naik dari {then} menjadi {now} sejak {before}.")
    if now < then:
        words = _("Keterisian turun dari {then} menjadi {now} sejak {before}.")
    return text(words, language, **facts, before=short_day(before, language))


def _shortest(groups: Protected, language: str) -> str:
    """The occupational group with most unfilled posts, and its rate."""
    most = extremes(unfilled(groups), language)
    if most is None or most[1].value <= 0:
        return ""
    rates = filled(groups)
    [axis] = rates.axes
    name = axis.labels(language)
    row = next(
        (
            r
            for r in rates.frame.iter_rows(named=True)
            if name[r[axis.level]] == most[1].name and r["nilai"] is not None
        ),
        None,
    )
    if row is None:
        return ""
    told = written(row["nilai"], State.SHOWN, SHARE, language, base=row["dasar"])
    template = _("Formasi kosong terbanyak ada pada kelompok {group}: {open}, keterisiannya {rate}.")
    return text(template, language, group=inside(most[1].name), open=most[1].told, rate=told)


def nothing_yet() -> None:
    """The page of a release that holds no posts."""
    words = _("Belum ada data formasi pada rilis ini. Tim data KemenPANRB dapat menerbitkannya di Penyegaran data.")
    st.info(t(words), icon=":material/info:")
