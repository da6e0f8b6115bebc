"""The fields for role, party and provinces; provinces only where the role is limited to them."""

from dataclasses import dataclass

import streamlit as st

from data_access.access.account_rights import limited, provinces_known
from data_access.access.roles import roles
from data_access.governance.accounts import Account
from data_access.governance.registers.model import PARTIES
from data_access.words import mark as _
from ui import filters
from ui.accounts_admin import words
from ui.accounts_admin.acting import fresh
from ui.session import language, t


@dataclass(frozen=True)
class Rights:
    """What was chosen."""

    role: str
    party: str
    provinces: tuple[str, ...]


def role_field(key: str, before: str | None = None) -> str:
    """The role, outside the form: the fields that follow depend on it."""
    chosen = filters.one_of(t(_("Peran")), list(roles().roles), words.role, key=fresh(f"{key}_role"), usual=before)
    st.caption(roles().roles[chosen].reason.text(language()))
    return chosen


def other_fields(key: str, role: str, before: Account | None = None) -> Rights:
    """Party and, for a role limited to places, provinces."""
    usual = before.party if before else None
    party = filters.one_of(t(_("Pihak")), PARTIES, words.party, key=fresh(f"{key}_party"), usual=usual)
    if not limited(role):
        return Rights(role, party, ())
    held = [code for code in (before.provinces or () if before else ()) if code in provinces_known()]
    chosen = st.multiselect(
        t(_("Provinsi")),
        provinces_known(),
        default=held,
        format_func=words.place,
        key=fresh(f"{key}_provinces"),
        placeholder=t(_("Pilih provinsi")),
    )
    return Rights(role, party, tuple(chosen))
