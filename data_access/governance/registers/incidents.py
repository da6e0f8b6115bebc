"""Incidents (Pasal 9 ayat (7)-(10), UU 27/2022 Pasal 46): found, contained, told within 3 x 24 hours."""

from collections.abc import Iterable
from datetime import date, datetime

from pydantic import Field

from data_access.governance.deadlines import hours_after
from data_access.governance.registers.fields import AccountName
from data_access.governance.registers.model import (
    Context,
    Due,
    Entry,
    Facts,
    Long,
    PastMoment,
    Register,
    Remark,
    Short,
    Step,
    opener,
    reject,
)
from data_access.words import mark as _

ARTICLE, NOTICE = _("Pasal 9 ayat (9) dan (10)"), _("UU 27/2022 Pasal 46")
HOURS = 72
FOUND, CONTAINED, TOLD, BOTH, CLOSED = "ditemukan", "tertahan", "dilaporkan", "diberitahukan", "ditutup"


class IncidentFacts(Facts):
    """What is known when it is found; `account` is whose access it concerns, empty where that is not known."""

    subject: Short = Field(title=_("Perihal"))
    discovered: PastMoment = Field(title=_("Ditemukan pada"))
    since: PastMoment = Field(title=_("Diduga mulai pada"))
    account: AccountName = Field(default="", title=_("Akun yang terkait"))
    what: Long = Field(title=_("Apa yang terjadi dan bagaimana ditemukan"))


class ContainedFacts(Facts):
    """How the incident was stopped."""

    contained: PastMoment = Field(title=_("Dihentikan pada"))
    note: Long = Field(title=_("Tindakan"))


class ToldFacts(Facts):
    """The written notice to those concerned and to the authority."""

    told: PastMoment = Field(title=_("Diberitahukan pada"))
    to: Short = Field(title=_("Kepada"))
    text: Long = Field(title=_("Isi pemberitahuan"))


def notice_by(entry: Entry) -> datetime:
    """The end of the 3 x 24 hours after the discovery."""
    return hours_after(entry.facts.discovered, HOURS)


def began_before(_entry: Entry | None, facts: IncidentFacts, _context: Context) -> None:
    if facts.since > facts.discovered:
        raise reject("incident-order", _("Insiden tidak dapat ditemukan sebelum terjadi."))


def after_discovery(entry: Entry | None, facts: ContainedFacts | ToldFacts, _context: Context) -> None:
    moment = facts.contained if isinstance(facts, ContainedFacts) else facts.told
    if entry is not None and moment < entry.facts.discovered:
        raise reject("incident-order", _("Langkah ini tidak dapat mendahului penemuan insiden (UU 27/2022 Pasal 46)."))


def due(entry: Entry, _day: date) -> Iterable[Due]:
    if entry.state in (FOUND, TOLD):
        yield Due(what=_("Hentikan insiden"), article=ARTICLE, parties=(entry.party,))
    if entry.state in (FOUND, CONTAINED):
        what = _("Beritahukan insiden secara tertulis dalam 3 × 24 jam")
        yield Due(what=what, article=NOTICE, parties=(entry.party,), at=notice_by(entry))
    if entry.state == BOTH:
        yield Due(what=_("Tutup insiden"), article=ARTICLE, parties=(entry.party,))


CONTAIN = Step(
    label=_("Catat penghentian"),
    to=CONTAINED,
    article=ARTICLE,
    facts=ContainedFacts,
    who=opener,
    rule=after_discovery,
)
TELL = Step(
    label=_("Catat pemberitahuan"),
    to=TOLD,
    article=NOTICE,
    facts=ToldFacts,
    who=opener,
    document="may",
    rule=after_discovery,
)

INCIDENTS = Register(
    name="insiden",
    label=_("Insiden"),
    article=_("Pasal 9 ayat (7)–(10), UU 27/2022 Pasal 46"),
    about=_("Kebocoran atau penyalahgunaan data: dihentikan, lalu diberitahukan secara tertulis dalam 3 × 24 jam."),
    headline="subject",
    opening=Step(
        label=_("Laporkan insiden"),
        to=FOUND,
        article=ARTICLE,
        facts=IncidentFacts,
        document="may",
        rule=began_before,
    ),
    states={
        FOUND: _("ditemukan"),
        CONTAINED: _("dihentikan, belum diberitahukan"),
        TOLD: _("diberitahukan, belum dihentikan"),
        BOTH: _("dihentikan dan diberitahukan"),
        CLOSED: _("ditutup"),
    },
    steps={
        FOUND: {"tahan": CONTAIN, "beritahu": TELL},
        CONTAINED: {
            "beritahu": Step(
                label=TELL.label,
                to=BOTH,
                article=NOTICE,
                facts=ToldFacts,
                who=opener,
                document="may",
                rule=after_discovery,
            )
        },
        TOLD: {
            "tahan": Step(
                label=CONTAIN.label, to=BOTH, article=ARTICLE, facts=ContainedFacts, who=opener, rule=after_discovery
            )
        },
        BOTH: {"tutup": Step(label=_("Tutup insiden"), to=CLOSED, article=ARTICLE, facts=Remark, who=opener)},
    },
    ends=(CLOSED,),
    due=due,
)
