"""The figure for a result without a number to draw: one sentence in the middle that says why and what to do next."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.labels import small_print
from charts.reading import Cell, shown, states
from charts.theme import FONT, frame, hidden_axis, theme
from data_access.access.result import PERSONS, State
from data_access.words import mark as _
from data_access.words import text

HEIGHT = 160
NOTHING = _("Tidak ada data untuk pilihan ini. Longgarkan saringan atau pilih periode lain.")
ALL_SUPPRESSED = _(
    "Semua angka di sini di bawah 10 orang dan ditekan demi kerahasiaan. Pilih kelompok atau wilayah yang lebih besar."
)
ALL_DERIVED = _(
    "Semua angka di sini dihitung dari kelompok di bawah 10 orang dan ditekan demi kerahasiaan. "
    "Pilih kelompok atau wilayah yang lebih besar."
)
ALL_UNAVAILABLE = _("Angka untuk pilihan ini tidak tersedia. Pilih periode atau rincian lain.")
NONE_SHOWN = _("Tidak ada angka yang dapat ditampilkan di sini. Pilih kelompok yang lebih besar atau periode lain.")


def has_nothing(some: Sequence[Cell]) -> bool:
    """Whether there is no number to draw."""
    return not shown(some)


def sentence(some: Sequence[Cell], *, language: str, dark: bool = False) -> go.Figure:
    """A figure that holds only the sentence for these cells."""
    return only(_reason(some), language=language, dark=dark)


def only(msgid: str, *, language: str, dark: bool = False) -> go.Figure:
    """A figure that holds only a sentence of the catalogue."""
    look = theme(dark)
    words = "<br>".join(small_print([text(msgid, language)]))
    layout = frame(look, language=language, height=HEIGHT)
    font = {"family": FONT, "size": 15, "color": look.muted}
    place = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "xanchor": "center", "yanchor": "middle"}
    layout["annotations"] = [place | {"text": words, "showarrow": False, "font": font, "align": "center"}]
    return go.Figure(layout=layout | {"xaxis": hidden_axis(), "yaxis": hidden_axis()})


def _reason(some: Sequence[Cell]) -> str:
    count = states(some)
    if not some:
        return NOTHING
    if not count[State.UNAVAILABLE]:
        return ALL_SUPPRESSED if some[0].measure == PERSONS else ALL_DERIVED
    return NONE_SHOWN if count[State.SUPPRESSED] else ALL_UNAVAILABLE
