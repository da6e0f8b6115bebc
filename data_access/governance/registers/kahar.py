"""Force majeure (Pasal 10): told within 14 calendar days with the authority's statement; duties rest until it ends."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from data_access.governance.deadlines import days_after
from data_access.governance.registers.fields import Ended
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
    Step,
    opener,
    opposite,
    other,
    reject,
)
from data_access.words import mark as _

ARTICLE_2, ARTICLE_3 = _("Pasal 10 ayat (2)"), _("Pasal 10 ayat (3)")
NOTICE_DAYS = 14
TOLD, ACKNOWLEDGED, DECLINED, ENDED = "dilaporkan", "diakui", "ditolak", "berakhir"
SUSPENDED = "ditangguhkan"


class KaharFacts(Facts):
    """What happened to the party that records it, and which of its duties rest."""

    kind: Annotated[
        Literal["bencana", "banjir", "kebakaran", "pemogokan", "perang", "wabah", "kerusuhan", "keputusan"],
        Choices(
            {
                "bencana": _("Bencana alam"),
                "banjir": _("Banjir"),
                "kebakaran": _("Kebakaran"),
                "pemogokan": _("Pemogokan umum"),
                "perang": _("Keadaan perang"),
                "wabah": _("Wabah"),
                "kerusuhan": _("Kerusuhan"),
                "keputusan": _("Keputusan pemerintah atau instansi berwenang"),
            }
        ),
    ] = Field(title=_("Jenis keadaan kahar"))
    occurred: PastDay = Field(title=_("Terjadi pada"))
    notified: PastDay = Field(title=_("Diberitahukan pada"))
    duties: Long = Field(title=_("Kewajiban yang terhalang"))
    grants: Annotated[
        Literal["tetap", "ditangguhkan"],
        Choices({"tetap": _("Akses yang diberikan tetap terbuka"), SUSPENDED: _("Akses yang diberikan ditangguhkan")}),
    ] = Field(title=_("Akses bagi pihak lain"))


def within_14_days(_entry: Entry | None, facts: KaharFacts, _context: Context) -> None:
    last = days_after(facts.occurred, NOTICE_DAYS)
    if facts.notified < facts.occurred:
        raise reject("kahar-order", _("Keadaan kahar tidak dapat diberitahukan sebelum terjadi (Pasal 10 ayat (2))."))
    if facts.notified > last:
        template = _(
            "Keadaan kahar diberitahukan paling lambat 14 hari kalender setelah terjadi, yaitu {last} (Pasal 10 ayat (2))."
        )
        raise reject("kahar-late", template, last=last)


def ends_after(entry: Entry | None, facts: Ended, _context: Context) -> None:
    if entry is not None and facts.ended < entry.facts.occurred:
        raise reject("kahar-order", _("Keadaan kahar tidak dapat berakhir sebelum terjadi (Pasal 10 ayat (3))."))


def suspends(entry: Entry) -> bool:
    """Whether the grants that the party gives rest by this matter."""
    return entry.state in (TOLD, ACKNOWLEDGED) and entry.facts.grants == SUSPENDED


def due(entry: Entry, _day: date) -> Iterable[Due]:
    if entry.state == TOLD:
        what = _("Pertimbangkan pemberitahuan keadaan kahar")
        yield Due(what=what, article=ARTICLE_2, parties=(opposite(entry.party),))
    if entry.state in (TOLD, ACKNOWLEDGED):
        what = _("Catat berakhirnya keadaan kahar dan laksanakan kembali kewajiban")
        yield Due(what=what, article=ARTICLE_3, parties=(entry.party,))


END = Step(
    label=_("Nyatakan berakhir"),
    to=ENDED,
    article=ARTICLE_3,
    facts=Ended,
    who=opener,
    right="decide",
    rule=ends_after,
)

KAHAR = Register(
    name="kahar",
    label=_("Keadaan kahar"),
    article=_("Pasal 10"),
    about=_(
        "Diberitahukan paling lambat 14 hari kalender dengan pernyataan pejabat berwenang; kewajiban pihak itu "
        "ditangguhkan sampai keadaan berakhir."
    ),
    headline="duties",
    opening=Step(
        label=_("Beritahukan keadaan kahar"),
        to=TOLD,
        article=ARTICLE_2,
        facts=KaharFacts,
        right="decide",
        document="must",
        rule=within_14_days,
    ),
    states={
        TOLD: _("diberitahukan"),
        ACKNOWLEDGED: _("diakui pihak lain"),
        DECLINED: _("tidak diakui"),
        ENDED: _("berakhir"),
    },
    steps={
        TOLD: {
            "akui": Step(label=_("Akui"), to=ACKNOWLEDGED, article=ARTICLE_2, who=other, right="decide"),
            "tolak": Step(
                label=_("Tidak mengakui"), to=DECLINED, article=ARTICLE_2, facts=Remark, who=other, right="decide"
            ),
            "akhiri": END,
        },
        ACKNOWLEDGED: {"akhiri": END},
    },
    ends=(DECLINED, ENDED),
    due=due,
)
