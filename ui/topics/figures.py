"""A figure whose question may not be admitted for this viewer or release: then its frame holds the reason in one sentence."""

from collections.abc import Callable

import streamlit as st

from data_access.access.result import Protected
from data_access.errors import InvalidQuery
from ui.frame import plain
from ui.result import Drawing, show
from ui.session import language

Asking = Callable[[], Protected]


def figure(
    ask: Asking,
    drawing: Drawing,
    *,
    noun: str,
    key: str,
    title: Callable[[Protected], str] | None = None,
    columns: str = "",
) -> None:
    """Asks and shows; `title` tells the finding, `noun` stands where there is none or the question is not admitted."""
    try:
        result = ask()
    except InvalidQuery as error:
        with st.container(border=True, key=f"figure_{key}"):
            st.subheader(noun, anchor=False)
            st.caption(plain(error.sentence(language())))
        return
    show(result, drawing, title=title(result) if title else noun, key=key, columns=columns)


def tried(ask: Asking) -> Protected | None:
    """The answer, or None where the question is not admitted."""
    try:
        return ask()
    except InvalidQuery:
        return None
