"""What the worker does with one refresh: whose right and whose consent count, and what is told of it."""

import csv
import traceback
from datetime import date

import polars as pl
import pytest

from data_access.errors import Rejected
from data_access.governance import accounts, audit, refresh_progress, refresh_requests
from data_access.intake.findings import LISTED
from data_access.refresh import taking
from data_access.release import publish as publishing
from data_access.release.manifest import DATABASE
from data_access.release.publish import publish
from tests.data_access.refresh.conftest import NEXT, TEAM, Office
from tests.world import FILE, cube, deliver, persons

BETWEEN = date(2025, 10, 1)
SECRET = "SITI RAHASIAWATI"


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


def test_a_roll_back_is_done_by_the_worker(office: Office) -> None:
    number = office.ask_rollback("0001")
    office.work()
    assert (office.one(number).state, office.served()) == ("published", "0001")
    (entry,) = audit.search(office.state, action="rollback", decision="allowed", limit=1)
    assert (entry.event.reason, entry.event.detail) == ("rilis terakhir keliru", f"penyegaran {number}, rilis 0001")


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
    assert entry.event.detail == f"penyegaran {number}, disetujui tim-data-dua, rilis 0004"


def fewer(office: Office) -> None:
    """Another refresh publishes a snapshot of few persons, so that the delivery that waits now has a warning."""
    few = deliver(office.world.settings.drop / "sedikit", cube(persons(20_000, day=BETWEEN)), BETWEEN)
    publish([few], by="cli:uji", settings=office.world.settings, accept_warnings="dinyatakan benar")


@pytest.mark.parametrize("reason", ["", "catatan rilis biasa"], ids=["no note", "a note"])
def test_a_warning_that_was_not_shown_is_not_accepted_by_the_note(office: Office, reason: str) -> None:
    office.lay_down()
    number = office.receive()
    office.work()
    assert office.one(number).warnings == 0
    office.ask(number, reason=reason)
    fewer(office)
    served = office.served()
    office.work()
    one = office.one(number)
    assert (one.state, one.warnings, office.served()) == ("ready", 1, served)
    assert (one.failure or {})["reason"] == "warnings-new"
    assert "1 peringatan" in one.told("id")
    assert [f["rule"] for f in office.report(number)["findings"] if f["severity"] == "warning"] == ["total-moved"]
    (entry,) = audit.search(office.state, action="publish", decision="refused", limit=1)
    assert entry.event.reason == "warnings-new"
    office.ask(number, reason="kenaikan memang benar")
    office.work()
    assert (office.one(number).state, office.one(number).failure) == ("published", None)


def test_a_warning_that_was_shown_is_accepted_by_the_note(office: Office) -> None:
    fewer(office)
    office.lay_down()
    number = office.receive()
    office.work()
    assert office.one(number).warnings == 1
    office.ask(number, reason="kenaikan memang benar")
    office.work()
    assert office.one(number).state == "published"


def test_an_unexpected_error_is_logged_without_its_message(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message of a library may quote cells of the delivery."""

    def breaks(*_anything: object, **_named: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(publishing, "checked", breaks)
    office.lay_down()
    number = office.receive()
    with pytest.raises(RuntimeError, match=r"^ValueError$") as caught:
        office.work()
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert (office.one(number).failure or {})["reason"] == "worker-failed"


def test_every_row_of_a_finding_is_listed_on_the_owners_side(office: Office) -> None:
    folder = office.lay_down()
    frame = pl.read_parquet(folder / FILE).with_columns(pl.lit("=77").alias("provinsi"))
    deliver(folder, frame, NEXT)
    number = office.receive()
    office.work()
    content, file = office.report(number), taking.findings_file(office.one(number), office.world.settings)
    assert (file.stat().st_mode & 0o777, content["lines"]) == (0o600, frame.height)
    assert content["kept"] == LISTED
    with file.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))[1:]
    assert [int(row[3]) for row in rows] == list(range(1, frame.height + 1))
    assert {row[5] for row in rows} == {"'=77"}
    refresh_requests.withdraw(office.state, office.world.audit_key, office.event(), number)
    office.work()
    with pytest.raises(Rejected, match="tidak ada"):
        taking.findings_file(office.one(number), office.world.settings)
