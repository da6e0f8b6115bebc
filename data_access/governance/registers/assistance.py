"""Technical assistance (Pasal 3 ayat (1) b, (2) c, (3) b, (4) c): a question to the other party, its answer, the time between."""

from collections.abc import Iterable
from datetime import date, timedelta

from pydantic import Field

from data_access.governance.registers.fields import PageName
from data_access.governance.registers.model import (
    Due,
    Entry,
    Facts,
    Long,
    Register,
    Remark,
    Short,
    Step,
    opener,
    opposite,
    other,
)
from data_access.words import mark as _

ARTICLE = _("Pasal 3 ayat (1) b, (2) c, (3) b, (4) c")
OPEN, ANSWERED, CLOSED = "terbuka", "dijawab", "selesai"


class AssistanceFacts(Facts):
    """What help is needed with; `about` is a page or a dataset of the product."""

    subject: Short = Field(title=_("Perihal"))
    about: PageName = Field(default="", title=_("Halaman atau himpunan data"))
    question: Long = Field(title=_("Pertanyaan"))


def answer_time(entry: Entry) -> timedelta | None:
    """From the first question to the first answer; None while there is none."""
    answer = next((step for step in entry.steps if step.action == "jawab"), None)
    return None if answer is None else answer.at - entry.opening.at


def due(entry: Entry, _day: date) -> Iterable[Due]:
    if entry.state == OPEN:
        yield Due(what=_("Jawab permintaan pendampingan"), article=ARTICLE, parties=(opposite(entry.party),))
    if entry.state == ANSWERED:
        yield Due(what=_("Tutup pendampingan yang sudah dijawab"), article=ARTICLE, parties=(entry.party,))


ASSISTANCE = Register(
    name="pendampingan",
    label=_("Pendampingan teknis"),
    article=ARTICLE,
    about=_("Pertanyaan teknis kepada pihak pemilik data, jawabannya, dan lamanya."),
    headline="subject",
    opening=Step(
        label=_("Minta pendampingan"), to=OPEN, article=ARTICLE, facts=AssistanceFacts, right="ask", document="may"
    ),
    states={OPEN: _("menunggu jawaban"), ANSWERED: _("dijawab"), CLOSED: _("selesai")},
    steps={
        OPEN: {"jawab": Step(label=_("Jawab"), to=ANSWERED, article=ARTICLE, facts=Remark, who=other, document="may")},
        ANSWERED: {
            "tanya": Step(label=_("Tanya lagi"), to=OPEN, article=ARTICLE, facts=Remark, who=opener, right="ask"),
            "selesai": Step(label=_("Selesai"), to=CLOSED, article=ARTICLE, who=opener, right="ask"),
        },
    },
    ends=(CLOSED,),
    due=due,
)
