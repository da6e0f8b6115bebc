"""The one door as a page of a topic uses it: the same viewer and place for every question."""

from dataclasses import dataclass
from datetime import date

from data_access.access.gateway import ask
from data_access.access.query import Query
from data_access.access.result import Protected
from data_access.access.viewer import Viewer

Place = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Door:
    """The questions of one page run: always the same viewer and place."""

    viewer: Viewer
    place: Place

    def __call__(
        self, *by: str, periods: tuple[date, ...], dataset: str = "pegawai", **where: tuple[str, ...]
    ) -> Protected:
        return ask(self.viewer, Query(dataset, by=by, where=self.place | where, periods=periods))
