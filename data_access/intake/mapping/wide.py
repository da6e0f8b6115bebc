"""Headings of wide tables: which columns of numbers belong to which codes, and which only add others up."""

import re
from collections.abc import Iterable

from data_access.contract import Dataset
from data_access.intake.labels import normal
from data_access.intake.mapping.codes import known

COUNTS = {
    "jumlah",
    "total",
    "jml",
    "jumlah total",
    "total jumlah",
    "jumlah seluruhnya",
    "jumlah pegawai",
    "jumlah asn",
    "jumlah orang",
    "orang",
    "pegawai",
    "banyaknya",
    "count",
}
# How a heading may be made of the names of codes: "PNS | L", "PPPK-PW L", "PNS_L", "PNS-L"; the fewest parts first.
BETWEEN = [re.compile(pattern) for pattern in (r"\s*\|\s*", r"[\s_]+", r"\s*[/-]\s*")]

Wide = dict[str, dict[str, str]]


def wide_columns(headings: dict[str, str], dataset: Dataset, taken: set[str]) -> Wide:
    """Column -> codes of those (column -> heading) whose headings are made of codes; all of the same levels, two at least."""
    found = {column: _codes(_splits(heading), dataset, taken) for column, heading in headings.items()}
    several = {column: codes for column, codes in found.items() if codes}
    most = max((tuple(codes) for codes in several.values()), key=len, default=())
    same = {column: codes for column, codes in several.items() if tuple(codes) == most}
    return same if len(same) > 1 else {}


def total_columns(headings: dict[str, str], dataset: Dataset, wide: Wide) -> Wide:
    """Column -> codes that the wide columns it adds up have in common: "Jumlah" (none), "PNS | Jumlah", "Total L"."""
    levels = {level for codes in wide.values() for level in codes}
    found: Wide = {}
    for column, heading in headings.items() if wide else ():
        for parts in _splits(heading):
            rest = [part for part in parts if normal(part) not in COUNTS]
            codes = _codes([rest], dataset, set(dataset.levels) - levels) if rest else {}
            if len(rest) < len(parts) and len(codes) == len(rest):
                found.setdefault(column, codes)
    return found


def _splits(heading: str) -> list[list[str]]:
    return [[heading], *(between.split(heading) for between in BETWEEN)]


def _codes(splits: Iterable[list[str]], dataset: Dataset, taken: set[str]) -> dict[str, str]:
    """The codes that the parts of a heading name, by level in the contract's order; nothing if a part is left over."""
    for parts in splits:
        found: dict[str, str] = {}
        for part in parts:
            levels = [one for one in dataset.delivered if one.name not in taken and one.name not in found]
            meant = {one.name: known(one, [part], {}).codes.get(part) for one in levels}
            named = [(level, code) for level, code in meant.items() if code]
            found |= dict(named[:1])
        if len(found) == len(parts):
            return {level: found[level] for level in dataset.levels if level in found}
    return {}
