"""What a figure shows in sentences, for those who do not see it; made from displayed cells only."""

from charts.labels import hidden_mark, unit_text
from charts.reading import Cell, cells, latest, periods, states
from data_access.access.result import PERSONS, Protected, State
from data_access.words import day, inside, text
from data_access.words import mark as _


def alt_text(result: Protected, *, language: str) -> str:
    """What and when; the largest and smallest shown or the way over time; how many cells are not shown."""
    some = cells(result)
    facts = _over_time(result, language) if not result.axes else _extremes(result, language)
    if all(cell.value is None for cell in some):
        facts = [text(_("Tidak ada angka yang ditampilkan."), language)]
    return " ".join([_title(result, language), *facts, *_not_shown(some, language)])


def _title(result: Protected, language: str) -> str:
    label = result.source.label.text(language)
    if result.measure != PERSONS:
        label = f"{result.measure.label.text(language)}: {label}"
    joiner = f" {text(_('dan'), language)} "
    axes = joiner.join(inside(axis.label.text(language)) for axis in result.axes)
    when = _when(result, language)
    if axes:
        return text(_("{label} menurut {axes}, {when}."), language, label=label, axes=axes, when=when)
    return text(_("{label}, {when}."), language, label=label, when=when)


def _when(result: Protected, language: str) -> str:
    days = [day(period, language) for period in periods(result)]
    if not days:
        return text(_("tanpa periode"), language)
    if len(days) == 1:
        return text(_("per {day}"), language, day=days[0])
    return text(_("{first} sampai {last}"), language, first=days[0], last=days[-1])


def _over_time(result: Protected, language: str) -> list[str]:
    shown = [cell for cell in cells(result) if cell.value is not None]
    if len(shown) < 2:
        return [f"{unit_text(cell, result, language)}." for cell in shown]
    sentence = _("Dari {first} pada {first_day} menjadi {last} pada {last_day}.")
    ends = {"first": unit_text(shown[0], result, language), "last": unit_text(shown[-1], result, language)}
    days = {"first_day": day(shown[0].period, language), "last_day": day(shown[-1].period, language)}
    return [text(sentence, language, **ends, **days)]


def _extremes(result: Protected, language: str) -> list[str]:
    """The largest and smallest shown at the last period, ties by name."""
    named = [axis.labels(language) for axis in result.axes]
    shown = [cell for cell in latest(result) if cell.value is not None]
    ranked = sorted(shown, key=lambda cell: (-cell.size, _name(cell, named)))
    if not ranked:
        return []
    pairs = [(_("Terbesar: {name}, {value}."), ranked[0])]
    if len(ranked) > 1:
        pairs.append((_("Terkecil yang ditampilkan: {name}, {value}."), ranked[-1]))
    return [
        text(words, language, name=_name(cell, named), value=unit_text(cell, result, language)) for words, cell in pairs
    ]


def _name(cell: Cell, named: list[dict[str, str]]) -> str:
    return ", ".join(names[code] for names, code in zip(named, cell.codes, strict=True))


def _not_shown(some: list[Cell], language: str) -> list[str]:
    count = states(some)
    sentences = []
    if count[State.SUPPRESSED]:
        words = _("{count} sel ditekan demi kerahasiaan ({mark}).")
        sentences.append(text(words, language, count=count[State.SUPPRESSED], mark=hidden_mark(some, language)))
    if count[State.UNAVAILABLE]:
        sentences.append(text(_("{count} sel tidak tersedia."), language, count=count[State.UNAVAILABLE]))
    return sentences
