"""The life of the agreement: its extension and its termination (Pasal 6)."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from data_access.governance.deadlines import covered, months_after, workdays_after
from data_access.governance.registers.letters import RECEIVE, RECEIVED, SENT
from data_access.governance.registers.model import (
    ComingDay,
    Context,
    Due,
    Entry,
    Facts,
    Note,
    PastDay,
    Register,
    Remark,
    Short,
    Step,
    opener,
    opposite,
    other,
    reject,
)
from data_access.words import mark as _

SILENCE, NOTICE_MONTHS = 14, 3  # working days, months
ARTICLE_1, ARTICLE_2, ARTICLE_3 = _("Pasal 6 ayat (1)"), _("Pasal 6 ayat (2)"), _("Pasal 6 ayat (3)")
PROPOSED, IN_FORCE, DECLINED, WITHDRAWN = "diusulkan", "berlaku", "ditolak", "ditarik"
AGREED, DEEMED = "disepakati", "dianggap"


class ExtensionFacts(Facts):
    """A prolongation, both days included."""

    document: Short = Field(title=_("Nomor dokumen perpanjangan"))
    first: date = Field(title=_("Berlaku mulai"))
    last: date = Field(title=_("Berlaku sampai"))
    note: Note = Field(default="", title=_("Keterangan"))


class NoticeFacts(Facts):
    """A written wish to end the agreement on a day."""

    number: Short = Field(title=_("Nomor surat pemberitahuan"))
    sent: PastDay = Field(title=_("Tanggal surat"))
    wished: ComingDay = Field(title=_("Tanggal penghentian yang dikehendaki"))
    note: Note = Field(default="", title=_("Alasan"))


def ordered_days(_entry: Entry | None, facts: ExtensionFacts, context: Context) -> None:
    if any(notice_stands(entry, context.day) in (AGREED, DEEMED) for entry in context.others("penghentian")):
        raise reject(
            "terminated", _("Perjanjian ini telah dihentikan (Pasal 6 ayat (2) dan (3)); buatlah perjanjian baru.")
        )
    if facts.last < facts.first:
        raise reject("days-order", _("Perpanjangan berakhir sebelum mulai berlaku (Pasal 6 ayat (1))."))


def three_months(_entry: Entry | None, facts: NoticeFacts, _context: Context) -> None:
    if facts.wished < months_after(facts.sent, NOTICE_MONTHS):
        template = _(
            "Penghentian diberitahukan paling kurang 3 bulan sebelumnya (Pasal 6 ayat (2)): "
            "dengan surat tanggal {sent}, paling cepat {day}."
        )
        raise reject("notice-short", template, sent=facts.sent, day=months_after(facts.sent, NOTICE_MONTHS))


def answer_by(entry: Entry) -> date | None:
    """The last day for an answer: the 14th working day after the receipt; None before it is confirmed."""
    receipt = entry.last("terima")
    if receipt is None:
        return None
    # A letter counts as received once that was confirmed (Pasal 8 ayat (2)): a day typed in later shortens no term.
    return workdays_after(max(receipt.facts.received, receipt.day), SILENCE)


def notice_stands(entry: Entry, day: date) -> str:
    """Silence for 14 working days after the receipt: deemed ended on the day that the notice names (Pasal 6 ayat (3))."""
    last = answer_by(entry)
    return DEEMED if entry.state == RECEIVED and last is not None and day > last else entry.state


def notice_due(entry: Entry, day: date) -> Iterable[Due]:
    state, receiver = notice_stands(entry, day), (opposite(entry.party),)
    if state == SENT:
        yield Due(what=_("Konfirmasi penerimaan surat penghentian"), article=ARTICLE_3, parties=receiver)
    last = answer_by(entry)
    if state == RECEIVED and last is not None:
        what = _("Jawab surat penghentian; tanpa jawaban perjanjian dianggap berakhir pada tanggal surat itu")
        yield Due(what=what, article=ARTICLE_3, parties=receiver, day=last, unsure=not covered(last.year))


def extension_due(entry: Entry, _day: date) -> Iterable[Due]:
    if entry.state == PROPOSED:
        yield Due(what=_("Jawab usul perpanjangan"), article=ARTICLE_1, parties=(opposite(entry.party),))


def withdraw(article: str) -> Step:
    """The way back of a proposal, for the party that made it."""
    return Step(label=_("Tarik kembali"), to=WITHDRAWN, article=article, who=opener, right="decide")


# A document that one party proposes and the other one answers.
PROPOSAL_STATES = {
    PROPOSED: _("diusulkan, menunggu pihak lain"),
    IN_FORCE: _("disepakati"),
    DECLINED: _("ditolak"),
    WITHDRAWN: _("ditarik"),
}


def answers(article: str) -> dict[str, Step]:
    """What can become of a proposal: the other party agrees or declines, or its own party takes it back."""
    return {
        "setuju": Step(label=_("Sepakati"), to=IN_FORCE, article=article, who=other, right="decide"),
        "tolak": Step(label=_("Tolak"), to=DECLINED, article=article, facts=Remark, who=other, right="decide"),
        "tarik": withdraw(article),
    }


EXTENSIONS = Register(
    name="perpanjangan",
    label=_("Perpanjangan"),
    article=ARTICLE_1,
    about=_("Perjanjian diperpanjang dengan dokumen yang disepakati kedua pihak."),
    headline="document",
    opening=Step(
        label=_("Usulkan perpanjangan"),
        to=PROPOSED,
        article=ARTICLE_1,
        facts=ExtensionFacts,
        right="decide",
        document="must",
        rule=ordered_days,
    ),
    states=PROPOSAL_STATES,
    steps={PROPOSED: answers(ARTICLE_1)},
    ends=(IN_FORCE, DECLINED, WITHDRAWN),
    due=extension_due,
)

TERMINATIONS = Register(
    name="penghentian",
    label=_("Penghentian"),
    article=_("Pasal 6 ayat (2) dan (3)"),
    about=_(
        "Pemberitahuan tertulis paling kurang 3 bulan sebelum tanggal yang dikehendaki; tanpa jawaban 14 hari kerja sejak "
        "diterima, perjanjian dianggap berakhir pada tanggal surat itu."
    ),
    headline="number",
    opening=Step(
        label=_("Beritahukan penghentian"),
        to=SENT,
        article=ARTICLE_2,
        facts=NoticeFacts,
        right="decide",
        document="must",
        rule=three_months,
    ),
    states={
        SENT: _("dikirim, menunggu konfirmasi"),
        RECEIVED: _("diterima, menunggu jawaban"),
        AGREED: _("disepakati"),
        DEEMED: _("dianggap berakhir karena tidak dijawab"),
        DECLINED: _("ditolak"),
        WITHDRAWN: _("ditarik"),
    },
    steps={
        SENT: {"terima": RECEIVE, "tarik": withdraw(ARTICLE_2)},
        RECEIVED: {
            "setuju": Step(label=_("Setujui penghentian"), to=AGREED, article=ARTICLE_2, who=other, right="decide"),
            "tolak": Step(
                label=_("Tolak penghentian"), to=DECLINED, article=ARTICLE_3, facts=Remark, who=other, right="decide"
            ),
            "tarik": withdraw(ARTICLE_2),
        },
    },
    ends=(AGREED, DEEMED, DECLINED, WITHDRAWN),
    stands=notice_stands,
    due=notice_due,
)
