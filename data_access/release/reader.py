"""Reads the current release: verifies it, opens it read-only and locked, and answers for one admitted combination at a time.

Each (scope, combination) gets its own secure view that holds that combination's rows within the scope and nothing else.
"""

import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from data_access.contract import Dataset, contract
from data_access.errors import Damaged
from data_access.release import manifest as manifests
from data_access.release.codebook import Codebook
from data_access.release.lattice import Combination
from data_access.release.literal import literal
from data_access.words import mark as _

Admitted = dict[date, dict[frozenset[str], list[tuple[int, Combination]]]]
CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    "temp_directory": "",
}


@dataclass(frozen=True)
class Selection:
    """What to read from one combination: filters and groups by dimension, in ordinals of the combination's levels."""

    combination: int
    periods: tuple[date, ...]
    where: tuple[tuple[str, tuple[int, ...]], ...]
    by: tuple[str, ...]
    rows: tuple[str, tuple[int, ...]] | None


class Reader:
    """One opened release. Safe for threads: every question uses a cursor of its own."""

    def __init__(
        self, folder: Path, *, secret: manifests.Trusted, threads: int, memory_limit: str, seconds: int
    ) -> None:
        self.manifest = manifests.verify(folder, secret)
        options = CLOSED | {"threads": threads, "memory_limit": memory_limit, "max_execution_time": seconds * 1000}
        self._connection = duckdb.connect(":memory:", config=options)
        self._connection.execute(f"ATTACH {literal(folder / manifests.DATABASE)} AS release (READ_ONLY)")
        # Only after attaching: from here on no file can be opened, and nothing of this can be changed.
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")
        self._held = {row[0] for row in self._connection.execute("DESCRIBE release.cells").fetchall()}
        weakref.finalize(self, self._connection.close)
        self._views: dict[tuple[int, tuple[str, tuple[int, ...]] | None], str] = {}
        self._lock = threading.Lock()

    @cached_property
    def book(self) -> Codebook:
        rows = (
            self._cursor()
            .execute("SELECT level, list(code ORDER BY ordinal) FROM release.codes GROUP BY level")
            .fetchall()
        )
        return Codebook({level: tuple(codes) for level, codes in rows})

    def admitted(self, dataset: str) -> Admitted:
        """Per reference date and set of dimensions: the combinations that the release holds, with their numbers."""
        return self._admitted.get(dataset, {})

    @cached_property
    def _admitted(self) -> dict[str, Admitted]:
        named = {row[0] for row in self._cursor().execute("DESCRIBE release.combinations").fetchall()}
        dataset = "dataset" if "dataset" in named else f"'{manifests.FIRST}' AS dataset"
        statement = f"SELECT {dataset}, id, period, levels, public FROM release.combinations WHERE admitted ORDER BY id"
        found: dict[str, Admitted] = {}
        for owner, number, period, levels, public in self._cursor().execute(statement).fetchall():
            names = tuple(levels.split(",")) if levels else ()
            known = contract().datasets[owner].dimension_of if owner in contract().datasets else {}
            if owner not in contract().datasets or not set(names) <= known.keys():
                continue  # a level that the contract has since renamed or dropped
            dimensions = frozenset(known[name] for name in names)
            held = found.setdefault(owner, {}).setdefault(period, {})
            held.setdefault(dimensions, []).append((number, Combination(names, public)))
        return found

    def catalogue(self) -> tuple[Codebook, dict[str, Admitted]]:
        """Codes and combinations of the release, read once."""
        return self.book, self._admitted

    def periods(self, dataset: str) -> tuple[date, ...]:
        """The reference dates of which the release holds a snapshot of the dataset, earliest first."""
        return self.manifest.periods(dataset)

    def read(self, dataset: Dataset, selection: Selection) -> dict[str, npt.NDArray[np.int64]]:
        """Columns `period` (datetime64), each dimension of `by` (ordinals), and `m` (the sum of protected cells).

        Damaged if the question takes too long or too much memory.
        """
        columns = ", ".join(["period", *selection.by])
        conditions, bound = [f"period IN ({_marks(selection.periods)})"], list[object](selection.periods)
        for dimension, ordinals in selection.where:
            conditions.append(f"{dimension} IN ({_marks(ordinals)})")
            bound.extend(ordinals)
        view = self._view(dataset, selection.combination, selection.rows)
        statement = f"SELECT {columns}, sum(m)::BIGINT AS m FROM {view} WHERE {' AND '.join(conditions)} GROUP BY ALL"
        try:
            return dict(self._cursor().execute(statement, bound).fetchnumpy())
        except duckdb.Error as error:
            template = _(
                "Rilis {release} gagal dibaca untuk pertanyaan ini. Persempit pilihan atau coba lagi sebentar."
            )
            raise Damaged("release-unread", template, release=self.manifest.id) from error

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        return self._connection.cursor()

    def _view(self, dataset: Dataset, combination: int, rows: tuple[str, tuple[int, ...]] | None) -> str:
        """The secure view of one combination within a row rule, made at its first use. All parts are numbers of ours."""
        with self._lock:
            name = self._views.get((combination, rows))
            if name is None:
                name = f"v{len(self._views)}"
                columns = ", ".join(["period", *(d.name for d in dataset.dimensions if d.name in self._held), "m"])
                limit = f" AND {rows[0]} IN ({', '.join(str(int(o)) for o in rows[1])})" if rows else ""
                source = f"SELECT {columns} FROM release.cells WHERE combination = {int(combination)}{limit}"
                self._cursor().execute(f"CREATE SECURE VIEW {name} AS {source}")
                self._views[combination, rows] = name
            return name


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
