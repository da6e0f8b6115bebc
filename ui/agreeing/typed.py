"""What people typed, on the screen as text and nothing else.

Not as Markdown: Streamlit turns `:material/x:`, names of emoji and bare addresses of the web into icons and links even where
their signs are escaped, so an incident or the name in a certificate could wear the mark of a valid signature.
"""

from collections.abc import Iterable
from html import escape

import streamlit as st

LONGEST_TITLE = 90
PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def title(kind: str, typed: str) -> None:
    """The heading of a matter: what it is, and the words that name it."""
    words = typed if len(typed) <= LONGEST_TITLE else f"{typed[: LONGEST_TITLE - 1].rstrip()}…"
    st.html(f'<h3 class="asn-title">{escape(kind)}: <bdi>{escape(words)}</bdi></h3>')


def facts(rows: Iterable[tuple[str, str]]) -> None:
    """Labels with what was stated under them, lines kept as they were typed."""
    told = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in rows)
    st.html(f'<dl class="asn-facts">{told}</dl>')


def lines(first: str, *more: str) -> None:
    """A few lines, the first of them set off."""
    told = "".join(f"<div>{escape(words)}</div>" for words in more)
    st.html(f'<div class="asn-lines"><strong>{escape(first)}</strong>{told}</div>')


def label(words: str) -> str:
    """For the label of a button, which is Markdown without links; the name of a stored file has no colon."""
    return "".join(f"\\{sign}" if sign in PUNCTUATION else sign for sign in words)
