"""The worker: what was brought in is checked, published, rolled back, and settled after a kill, whatever comes in between."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from data_access.errors import Rejected
from data_access.governance import accounts, audit, refresh_progress, refresh_requests
from data_access.governance.laid_down import laid
from data_access.governance.refresh_requests import Claims
from data_access.intake.manifest import NAME, sha256
from data_access.refresh import taking, worker
from data_access.refresh.worker import settle, work
from data_access.release import journal, shelf
from data_access.release.manifest import DATABASE
from data_access.state import utc_now, writing
from data_access.state.tables import refresh
from tests.data_access.refresh.conftest import NEXT, TEAM, Office
from tests.data_access.release.test_killed import in_order, leftovers

ROOT = Path(__file__).parents[3]


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
    assert entry.event.detail == f"penyegaran {number}"
    assert not taking.place(done, office.world.settings).exists()
    in_order(office.world)


def test_what_would_change_is_told_in_official_figures_only(office: Office) -> None:
    office.lay_down()
    number = office.receive()
    office.work()
    found = office.report(number)["difference"]
    assert found["against"] == {"day": "2025-06-30", "revision": 0}
    before, after = office.world.people[max(office.world.people)].height, office.report(number)["total"]
    assert found["total"] == [before, after]
    assert sum(row[1] for row in found["levels"]["instansi"]) == before
    assert all(sum(row[2] for row in rows) == after for rows in found["levels"].values())
    assert "tahun_bup" not in found["levels"]  # not public, so a raw count


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


def test_a_wrongly_typed_total_is_corrected_without_another_upload(office: Office) -> None:
    office.lay_down(upload=True, rows=None, total=7)
    number = office.receive(upload=True, claims=Claims(total=7, example=True))
    office.work()
    assert [finding["rule"] for finding in office.report(number)["findings"]] == ["manifest-total"]
    total, day = office.report(number)["total"], date(2025, 11, 30)
    key, mended = office.world.audit_key, Claims(total=total, example=True)
    after = refresh_requests.correct(office.state, key, office.event(), number, reference_date=day, claims=mended)
    assert (after.state, after.reference_date) == ("received", day)
    (entry,) = audit.search(office.state, action="refresh-uji", limit=1)
    assert (
        entry.event.detail
        == f"penyegaran {number}: kiriman → received; tanggal 2025-11-30, jumlah {total}, contoh True"
    )
    office.work()
    assert (office.one(number).state, office.report(number)["findings"]) == ("ready", [])
    office.ask(number)
    office.work()
    assert office.served() == "0004"
    in_order(office.world)


def test_only_what_was_uploaded_can_be_corrected(office: Office) -> None:
    office.lay_down(total=7)
    number = office.receive()
    office.work()
    claims = Claims(total=None, example=True)
    with pytest.raises(Rejected) as caught:
        refresh_requests.correct(
            office.state, office.world.audit_key, office.event(), number, reference_date=NEXT, claims=claims
        )
    assert caught.value.reason == "correct-origin"
    assert office.one(number).state == "rejected"


@pytest.mark.parametrize("four_eyes", [False, True])
def test_a_failed_roll_back_is_asked_for_again_with_its_reason(office: Office, four_eyes: bool) -> None:
    number = office.ask_rollback("0002")
    assert refresh_progress.take_next(office.state) is not None  # and the worker is killed
    office.work()
    assert office.one(number).state == "failed"
    key, event = office.world.audit_key, office.event()
    after = refresh_requests.ask_again(office.state, key, event, number, four_eyes=four_eyes)
    assert (after.state, after.reason) == ("awaiting" if four_eyes else "queued", "rilis terakhir keliru")
    if not four_eyes:
        office.work()
        assert office.served() == "0002"


def spoil_manifest(folder: Path) -> None:
    (folder / NAME).write_text("dataset: [")


def link(folder: Path) -> None:
    (folder / "rahasia").symlink_to("/etc/passwd")


def nested(folder: Path) -> None:
    (folder / "dalam").mkdir()


def gone(folder: Path) -> None:
    folder.rename(folder.with_name("lain"))


def replaced_by_a_link(folder: Path) -> None:
    folder.rename(folder.with_name("lain"))
    folder.symlink_to(folder.with_name("lain"))


# what is wrong, the state it leads to, the reason
UNREADABLE = [
    (spoil_manifest, "rejected", "manifest-unreadable"),
    (link, "failed", "delivery-entry"),
    (nested, "failed", "delivery-entry"),
    (gone, "failed", "delivery-gone"),
    (replaced_by_a_link, "failed", "delivery-gone"),
]


@pytest.mark.parametrize(("spoil", "state", "reason"), UNREADABLE, ids=[row[0].__name__ for row in UNREADABLE])
def test_a_delivery_that_cannot_be_taken_or_read(office: Office, spoil, state: str, reason: str) -> None:  # type: ignore[no-untyped-def]
    spoil(office.lay_down())
    number = office.receive()
    office.work()
    one = office.one(number)
    told = one.failure or office.report(number)["findings"][0]
    assert (one.state, told.get("reason", told.get("rule"))) == (state, reason)
    assert all(len(told[language]) > 15 for language in ("id", "en"))
    assert office.served() == "0003"


@pytest.mark.parametrize("name", ["../vault", "..", "/etc", ".", ".masuk", "a/b"])
def test_a_folder_name_never_leads_out_of_its_place(office: Office, name: str) -> None:
    number = office.receive(name)
    office.work()
    assert (office.one(number).failure or {})["reason"] == "delivery-gone"


def test_a_delivery_over_the_limit_is_not_copied(office: Office) -> None:
    office.lay_down()
    number = office.receive()
    office.work(upload_bytes=1000)
    assert (office.one(number).failure or {})["reason"] == "delivery-size"
    assert not taking.place(office.one(number), office.world.settings).exists()


def test_changing_the_drop_folder_after_the_check_changes_nothing(office: Office) -> None:
    folder = office.lay_down()
    number = office.receive()
    office.work()
    (folder / "pegawai.parquet").write_bytes(b"PAR1 and something else")
    office.ask(number)
    office.work()
    assert office.one(number).state == "published"


def test_a_roll_back_is_done_by_the_worker(office: Office) -> None:
    number = office.ask_rollback("0001")
    office.work()
    assert (office.one(number).state, office.served()) == ("published", "0001")
    (entry,) = audit.search(office.state, action="rollback", decision="allowed", limit=1)
    assert (entry.event.reason, entry.event.detail) == ("rilis terakhir keliru", f"penyegaran {number}")


def test_a_roll_back_to_a_release_that_is_damaged_fails_with_a_sentence(office: Office) -> None:
    file = office.world.settings.releases / "0001" / DATABASE
    file.write_bytes(file.read_bytes() + b"x")
    number = office.ask_rollback("0001")
    office.work()
    assert (office.one(number).state, office.served()) == ("failed", "0003")
    assert "0001" in office.one(number).told("id")


def test_rights_are_those_of_the_moment_of_publishing(office: Office) -> None:
    office.lay_down()
    number = office.receive()
    office.work()
    office.ask(number)
    accounts.disable(office.state, office.world.audit_key, office.event(), name=TEAM)
    office.work()
    assert ((office.one(number).failure or {})["reason"], office.served()) == ("account-disabled", "0003")


@pytest.mark.parametrize("account", ["analis", "pengelola", "tim-teknis"])
def test_a_request_in_the_name_of_somebody_without_the_right_is_not_done(office: Office, account: str) -> None:
    """As if the state had been written by somebody else than the page."""
    office.lay_down()
    number = office.receive()
    office.work()
    office.ask(number, account=account)
    office.work()
    assert ((office.one(number).failure or {})["reason"], office.served()) == ("refresh-role", "0003")


def test_four_eyes_hold_in_the_worker_too(office: Office) -> None:
    office.lay_down()
    number = office.receive()
    office.work(four_eyes=True)
    office.ask(number, four_eyes=False)  # the page was told otherwise
    office.work(four_eyes=True)
    assert ((office.one(number).failure or {})["reason"], office.served()) == ("same-eyes", "0003")


def test_with_the_consent_of_a_second_account_it_is_published(office: Office) -> None:
    office.lay_down()
    number = office.receive()
    office.work(four_eyes=True)
    office.ask(number, four_eyes=True)
    assert office.work(four_eyes=True) == 0
    event = office.event("tim-data-dua")
    refresh_requests.approve(office.state, office.world.audit_key, event, number)
    office.work(four_eyes=True)
    assert office.one(number).state == "published"
    (entry,) = audit.search(office.state, action="publish", decision="allowed", limit=1)
    assert entry.event.detail == f"penyegaran {number}, disetujui tim-data-dua"


def start(office: Office, *more: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "data_access", "work", *more]
    environment = os.environ | {"ASN_VAR": str(office.world.settings.var)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_the_command_does_what_waits_and_ends(office: Office) -> None:
    office.lay_down()
    number = office.receive()
    process = start(office)
    out, said = process.communicate(timeout=120)
    assert process.returncode == 0, said.decode()
    assert "1 penyegaran dikerjakan" in out.decode()
    assert office.one(number).state == "ready"


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
    assert office.one(number).state in ("publishing", "published")
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


def test_the_delivery_kept_in_the_vault_is_the_one_that_was_checked(office: Office) -> None:
    digest = sha256(office.lay_down() / "pegawai.parquet")
    number = office.receive()
    office.work()
    office.ask(number)
    office.work()
    (snapshot,) = [s for s in office.world.gateway().reader().manifest.snapshots if s.reference_date == NEXT]
    assert snapshot.delivery == digest


def test_uploads_that_nobody_sent_to_the_check_are_forgotten_after_a_day(office: Office) -> None:
    old, waits, new = (office.lay_down(name, upload=True) for name in ("lama", "menunggu", "baru"))
    receipt = old.with_name("lama.json")
    receipt.write_text("{}")
    number = office.receive("menunggu", upload=True)
    for path in (old, waits, receipt):
        os.utime(path, (time.time() - taking.FORGOTTEN - 60,) * 2)
    office.work()
    assert [path.exists() for path in (old, receipt, new)] == [False, False, True]
    assert office.one(number).state == "ready"


@pytest.mark.parametrize("state", ["received", "ready"])
def test_a_withdrawn_upload_leaves_neither_files_nor_report(office: Office, state: str) -> None:
    upload = office.lay_down(upload=True)
    number = office.receive(upload=True)
    if state == "ready":
        office.work()
    assert office.one(number).state == state
    refresh_requests.withdraw(office.state, office.world.audit_key, office.event(), number)
    office.work()
    assert not upload.exists()
    assert not taking.place(office.one(number), office.world.settings).exists()
    assert office.report(number) == {}


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
