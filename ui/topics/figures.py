"""Figures whose question may not be open to this viewer or release: the frame stays, with the reason in one sentence."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from data_access.access.result import Protected
from data_access.errors import InvalidQuery, Refused
from data_access.words import mark as _
from ui.drawn import Drawing
from ui.frame import plain
from ui.result import show
from ui.session import language, t

TWO_DATES = _("Perbandingan memerlukan paling sedikit dua tanggal acuan.")
Asking = Callable[[], Protected]


@contextmanager
def framed(title: str) -> Iterator[None]:
    """Asks and draws inside the block; a refusal is told below `title`, and the rest of the page goes on."""
    try:
        yield
    except (InvalidQuery, Refused) as error:
        _told(title, plain(error.sentence(language())))


def findings(sentences: Sequence[str], title: str = "") -> None:
    """What the figures below say, as a list in a frame of its own; nothing where nothing can be said."""
    if sentences:
        with st.container(border=True):
            if title:
                st.subheader(title, anchor=False)
            st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def left_out(title: str, why: str) -> None:
    """The frame of a figure that cannot be made from what is held, with the reason."""
    _told(title, t(why))


def figure(
    ask: Asking,
    drawing: Drawing,
    *,
    noun: str,
    key: str,
    title: Callable[[Protected], str] | None = None,
    columns: str = "",
) -> None:
    """Asks and shows; `title` tells the finding, `noun` stands where there is none or the question is refused."""
    with framed(noun):
        result = ask()
        show(result, drawing, title=title(result) if title else noun, key=key, columns=columns)


def tried(ask: Asking) -> Protected | None:
    """The answer, or None where the question is not admitted."""
    try:
        return ask()
    except InvalidQuery:
        return None


def _told(title: str, sentence: str) -> None:
    with st.container(border=True):
        st.subheader(title, anchor=False)
        st.caption(sentence)
