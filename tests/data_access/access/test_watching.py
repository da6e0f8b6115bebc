"""Who may watch the exchange, and that having looked stands in the record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from data_access.access.gateway import ask
from data_access.access.query import Query
from data_access.access.roles import roles
from data_access.access.viewer import Viewer
from data_access.access.watching import PAGE, check_may_watch, watched, watched_since
from data_access.errors import Refused
from data_access.governance.agreement import today
from data_access.governance.audit import Entry, search
from data_access.governance.watching import Tally
from data_access.state import engine
from tests.ui_world import served
from tests.world import World

SPAN = (date(2020, 1, 1), date(2099, 12, 31))


@pytest.fixture
def place(own_world: World) -> Iterator[World]:
    with served(own_world):
        yield own_world


def newest(world: World) -> Entry:
    return search(engine(world.settings.state), limit=1)[0]


def test_owner_sees_what_the_other_party_asked(place: World) -> None:
    """The technical team of the party that asks, and one of the party that owns the data."""
    owner, analyst = of_owner(place), ("analis", "analis")
    watched_since(owner, lambda _done, _all: None)
    before = watched(owner, *SPAN).use.by_account.get(analyst, Tally()).questions
    ask(place.viewer("analis"), Query("pegawai", by=("status",)))
    ask(place.viewer("pemilik"), Query("pegawai", by=("status",)))
    assert watched_since(owner, lambda _done, _all: None) == today()
    found = watched(owner, *SPAN).use
    assert found.by_account[analyst].questions == before + 1
    assert not any(account == "pemilik" for account, _role in found.by_account)
    assert watched(place.viewer("tim-teknis"), *SPAN).use.total == Tally()


def of_owner(world: World) -> Viewer:
    return replace(world.viewer("tim-teknis"), party="kedua")


def test_looking_is_recorded(place: World) -> None:
    watched(place.viewer("tim-teknis"), *SPAN)
    event = newest(place).event
    assert (event.action, event.decision, event.account, event.rows) == ("watch", "allowed", "tim-teknis", 0)
    assert event.query == '{"since": "2020-01-01", "until": "2099-12-31"}'


@pytest.mark.parametrize("account", ["analis", "wilayah", "tim-data", "pengelola"])
def test_a_role_that_does_not_watch_is_refused_and_that_is_recorded(place: World, account: str) -> None:
    with pytest.raises(Refused, match="Pemantauan"):
        watched(place.viewer(account), *SPAN)
    event = newest(place).event
    assert (event.action, event.decision, event.reason) == ("watch", "refused", "watch-role")
    with pytest.raises(Refused):
        watched_since(place.viewer(account), lambda _done, _all: None)


def test_the_roles_that_watch_are_those_that_have_the_page(place: World) -> None:
    watching = {name for name, role in roles().roles.items() if PAGE in role.pages}
    assert watching == {"tim_teknis", "pimpinan"}
    for account in ("tim-teknis", "pimpinan"):
        check_may_watch(place.viewer(account))
