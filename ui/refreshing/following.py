"""Which refresh is looked at: the list of the newest ones, and the choice in the address."""

from functools import partial
from typing import Literal

import streamlit as st

from data_access.contract import contract
from data_access.governance.refreshes import WORDS, Refresh, State, newest
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from data_access.words import moment, short_day
from ui.frame import shortened
from ui.session import language, t
from ui.worker import STARTER

PARAMETER = "nomor"
ICONS = {
    "received": ":material/hourglass_empty:",
    "checking": ":material/manage_search:",
    "rejected": ":material/block:",
    "ready": ":material/task_alt:",
    "awaiting": ":material/group:",
    "queued": ":material/hourglass_top:",
    "publishing": ":material/sync:",
    "published": ":material/check_circle:",
    "failed": ":material/error:",
    "withdrawn": ":material/undo:",
}
COLORS: dict[State, Literal["red", "green", "orange"]] = {
    "rejected": "red",
    "failed": "red",
    "ready": "green",
    "published": "green",
    "awaiting": "orange",
}


def follow(number: int) -> None:
    """Makes a refresh the one that is looked at, and shows the page anew."""
    STARTER.ensure()  # also for somebody who closes the page at once
    st.query_params[PARAMETER] = str(number)
    st.rerun()


def chosen(found: list[Refresh]) -> Refresh | None:
    """The refresh of the address, else the newest, which is then kept there; None before the first."""
    wanted = st.query_params.get(PARAMETER, "")
    one = next((one for one in found if str(one.id) == wanted), found[0] if found else None)
    if one is not None:
        st.query_params[PARAMETER] = str(one.id)  # what others bring in does not take its place
    return one


def listed() -> list[Refresh]:
    return newest(engine(settings().state))


def table(found: list[Refresh]) -> None:
    """The newest refreshes; a click on a row looks at it."""
    rows = [
        {
            t(_("No.")): one.id,
            t(_("Kiriman")): shortened(one.title)
            if one.kind == "publish"
            else t(_("Kembali ke rilis {release}"), release=one.title),
            t(_("Himpunan data")): datasets(one),
            t(_("Tanggal acuan")): short_day(one.reference_date, language()) if one.reference_date else "–",
            t(_("Keadaan")): _state(one),
            t(_("Temuan")): _counts(one),
            t(_("Oleh")): one.requested_by,
            t(_("Diterima")): moment(one.requested_at, language()),
        }
        for one in found
    ]
    numbers = [one.id for one in found]
    # Another list is another table: a mark that stayed at its place would come to stand at another refresh.
    key = f"refreshes_{numbers[0]}"
    picked = partial(_picked, key, numbers)
    st.dataframe(rows, hide_index=True, key=key, on_select=picked, selection_mode="single-row", height="content")


def _picked(key: str, numbers: list[int]) -> None:
    """Looks at the refresh whose row was clicked; runs only when the choice has changed."""
    places = st.session_state[key].selection.rows
    if places:
        st.query_params[PARAMETER] = str(numbers[places[0]])


def datasets(one: Refresh) -> str:
    """What it brings or, for a roll back, all that it concerns, by name."""
    known = contract().datasets
    return ", ".join(known[name].label.text(language()) if name in known else name for name in one.datasets)


def badge(one: Refresh) -> None:
    st.badge(t(WORDS[one.state]), icon=ICONS[one.state], color=COLORS.get(one.state, "gray"))


def _state(one: Refresh) -> str:
    """With the release that it made, where it has made one."""
    words = t(WORDS[one.state])
    return f"{words} ({one.release})" if one.kind == "publish" and one.release else words


def _counts(one: Refresh) -> str:
    """The worst of what was found; all of it stands below the refresh itself."""
    if one.kind == "rollback" or one.state in ("received", "checking"):
        return "–"
    if one.errors:
        return t(_("{count} galat"), count=one.errors)
    return t(_("{count} peringatan"), count=one.warnings) if one.warnings else t(_("tidak ada"))
