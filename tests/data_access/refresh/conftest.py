"""Deliveries laid down in the drop folder or uploaded, and what a data officer does with them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data_access.folders import private_folder
from data_access.governance import accounts, refresh_requests, refreshes
from data_access.governance.audit import Event
from data_access.governance.refresh_requests import Claims, Delivered
from data_access.governance.refreshes import Refresh
from data_access.refresh.worker import work
from data_access.release import shelf
from data_access.state import engine
from tests import movements
from tests.movements import moves
from tests.world import LATE, PASSWORD, World, cube, deliver, moved_on, own_passwords, pledge

NEXT = date(2025, 11, 1)
TEAM = "tim-data"


@dataclass(frozen=True)
class Office:
    """The data team at work in a world, with the worker at hand."""

    world: World

    def event(self, account: str = TEAM) -> Event:
        return Event(action="refresh-uji", decision="allowed", account=account)

    def lay_down(self, name: str = "kiriman", *, day: date = NEXT, upload: bool = False, **claims: Any) -> Path:
        settings = self.world.settings
        people = moved_on(self.world.people[LATE], day=day)
        return deliver(
            private_folder(settings.incoming if upload else settings.drop) / name, cube(people), day, **claims
        )

    def lay_down_moves(
        self, name: str = "kiriman", *, since: date | None = LATE, day: date = NEXT, upload: bool = False, **claims: Any
    ) -> Path:
        """What happened between the last snapshot and the next, as a delivery of movements."""
        settings, people = self.world.settings, self.world.people[LATE]
        events = moves(people, moved_on(people, day=day))
        place = private_folder(settings.incoming if upload else settings.drop) / name
        return movements.lay_down(place, events, since, day, **claims)

    def receive(
        self,
        name: str = "kiriman",
        *,
        dataset: str = "pegawai",
        day: date = NEXT,
        upload: bool = False,
        mapping: str = "",
        claims: Claims | None = None,
    ) -> int:
        origin = "upload" if upload else "drop"
        brought = Delivered(
            dataset=dataset,
            reference_date=day,
            origin=origin,
            delivery=name,
            title=name,
            mapping=mapping,
            claims=claims,
        )
        return refresh_requests.receive(self.state, self.world.audit_key, self.event(), brought)

    def ask(self, number: int, *, reason: str = "", account: str = TEAM, four_eyes: bool = False) -> Refresh:
        event = self.event(account)
        return refresh_requests.ask_publish(
            self.state, self.world.audit_key, event, number, reason=reason, four_eyes=four_eyes
        )

    def ask_rollback(self, release: str, *datasets: str) -> int:
        return refresh_requests.ask_rollback(
            self.state,
            self.world.audit_key,
            self.event(),
            datasets=datasets or ("pegawai",),
            release=release,
            reason="rilis terakhir keliru",
            four_eyes=False,
        )

    def work(self, **changes: Any) -> int:
        return work(self.world.settings.model_copy(update=changes))

    def one(self, number: int) -> Refresh:
        return refreshes.one(self.state, number)

    def report(self, number: int) -> dict[str, Any]:
        return refreshes.report(self.state, number)

    def served(self) -> str:
        return shelf.current(self.world.settings.releases).name

    @property
    def state(self) -> Any:
        return engine(self.world.settings.state)


@pytest.fixture
def office(own_world: World) -> Office:
    made = Office(own_world)
    event = made.event("uji")
    accounts.add(
        made.state,
        own_world.audit_key,
        event,
        name="tim-data-dua",
        full_name="Tim data kedua",
        role="tim_data",
        party="kedua",
        password=PASSWORD,
        cost=4,
    )
    own_passwords(own_world.settings)
    pledge(own_world.settings, "tim-data-dua")
    return made
