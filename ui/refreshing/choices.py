"""What a source column or label can become, in words that are unambiguous within one list."""

from collections.abc import Sequence
from typing import Any

from data_access.contract import Dataset
from data_access.intake.mapping.model import DATE, IGNORED, KEYS
from data_access.words import mark as _
from data_access.words import text

COLUMN = ""  # the level of a proposal that is about a column
OTHERS = {
    KEYS: _("kunci rekaman (jumlah per sel)"),
    DATE: _("tanggal acuan (hanya dicocokkan)"),
    IGNORED: _("abaikan"),
}


def targets(described: Dataset, language: str) -> dict[str, str]:
    """Target of a column -> words: every level, the measure, and the few other things that a column can be."""
    levels = {name: f"{level.label.text(language)} ({name})" for name, level in described.levels.items()}
    measure = {described.measure: f"{text(_('jumlah orang'), language)} ({described.measure})"}
    return measure | levels | {name: text(words, language) for name, words in OTHERS.items()}


def codes(described: Dataset, level: str, language: str) -> dict[str, str]:
    """Code -> "code – label" of a level."""
    return {code.code: f"{code.code} – {code.label.text(language)}" for code in described.levels[level].codes}


def hint(candidates: Sequence[Sequence[Any]]) -> str:
    """The close matches of a text, best first: label (code) and how close, in per cent."""
    return "; ".join(f"{label} ({code}) {round(score)}%" for code, label, score in candidates)
