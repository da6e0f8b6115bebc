"""Words and numbers as they stand in a figure: cell texts, hover texts, names cut to a width, small print."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

from charts.reading import Cell, states
from data_access.access.result import Axis, Protected, State
from data_access.words import mark as _
from data_access.words import number, short_day, text

SUPPRESSED, UNAVAILABLE = "<10", "–"
LETTER = 6.0  # pixels of an average letter of Source Sans at 13 px, with some reserve
LINE = 54  # letters of small print that fit a phone


def value_text(cell: Cell, language: str) -> str:
    """1.234, <10 or –."""
    if cell.value is not None:
        return number(cell.value, language)
    return SUPPRESSED if cell.state == State.SUPPRESSED else UNAVAILABLE


def compact_text(cell: Cell, language: str) -> str:
    """At most five letters for a narrow cell: 995, 9,9rb, 345rb, 1,2jt."""
    value = cell.value
    if value is None or value < 1_000:
        return value_text(cell, language)
    if value >= 999_500:
        return text(_("{n}jt"), language, n=number(value / 1_000_000, language, decimals=1))
    return text(_("{n}rb"), language, n=number(value / 1_000, language, decimals=0 if value >= 9_950 else 1))


def hover_text(title: str, cell: Cell, result: Protected, language: str) -> str:
    """Full name, date and displayed value in lines; for a cell that is not shown, why it is not."""
    unit = result.source.unit.text(language)
    if cell.value is not None:
        last = f"{number(cell.value, language)} {unit}"
    elif cell.state == State.SUPPRESSED:
        last = text(_("{mark} {unit}, ditekan demi kerahasiaan"), language, mark=escape(SUPPRESSED), unit=unit)
    else:
        last = text(_("tidak tersedia"), language)
    return f"<b>{safe(title)}</b><br>{short_day(cell.period, language)}<br>{last}"


def names(axis: Axis, language: str) -> dict[str, str]:
    return axis.labels(language)


def safe(words: str) -> str:
    """Plotly reads a little HTML in every text; names are shown as they are written."""
    return escape(words, quote=False)


def folded(name: str, *, letters: int = 22) -> str:
    """The name in at most two lines, cut with an ellipsis; the full name is for the hover text."""
    lines = wrap(name, letters, break_long_words=True)
    if len(lines) > 2:
        lines = [lines[0], lines[1][: letters - 1].rstrip(" ,") + "…"]
    return "<br>".join(safe(line) for line in lines)


def width(texts: Sequence[str], *, least: int = 24) -> int:
    """Pixels that the widest line of the texts takes."""
    lines = [line for words in texts for line in words.split("<br>")]
    return max(least, round(LETTER * max(map(len, lines), default=0)) + 10)


def small_print(sentences: Sequence[str]) -> list[str]:
    """Notes as lines that fit a phone; a sentence shares a line with the one before it where both fit."""
    lines: list[str] = []
    for sentence in sentences:
        if lines and len(lines[-1]) + len(sentence) < LINE:
            lines[-1] += f" {sentence}"
        else:
            lines += wrap(sentence, LINE)
    return [safe(line) for line in lines]


def swatch(colour: str) -> str:
    """A small square in the colour, to stand before a name: coloured text itself would be too faint to read."""
    return f"<span style='color:{colour};font-size:15px'>■</span>"


def key(colours: dict[str, str]) -> list[str]:
    """Name -> colour as lines of a key that fit a phone, in place of a legend, which would squeeze the plot."""
    lines: list[list[str]] = [[]]
    for name in colours:
        if len("   ".join([*lines[-1], name])) > LINE - 6 and lines[-1]:
            lines.append([])
        lines[-1].append(name)
    return [" ".join(f"{swatch(colours[name])} {safe(name)}" for name in line) for line in lines]


def state_notes(some: Sequence[Cell], language: str) -> list[str]:
    """What <10 and – mean, for those that occur."""
    count = states(some)
    notes = []
    if count[State.SUPPRESSED]:
        notes.append(text(_("{mark}: di bawah 10, mungkin nol; ditekan demi kerahasiaan."), language, mark=SUPPRESSED))
    if count[State.UNAVAILABLE]:
        notes.append(text(_("{mark}: tidak tersedia."), language, mark=UNAVAILABLE))
    return notes
