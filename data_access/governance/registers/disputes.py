"""Disputes (Pasal 11): settled by musyawarah, and where that fails by the law."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from data_access.governance.registers.model import (
    PARTIES,
    Due,
    Entry,
    Facts,
    Long,
    PastDay,
    Register,
    Remark,
    Short,
    Step,
)
from data_access.words import mark as _

ARTICLE_1, ARTICLE_2 = _("Pasal 11 ayat (1)"), _("Pasal 11 ayat (2)")
OPEN, TALKING, BY_LAW, SETTLED = "dibuka", "musyawarah", "peraturan", "selesai"


class DisputeFacts(Facts):
    """What the parties read or do differently."""

    subject: Short = Field(title=_("Perihal"))
    article: Short = Field(title=_("Pasal yang diperselisihkan"))
    position: Long = Field(title=_("Pendirian pihak yang mengajukan"))


class TalkFacts(Facts):
    """One round of musyawarah."""

    held: PastDay = Field(title=_("Tanggal musyawarah"))
    result: Long = Field(title=_("Hasil"))


def due(entry: Entry, _day: date) -> Iterable[Due]:
    if entry.state in (OPEN, TALKING):
        yield Due(what=_("Selesaikan perselisihan dengan musyawarah"), article=ARTICLE_1, parties=PARTIES)
    if entry.state == BY_LAW:
        yield Due(what=_("Catat penyelesaian menurut peraturan"), article=ARTICLE_2, parties=PARTIES)


TALK = Step(label=_("Catat musyawarah"), to=TALKING, article=ARTICLE_1, facts=TalkFacts, document="may")

DISPUTES = Register(
    name="perselisihan",
    label=_("Perselisihan"),
    article=_("Pasal 11"),
    about=_(
        "Perbedaan penafsiran diselesaikan dengan musyawarah; bila tidak tercapai, menurut peraturan perundang-undangan."
    ),
    headline="subject",
    opening=Step(label=_("Catat perselisihan"), to=OPEN, article=ARTICLE_1, facts=DisputeFacts, document="may"),
    states={
        OPEN: _("dibuka"),
        TALKING: _("dalam musyawarah"),
        BY_LAW: _("diselesaikan menurut peraturan"),
        SETTLED: _("selesai"),
    },
    steps={
        OPEN: {"musyawarah": TALK},
        TALKING: {
            "musyawarah": TALK,
            "mufakat": Step(
                label=_("Nyatakan mufakat"),
                to=SETTLED,
                article=ARTICLE_1,
                facts=Remark,
                right="decide",
                both=True,
            ),
            "gagal": Step(
                label=_("Nyatakan mufakat tidak tercapai"),
                to=BY_LAW,
                article=ARTICLE_2,
                facts=Remark,
                right="decide",
            ),
        },
        BY_LAW: {
            "putus": Step(
                label=_("Catat penyelesaian"),
                to=SETTLED,
                article=ARTICLE_2,
                facts=Remark,
                right="decide",
                document="may",
            )
        },
    },
    ends=(SETTLED,),
    due=due,
)
