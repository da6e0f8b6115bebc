"""The report of a half-yearly evaluation (Pasal 7), put together from the audit, the releases, data quality and the registers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from data_access.access.quality import may_read as may_read_quality
from data_access.access.quality import quality
from data_access.access.result import State
from data_access.access.viewer import Viewer
from data_access.contract import Party
from data_access.errors import Refused
from data_access.governance.evaluation_facts import facts
from data_access.governance.evaluation_report import Closing, Comment, EvaluationReport, Published, Usage
from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.evaluations import HalfYear
from data_access.governance.registers.model import PARTIES, Entry, Taken
from data_access.governance.registers.standing import matters
from data_access.keys import ring
from data_access.release import shelf
from data_access.release.indicators import indicators
from data_access.settings import Settings, settings
from data_access.state import engine, utc_now
from data_access.words import JAKARTA, number, percent, text
from data_access.words import mark as _


def evaluation_report(viewer: Viewer, entry: Entry, language: str, *, brief: bool = False) -> EvaluationReport:
    """What the report tells now; the audit of a period that is over does not change any more.

    `brief` leaves out the quality figures, whose reading is recorded; so does a role without them, or an agreement that no
    longer opens them, and the report says so. Misconfigured as audit and releases are.
    """
    chosen, period = settings(), entry.facts.period
    state = engine(chosen.state)
    usage = facts(state, period.first, period.last)
    figures = () if brief else _quality(viewer, period, language)
    published = tuple(_published(chosen, period))
    matter_counts = _counts(matters(state, *REGISTERS), period)
    return EvaluationReport(
        year=period.year,
        half=1 if period.half == 1 else 2,
        numbers=viewer.standing.agreement.numbers,
        title=viewer.standing.agreement.title,
        first=period.first,
        last=period.last,
        prepared_at=utc_now(),
        usage=usage,
        releases=published,
        quality=figures or (),
        counts=[(text(REGISTERS[name].label, language), count) for name, count in matter_counts.items()],
        findings=[*_findings(usage, published, matter_counts, language), *_left_out(figures, language)],
        comments=[Comment(party=s.party, who=s.account, at=s.at, text=s.facts.note) for s in _steps(entry, "tanggapi")],
        closings=[_closing(entry, party) for party in PARTIES],
    )


def _steps(entry: Entry, action: str) -> Iterator[Taken]:
    return (step for step in entry.steps if step.action == action)


def _closing(entry: Entry, party: Party) -> Closing:
    found = next((step for step in _steps(entry, "tutup") if step.party == party), None)
    return Closing(party=party) if found is None else Closing(party=party, who=found.account, at=found.at)


def _published(chosen: Settings, period: HalfYear) -> Iterator[Published]:
    """Each snapshot whose release was made in the period, with the day by which it was expected."""
    told = set()
    for release in shelf.listed(chosen.releases, ring(chosen.keys, "manifest")).sound:
        made = release.created_at.astimezone(JAKARTA).date()
        for one in release.snapshots:
            mark = (one.dataset, one.reference_date, one.revision)
            if mark in told:
                continue
            told.add(mark)
            if period.first <= made <= period.last:
                due = one.reference_date + timedelta(days=chosen.delivery_days)
                yield Published(
                    release=release.id, published=made, dataset=one.dataset, reference_date=one.reference_date, due=due
                )


def _left_out(figures: Sequence[object] | None, language: str) -> Iterator[str]:
    if figures is None:
        told = _(
            "Mutu data tidak dimuat: peran penyusun naskah ini atau perjanjian tidak membukanya. Lihat naskah tim teknis."
        )
        yield text(told, language)


def _quality(viewer: Viewer, period: HalfYear, language: str) -> list[tuple[str, str]] | None:
    """The national share of failing records by indicator at the latest date of the period; none where nothing was measured.

    None where they are not for this viewer. The role is asked before, so that no refusal is recorded of what nobody tried.
    """
    if not may_read_quality(viewer):
        return None
    try:
        found = quality(viewer, indicators().dataset)
    except Refused:  # the agreement has ended; its last half-years are evaluated all the same
        return None
    days = [day for day in found.periods if day <= period.last]
    shares = [(one, found.on(one.key, days[-1])) for one in indicators().indicators] if days else []
    return [
        (one.label.text(language), percent(share.value, language, decimals=2))
        for one, share in shares
        if share.state == State.SHOWN and share.value is not None
    ]


def _counts(entries: Sequence[Entry], period: HalfYear) -> dict[str, int]:
    """Matters opened in the period, by register, in their order."""
    opened = Counter(entry.register for entry in entries if period.first <= entry.opening.day <= period.last)
    return {name: opened[name] for name in REGISTERS if opened[name]}


def _findings(
    usage: Sequence[Usage], published: Sequence[Published], counts: dict[str, int], language: str
) -> Iterator[str]:
    asked, refused = sum(one.questions for one in usage), sum(one.refused for one in usage)
    files = sum(one.exports for one in usage)
    told = _("Data pihak lain ditanyakan {asked} kali dan diunduh {files} kali; {refused} pertanyaan ditolak.")
    counted = {"asked": asked, "files": files, "refused": refused}
    yield text(told, language, **{name: number(value, language) for name, value in counted.items()})
    if not asked:
        yield text(_("Pada semester ini data pihak lain tidak dipakai sama sekali."), language)
    late = [one for one in published if one.late]
    if late:
        yield text(_("{late} dari {all} snapshot terbit terlambat."), language, late=len(late), all=len(published))
    elif published:
        yield text(_("Semua {all} snapshot terbit tepat waktu."), language, all=len(published))
    else:
        yield text(_("Tidak ada snapshot yang terbit pada semester ini."), language)
    if counts.get("insiden"):
        yield text(_("Ada {count} insiden yang dilaporkan."), language, count=counts["insiden"])
