"""Coordination (Pasal 3 ayat (1) d, (2) b, (3) d, (4) b): minutes, and decisions with an owner and a date."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from data_access.contract import Party
from data_access.governance.registers.fields import MeetingNumber, PartyName
from data_access.governance.registers.model import (
    Context,
    Due,
    Entry,
    Facts,
    Long,
    PastDay,
    Register,
    Remark,
    Short,
    Step,
    opposite,
    other,
    reject,
)
from data_access.words import mark as _

ARTICLE = _("Pasal 3 ayat (1) d, (2) b, (3) d, (4) b")
NOTED, AGREED = "dicatat", "disepakati"
OPEN, DONE, DROPPED = "terbuka", "selesai", "batal"


class MeetingFacts(Facts):
    """The minutes of a meeting."""

    subject: Short = Field(title=_("Perihal"))
    held: PastDay = Field(title=_("Tanggal rapat"))
    present: Long = Field(title=_("Peserta"))
    minutes: Long = Field(title=_("Risalah"))


class DecisionFacts(Facts):
    """Who does what by when."""

    what: Short = Field(title=_("Keputusan"))
    party: PartyName = Field(title=_("Penanggung jawab"))
    person: Short = Field(title=_("Pelaksana"))
    by: date = Field(title=_("Paling lambat"))
    meeting: MeetingNumber = Field(default=0, title=_("Dari risalah"))


def responsible(entry: Entry) -> tuple[Party, ...]:
    return (entry.facts.party,)


def of_a_meeting(_entry: Entry | None, facts: DecisionFacts, context: Context) -> None:
    if facts.meeting and facts.meeting not in {entry.id for entry in context.others("koordinasi")}:
        raise reject("meeting-unknown", _("Risalah nomor {number} tidak ada."), number=str(facts.meeting))


def meeting_due(entry: Entry, _day: date) -> Iterable[Due]:
    if entry.state == NOTED:
        yield Due(what=_("Periksa dan sepakati risalah"), article=ARTICLE, parties=(opposite(entry.party),))


def decision_due(entry: Entry, _day: date) -> Iterable[Due]:
    if entry.state == OPEN:
        yield Due(what=_("Laksanakan keputusan"), article=ARTICLE, parties=responsible(entry), day=entry.facts.by)


MEETINGS = Register(
    name="koordinasi",
    label=_("Risalah koordinasi"),
    article=ARTICLE,
    about=_("Hasil koordinasi yang diterima kedua pihak."),
    headline="subject",
    opening=Step(label=_("Catat risalah"), to=NOTED, article=ARTICLE, facts=MeetingFacts, document="may"),
    states={NOTED: _("dicatat, menunggu pihak lain"), AGREED: _("disepakati")},
    steps={
        NOTED: {
            "tanggapi": Step(label=_("Tanggapi"), article=ARTICLE, facts=Remark),
            "setuju": Step(label=_("Sepakati risalah"), to=AGREED, article=ARTICLE, who=other),
        }
    },
    ends=(AGREED,),
    due=meeting_due,
)

DECISIONS = Register(
    name="keputusan",
    label=_("Keputusan dan tindak lanjut"),
    article=ARTICLE,
    about=_("Keputusan rapat dengan penanggung jawab dan tanggalnya."),
    headline="what",
    opening=Step(label=_("Catat keputusan"), to=OPEN, article=ARTICLE, facts=DecisionFacts, rule=of_a_meeting),
    states={OPEN: _("menunggu pelaksanaan"), DONE: _("dilaksanakan"), DROPPED: _("dibatalkan")},
    steps={
        OPEN: {
            "laksanakan": Step(
                label=_("Laporkan pelaksanaan"), to=DONE, article=ARTICLE, facts=Remark, who=responsible
            ),
            "batal": Step(label=_("Batalkan bersama"), to=DROPPED, article=ARTICLE, facts=Remark, both=True),
        }
    },
    ends=(DONE, DROPPED),
    due=decision_due,
)
