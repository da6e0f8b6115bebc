"""The fields for role, party and provinces; provinces only where the role is limited to them."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from data_access.access.account_rights import limited, provinces_known
from data_access.access.roles import roles
from data_access.contract import Party
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


def role_field(key: str, before: str | None = None) -> str | None:
    """The role, outside the form: the fields that follow depend on it. None until one is chosen for a new account."""
    names = list(roles().roles)
    filters.hold(fresh(f"{key}_role"), names if before in names else [None, *names], before)
    chosen = st.selectbox(
        t(_("Peran")), names, format_func=words.role, placeholder=t(_("Pilih peran")), key=fresh(f"{key}_role")
    )
    if chosen:
        st.caption(roles().roles[chosen].reason.text(language()))
    return chosen


def other_fields(key: str, role: str, party: Party, provinces: Sequence[str] = ()) -> Rights:
    """Party and, for a role limited to places, provinces; `party` and `provinces` to begin with."""
    chosen_party = filters.one_of(t(_("Pihak")), PARTIES, words.party, key=fresh(f"{key}_party"), usual=party)
    if not limited(role):
        return Rights(role, chosen_party, ())
    held = [code for code in provinces if code in provinces_known()]
    chosen = st.multiselect(
        t(_("Provinsi")),
        provinces_known(),
        default=held,
        format_func=words.place,
        key=fresh(f"{key}_provinces"),
        placeholder=t(_("Pilih provinsi")),
    )
    return Rights(role, chosen_party, tuple(chosen))
