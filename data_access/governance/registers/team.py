"""The technical team (Pasal 3 ayat (1) f dan (3) f, Pasal 4, Lampiran II): members of both parties by decree of BKN's head."""

from collections.abc import Iterable
from datetime import date, timedelta

from pydantic import Field

from data_access.contract import Party
from data_access.governance.registers.fields import AccountName, Ended, PartyName
from data_access.governance.registers.model import Context, Due, Entry, Facts, Register, Short, Step, reject
from data_access.words import mark as _

ARTICLE = _("Pasal 4 ayat (2), Lampiran II")
ACTIVE, LAPSED, ENDED = "aktif", "lewat", "berakhir"
WARNED = timedelta(days=60)


class MemberFacts(Facts):
    """A member: the person, the account that acts as one, the decree, and the days from which to which it holds."""

    person: Short = Field(title=_("Nama anggota"))
    account: AccountName = Field(default="", title=_("Nama akun"))
    party: PartyName = Field(title=_("Wakil dari"))
    decree: Short = Field(title=_("Nomor keputusan Kepala BKN"))
    first: date = Field(title=_("Berlaku mulai"))
    last: date = Field(title=_("Berlaku sampai"))


def decree_holds(_entry: Entry | None, facts: MemberFacts, context: Context) -> None:
    if facts.last < facts.first:
        raise reject("days-order", _("Keputusan tim teknis berakhir sebelum mulai berlaku (Pasal 4 ayat (2))."))
    if facts.last < context.day:
        template = _(
            "Keputusan {decree} sudah berakhir pada {day}; anggota tidak dapat dicatat dengannya (Pasal 4 ayat (2))."
        )
        raise reject("decree-ended", template, decree=facts.decree, day=facts.last)


def stands(entry: Entry, day: date) -> str:
    return LAPSED if entry.state == ACTIVE and day > entry.facts.last else entry.state


def member(entries: Iterable[Entry], account: str, party: Party, day: date) -> Entry | None:
    """The membership by which this account of this party is in the team on the day; None if there is none."""
    for entry in entries:
        facts = entry.facts
        if (facts.account, facts.party) == (account, party) and facts.first <= day and stands(entry, day) == ACTIVE:
            return entry
    return None


def due(entry: Entry, day: date) -> Iterable[Due]:
    if stands(entry, day) == ACTIVE and day > entry.facts.last - WARNED:
        what = _("Perbarui keputusan tim teknis")
        yield Due(what=what, article=ARTICLE, parties=("kedua",), day=entry.facts.last)


TEAM = Register(
    name="tim",
    label=_("Tim teknis"),
    article=ARTICLE,
    about=_(
        "Anggota dari kedua pihak menurut keputusan Kepala BKN. Hanya anggota yang keputusannya berlaku "
        "bekerja sebagai tim teknis."
    ),
    headline="person",
    opening=Step(
        label=_("Catat anggota"),
        to=ACTIVE,
        article=ARTICLE,
        facts=MemberFacts,
        right="decide",
        document="must",
        rule=decree_holds,
    ),
    opener=("kedua",),
    states={ACTIVE: _("berlaku"), LAPSED: _("keputusannya sudah berakhir"), ENDED: _("diberhentikan")},
    steps={
        ACTIVE: {
            "akhiri": Step(
                label=_("Akhiri keanggotaan"),
                to=ENDED,
                article=ARTICLE,
                facts=Ended,
                who=lambda entry: tuple(dict.fromkeys((entry.facts.party, "kedua"))),
                right="decide",
            )
        }
    },
    ends=(LAPSED, ENDED),
    stands=stands,
    due=due,
)
