"""Close matches for a text that is not known. They are only ever proposed."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from data_access.contract import Dataset, Level
from data_access.intake.labels import index, normal
from data_access.intake.readers.dates import MONTHS

CLOSE = 80
SHORT = 4  # below this length parts of a word match by chance
FEW = 20  # a list of no more codes is known by heart; there a guess must be close as a whole
NEAR = 88
MOST = 3
SURE = 100
LONG = 6  # letters, below which nothing is chosen beforehand
ALMOST = 93  # above what a match of parts of a text can reach
APART = 8  # from the next candidate
BAND = re.compile(r"(\d{1,2})-(\d{1,2})")
YEAR = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: 00:00:00)?")
WORDED = re.compile(r"(\d{1,2})[- /]([a-z]{3,9})|([a-z]{3,9})[- /](\d{1,2})")
PLAIN = re.compile(r"(\d{1,2})/(\d{1,2})(?:/\d{2,4})?")

Candidates = tuple[tuple[str, str, int], ...]


def codes_like(level: Level, value: str) -> Candidates:
    """Up to three codes of the level that the value comes near to: (code, label, score of 0..100), best first."""
    band = band_behind(level, value)
    if band:
        return ((band, level.by_code[band].label.id, SURE),)
    few = len(level.codes) <= FEW
    return tuple((code, level.by_code[code].label.id, score) for code, score in _close(value, index(level), whole=few))


def likeliest(value: str, candidates: Sequence[Sequence[Any]]) -> str:
    """The code that may stand there before somebody chooses: close, of some length, and far from the next; or ""."""
    if not candidates:
        return ""
    code, _label, score = candidates[0]
    next_one = candidates[1][2] if len(candidates) > 1 else 0
    enough = len(normal(value)) >= LONG or score >= SURE  # a band that became a date is certain
    return str(code) if enough and score >= ALMOST and score - next_one >= APART else ""


def levels_like(dataset: Dataset, heading: str) -> Candidates:
    """Up to three delivered levels or the measure that a heading comes near to."""
    labels = {level.name: level.label.id for level in dataset.delivered} | {dataset.measure: dataset.measure}
    forms = {normal(name): name for name in labels} | {normal(label): name for name, label in labels.items()}
    return tuple((name, labels[name], score) for name, score in _close(heading, forms))


def band_behind(level: Level, value: str) -> str:
    """The band that a spreadsheet turned into this date ("6-10" -> 6 October), or ""."""
    pairs = {pair for one in _days(value.casefold()) for pair in (one, one[::-1])}
    bands = {code: BAND.fullmatch(code) for code in level.by_code}
    return next((code for code, band in bands.items() if band and (int(band[1]), int(band[2])) in pairs), "")


def _days(text: str) -> Iterator[tuple[int, int]]:
    """Day and month, and month and short year, that a text may be the date of."""
    if found := YEAR.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
        yield from ((day, month), (month, year % 100))
    if found := WORDED.fullmatch(text):
        number, month = int(found[1] or found[4]), MONTHS.get(found[2] or found[3], 0)
        yield from ((number, month),) if month else ()
    if found := PLAIN.fullmatch(text):
        yield int(found[1]), int(found[2])


def _close(value: str, forms: dict[str, str], *, whole: bool = False) -> list[tuple[str, int]]:
    wanted = normal(value)
    if whole and len(wanted) < SHORT:
        return []
    scorer, least = (fuzz.ratio, NEAR) if whole else (fuzz.WRatio if len(wanted) >= SHORT else fuzz.ratio, CLOSE)
    best: dict[str, int] = {}
    for form, score, _key in process.extract(wanted, list(forms), scorer=scorer, score_cutoff=least, limit=4 * MOST):
        best[forms[form]] = max(best.get(forms[form], 0), round(score))
    return sorted(best.items(), key=lambda one: -one[1])[:MOST]
