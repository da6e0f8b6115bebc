"""What a mapping leaves open for a file: it is a draft until every column and label of the file has its meaning."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from data_access.intake.labels import normal
from data_access.intake.mapping.model import Mapping


@dataclass(frozen=True)
class Open:
    """Levels (or the measure) without a source, columns nobody has decided on, labels (level, text) without a code."""

    levels: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.levels or self.columns or self.labels)


def open_points(
    mapping: Mapping, before: Mapping, columns: Collection[str], proposals: Iterable[dict[str, Any]]
) -> Open:
    """What is left open by `mapping`, a change of `before`, under which `proposals` (level, source) had no code.

    The labels of a column that means something else now are known after the next check.
    """
    headings = {normal(name) for name in mapping.headings}
    explained = {level: {normal(text) for text in codes} for level, codes in mapping.labels.items()}
    return Open(
        mapping.lacking,
        tuple(name for name in columns if normal(name) not in headings),
        tuple(
            (one["level"], one["source"])
            for one in proposals
            if one["level"]
            and mapping.heading(one["level"]) == before.heading(one["level"]) != ""
            and normal(one["source"]) not in explained.get(one["level"], ())
        ),
    )
