"""Giving data to third parties (Pasal 9 ayat (3) dan (4)): forbidden but for four grounds, each asked for by itself."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from data_access.contract import Party
from data_access.governance.registers.model import (
    PARTIES,
    Choices,
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
    opener,
    reject,
)
from data_access.words import mark as _

ARTICLE = _("Pasal 9 ayat (3)")
ASKED, ALLOWED, HANDED, DECLINED = "diajukan", "disetujui", "diserahkan", "ditolak"


class DisclosureFacts(Facts):
    """What is to be given to whom, and on which of the four grounds."""

    recipient: Short = Field(title=_("Penerima"))
    what: Long = Field(title=_("Data, informasi, atau dokumen"))
    ground: Annotated[
        Literal["a", "b", "c", "d"],
        Choices(
            {
                "a": _("a. persetujuan tertulis para pihak"),
                "b": _("b. sebelumnya telah diketahui publik"),
                "c": _("c. perintah pengadilan atau instansi berwenang"),
                "d": _("d. ditetapkan peraturan perundang-undangan"),
            }
        ),
    ] = Field(title=_("Dasar (Pasal 9 ayat (3))"))
    purpose: Long = Field(title=_("Keperluan"))


class HandedFacts(Facts):
    """When and to whom it was given."""

    handed: PastDay = Field(title=_("Diserahkan pada"))
    to: Short = Field(title=_("Diserahkan kepada"))


def both_where_a(entry: Entry) -> tuple[Party, ...]:
    return PARTIES if entry.facts.ground == "a" else ()


def opener_unless_a(entry: Entry) -> tuple[Party, ...]:
    return () if entry.facts.ground == "a" else opener(entry)


def after_consent(entry: Entry | None, facts: HandedFacts, _context: Context) -> None:
    allowed = entry.last("setuju", "sahkan") if entry else None
    if allowed is not None and facts.handed < allowed.day:
        template = _("Data tidak boleh diserahkan sebelum disetujui ({day}, Pasal 9 ayat (3)).")
        raise reject("handed-early", template, day=allowed.day)


def due(entry: Entry, _day: date) -> Iterable[Due]:
    if entry.state == ASKED:
        agreed = entry.agreed("setuju")
        waiting = both_where_a(entry) or opener(entry)
        parties = tuple(party for party in waiting if party not in agreed)
        yield Due(what=_("Putuskan pengungkapan kepada pihak ketiga"), article=ARTICLE, parties=parties)


DISCLOSURES = Register(
    name="pengungkapan",
    label=_("Pengungkapan kepada pihak ketiga"),
    article=_("Pasal 9 ayat (3) dan (4)"),
    about=_("Data perjanjian tidak diberikan kepada pihak lain kecuali atas salah satu dari empat dasar."),
    headline="recipient",
    opening=Step(
        label=_("Ajukan pengungkapan"), to=ASKED, article=ARTICLE, facts=DisclosureFacts, right="ask", document="may"
    ),
    states={
        ASKED: _("diajukan, menunggu keputusan"),
        ALLOWED: _("disetujui"),
        HANDED: _("diserahkan"),
        DECLINED: _("ditolak"),
    },
    steps={
        ASKED: {
            "setuju": Step(
                label=_("Setujui secara tertulis"),
                to=ALLOWED,
                article=_("Pasal 9 ayat (3) huruf a"),
                who=both_where_a,
                right="decide",
                document="must",
                both=True,
            ),
            "sahkan": Step(
                label=_("Sahkan dengan dasar tertulisnya"),
                to=ALLOWED,
                article=_("Pasal 9 ayat (3) huruf b, c, d"),
                who=opener_unless_a,
                right="decide",
                document="must",
            ),
            "tolak": Step(label=_("Tolak"), to=DECLINED, article=ARTICLE, facts=Remark, right="decide"),
        },
        ALLOWED: {
            "serahkan": Step(
                label=_("Catat penyerahan"),
                to=HANDED,
                article=_("Pasal 9 ayat (4)"),
                facts=HandedFacts,
                who=opener,
                rule=after_consent,
            )
        },
    },
    ends=(HANDED, DECLINED),
    due=due,
)
