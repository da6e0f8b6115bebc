"""Correspondence (Pasal 8): letters with the confirmation of their receipt, and changes of address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import Field

from data_access.contract import Party
from data_access.governance.deadlines import workdays_before
from data_access.governance.registers.fields import Receipt, Way
from data_access.governance.registers.model import (
    Context,
    Due,
    Entry,
    Facts,
    Note,
    PastDay,
    Register,
    Short,
    Step,
    opposite,
    other,
    reject,
)
from data_access.words import mark as _

ARTICLE_1, ARTICLE_2, ARTICLE_3 = _("Pasal 8 ayat (1)"), _("Pasal 8 ayat (2)"), _("Pasal 8 ayat (3)")
SENT, RECEIVED = "dikirim", "diterima"
ADDRESS_NOTICE = 7  # working days


class LetterFacts(Facts):
    """A letter from the party that records it to the other one."""

    number: Short = Field(title=_("Nomor surat"))
    subject: Short = Field(title=_("Perihal"))
    dated: PastDay = Field(title=_("Tanggal surat"))
    way: Way = Field(title=_("Cara penyampaian"))


class AddressFacts(Facts):
    """Where the party that records it is reached from a day on."""

    address: Short = Field(title=_("Alamat pos"))
    email: Short = Field(title=_("Surel"))
    notified: PastDay = Field(title=_("Diberitahukan pada"))
    effective: date = Field(title=_("Berlaku efektif mulai"))
    note: Note = Field(default="", title=_("Keterangan"))


@dataclass(frozen=True)
class Address:
    """A party's address; `since` None is the one that the agreement itself names."""

    unit: str
    address: str
    email: str
    since: date | None = None


# Pasal 8 ayat (1).
FIRST: dict[Party, Address] = {
    "kesatu": Address(
        "Asisten Deputi Percepatan Transformasi Digital Manajemen Aparatur Sipil Negara",
        "Jalan Jenderal Sudirman Kav.69 Jakarta Selatan 12190",
        "asdep.transformasidigitalsdma@menpan.go.id",
    ),
    "kedua": Address(
        "Direktorat Pengelolaan Data dan Penyajian Informasi Kepegawaian",
        "Jalan Mayjen Sutoyo Nomor 12 Cililitan, Jakarta Timur",
        "pdpik@bkn.go.id",
    ),
}


def address_of(party: Party, changes: Iterable[Entry], day: date) -> Address:
    """Where a party is reached on a day: its latest change that is in effect, else the agreement's own."""
    own = [entry.facts for entry in changes if entry.party == party and entry.facts.effective <= day]
    if not own:
        return FIRST[party]
    latest = max(own, key=lambda facts: facts.effective)
    return Address(FIRST[party].unit, latest.address, latest.email, latest.effective)


def seven_workdays(_entry: Entry | None, facts: AddressFacts, _context: Context) -> None:
    last = workdays_before(facts.effective, ADDRESS_NOTICE)
    if facts.notified > last:
        template = _(
            "Perubahan alamat diberitahukan 7 hari kerja sebelum berlaku (Pasal 8 ayat (3)): "
            "untuk {effective} paling lambat {last}."
        )
        raise reject("address-late", template, effective=facts.effective, last=last)


def not_before_it_was_sent(entry: Entry | None, facts: Receipt, _context: Context) -> None:
    sent = sent_on(entry.facts) if entry else None
    if sent is not None and facts.received < sent:
        template = _("Surat tidak dapat diterima sebelum dikirim ({sent}, Pasal 8 ayat (2)).")
        raise reject("received-early", template, sent=sent)


def sent_on(facts: Any) -> date:
    """The day a written notice left: each kind of notice calls it by its own name."""
    found: date = next(getattr(facts, name) for name in ("dated", "notified", "sent") if hasattr(facts, name))
    return found


def receipt_due(entry: Entry, _day: date) -> Iterable[Due]:
    if entry.state == SENT:
        yield Due(what=_("Konfirmasi penerimaan surat"), article=ARTICLE_2, parties=(opposite(entry.party),))


RECEIVE = Step(
    label=_("Konfirmasi penerimaan"),
    to=RECEIVED,
    article=ARTICLE_2,
    facts=Receipt,
    who=other,
    rule=not_before_it_was_sent,
)
STATES = {SENT: _("dikirim, menunggu konfirmasi"), RECEIVED: _("diterima")}

LETTERS = Register(
    name="surat",
    label=_("Surat"),
    article=_("Pasal 8"),
    about=_("Surat antara kedua pihak. Surat dianggap diterima setelah pihak lain mengonfirmasinya."),
    headline="subject",
    opening=Step(label=_("Catat surat keluar"), to=SENT, article=ARTICLE_1, facts=LetterFacts, document="may"),
    states=STATES,
    steps={SENT: {"terima": RECEIVE}},
    ends=(RECEIVED,),
    due=receipt_due,
)

ADDRESSES = Register(
    name="alamat",
    label=_("Perubahan alamat"),
    article=ARTICLE_3,
    about=_("Alamat pos dan surel untuk surat-menyurat; perubahan diberitahukan 7 hari kerja sebelum berlaku."),
    headline="address",
    opening=Step(
        label=_("Beritahukan perubahan alamat"),
        to=SENT,
        article=ARTICLE_3,
        facts=AddressFacts,
        document="may",
        rule=seven_workdays,
    ),
    states=STATES,
    steps={SENT: {"terima": RECEIVE}},
    ends=(RECEIVED,),
    due=receipt_due,
)
