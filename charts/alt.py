"""What a figure shows in sentences, for those who do not see it; made from displayed cells only."""

from collections.abc import Sequence
from datetime import date

from charts.labels import hidden_mark, unit_text
from charts.reading import Cell, cells, latest, states
from data_access.access.result import PERSONS, Protected, State
from data_access.words import day, inside, text
from data_access.words import mark as _


def alt_text(result: Protected, *, language: str, period: date | None = None) -> str:
    """What and when; the largest and smallest shown or the way over time; how many cells are not shown.

    `period` is the only one that the figure shows, if it does not show all.
    """
    some = cells(result, period=period)
    facts = _over_time(some, result, language) if not result.axes else _extremes(result, language, period)
    if all(cell.value is None for cell in some):
        facts = [text(_("Tidak ada angka yang ditampilkan."), language)]
    return " ".join([_title(some, result, language), *facts, *_not_shown(some, language)])


def _title(some: Sequence[Cell], result: Protected, language: str) -> str:
    label = result.source.label.text(language)
    if result.measure != PERSONS:
        label = f"{result.measure.label.text(language)}: {label}"
    joiner = f" {text(_('dan'), language)} "
    axes = joiner.join(inside(axis.label.text(language)) for axis in result.axes)
    when = _when(some, language)
    if axes:
        return text(_("{label} menurut {axes}, {when}."), language, label=label, axes=axes, when=when)
    return text(_("{label}, {when}."), language, label=label, when=when)


def _when(some: Sequence[Cell], language: str) -> str:
    days = [day(period, language) for period in sorted({cell.period for cell in some})]
    if not days:
        return text(_("tanpa periode"), language)
    if len(days) == 1:
        return text(_("per {day}"), language, day=days[0])
    return text(_("{first} sampai {last}"), language, first=days[0], last=days[-1])


def _over_time(some: Sequence[Cell], result: Protected, language: str) -> list[str]:
    shown = [cell for cell in some if cell.value is not None]
    if len(shown) < 2:
        return [f"{unit_text(cell, result, language)}." for cell in shown]
    sentence = _("Dari {first} pada {first_day} menjadi {last} pada {last_day}.")
    ends = {"first": unit_text(shown[0], result, language), "last": unit_text(shown[-1], result, language)}
    days = {"first_day": day(shown[0].period, language), "last_day": day(shown[-1].period, language)}
    return [text(sentence, language, **ends, **days)]


def _extremes(result: Protected, language: str, period: date | None) -> list[str]:
    """The largest and smallest shown at `period` or the last one, ties by name."""
    shown = [cell for cell in latest(result, period=period) if cell.value is not None]
    if not shown:
        return []
    labels = [axis.labels(language) for axis in result.axes]
    ranked = sorted(shown, key=lambda cell: (-cell.size, _name(cell, labels)))
    pairs = [(_("Terbesar: {name}, {value}."), ranked[0])]
    if len(ranked) > 1:
        pairs.append((_("Terkecil yang ditampilkan: {name}, {value}."), ranked[-1]))
    return [
        text(words, language, name=_name(cell, labels), value=unit_text(cell, result, language))
        for words, cell in pairs
    ]


def _name(cell: Cell, labels: list[dict[str, str]]) -> str:
    return ", ".join(names[code] for names, code in zip(labels, cell.codes, strict=True))


def _not_shown(some: list[Cell], language: str) -> list[str]:
    count = states(some)
    sentences = []
    if count[State.SUPPRESSED]:
        words = _("{count} sel ditekan demi kerahasiaan ({mark}).")
        sentences.append(text(words, language, count=count[State.SUPPRESSED], mark=hidden_mark(some, language)))
    if count[State.UNAVAILABLE]:
        sentences.append(text(_("{count} sel tidak tersedia."), language, count=count[State.UNAVAILABLE]))
    return sentences
