"""What the page on the indices asks and says: means with coverage, bands over agencies, ranking, and the rules of the year."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from data_access.access import derive, measures
from data_access.access.derive import SCORE, SHARE
from data_access.access.result import Kind, Measure, Protected, State
from data_access.access.written import UNAVAILABLE, written
from data_access.contract import Label
from data_access.contract.assessment import BREAK_RB, bands
from data_access.words import mark as _
from data_access.words import number as written_number
from data_access.words import text
from ui.session import language, t
from ui.topics.extremes import extremes

DATASET, INDEX, QUANTITY, BAND = "indeks", "indeks", "ukuran", "predikat"
OBLIGED, ASSESSED, SCORES, STAFF, MEASURED = "wajib", "dinilai", "nilai", "sasaran", "terukur"
NOT_YET, PERSONS, REFORM = "belum", "ip_asn", "rb"
HUNDREDTHS = 100.0
GOOD = 2  # the bands that a title counts as the good ones
AGENCIES, PEOPLE = Label(id="instansi", en="agencies"), Label(id="pegawai", en="staff")
COVERAGE = Measure(SHARE.kind, Label(id="Cakupan (%)", en="Coverage (%)"))
PARTICIPATION = Measure(SHARE.kind, Label(id="Pegawai terukur (%)", en="Staff measured (%)"))


@dataclass(frozen=True)
class Verdict:
    """What an index says of a year: agencies obliged and assessed, the mean, and the staff measured (None: not of this one)."""

    obliged: int
    assessed: int
    mean: float | None
    staff: int | None = None
    measured: int | None = None


def mean(quantities: Protected, *, label: Label = SCORE.label) -> Protected:
    """The mean score of an answer crossed by quantity, over agencies assessed; that axis goes."""
    measure = Measure(Kind.SCORE, label)
    return derive.quotient(quantities, QUANTITY, SCORES, ASSESSED, measure=measure, scale=HUNDREDTHS, unit=AGENCIES)


def coverage(quantities: Protected) -> Protected:
    """The share of agencies obliged that were assessed."""
    return derive.quotient(quantities, QUANTITY, ASSESSED, OBLIGED, measure=COVERAGE, unit=AGENCIES)


def participation(quantities: Protected) -> Protected:
    """The share of staff to be measured that was measured (IP ASN)."""
    return derive.quotient(quantities, QUANTITY, MEASURED, STAFF, measure=PARTICIPATION, unit=PEOPLE)


def assessed_in(quantities: Protected) -> tuple[date, ...]:
    """The dates at which some agency was assessed, of an answer by quantity alone."""
    return tuple(day for day in quantities.source.periods if _one(quantities, day, ASSESSED))


def verdict(quantities: Protected, period: date) -> Verdict:
    """The numbers of a year, of an answer by quantity alone."""
    assessed, scores = _one(quantities, period, ASSESSED), _one(quantities, period, SCORES)
    staff = _one(quantities, period, STAFF)
    return Verdict(
        obliged=_one(quantities, period, OBLIGED),
        assessed=assessed,
        mean=scores / assessed / HUNDREDTHS if assessed else None,
        staff=staff or None,
        measured=_one(quantities, period, MEASURED) if staff else None,
    )


def _one(quantities: Protected, period: date, code: str) -> int:
    return measures.total(quantities, period, {QUANTITY: (code,)}) or 0


def codes(index: str, year: int) -> tuple[str, ...]:
    """The bands of an index in a year, the highest first, and that of agencies not assessed yet."""
    return (*(band.code for band in bands(index, year)), NOT_YET)


def of_agencies(result: Protected) -> Protected:
    """The answer with agencies as what it counts."""
    return derive.in_units(result, AGENCIES)


def headline(found: Verdict, distribution: Protected, band: str, period: date) -> None:
    """Mean, coverage and, where staff are measured, participation; and who has the highest band, of an answer by band."""
    best = distribution.axes[0].labels(language())[band]
    count = measures.total(distribution, period, {BAND: (band,)})
    mean_told = UNAVAILABLE if found.mean is None else written_number(found.mean, language(), decimals=2)
    cards = [
        (_("Nilai rata-rata"), mean_told, _("Rata-rata instansi yang dinilai, tanpa bobot jumlah pegawai.")),
        (
            _("Instansi dinilai"),
            t(_("{assessed} dari {obliged}"), assessed=found.assessed, obliged=found.obliged),
            _("Instansi yang dinilai dari yang wajib dinilai."),
        ),
    ]
    if found.staff and found.measured is not None:
        told = written(found.measured / found.staff, State.SHOWN, SHARE, language(), base=found.staff)
        cards.append((_("Pegawai terukur"), told, _("Pegawai yang diukur dari yang wajib diukur (partisipasi).")))
    amount = UNAVAILABLE if count is None else written_number(count, language())
    cards.append((_("Predikat tertinggi"), amount, _("Instansi dengan predikat tertinggi indeks ini.")))
    for column, (label, value, why) in zip(st.columns(len(cards)), cards, strict=True):
        with column.container(border=True, height="stretch"):
            st.metric(t(label), value, help=t(why))
            st.caption(best if label == _("Predikat tertinggi") else "\N{NO-BREAK SPACE}")


def sentences(sums: Protected, index: str, period: date, before: date | None, language: str) -> list[str]:
    """The mean with its coverage, and how it moved since the date before unless the method changed between; `sums` is an
    answer by quantity alone.
    """
    found, earlier = verdict(sums, period), verdict(sums, before) if before else None
    if found.mean is None or not found.obliged:
        return []
    share = written(found.assessed / found.obliged, State.SHOWN, SHARE, language, base=found.obliged)
    told = text(
        _("Rata-rata {mean} dari {assessed} instansi yang dinilai, {share} dari yang wajib."),
        language,
        mean=written_number(found.mean, language, decimals=2),
        assessed=found.assessed,
        share=share,
    )
    years = (period.year, before.year if before else None)
    return [told, *_moved(found, earlier, index, years, language), *_partial(found, language)]


def _moved(
    found: Verdict, before: Verdict | None, index: str, year: tuple[int, int | None], language: str
) -> list[str]:
    now, then = year
    if before is None or before.mean is None or found.mean is None or then is None:
        return []
    if index == REFORM and then < BREAK_RB <= now:
        words = _("Tidak dibandingkan dengan {year}: cara hitung indeks RB berganti (Permen PANRB 3/2023).")
        return [text(words, language, year=str(then))]
    difference = round(found.mean, 2) - round(before.mean, 2)
    words = _("Naik {points} poin sejak {year}; saat itu {assessed} instansi dinilai.")
    if difference < 0:
        words = _("Turun {points} poin sejak {year}; saat itu {assessed} instansi dinilai.")
    points = written_number(abs(difference), language, decimals=2)
    return [text(words, language, points=points, year=str(then), assessed=before.assessed)]


def _partial(found: Verdict, language: str) -> list[str]:
    if not found.staff or found.measured is None:
        return []
    told = written(found.measured / found.staff, State.SHOWN, SHARE, language, base=found.staff)
    words = _("Nilai IP ASN hanya berbicara tentang {share} pegawai yang terukur.")
    return [text(words, language, share=told)]


def bands_title(distribution: Protected, index: str, period: date, language: str) -> str:
    """How many of the agencies have one of the two highest bands, of an answer by band of all agencies obliged."""
    best = codes(index, period.year)[:GOOD]
    good, every = (measures.total(distribution, period, {BAND: some}) for some in (best, codes(index, period.year)))
    if good is None or not every:
        return text(_("Predikat instansi"), language)
    names = distribution.axes[0].labels(language)
    told = f" {text(_('atau'), language)} ".join(names[code].partition(" (")[0] for code in best)
    return text(_("{good} dari {every} instansi berpredikat {bands}"), language, good=good, every=every, bands=told)


def course_title(means: Protected, language: str) -> str:
    """The kind of agency with the highest mean at the last date, and the one with the lowest."""
    found = extremes(means, language)
    if found is None:
        return text(_("Nilai rata-rata dari tahun ke tahun"), language)
    low, high = found
    facts = {"low": low.name, "least": low.told, "high": high.name, "most": high.told}
    return text(_("Nilai terakhir: {high} {most}, {low} {least}"), language, **facts)


def coverage_title(shares: Protected, language: str) -> str:
    """The kind of agency that is covered least at the last date."""
    found = extremes(shares, language)
    if found is None:
        return text(_("Cakupan dari tahun ke tahun"), language)
    return text(_("Cakupan terendah: {name}, {value}"), language, name=found[0].name, value=found[0].told)


def best_title(scores: Protected, language: str) -> str:
    """The agency with the highest score."""
    found = extremes(scores, language)
    if found is None:
        return text(_("Peringkat instansi"), language)
    return text(_("Nilai tertinggi: {name}, {value}"), language, name=found[1].name, value=found[1].told)


def nothing_yet() -> None:
    """The page of a release that holds no assessments."""
    words = _("Belum ada data indeks pada rilis ini. Tim data KemenPANRB dapat menerbitkannya di Penyegaran data.")
    st.info(t(words), icon=":material/info:")
