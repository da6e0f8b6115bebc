"""A figure whose question may not be open to this viewer: its frame stays, with one sentence in place of the numbers."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from data_access.errors import InvalidQuery, Refused
from data_access.words import mark as _
from ui.frame import failed
from ui.session import t

TWO_DATES = _("Perbandingan memerlukan paling sedikit dua tanggal acuan.")


@contextmanager
def framed(title: str) -> Iterator[None]:
    """Asks and draws inside the block; a refusal is told below `title`, and the rest of the page goes on."""
    try:
        yield
    except (InvalidQuery, Refused) as error:
        with st.container(border=True):
            st.subheader(title, anchor=False)
            failed(error)


def left_out(title: str, why: str) -> None:
    """The frame of a figure that cannot be made from what is held, with the reason."""
    with st.container(border=True):
        st.subheader(title, anchor=False)
        st.caption(t(why))
