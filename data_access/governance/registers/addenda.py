"""More data than Lampiran I: the request by letter (Pasal 12 ayat (3)) and the addendum that grants it (ayat (1) dan (2))."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from data_access.contract import Party, contract
from data_access.governance.registers.fields import (
    AddendumNumber,
    DatasetName,
    Ended,
    LevelNames,
    PartyName,
    RequestNumber,
    VersionName,
)
from data_access.governance.registers.life import DECLINED, IN_FORCE, PROPOSAL_STATES, PROPOSED, WITHDRAWN, answers
from data_access.governance.registers.model import (
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
    opposite,
    reject,
)
from data_access.words import mark as _

ARTICLE_3, ARTICLE_2 = _("Pasal 12 ayat (3)"), _("Pasal 12 ayat (1) dan (2)")
ENDED = "diakhiri"
ASKED, REVIEWED, APPROVED, WRITTEN = "diajukan", "ditelaah", "disetujui", "dituangkan"


class RequestFacts(Facts):
    """Levels of a dataset that the other party owns, and why they are needed."""

    number: Short = Field(title=_("Nomor surat permintaan"))
    dated: PastDay = Field(title=_("Tanggal surat"))
    dataset: DatasetName = Field(title=_("Himpunan data"))
    levels: LevelNames = Field(title=_("Kolom yang diminta"))
    purpose: Long = Field(title=_("Keperluan"))


class ReviewFacts(Facts):
    """What the technical team found (Pasal 4 ayat (3))."""

    advice: Annotated[
        Literal["dapat", "tidak"], Choices({"dapat": _("Dapat dipenuhi"), "tidak": _("Sebaiknya tidak dipenuhi")})
    ] = Field(title=_("Saran tim teknis"))
    note: Long = Field(title=_("Hasil telaah"))


class WrittenFacts(Facts):
    """The addendum that a request became."""

    addendum: AddendumNumber = Field(title=_("Adendum"))


class AddendumFacts(Facts):
    """What an addendum opens: levels of a dataset, as a version of the contract has them, to a party from a day on."""

    number: Short = Field(title=_("Nomor adendum"))
    dataset: DatasetName = Field(title=_("Himpunan data"))
    levels: LevelNames = Field(title=_("Kolom yang dibuka"))
    version: VersionName = Field(title=_("Versi kontrak data"))
    party: PartyName = Field(title=_("Dibuka bagi"))
    first: date = Field(title=_("Berlaku mulai"))
    request: RequestNumber = Field(default=0, title=_("Lahir dari permintaan"))


def owner(entry: Entry) -> tuple[Party, ...]:
    return (contract().datasets[entry.facts.dataset].owner,)


def of_the_other_party(_entry: Entry | None, facts: RequestFacts, context: Context) -> None:
    described = contract().datasets.get(facts.dataset)
    if described is None or described.owner == context.party:
        raise reject(
            "request-own", _("Mintalah data milik pihak lain; data sendiri tidak perlu diminta (Pasal 12 ayat (3)).")
        )
    _check_levels(facts.dataset, facts.levels, described.version)


def known_levels(_entry: Entry | None, facts: AddendumFacts, context: Context) -> None:
    described = contract().datasets.get(facts.dataset)
    if described is None or facts.party == described.owner:
        template = _("Adendum membuka data milik satu pihak bagi pihak lainnya (Pasal 12 ayat (2)).")
        raise reject("addendum-party", template)
    if facts.version not in {one.version for one in contract().history(facts.dataset)}:
        template = _("Versi kontrak data {version} tidak ada (Pasal 12 ayat (2)).")
        raise reject("version-unknown", template, version=facts.version)
    _check_levels(facts.dataset, facts.levels, facts.version)
    asked = next((e for e in context.others("permintaan") if e.id == facts.request and e.state == APPROVED), None)
    if facts.request and asked is not None and not _answers(asked, facts):
        template = _("Adendum ini tidak membuka apa yang disetujui pada permintaan nomor {number} (Pasal 12 ayat (3)).")
        raise reject("request-other", template, number=str(facts.request))
    if facts.request and asked is None:
        template = _("Permintaan nomor {number} tidak ada atau belum disetujui (Pasal 12 ayat (3)).")
        raise reject("request-open", template, number=str(facts.request))


def _answers(asked: Entry, facts: AddendumFacts) -> bool:
    """Whether an addendum opens what was asked for to the party that asked."""
    wanted = asked.facts
    return (facts.dataset, facts.party) == (wanted.dataset, asked.party) and set(wanted.levels) <= set(facts.levels)


def agreed_addendum(entry: Entry | None, facts: WrittenFacts, context: Context) -> None:
    made = next((e for e in context.others("adendum") if e.id == facts.addendum), None)
    if entry is None or made is None or made.state != IN_FORCE or made.facts.request != entry.id:
        template = _(
            "Adendum nomor {number} tidak ada, belum disepakati, atau tidak lahir dari permintaan ini (Pasal 12 ayat (2))."
        )
        raise reject("addendum-open", template, number=str(facts.addendum))


def _check_levels(dataset: str, levels: tuple[str, ...], version: str) -> None:
    lost = sorted(set(levels) - contract().levels_at(dataset, version))
    if lost:
        template = _("Kolom {levels} tidak ada pada kontrak data versi {version} (Pasal 12 ayat (2)).")
        raise reject("levels-unknown", template, levels=", ".join(lost), version=version)


def request_due(entry: Entry, _day: date) -> Iterable[Due]:
    if entry.state == ASKED:
        yield Due(what=_("Telaah permintaan data"), article=_("Pasal 4 ayat (3)"), parties=("kesatu", "kedua"))
    if entry.state == REVIEWED:
        yield Due(what=_("Putuskan permintaan data"), article=ARTICLE_3, parties=owner(entry))
    if entry.state == APPROVED:
        yield Due(what=_("Tuangkan permintaan dalam adendum"), article=ARTICLE_2, parties=("kesatu", "kedua"))


def addendum_due(entry: Entry, _day: date) -> Iterable[Due]:
    if entry.state == PROPOSED:
        yield Due(what=_("Jawab usul adendum"), article=ARTICLE_2, parties=(opposite(entry.party),))


DATA_REQUESTS = Register(
    name="permintaan",
    label=_("Permintaan data tambahan"),
    article=ARTICLE_3,
    about=_(
        "Data di luar Lampiran I diminta dengan surat, ditelaah tim teknis, diputuskan pemiliknya, lalu dituangkan dalam adendum."
    ),
    headline="number",
    opening=Step(
        label=_("Ajukan permintaan data"),
        to=ASKED,
        article=ARTICLE_3,
        facts=RequestFacts,
        right="ask",
        document="must",
        rule=of_the_other_party,
    ),
    states={
        ASKED: _("diajukan, menunggu telaah"),
        REVIEWED: _("ditelaah, menunggu keputusan pemilik"),
        APPROVED: _("disetujui, menunggu adendum"),
        WRITTEN: _("dituangkan dalam adendum"),
        DECLINED: _("ditolak"),
    },
    steps={
        ASKED: {"telaah": Step(label=_("Telaah"), to=REVIEWED, article=_("Pasal 4 ayat (3)"), facts=ReviewFacts)},
        REVIEWED: {
            "setuju": Step(label=_("Setujui"), to=APPROVED, article=ARTICLE_3, who=owner, right="decide"),
            "tolak": Step(label=_("Tolak"), to=DECLINED, article=ARTICLE_3, facts=Remark, who=owner, right="decide"),
        },
        APPROVED: {
            "tuangkan": Step(
                label=_("Catat adendumnya"), to=WRITTEN, article=ARTICLE_2, facts=WrittenFacts, rule=agreed_addendum
            ),
            "batal": Step(
                label=_("Batalkan bersama"), to=DECLINED, article=ARTICLE_3, facts=Remark, right="decide", both=True
            ),
        },
    },
    ends=(WRITTEN, DECLINED),
    due=request_due,
)

ADDENDA = Register(
    name="adendum",
    label=_("Adendum"),
    article=ARTICLE_2,
    about=_(
        "Perubahan atas persetujuan kedua pihak. Adendum membuka kolom menurut satu versi kontrak data sejak tanggalnya."
    ),
    headline="number",
    opening=Step(
        label=_("Usulkan adendum"),
        to=PROPOSED,
        article=ARTICLE_2,
        facts=AddendumFacts,
        right="decide",
        document="must",
        rule=known_levels,
    ),
    states=PROPOSAL_STATES | {ENDED: _("diakhiri")},
    steps={
        PROPOSED: answers(ARTICLE_2),
        IN_FORCE: {
            "akhiri": Step(
                label=_("Akhiri bersama"), to=ENDED, article=ARTICLE_2, facts=Ended, right="decide", both=True
            )
        },
    },
    ends=(ENDED, DECLINED, WITHDRAWN),
    due=addendum_due,
)
