"""Drawings that need not be made again: the same answer drawn in the same way, language and theme is the same figure.

Kept beside the answer itself, so a drawing is found by exactly the viewers who were given that answer, and goes with it.
"""

import threading
from collections.abc import Callable, Hashable
from datetime import date
from functools import partial
from weakref import WeakKeyDictionary

import plotly.graph_objects as go

from charts import alt_text
from data_access.access.result import Protected

Drawing = Callable[..., go.Figure]
Drawn = tuple[go.Figure, str]
WAYS = 12  # ways of drawing one answer that are kept: languages, themes and options

_kept: WeakKeyDictionary[Protected, dict[Hashable, Drawn]] = WeakKeyDictionary()
_lock = threading.Lock()


def drawn(result: Protected, drawing: Drawing, *, language: str, dark: bool) -> Drawn:
    """The figure of an answer and its alt text. The figure is shared: draw anew to change it.

    `drawing` is a builder of `charts`, or a `partial` of one with hashable options.
    """
    way = (*_named(drawing), language, dark)
    with _lock:
        known = _kept.get(result, {}).get(way)
    if known:
        return known
    made = drawing(result, language=language, dark=dark), alt_text(result, language=language, period=_period(drawing))
    with _lock:
        ways = _kept.setdefault(result, {})
        ways[way] = made
        if len(ways) > WAYS:
            del ways[next(iter(ways))]
    return made


def _period(drawing: Drawing) -> date | None:
    """The period that the drawing is limited to, if it is."""
    return drawing.keywords.get("period") if isinstance(drawing, partial) else None


def _named(drawing: Drawing) -> tuple[Hashable, ...]:
    if isinstance(drawing, partial):
        return drawing.func, drawing.args, frozenset(drawing.keywords.items())
    return (drawing,)
