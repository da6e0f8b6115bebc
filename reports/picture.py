"""A figure as a picture for a document: light, with its title above and where it comes from below. The browser makes the PNG."""

from typing import Any

import plotly.graph_objects as go

from charts.labels import safe, small_print
from charts.theme import LIGHT, SMALL
from data_access.access.export import Export
from data_access.words import mark as _
from data_access.words import moment, text
from reports.origin import filters, protection, source_line

WIDTH, SCALE = 1_000, 2
HEAD, LINE_HEIGHT = 44, 17

SAID = {
    "Download plot as a PNG": _("Unduh gambar (PNG)"),
    "Preparing image - this may take a few seconds": _("Gambar disiapkan; tunggu sebentar."),
    "Image download succeeded": _("Gambar tersimpan"),
    "Sorry, there was a problem downloading your image!": _("Gambar tidak dapat disimpan. Coba lagi."),
}


def signed(export: Export, figure: go.Figure, *, title: str, language: str) -> go.Figure:
    """A copy of the figure (drawn light) that says what it shows, from where, for whom and for what purpose."""
    made = go.Figure(figure)
    margin, foot = made.layout.margin, _foot(export, language)
    left, bottom = margin.l or 0, margin.b or 0
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top", "xshift": 4 - left}
    made.add_annotation(
        place
        | {"text": "<br>".join(foot), "yshift": -bottom - LINE_HEIGHT, "align": "left", "showarrow": False}
        | {"font": {"size": SMALL, "color": LIGHT.muted}}
    )
    room = LINE_HEIGHT * (len(foot) + 2)
    return made.update_layout(
        title={"text": f"<b>{safe(title)}</b>", "x": 0, "y": 1, "yref": "container", "xref": "container"}
        | {"yanchor": "top", "pad": {"t": 14, "l": 8}, "font": {"size": 16, "color": LIGHT.text}},
        margin={"t": (margin.t or 0) + HEAD, "b": bottom + room},
        height=(made.layout.height or 400) + HEAD + room,
        paper_bgcolor=LIGHT.background,
    )


def config(export: Export, figure: go.Figure, language: str) -> dict[str, Any]:
    """Plotly's settings: one button, named in the language, that saves the picture under the name of the export."""
    words = {english: text(msgid, language) for english, msgid in SAID.items()}
    size = {"width": WIDTH, "height": figure.layout.height, "scale": SCALE}
    return {
        "displayModeBar": True,
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "filename": export.stem} | size,
        "locale": language,
        "locales": {language: {"dictionary": words}},
        "responsive": True,
        "scrollZoom": False,
    }


def _foot(export: Export, language: str) -> list[str]:
    first = export.results[0]
    taken = f"{export.account} ({export.role.text(language)}), {moment(export.at, language)}. {export.purpose}"
    return [
        line
        for words in (*filters(first, language), source_line(export, language), protection(first, language), taken)
        for line in small_print([words])
    ]
