"""The kinds of facts that several registers share, with the words for their values."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from data_access.contract import Party
from data_access.governance.registers.model import Choices, Facts, Listed, PastDay, Short
from data_access.words import mark as _

PARTY_NAMES: dict[str, str] = {"kesatu": _("PIHAK KESATU (KemenPANRB)"), "kedua": _("PIHAK KEDUA (BKN)")}

PartyName = Annotated[Party, Choices(PARTY_NAMES)]
Way = Annotated[
    Literal["langsung", "surel", "pos"],
    Choices({"langsung": _("Diserahkan langsung"), "surel": _("Surel"), "pos": _("Pos")}),
]
Spoken = Annotated[Literal["tertulis", "lisan"], Choices({"tertulis": _("Tertulis"), "lisan": _("Lisan")})]
DatasetName = Annotated[str, Listed("dataset")]
LevelNames = Annotated[tuple[str, ...], Listed("levels"), Field(min_length=1)]
PageName = Annotated[str, Listed("page")]
VersionName = Annotated[str, Listed("version")]
RequestNumber = Annotated[int, Field(ge=0), Listed("permintaan")]
AddendumNumber = Annotated[int, Field(ge=0), Listed("adendum")]
MeetingNumber = Annotated[int, Field(ge=0), Listed("koordinasi")]
AccountName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]


class Receipt(Facts):
    """The confirmation by which a letter counts as received (Pasal 8 ayat (2))."""

    received: PastDay = Field(title=_("Diterima pada"))
    by: Short = Field(title=_("Diterima oleh"))
    how: Spoken = Field(title=_("Cara konfirmasi"))


class Ended(Facts):
    """The day on which something ended."""

    ended: PastDay = Field(title=_("Berakhir pada"))
