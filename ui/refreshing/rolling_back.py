"""Serving an earlier release again, from the page of history: asked for here, done by the worker like any refresh."""

import streamlit as st

from data_access.access.refreshing import check_may_refresh, may_refresh, turned
from data_access.access.viewer import Viewer
from data_access.errors import AsnError
from data_access.governance import refresh_requests
from data_access.governance.refreshes import ACTOR, Refresh
from data_access.release.shelf import Shelved
from data_access.settings import settings
from data_access.state import engine
from ui.frame import failed
from ui.history import rollback_form
from ui.refreshing import detail
from ui.refreshing.following import listed
from ui.session import audit_key, event


def offer(viewer: Viewer, known: Shelved) -> None:
    """The form, or the roll back that is under way; nothing for those who may not."""
    if not all(may_refresh(viewer, dataset) for dataset in turned(known, known.current)):
        return
    try:
        _offer(viewer, known)
    except AsnError as error:  # what else the page shows does not hang on this
        failed(error)


def _offer(viewer: Viewer, known: Shelved) -> None:
    under_way = [one for one in listed() if one.kind == "rollback" and _open(one)]
    if under_way:
        detail.show(viewer, under_way[0])
        return
    rollback_form(known.sound, known.current, lambda release, reason: _ask(viewer, known, release, reason))


def _open(one: Refresh) -> bool:
    """A failed one is told until it is given up."""
    return ACTOR[one.state] != "nobody"


def _ask(viewer: Viewer, known: Shelved, release: str, reason: str) -> None:
    datasets = turned(known, release)
    try:
        for dataset in datasets:
            check_may_refresh(viewer, dataset)
        refresh_requests.ask_rollback(
            engine(settings().state),
            audit_key(),
            event(viewer, "refresh-rollback"),
            datasets=datasets,
            release=release,
            reason=reason,
            four_eyes=settings().four_eyes,
        )
    except AsnError as error:
        failed(error)
        return
    st.rerun()
