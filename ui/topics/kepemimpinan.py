"""What the page on leadership says: women and men by level, beside the means of the OECD, from displayed values only."""

from collections.abc import Callable, Sequence
from datetime import date

import polars as pl
import streamlit as st

from data_access.access.benchmarks import benchmarks
from data_access.access.derive import SHARE
from data_access.access.result import Protected, State
from data_access.access.written import written
from data_access.words import inside, short_day, text
from data_access.words import mark as _
from ui.session import language, t

LEVEL, KIND = "jenjang", "jenis_jabatan"
SENIOR, MIDDLE = ("jpt_utama", "jpt_madya", "jpt_pratama"), ("administrator", "pengawas")
LEVELS = (*SENIOR, *MIDDLE)
KINDS = ("jpt", "administrator", "pengawas")
MANY = 1_000  # persons: of fewer, a share moves with every one of them


def share(shares: Protected, code: str, period: date) -> tuple[float, int] | None:
    """The share and its base at one member of the only axis; None where it is not shown."""
    [axis] = shares.axes
    rows = shares.frame.filter((pl.col("periode") == period) & (pl.col(axis.level) == code))
    row = next(iter(rows.filter(pl.col("keadaan") == State.SHOWN).iter_rows(named=True)), None)
    return (row["nilai"], row["dasar"]) if row else None


def state(shares: Protected, code: str, period: date) -> State:
    """The state of one member of the only axis; not available where the answer does not hold it."""
    [axis] = shares.axes
    rows = shares.frame.filter((pl.col("periode") == period) & (pl.col(axis.level) == code))
    return State(next(iter(rows["keadaan"]), State.UNAVAILABLE))


def hidden(results: Sequence[Protected], language: str) -> list[str]:
    """The members of the only axis of each result that are suppressed on some date."""
    names: list[str] = []
    for result in results:
        [axis] = result.axes
        codes = set(result.frame.filter(pl.col("keadaan") == State.SUPPRESSED)[axis.level])
        names += [inside(label.text(language)) for code, label in axis.members if code in codes]
    return list(dict.fromkeys(names))


def oecd(kind: str) -> float:
    """The OECD mean that a kind of managerial position is compared with."""
    return benchmarks().women.manajemen_senior if kind == "jpt" else benchmarks().women.manajemen_menengah


def line(kind: str, language: str) -> tuple[float, str]:
    """The OECD mean with its words, as a line of reference."""
    words = _("Rata-rata OECD, senior") if kind == "jpt" else _("Rata-rata OECD, menengah")
    return oecd(kind), text(words, language)


def title(shares: Protected, codes: Sequence[str], period: date, language: str) -> str:
    """The finding on some levels, lowest first: the share of women on the highest that is shown."""
    name = shares.axes[0].labels(language)
    for code in codes:
        found = share(shares, code, period)
        if found:
            words = _("{share} pejabat {level} adalah perempuan")
            return text(words, language, share=told(found, language), level=inside(name[code]))
    return text(_("Perempuan menurut jenjang kepemimpinan"), language)


def pipeline_title(shares: Protected, period: date, language: str) -> str:
    """From the lowest level to the highest that is shown: how the share of women changes on the way up."""
    name, seen = shares.axes[0].labels(language), [(code, share(shares, code, period)) for code in LEVELS]
    known = [(code, found) for code, found in seen if found]
    if len(known) < 2:
        return text(_("Perempuan dan laki-laki menurut jenjang"), language)
    (top, high), (bottom, low) = known[0], known[-1]
    words = _("Dari {low} perempuan pada {bottom} menjadi {high} pada {top}")
    facts = {"low": told(low, language), "high": told(high, language)}
    return text(words, language, **facts, bottom=inside(name[bottom]), top=inside(name[top]))


def course_title(shares: Protected, language: str) -> str:
    """The level whose share of women moved most between the first and the last date, of levels with 1,000 persons or more."""
    days, name = shares.source.periods, shares.axes[0].labels(language)
    ends = {code: (share(shares, code, days[0]), share(shares, code, days[-1])) for code in LEVELS}
    known = {code: (then, now) for code, (then, now) in ends.items() if then and now and min(then[1], now[1]) >= MANY}
    noun = text(_("Pangsa perempuan tiap jenjang dari waktu ke waktu"), language)
    if not known or len(days) < 2:
        return noun
    code, (then, now) = max(known.items(), key=lambda one: abs(one[1][1][0] - one[1][0][0]))
    if told(then, language) == told(now, language):
        return noun
    words = _("Perempuan naik terbanyak pada {level}: {then} menjadi {now} sejak {before}")
    if now[0] < then[0]:
        words = _("Perempuan turun terbanyak pada {level}: {then} menjadi {now} sejak {before}")
    facts = {"level": inside(name[code]), "then": told(then, language), "now": told(now, language)}
    return text(words, language, **facts, before=short_day(days[0], language))


def lowest_title(noun: str, template: str, language: str) -> Callable[[Protected], str]:
    """`template` with {name} and {share} of the member with the lowest share, or `noun` where none is shown."""

    def title(shares: Protected) -> str:
        shown = shares.frame.filter(pl.col("keadaan") == State.SHOWN)
        if shown.is_empty():
            return noun
        level = shares.axes[0].level
        row = min(shown.iter_rows(named=True), key=lambda one: (one["nilai"], one[level]))
        name = shares.axes[0].labels(language)[row[level]]
        return text(template, language, name=name, share=told((row["nilai"], row["dasar"]), language))

    return title


def told(found: tuple[float, int], language: str) -> str:
    """A share in words of its base."""
    return written(found[0], State.SHOWN, SHARE, language, base=found[1])


def headline(shares: Protected, period: date) -> None:
    """One number for each kind of position, with the OECD mean under it."""
    name = shares.axes[0].labels(language())
    for column, code in zip(st.columns(len(KINDS)), KINDS, strict=True):
        found = share(shares, code, period)
        value = told(found, language()) if found else written(None, state(shares, code, period), SHARE, language())
        with column.container(border=True):
            st.metric(t(_("Perempuan, {position}"), position=inside(name[code])), value)
            mean = written(oecd(code), State.SHOWN, SHARE, language(), base=1_000)
            st.caption(t(_("Rata-rata OECD {mean}"), mean=mean))


def sources(*results: Protected) -> None:
    """Where the lines come from, and what small numbers mean; `results` are the shares whose suppressed cells are named."""
    names = hidden(results, language())
    if names:
        told = _("Sebagian sel {names} ditekan (<10), sehingga pangsanya tidak dihitung.")
        st.caption(t(told, names=", ".join(names)))
    small = _(
        "Pada kelompok kecil, satu orang sudah mengubah pangsa beberapa persen: bacalah arahnya, bukan angka di belakang koma."
    )
    st.caption(t(small))
    lines = _(
        "Garis OECD: {source}. Manajemen senior disandingkan dengan JPT, manajemen menengah dengan administrator dan pengawas; "
        "padanannya tidak persis sama."
    )
    st.caption(t(lines, source=benchmarks().women.source.text(language())))
