"""Two writers at once on a real PostgreSQL: what ends sessions and what opens one come one after the other."""

import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text

from data_access.errors import AsnError
from data_access.governance import accounts, ending, sessions
from data_access.governance.accounts import Account
from data_access.governance.audit import Event
from data_access.governance.proofs import held
from data_access.state import reading
from tests.postgres import cluster, database

pytestmark = pytest.mark.services
NEW = "tujuh payung biru"
Change = Callable[[Engine, bytes, Event, str], object]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with cluster() as folder:
        yield folder


@pytest.fixture
def state(server: str) -> Iterator[Engine]:
    """In place of the SQLite state of the other tests."""
    with database(server, uuid.uuid4().hex) as made:
        yield made


def waits_for_the_lock(state: Engine) -> bool:
    with reading(state) as connection:
        waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return bool(connection.scalar(waiting))


CHANGES: dict[str, Change] = {
    "changed": lambda state, key, event, password: accounts.change_password(
        state, key, event, name="budi", old=password, new=NEW, cost=4
    ),
    "reset": lambda state, key, event, _password: accounts.reset_password(
        state, key, event, name="budi", password=NEW, cost=4
    ),
    "disabled": lambda state, key, event, _password: accounts.disable(state, key, event, name="budi"),
}


@pytest.mark.parametrize("how", CHANGES)
def test_no_session_is_opened_between_the_end_of_all_and_the_change(
    state: Engine, key: bytes, change: Event, budi: Account, password: str, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Somebody with the old password comes in just when the change has ended the sessions and is not yet kept."""
    compared = held(state, "budi").proof
    with ThreadPoolExecutor() as pool:
        tries: list[Future[str]] = []

        def ended(*given: object, **named: object) -> int:
            count = ending.end_sessions(*given, **named)  # type: ignore[arg-type]
            tries.append(pool.submit(sessions.open_session, state, key, budi, address="10.0.0.1", compared=compared))
            while not (tries[0].done() or waits_for_the_lock(state)):
                time.sleep(0.01)
            return count

        monkeypatch.setattr(accounts, "end_sessions", ended)
        CHANGES[how](state, key, change, password)
        with pytest.raises(AsnError) as caught:
            tries[0].result()
    assert caught.value.reason == "sign-in-overtaken"
    assert [one for one in sessions.sessions_of(state, "budi") if one.end_reason is None] == []
