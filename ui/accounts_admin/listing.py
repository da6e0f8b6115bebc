"""All accounts: how many of which kind, a search and two filters, and the table in which one can be chosen."""

import streamlit as st

from data_access.access.administering import factor_of
from data_access.governance.account_listing import Listed
from data_access.governance.registers.model import PARTIES
from data_access.words import mark as _
from ui import filters
from ui.accounts_admin import words
from ui.accounts_admin.acting import CHOSEN
from ui.session import t

EVERY = ""
LONGEST = 80
TABLE = "accounts_table"


def counts(found: list[Listed]) -> None:
    """How many accounts are active, shut, and waiting for something."""
    active = [one for one in found if one.account.active]
    first = sum(one.account.must_change_password for one in active)
    factor = sum(factor_of(one) == "missing" for one in active)
    shut = len(found) - len(active)
    told = [t(_("{count} akun aktif"), count=len(active))]
    told += [t(_("{count} nonaktif"), count=shut)] if shut else []
    told += [t(_("{count} menunggu kata sandi pertama"), count=first)] if first else []
    told += [t(_("{count} belum menyiapkan faktor kedua yang wajib"), count=factor)] if factor else []
    st.markdown(f"**{', '.join(told)}.**")


def show(found: list[Listed]) -> None:
    """The accounts that search and filters leave; a click on a row chooses its account."""
    shown = _left(found)
    if not shown:
        told = _("Tidak ada akun yang cocok. Kosongkan pencarian, atau pilih semua peran dan semua pihak.")
        st.info(t(told), icon=":material/search_off:")
        return
    if len(shown) < len(found):
        st.caption(t(_("{count} dari {all} akun."), count=len(shown), all=len(found)))
    names = [one.account.name for one in shown]
    st.dataframe(
        [_row(one) for one in shown],
        hide_index=True,
        key=TABLE,
        on_select=lambda: _choose(names),
        selection_mode="single-row",
    )


def _left(found: list[Listed]) -> list[Listed]:
    """What search and filters leave of them."""
    held = {one.account.role for one in found}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(
            t(_("Cari nama")), key="accounts_search", max_chars=LONGEST, icon=":material/search:"
        ).strip()
        role = filters.one_of(
            t(_("Peran")),
            [EVERY, *sorted(held, key=words.role)],
            lambda name: words.role(name) if name else t(_("Semua peran")),
            key="accounts_role",
        )
        party = filters.one_of(
            t(_("Pihak")),
            [EVERY, *PARTIES],
            lambda name: words.party(name) if name else t(_("Semua pihak")),
            key="accounts_party",
        )
    return [one for one in found if _fits(one, typed.casefold(), role, party)]


def _fits(one: Listed, typed: str, role: str, party: str) -> bool:
    named = typed in one.account.name or typed in one.account.full_name.casefold()
    return named and role in (EVERY, one.account.role) and party in (EVERY, one.account.party)


def _row(one: Listed) -> dict[str, str]:
    return {t(_("Akun")): one.account.name, t(_("Nama lengkap")): one.account.full_name, **words.facts(one)}


def _choose(names: list[str]) -> None:
    """Before the run that follows a click on a row."""
    rows = st.session_state[TABLE]["selection"]["rows"]
    if rows and rows[0] < len(names):
        st.session_state[CHOSEN] = names[rows[0]]
