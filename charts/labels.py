"""Words and numbers as they stand in a figure: cell texts, hover texts, names cut to a width, small print."""

from collections.abc import Sequence
from html import escape, unescape
from textwrap import wrap

from charts.reading import Cell, states
from data_access.access.measures import WHOLE_BELOW as TENTHS
from data_access.access.result import PERSONS, Axis, Kind, Measure, Protected, State
from data_access.access.written import UNAVAILABLE, written
from data_access.words import mark as _
from data_access.words import number, short_day, text

LETTER = 6.0  # pixels of an average letter of Source Sans at 13 px, with some reserve
LINE = 54  # letters of small print that fit a phone
IN_UNITS = (Kind.PERSONS, Kind.CHANGE)
BASES = {
    Kind.SHARE: _("dari {base} {unit}"),
    Kind.CHANGE: _("sebelumnya {base} {unit}"),
    Kind.GROWTH: _("sebelumnya {base} {unit}"),
    Kind.YEARS: _("dari {base} {unit}"),
    Kind.RATE: _("dari {base} penduduk"),
    Kind.SCORE: _("dari {base} {unit}"),
}


def value_text(cell: Cell, language: str) -> str:
    """1.234, 12,3%, +56, 41,3 tahun, <10 or –."""
    return written(cell.value, cell.state, cell.measure, language, base=cell.base)


def compact_text(cell: Cell, language: str) -> str:
    """At most five letters for a narrow cell: 995, 9,9rb, 345rb, 1,2jt."""
    return written(cell.value, cell.state, cell.measure, language, base=cell.base, compact=True)


def measured(value: float, measure: Measure, language: str, *, tick: bool = False) -> str:
    """A round number of the measure, for a note or a line of reference; without the word for years on a `tick`."""
    base = None if _is_whole(value) else TENTHS
    return written(
        value, State.SHOWN, measure, language, base=base, compact=tick and measure.kind in (Kind.YEARS, Kind.SCORE)
    )


def _is_whole(share: float) -> bool:
    """Whether a share is a whole per cent, so that a tick needs no decimal."""
    return abs(share * 100 - round(share * 100)) < 1e-9


def unit_text(cell: Cell, result: Protected, language: str) -> str:
    """The value with what it counts: 1.234 orang, 41,3 tahun, 12,3%, 17,2 per 1.000 penduduk."""
    words = value_text(cell, language)
    if cell.measure.kind in IN_UNITS:
        return f"{words} {result.source.unit.text(language)}"
    if cell.measure.kind == Kind.RATE:
        return text(_("{value} per 1.000 penduduk"), language, value=words)
    return words


def gap_note(some: Sequence[Cell], language: str) -> str:
    """Why a line has gaps: hidden numbers, or none at all."""
    if not states(some)[State.SUPPRESSED]:
        return text(_("Celah pada garis: tidak tersedia."), language)
    gap = _("Celah pada garis: angka ditekan ({mark}) atau tidak tersedia.")
    return text(gap, language, mark=hidden_mark(some, language))


def hover_text(title: str, cell: Cell, result: Protected, language: str) -> str:
    """Full name, date and displayed value in lines, with its base; for a cell that is not shown, why it is not."""
    return f"<b>{safe(title)}</b><br>{short_day(cell.period, language)}<br>{told(cell, result, language)}"


def told(cell: Cell, result: Protected, language: str) -> str:
    """The value of a cell within a hover text."""
    head = "" if cell.measure == PERSONS else f"{safe(cell.measure.label.text(language))}: "
    if cell.value is not None:
        return head + "<br>".join([unit_text(cell, result, language), *_base(cell, result, language)])
    if cell.state == State.UNAVAILABLE:
        return head + text(_("tidak tersedia"), language)
    mark = escape(value_text(cell, language))
    if cell.measure == PERSONS:
        unit = result.source.unit.text(language)
        return text(_("{mark} {unit}, ditekan demi kerahasiaan"), language, mark=mark, unit=unit)
    return head + text(_("{mark}, ditekan demi kerahasiaan"), language, mark=mark)


def _base(cell: Cell, result: Protected, language: str) -> list[str]:
    if cell.base is None or cell.measure.kind not in BASES:
        return []
    unit = result.source.unit.text(language)
    return [text(BASES[cell.measure.kind], language, base=number(cell.base, language), unit=unit)]


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
    lines = [unescape(line) for words in texts for line in words.split("<br>")]
    return max(least, round(LETTER * max(map(len, lines), default=0)) + 10)


def row_height(ticks: Sequence[str], heights: dict[int, int]) -> int:
    """Pixels of each row, after the lines of the longest name."""
    return heights[2 if any("<br>" in tick for tick in ticks) else 1]


def small_print(sentences: Sequence[str]) -> list[str]:
    """Notes as lines that fit a phone; a sentence shares a line with the one before it where both fit."""
    lines: list[str] = []
    for sentence in sentences:
        if lines and len(lines[-1]) + len(sentence) < LINE:
            lines[-1] += f" {sentence}"
        else:
            lines += wrap(sentence, LINE)
    return [safe(line) for line in lines]


def swatch(colour: str, *, sign: str = "■") -> str:
    """A small square in the colour, to stand before a name: coloured text itself would be too faint to read."""
    return f"<span style='color:{colour};font-size:15px'>{sign}</span>"


def key(colours: dict[str, str]) -> list[str]:
    """Name -> colour as lines of a key that fit a phone, in place of a legend, which would squeeze the plot."""
    lines: list[list[str]] = [[]]
    for name in colours:
        if len("   ".join([*lines[-1], name])) > LINE - 6 and lines[-1]:
            lines.append([])
        lines[-1].append(name)
    return [" ".join(f"{swatch(colours[name])} {safe(name)}" for name in line) for line in lines]


def abbreviation_notes(some: Sequence[Cell], language: str) -> list[str]:
    """What rb and jt mean, where compact numbers hold them."""
    counted = [cell.value for cell in some if cell.value is not None and cell.measure.kind in IN_UNITS]
    if max(map(abs, counted), default=0) < 1_000:
        return []
    return [text(_("rb: ribu, jt: juta, dibulatkan; angka lengkap saat petak ditunjuk."), language)]


def hidden_mark(some: Sequence[Cell], language: str) -> str:
    """How a suppressed cell of these is written: <10, or n<10 where the value is derived."""
    measure = some[0].measure if some else PERSONS
    return written(None, State.SUPPRESSED, measure, language)


def state_notes(some: Sequence[Cell], language: str) -> list[str]:
    """What <10 and – mean, for those that occur."""
    count = states(some)
    notes = []
    if count[State.SUPPRESSED]:
        notes.append(text(_hidden(some), language, mark=hidden_mark(some, language)))
    if count[State.UNAVAILABLE]:
        notes.append(text(_("{mark}: tidak tersedia."), language, mark=UNAVAILABLE))
    return notes


def _hidden(some: Sequence[Cell]) -> str:
    if some[0].measure == PERSONS:
        return _("{mark}: di bawah 10, mungkin nol; ditekan demi kerahasiaan.")
    return _("{mark}: dihitung dari angka di bawah 10; ditekan demi kerahasiaan.")
