"""The worker: what waits is done once and in order, and settled after a kill, whatever comes in between."""

import signal
import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import update

from data_access.governance import audit, refresh_progress, refresh_requests
from data_access.governance.laid_down import laid
from data_access.governance.use_summary import waiting
from data_access.refresh import taking, worker
from data_access.refresh.worker import settle, work
from data_access.release import journal, shelf
from data_access.state import utc_now, writing
from data_access.state.tables import refresh
from tests.data_access.refresh.conftest import TEAM, Office
from tests.data_access.refresh.processes import start
from tests.data_access.release.test_killed import in_order, leftovers


@pytest.mark.parametrize("upload", [False, True], ids=["drop folder", "upload"])
def test_from_a_delivery_to_a_release(office: Office, upload: bool) -> None:
    folder = office.lay_down(upload=upload)
    number = office.receive(upload=upload)
    assert office.work() == 1
    assert (office.one(number).state, office.one(number).errors) == ("ready", 0)
    assert folder.exists() != upload  # an upload was taken over, the drop folder belongs to the sender
    assert office.served() == "0003"
    office.ask(number)
    assert office.work() == 1
    done = office.one(number)
    assert (done.state, done.release, office.served()) == ("published", "0004", "0004")
    (entry,) = audit.search(office.state, action="publish", decision="allowed", limit=1)
    assert (entry.event.account, entry.event.release) == (TEAM, "0004")
    assert entry.event.detail == f"penyegaran {number}, rilis 0004"
    assert not taking.place(done, office.world.settings).exists()
    in_order(office.world)


def test_a_rejected_delivery_names_its_findings_and_stays_where_a_mapping_can_mend_it(office: Office) -> None:
    office.lay_down(total=7)
    number = office.receive()
    office.work()
    one = office.one(number)
    assert (one.state, one.errors) == ("rejected", 1)
    (finding,) = office.report(number)["findings"]
    assert (finding["rule"], finding["severity"]) == ("manifest-total", "error")
    assert finding["id"] != finding["en"]
    assert taking.place(one, office.world.settings).exists()
    refresh_requests.withdraw(office.state, office.world.audit_key, office.event(), number)
    office.work()
    assert not taking.place(one, office.world.settings).exists()


def test_the_command_does_what_waits_and_ends(office: Office) -> None:
    office.lay_down()
    number = office.receive()
    process = start(office)
    out, said = process.communicate(timeout=120)
    assert process.returncode == 0, said.decode()
    assert "1 penyegaran dikerjakan" in out.decode()
    assert office.one(number).state == "ready"


def test_the_worker_keeps_the_sums_of_use(office: Office) -> None:
    before, newest = waiting(office.state)
    assert before < newest
    office.work()
    assert waiting(office.state) == (audit.anchor(office.state)[0],) * 2


def test_a_worker_killed_while_it_publishes(office: Office) -> None:
    """Killed by -9 once it has begun: the next worker settles it, and asking again works."""
    office.lay_down()
    number = office.receive()
    office.work()
    office.ask(number)
    process = start(office)
    end = time.monotonic() + 60
    while office.one(number).share < 0.05 and office.one(number).works and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert office.one(number).state in ("publishing", "published"), office.one(number).failure
    office.work()
    one = office.one(number)
    if one.state == "failed":  # the usual case: nothing was served yet
        assert (one.failure or {})["reason"] == "worker-killed"
        assert office.served() == "0003"
        office.ask(number)
        office.work()
    assert (office.one(number).state, office.served()) == ("published", "0004")
    in_order(office.world)


def test_a_worker_killed_after_the_swap_is_not_done_twice(office: Office) -> None:
    """The release was made, but the refresh did not hear of it: the audit tells the next worker."""
    office.lay_down()
    number = office.receive()
    office.work()
    office.ask(number)
    taken = refresh_progress.take_next(office.state)
    assert taken is not None
    from data_access.refresh import jobs

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refresh_progress, "published", lambda *_anything: None)
        jobs.publish(taken, office.world.settings)
    assert (office.one(number).state, office.served()) == ("publishing", "0004")
    assert office.work() == 0
    assert (office.one(number).state, office.one(number).release, office.served()) == ("published", "0004", "0004")


def test_two_workers_do_each_refresh_once(office: Office) -> None:
    numbers = []
    for name in ("satu", "dua", "tiga"):
        office.lay_down(name)
        numbers.append(office.receive(name))
    done: list[int] = []
    threads = [threading.Thread(target=lambda: done.append(office.work())) for _i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sum(done) == 3
    assert {office.one(number).state for number in numbers} == {"ready"}


def test_a_refresh_on_the_command_line_is_waited_for(office: Office) -> None:
    office.lay_down()
    number = office.receive()
    office.work()
    office.ask(number)
    with shelf.refreshing(office.world.settings.releases, "cli:orang"):
        worker = threading.Thread(target=work, args=(office.world.settings,))
        worker.start()
        time.sleep(1.5)
        assert office.served() == "0003"
    worker.join(120)
    assert (office.one(number).state, office.served()) == ("published", "0004")


def test_settling_twice_changes_nothing(office: Office) -> None:
    settle(office.world.settings)
    before = (office.served(), leftovers(office.world), audit.anchor(office.state))
    settle(office.world.settings)
    assert (office.served(), leftovers(office.world), audit.anchor(office.state)) == before
    assert journal.pending(office.world.settings.releases) is None


@pytest.mark.parametrize(("state", "total"), [("rejected", 7), ("ready", None)])
def test_what_nobody_decides_upon_is_withdrawn_after_a_time(office: Office, state: str, total: int | None) -> None:
    office.lay_down(total=total)
    number = office.receive()
    office.work()
    for days, expected in ((29, state), (31, "withdrawn")):
        with writing(office.state) as connection:
            moment = utc_now() - timedelta(days=days)
            connection.execute(update(refresh).where(refresh.c.id == number).values(changed_at=moment))
        office.work()
        assert office.one(number).state == expected
    assert (office.report(number), list((office.world.settings.vault / taking.HELD).iterdir())) == ({}, [])
    (entry,) = audit.search(office.state, action="refresh-withdraw", limit=1)
    assert (entry.event.account, entry.event.reason) == ("worker", "30 hari tanpa keputusan")


def test_a_worker_that_waits_settles_again_and_tells_what_is_laid_down(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the clock is ours: each pause of the waiting worker lets an hour pass, and the third ends it."""
    hours, pauses = [0.0], iter(range(3))

    class Ended(Exception):
        pass

    def pause(_seconds: float) -> None:
        hours[0] += 3600
        if next(pauses, None) is None:
            raise Ended
        office.lay_down(f"kiriman-{int(hours[0])}")

    settled: list[float] = []
    monkeypatch.setattr(time, "sleep", pause)
    monkeypatch.setattr(time, "monotonic", lambda: hours[0])
    monkeypatch.setattr(worker, "_give_up_old", lambda _settings: settled.append(hours[0]))
    with pytest.raises(Ended):
        work(office.world.settings, forever=True)
    assert settled == [0.0, 3600.0, 7200.0, 10800.0]
    assert len(laid(office.state)) == 3
