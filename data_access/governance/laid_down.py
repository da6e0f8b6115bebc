"""What lies in the drop folder: the worker looks and notes it here, for the web process cannot open that folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, delete, insert, select

from data_access.state import reading, writing
from data_access.state.tables import laid_down

LOOSE = "delivery-loose"


@dataclass(frozen=True, kw_only=True)
class LaidDown:
    """One entry of the drop folder. `total` is what its manifest declares, `written_at` when that was written.

    `digests` are the SHA-256 of its data files. `failure` holds reason and a sentence per language where the entry is no
    delivery that can be read; then all else is unknown.
    """

    name: str
    dataset: str | None = None
    reference_date: date | None = None
    total: int | None = None
    digests: frozenset[str] = frozenset()
    written_at: datetime
    failure: dict[str, str] | None = None

    @property
    def loose(self) -> bool:
        """A file beside the deliveries, which the worker does not read."""
        return (self.failure or {}).get("reason") == LOOSE


def laid(engine: Engine) -> list[LaidDown]:
    """What the worker saw last: the newest reference date first, what cannot be read at the end."""
    with reading(engine) as connection:
        rows = connection.execute(select(laid_down).order_by(laid_down.c.name)).mappings()
        found = [_from_row(dict(row)) for row in rows]
    return sorted(found, key=lambda one: one.reference_date or date.min, reverse=True)


def note(engine: Engine, found: Sequence[LaidDown]) -> None:
    """Replaces what was seen before; nothing is written where nothing has changed."""
    if {one.name: one for one in found} == {one.name: one for one in laid(engine)}:
        return
    with writing(engine) as connection:
        connection.execute(delete(laid_down))
        if found:
            connection.execute(insert(laid_down), [_row(one) for one in found])


def _row(one: LaidDown) -> dict[str, object]:
    day = one.reference_date.isoformat() if one.reference_date else None
    return vars(one) | {"reference_date": day, "digests": ",".join(sorted(one.digests))}


def _from_row(fields: dict[str, Any]) -> LaidDown:
    """The columns are the fields, but for two that the state keeps as text."""
    day, digests = fields.pop("reference_date"), str(fields.pop("digests"))
    return LaidDown(
        **fields,
        reference_date=date.fromisoformat(str(day)) if day else None,
        digests=frozenset(filter(None, digests.split(","))),
    )
