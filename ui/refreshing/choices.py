"""What a source column or label can become, in words that are unambiguous within one list, and which mapping may be applied."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from typing import Any

from data_access.contract import Dataset
from data_access.intake.mapping import register
from data_access.intake.mapping.candidates import likeliest
from data_access.intake.mapping.model import DATE, IGNORED, KEYS, Mapping
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from data_access.words import moment, text

COLUMN = ""  # the level of a proposal that is about a column
OTHERS = {
    KEYS: _("kunci rekaman (jumlah per sel)"),
    DATE: _("tanggal acuan (hanya dicocokkan)"),
    IGNORED: _("tidak dipakai"),
}
Codes = Dict[str, str]


def targets(described: Dataset, language: str) -> dict[str, str]:
    """Target of a column -> words: every level, the measure, and the few other things that a column can be."""
    levels = {name: f"{level.label.text(language)} ({name})" for name, level in described.levels.items()}
    counted = text(_("jumlah {unit}"), language, unit=described.unit)
    measure = {described.measure: f"{counted} ({described.measure})"}
    return measure | levels | {name: text(words, language) for name, words in OTHERS.items()}


def part(described: Dataset, codes: Codes, language: str) -> str:
    """What a column of a wide table counts: "jumlah orang: PNS, Laki-laki"."""
    names = [described.levels[level].by_code[code].label.text(language) for level, code in codes.items()]
    return text(_("jumlah {unit}: {codes}"), language, unit=described.unit, codes=", ".join(names))


def total(described: Dataset, codes: Codes, language: str) -> str:
    """What a column of totals of a wide table adds up."""
    names = [described.levels[level].by_code[code].label.text(language) for level, code in codes.items()]
    everything = text(_("semua"), language)
    return text(_("total {codes} (hanya dicocokkan)"), language, codes=", ".join(names) or everything)


def meaning(mapping: Mapping, language: str) -> dict[str, str]:
    """Heading -> words, for every column that the mapping speaks of."""
    described, plain = mapping.described, targets(mapping.described, language)
    return (
        {name: plain[target] for name, target in mapping.columns.items()}
        | {name: part(described, codes, language) for name, codes in mapping.unpivot.items()}
        | {name: total(described, codes, language) for name, codes in mapping.totals.items()}
    )


def meant(mapping: Mapping, chosen: Dict[str, str], language: str) -> Mapping:
    """The mapping after somebody has given columns other meanings (heading -> words)."""
    described = mapping.described
    plain = {words: target for target, words in targets(described, language).items()}
    parts = {part(described, codes, language): codes for codes in mapping.unpivot.values()}
    sums = {total(described, codes, language): codes for codes in ({}, *mapping.totals.values())}
    return mapping.model_copy(
        update={
            "columns": {name: plain[words] for name, words in chosen.items() if words in plain},
            "unpivot": {name: parts[words] for name, words in chosen.items() if words in parts},
            "totals": {name: sums[words] for name, words in chosen.items() if words in sums},
        }
    )


def meanings(mapping: Mapping, language: str) -> list[str]:
    """All that a column of this mapping may mean."""
    wide = [total(mapping.described, {}, language)] if mapping.unpivot else []
    return list(
        dict.fromkeys([*targets(mapping.described, language).values(), *meaning(mapping, language).values(), *wide])
    )


def codes(described: Dataset, level: str, language: str) -> dict[str, str]:
    """Code -> "code – label" of a level."""
    return {code.code: f"{code.code} – {code.label.text(language)}" for code in described.levels[level].codes}


def hint(candidates: Sequence[Sequence[Any]]) -> str:
    """The close matches of a text, best first: label (code) and how close, in per cent."""
    return "; ".join(f"{label} ({code}) {round(score)}%" for code, label, score in candidates)


def first(source: str, candidates: Sequence[Sequence[Any]], options: Dict[str, str]) -> str | None:
    """The words of the code that may stand there before somebody chooses, or None."""
    return options.get(likeliest(source, candidates))


def versions(dataset: str, language: str) -> dict[str, str]:
    """Every version of every mapping for a dataset, "name@version" -> words, by name and the newest first."""
    found = register.versions(engine(settings().state))
    return {
        f"{one.name}@{one.version}": text(
            _("{name} versi {version} ({moment}{note})"),
            language,
            name=one.name,
            version=one.version,
            moment=moment(one.created_at, language),
            note=f", {one.note}" if one.note else "",
        )
        for one in found
        if one.dataset == dataset
    }
