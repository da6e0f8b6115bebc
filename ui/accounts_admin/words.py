"""What there is to tell of an account, in words: its role, places, state, second factor and the rest."""

from datetime import datetime

from data_access.access.account_rights import LEVEL
from data_access.access.administering import factor_of, needs_statement
from data_access.access.roles import roles
from data_access.contract import contract
from data_access.governance.account_listing import Listed
from data_access.governance.accounts import Account
from data_access.settings import settings
from data_access.words import mark as _
from data_access.words import moment
from ui.role_matrix import PARTIES
from ui.session import language, t

FACTOR = {
    "set": _("disiapkan"),
    "missing": _("wajib, belum disiapkan"),
    "optional": _("tidak wajib"),
}


def role(name: str) -> str:
    """The label of a role; its name where there is no such role any more."""
    known = roles().roles
    return known[name].label.text(language()) if name in known else name


def place(code: str) -> str:
    """The label of a province; its code where there is no such province."""
    known = contract().datasets["pegawai"].levels[LEVEL].by_code
    return known[code].label.text(language()) if code in known else code


def party(name: str) -> str:
    return t(PARTIES[name])


def facts(one: Listed) -> dict[str, str]:
    """Label -> words for everything but the names of the account."""
    account = one.account
    told = {
        t(_("Keadaan")): t(_("aktif")) if account.active else t(_("nonaktif")),
        t(_("Peran")): role(account.role),
        t(_("Pihak")): party(account.party),
        t(_("Provinsi")): _places(account),
        t(_("Kata sandi")): t(_("sekali pakai, belum diganti"))
        if account.must_change_password
        else t(_("milik sendiri")),
        t(_("Faktor kedua")): t(FACTOR[factor_of(one)]),
        t(_("Pernyataan kerahasiaan")): _statement(one),
        t(_("Terakhir masuk")): _when(one.last_sign_in) or t(_("belum pernah")),
    }
    if settings().sign_on:
        told[t(_("Layanan masuk tunggal"))] = one.service_name or t(_("tidak terhubung"))
    return told


def _places(account: Account) -> str:
    return ", ".join(place(code) for code in account.provinces or ()) or "–"


def _statement(one: Listed) -> str:
    if one.accepted_at is not None:
        return t(_("disetujui {moment}"), moment=_when(one.accepted_at))
    return t(_("belum disetujui")) if needs_statement(one) else t(_("tidak diperlukan"))


def _when(value: datetime | None) -> str:
    return moment(value, language()) if value is not None else ""
