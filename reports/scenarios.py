"""Scenarios in words and numbers: what each assumes, and the table that compares them. One wording for screen and files."""

from collections.abc import Mapping, Sequence

from data_access.access.derive import CHANGE, GROWTH
from data_access.access.result import Kind, State
from data_access.access.written import UNAVAILABLE, written
from data_access.contract import contract
from data_access.projection.band import Course
from data_access.projection.base import KINDS, LONGEST
from data_access.projection.rates import Rates
from data_access.projection.scenario import GROUP, EarlyRetirement, PlanSource, Scenario, Shift
from data_access.words import inside, number, percent, short_day, text
from data_access.words import mark as _
from reports.table import Row, Table, TableCell

NEAREST = 5  # as all displayed numbers
STOCK, RETIRED, OTHERS, HIRED = (_("ASN akhir tahun"), _("Mencapai BUP"), _("Keluar karena sebab lain"), _("Masuk"))


def rounded(persons: float) -> int:
    """Persons as they are shown: the nearest multiple of five."""
    return round(persons / NEAREST) * NEAREST


def exact(share: float, language: str) -> str:
    """A typed share as per cent with as many decimals as were typed, up to four."""
    typed = f"{share * 100:.4f}".rstrip("0").partition(".")[2]
    return percent(share, language, decimals=len(typed))


def assumptions(scenario: Scenario, rates: Rates, language: str) -> tuple[str, ...]:
    """One sentence for each assumption, the same in every figure and file."""
    return (
        _hiring(scenario, language),
        *_kinds(scenario, rates, language),
        _attrition(scenario, rates, language),
        *_contracts(scenario, language),
        *(_shift(shift, language) for shift in scenario.shifts),
        *(_early(early, language) for early in scenario.early),
    )


def table(courses: Mapping[str, Course], *, title: str, notes: Sequence[str], language: str) -> Table:
    """Stock, leavers and hired of each scenario by year, rounded to fives."""
    years = next(iter(courses.values())).years if courses else ()
    heads = (text(_("Skenario"), language), text(_("Orang"), language), *map(str, years))
    rows = [row for name, course in courses.items() for row in _rows(name, course, language)]
    return Table(title=title, filters=(), heads=(heads,), rows=tuple(rows), notes=tuple(notes))


def effects(
    rows: Sequence[tuple[str, float | None, float | None]], *, title: str, notes: Sequence[str], language: str
) -> Table:
    """How far the lower and the higher step of each assumption move the stock at the horizon."""
    heads = (
        text(_("Asumsi"), language),
        text(_("Asumsi lebih rendah"), language),
        text(_("Asumsi lebih tinggi"), language),
    )
    made = tuple(Row((name,), (_moved(low, language), _moved(high, language))) for name, low, high in rows)
    return Table(title=title, filters=(), heads=(heads,), rows=made, notes=tuple(notes))


def gaps(
    rows: Sequence[tuple[str, float | None, float | None]], *, title: str, notes: Sequence[str], language: str
) -> Table:
    """The change by place in persons and as a share of today's number."""
    heads = (text(_("Provinsi"), language), text(_("Orang"), language), text(_("Bagian"), language))
    made = tuple(Row((name,), (_moved(persons, language), _share(share, language))) for name, persons, share in rows)
    return Table(title=title, filters=(), heads=(heads,), rows=made, notes=tuple(notes))


def _moved(persons: float | None, language: str) -> TableCell:
    """A change with its sign; a dash where there is none."""
    if persons is None:
        return TableCell(UNAVAILABLE, None, Kind.CHANGE)
    shown = rounded(persons)
    return TableCell(written(shown, State.SHOWN, CHANGE, language), float(shown), Kind.CHANGE)


def _share(share: float | None, language: str) -> TableCell:
    if share is None:
        return TableCell(UNAVAILABLE, None, Kind.GROWTH)
    return TableCell(written(share, State.SHOWN, GROWTH, language, base=None), round(share, 2), Kind.GROWTH)


def _rows(name: str, course: Course, language: str) -> list[Row]:
    numbers = {
        STOCK: course.stock,
        RETIRED: course.retired,
        OTHERS: course.left - course.retired,
        HIRED: course.hired,
    }
    return [
        Row((name, text(words, language)), tuple(_cell(float(one), language) for one in persons), total=words == STOCK)
        for words, persons in numbers.items()
    ]


def _cell(persons: float, language: str) -> TableCell:
    shown = rounded(persons)
    return TableCell(number(shown, language), float(shown), Kind.PERSONS)


def groups(codes: Sequence[str], language: str) -> str:
    """Names of occupational groups in a sentence; all of them where none is named."""
    known = contract().datasets["pegawai"].levels[GROUP].by_code
    if not any(codes):
        return text(_("semua kelompok jabatan"), language)
    return ", ".join(inside(known[code].label.text(language)) for code in codes)


def _hiring(scenario: Scenario, language: str) -> str:
    match scenario.inflow:
        case "penggantian":
            parts = [
                f"{groups([group], language)} {exact(share, language)}" for group, share in scenario.replacement.items()
            ]
            return text(_("Penggantian yang keluar: {parts}."), language, parts="; ".join(parts) or "0%")
        case "tetap":
            return text(
                _("Jumlah seluruhnya tetap: sebanyak yang keluar, dibagi menurut besar kelompok sekarang."), language
            )
        case "rencana":
            plans = [_planned(group, persons, language) for group, persons in scenario.plan.items()]
            told = text(_("Rencana pengadaan: {plans}."), language, plans="; ".join(plans))
            return f"{told} {_source(scenario.plan_from, language)}".rstrip()
    return text(_("Tanpa pengadaan."), language)


def _source(source: PlanSource | None, language: str) -> str:
    """Where the plan comes from; nothing where it was typed."""
    if source is None:
        return ""
    words = _("Sumber: formasi yang ditetapkan {approved} dikali keterisian {rated}, menurut kelompok jabatan.")
    return text(words, language, approved=str(source.approved), rated=str(source.rated))


def _planned(group: str, persons: tuple[int, ...], language: str) -> str:
    name = groups([group], language)
    if len(persons) == LONGEST and len(set(persons)) == 1:
        return text(_("{group} {persons} orang setiap tahun"), language, group=name, persons=persons[0])
    listed = ", ".join(number(one, language) for one in persons)
    return text(_("{group} {persons} orang berturut-turut, sesudahnya tidak ada"), language, group=name, persons=listed)


def _kinds(scenario: Scenario, rates: Rates, language: str) -> list[str]:
    if scenario.inflow == "tanpa":
        return []
    if scenario.pppk_share is not None:
        return [text(_("PPPK {share} dari yang diangkat."), language, share=exact(scenario.pppk_share, language))]
    if rates.pppk_share is None:
        return []
    facts = {"share": percent(rates.pppk_share, language), "span": span(rates, language)}
    return [text(_("PPPK {share} dari yang diangkat (seperti {span})."), language, **facts)]


def span(rates: Rates, language: str) -> str:
    """The time that the estimates rest on."""
    if rates.since is None or rates.until is None:
        return text(_("tanpa data arus"), language)
    return f"{short_day(rates.since, language)} – {short_day(rates.until, language)}"


def _attrition(scenario: Scenario, rates: Rates, language: str) -> str:
    typed = [f"{groups([group], language)} {exact(share, language)}" for group, share in scenario.attrition.items()]
    if "" in scenario.attrition:
        return text(_("Keluar sebelum BUP per tahun: {typed}."), language, typed="; ".join(typed))
    return " ".join([_estimated(rates, language), *([_apart(typed, language)] if typed else [])])


def _apart(typed: Sequence[str], language: str) -> str:
    return text(_("Lain dari taksiran: {typed}."), language, typed="; ".join(typed))


def _estimated(rates: Rates, language: str) -> str:
    """The mean over all groups, and whether each group has its own or the country stands in for the place."""
    if not rates.attrition:
        return text(_("Keluar sebelum BUP: tidak ada data arus, dianggap tidak ada."), language)
    of_all = {kind: rates.of(kind, "") for kind in KINDS}
    told = ", ".join(f"{kind} {percent(rate.yearly, language)}" for kind, rate in of_all.items())
    facts = {"rates": told, "span": span(rates, language)}
    if any(rate.national for rate in of_all.values()):
        return text(_("Keluar sebelum BUP per tahun: {rates} (taksiran nasional {span})."), language, **facts)
    template = _(
        "Keluar sebelum BUP per tahun: rata-rata {rates} (taksiran {span}, menurut kelompok jabatan bila ada)."
    )
    return text(template, language, **facts)


def _contracts(scenario: Scenario, language: str) -> list[str]:
    if not scenario.contract_ends:
        return []
    share = exact(scenario.contract_ends, language)
    return [text(_("Kontrak PPPK yang tidak diperpanjang: {share} per tahun."), language, share=share)]


def _shift(shift: Shift, language: str) -> str:
    up, down = (
        _("BUP naik {years} tahun mulai {since}: {groups}."),
        _("BUP turun {years} tahun mulai {since}: {groups}."),
    )
    facts = {"years": abs(shift.years), "since": str(shift.since), "groups": groups(shift.groups, language)}
    return text(up if shift.years > 0 else down, language, **facts)


def _early(early: EarlyRetirement, language: str) -> str:
    template = _("Pensiun dini {year}: {share} dari umur {low}–{high} tahun, {groups}.")
    low, high = early.ages
    facts = {"year": str(early.year), "share": exact(early.share, language), "low": low, "high": high}
    return text(template, language, groups=groups(early.groups, language), **facts)
