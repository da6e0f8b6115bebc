"""Which role and places an account may be given: those that the access rules and the contract know."""

from collections.abc import Sequence

from data_access.access.roles import roles
from data_access.contract import Party, contract
from data_access.errors import Rejected
from data_access.governance.registers.model import PARTIES
from data_access.words import mark as _

LEVEL = "provinsi"


def check_rights(role: str, party: str, provinces: Sequence[str]) -> tuple[Party, tuple[str, ...] | None]:
    """The party and the places as an account keeps them: codes once, in their order; None for a role without a row rule.

    Rejected for an unknown role, party or province, for a role with a row rule without places, and the other way round.
    """
    if role not in roles().roles:
        raise Rejected("role-unknown", _("Peran {role} tidak dikenal. Pilihlah dari daftar peran."), role=role)
    chosen = next((one for one in PARTIES if one == party), None)
    if chosen is None:
        raise Rejected("party-unknown", _("Pihak {party} tidak dikenal: kesatu atau kedua."), party=party)
    unknown = [code for code in provinces if code not in provinces_known()]
    if unknown:
        raise Rejected("province-unknown", _("Kode provinsi tidak dikenal: {codes}."), codes=", ".join(unknown))
    return chosen, _places(role, provinces)


def limited(role: str) -> bool:
    """Whether the role sees only the places of its account, for which these have to be given."""
    return any(right.rows for right in roles().roles[role].datasets.values())


def provinces_known() -> tuple[str, ...]:
    """The codes of all provinces, in the order of the contract."""
    return tuple(contract().datasets["pegawai"].levels[LEVEL].by_code)


def _places(role: str, provinces: Sequence[str]) -> tuple[str, ...] | None:
    if limited(role) and not provinces:
        template = _("Peran {role} dibatasi wilayah: pilih sedikitnya satu provinsi.")
        raise Rejected("provinces-missing", template, role=roles().roles[role].label)
    if provinces and not limited(role):
        template = _("Peran {role} tidak dibatasi wilayah: kosongkan provinsinya.")
        raise Rejected("provinces-unneeded", template, role=roles().roles[role].label)
    return tuple(code for code in provinces_known() if code in provinces) if provinces else None
