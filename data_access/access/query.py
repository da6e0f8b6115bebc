"""The question: a frozen value with one canonical text. It says what is asked, not whether it may be."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

from data_access.errors import InvalidQuery
from data_access.words import mark as _

NO_FILTER: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Written(BaseModel):
    """What stands in a canonical text."""

    model_config = ConfigDict(extra="forbid")

    dataset: str
    by: tuple[str, ...]
    where: dict[str, tuple[str, ...]]
    periods: tuple[date, ...]
    measure: str
    order: Literal["kode", "nilai"]


@dataclass(frozen=True)
class Query:
    """A dataset crossed by 0 to 3 levels, limited to codes of levels, at reference dates (none named: the latest).

    `order` sorts the rows by the code lists or by displayed value, largest first.
    """

    dataset: str
    by: tuple[str, ...] = ()
    where: Mapping[str, Iterable[str]] = field(default_factory=lambda: NO_FILTER)
    periods: tuple[date, ...] = ()
    measure: str = "jumlah"
    order: Literal["kode", "nilai"] = "kode"

    def __post_init__(self) -> None:
        filters = {level: tuple(sorted(set(codes))) for level, codes in sorted(self.where.items())}
        object.__setattr__(self, "where", MappingProxyType(filters))
        object.__setattr__(self, "by", tuple(self.by))
        object.__setattr__(self, "periods", tuple(sorted(set(self.periods))))

    @cached_property
    def filters(self) -> dict[str, tuple[str, ...]]:
        return {level: tuple(codes) for level, codes in self.where.items()}

    @cached_property
    def canonical(self) -> str:
        """Canonical JSON in ASCII: sorted keys, no spaces; the same question always has the same text."""
        parts = {
            "dataset": self.dataset,
            "by": list(self.by),
            "where": self.filters,
            "periods": [day.isoformat() for day in self.periods],
            "measure": self.measure,
            "order": self.order,
        }
        return json.dumps(parts, sort_keys=True, separators=(",", ":"))

    @classmethod
    def read(cls, canonical: str) -> Self:
        """The question of a canonical text that this class has written; InvalidQuery for any other text."""
        try:
            found = cls(**vars(Written.model_validate_json(canonical)))
        except ValueError as error:
            raise _unreadable() from error
        if found.canonical != canonical:
            raise _unreadable()
        return found

    def __hash__(self) -> int:
        return hash(self.canonical)


def _unreadable() -> InvalidQuery:
    return InvalidQuery("query-unreadable", _("Pertanyaan ini tidak terbaca. Susun kembali di halaman."))
