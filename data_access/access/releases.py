"""The opened releases: the one being served, and the last few older ones that somebody compares it with.

An older release answers with official figures only. Between two releases the same cell may hold revised data, and the
difference of two protected values would tell about the few persons who were corrected.
"""

import threading
from collections import OrderedDict
from datetime import date
from pathlib import Path

from data_access.access.plan import Part, plan
from data_access.access.query import Query
from data_access.access.scope import Scope
from data_access.contract import contract
from data_access.errors import InvalidQuery, Refused
from data_access.keys import ring
from data_access.release import shelf
from data_access.release.lattice import Combination
from data_access.release.reader import Admitted, Reader
from data_access.settings import Settings
from data_access.words import mark as _

KEPT_OLDER = 2


class Releases:
    """Readers of verified releases. A running question keeps the reader that it began with."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._served: Reader | None = None
        self._older: OrderedDict[str, Reader] = OrderedDict()
        # Two locks, so that nobody waits for an older release to be verified who only wants the one being served.
        self._lock, self._older_lock = threading.Lock(), threading.Lock()

    def served(self) -> Reader:
        """The reader of the current release; a new pointer is noticed here."""
        folder = shelf.current(self._settings.releases)
        with self._lock:
            if self._served is None or self._served.manifest.id != folder.name:
                self._served = self._opened(folder)
            return self._served

    def named(self, release: str) -> tuple[Reader, bool]:
        """The reader of the release of that name ("": the one being served), and whether it is the one being served.

        Refused if there is none of that name, Damaged if it is not as it was signed.
        """
        served = self.served()
        if release in ("", served.manifest.id):
            return served, True
        if release not in shelf.names(self._settings.releases):
            raise Refused("release-unknown", _("Rilis {release} tidak ada."), release=release)
        with self._older_lock:
            if release not in self._older:
                self._older[release] = self._opened(self._settings.releases / release)
            self._older.move_to_end(release)
            while len(self._older) > KEPT_OLDER:
                self._older.popitem(last=False)
            return self._older[release], False

    def _opened(self, folder: Path) -> Reader:
        options = self._settings
        return Reader(
            folder,
            secret=ring(options.keys, "manifest"),
            threads=options.threads,
            memory_limit=options.memory_limit,
            seconds=options.query_seconds,
        )


def official_plan(query: Query, scope: Scope, periods: tuple[date, ...], reader: Reader) -> list[Part]:
    """The readings of an older release: as `plan`, but as if it held nothing but what is official then and now.

    Refused if that does not answer the question, whatever else the release holds.
    """
    try:
        return plan(query, scope, periods, _official(scope.dataset, reader.admitted(scope.dataset)), reader.book)
    except InvalidQuery as error:
        if error.reason != "not-admitted":
            raise
        template = _("Rilis {release} tidak sedang disajikan; darinya hanya angka resmi yang dapat dilihat.")
        raise Refused("release-not-served", template, release=reader.manifest.id) from error


def _official(dataset: str, admitted: Admitted) -> Admitted:
    described = contract().datasets[dataset]

    def kept(found: list[tuple[int, Combination]]) -> list[tuple[int, Combination]]:
        return [(number, c) for number, c in found if c.public and described.is_public(c.levels)]

    return {day: {dimensions: kept(found) for dimensions, found in held.items()} for day, held in admitted.items()}
