"""One look in two variants: colours, type and the frame of every figure. Backgrounds are clear: the page shows through.

Text reaches 4.5 : 1 and marks 3 : 1 against `background` (tests/charts/test_theme.py computes it). `background` is the
page colour in `.streamlit/config.toml`, used for that arithmetic, hover boxes and the gaps between touching marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FONT = "Source Sans, Source Sans Pro, system-ui, sans-serif"
SIZE, SMALL = 13, 12
CLEAR = "rgba(0,0,0,0)"
Layout = dict[str, Any]  # what Plotly takes as a layout
SEPARATORS = {"id": ",.", "en": ".,"}


@dataclass(frozen=True)
class Theme:
    """Colours of one variant. `hues` are the category colours; scales run from little to much."""

    background: str
    text: str
    muted: str
    grid: str
    outline: str
    brand: str
    accent: str
    hues: dict[str, str]
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]


LIGHT = Theme(
    background="#FFFFFF",
    text="#14303C",
    muted="#4F6570",
    grid="#E0E8EB",
    outline="#7C919B",
    brand="#0F5C6E",
    accent="#B86A00",
    hues={
        "navy": "#0B2A4A",
        "teal": "#14746C",
        "amber": "#C67E00",
        "plum": "#76459B",
        "sky": "#3A96E0",
        "brick": "#9A2A17",
        "grey": "#3E3730",
    },
    sequential=("#E6F2F2", "#A9D3D5", "#4A98A3", "#1F7486", "#0C3F52"),
    diverging=("#8A4B00", "#C67E00", "#F0C684", "#EEF2F3", "#8CC3C8", "#2B8092", "#0C3F52"),
)

DARK = Theme(
    background="#0E1A21",
    text="#E6EFF2",
    muted="#A3B6BF",
    grid="#24353E",
    outline="#69808B",
    brand="#4DB6C4",
    accent="#F8B242",
    hues={
        "navy": "#7C7BE6",
        "teal": "#37B49C",
        "amber": "#F8B242",
        "plum": "#D3ABF2",
        "sky": "#DDF6FF",
        "brick": "#DA5F45",
        "grey": "#60676E",
    },
    sequential=("#16303A", "#1D5563", "#2C8494", "#5BB8C5", "#B5ECF0"),
    diverging=("#FFD591", "#E29A2B", "#7A5217", "#22323B", "#1F6070", "#3FA3B3", "#B5ECF0"),
)


def theme(dark: bool) -> Theme:
    return DARK if dark else LIGHT


def frame(
    look: Theme,
    *,
    language: str,
    height: int,
    left: int = 8,
    right: int = 8,
    top: int = 8,
    bottom: int = 8,
    notes: Sequence[str] = (),
) -> Layout:
    """Layout that all figures share; `notes` are lines of small print below the plot, for which room is added.

    Room for labels is given in pixels, not as a share of the axis, so a figure keeps its shape on a phone. Settings
    stand in the layout itself and not in a template because Streamlit's theme replaces templates.
    """
    room = 17 * len(notes)
    return {
        "template": "none",
        "height": height + room,
        "margin": {"l": left, "r": right, "t": top, "b": bottom + room, "pad": 0},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": FONT, "size": SIZE, "color": look.text},
        "separators": SEPARATORS.get(language, ".,"),
        "autotypenumbers": "strict",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": hover_label(look),
        "annotations": [_small_print(look, notes, left=left, bottom=bottom)] if notes else [],
    }


def with_annotations(layout: Layout, more: Sequence[dict[str, object]]) -> Layout:
    """The layout with further annotations beside its small print."""
    return layout | {"annotations": [*layout["annotations"], *more]}


def heading(look: Theme, lines: Sequence[str], *, left: int) -> dict[str, object]:
    """Text above the plot, from the figure's left edge."""
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom"}
    font = {"family": FONT, "size": SMALL, "color": look.text}
    return place | {"xshift": 4 - left, "text": "<br>".join(lines), "align": "left", "showarrow": False, "font": font}


def beside(look: Theme, words: Sequence[str]) -> list[dict[str, object]]:
    """Words of each row, from the first, at the right edge: beside bars that go both ways they would need room on
    either side. Rows are named by their place because Plotly reads a code such as "11" as one.
    """
    place = {"xref": "paper", "yref": "y", "x": 1, "xanchor": "left", "yanchor": "middle", "xshift": 6}
    more = {"showarrow": False, "align": "left", "font": {"size": SIZE, "color": look.text}}
    return [place | more | {"y": row, "text": told} for row, told in enumerate(words)]


def rows_axis(codes: Sequence[str], ticks: Sequence[str]) -> dict[str, object]:
    """The axis of named rows, the first one on top."""
    rows = plain_axis(type="category", categoryorder="array", categoryarray=list(codes), range=[len(codes) - 0.5, -0.5])
    return rows | {"tickmode": "array", "tickvals": list(codes), "ticktext": list(ticks), "ticklabelstandoff": 6}


def hover_label(look: Theme) -> dict[str, object]:
    font = {"family": FONT, "size": SIZE, "color": look.text}
    return {"bgcolor": look.background, "bordercolor": look.outline, "align": "left", "font": font, "namelength": 0}


def plain_axis(**more: object) -> dict[str, object]:
    """An axis without line, grid, ticks or zoom, to which a chart adds what it needs."""
    bare = {"showgrid": False, "zeroline": False, "showline": False, "ticks": "", "fixedrange": True}
    return bare | {"title": {"text": ""}, "automargin": True} | more


def hidden_axis(**more: object) -> dict[str, object]:
    return {"visible": False, "fixedrange": True} | more


def _small_print(look: Theme, notes: Sequence[str], *, left: int, bottom: int) -> dict[str, object]:
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top", "xshift": 4 - left}
    font = {"family": FONT, "size": SMALL, "color": look.muted}
    return place | {"yshift": -bottom, "text": "<br>".join(notes), "align": "left", "showarrow": False, "font": font}
