"""Taking a delivery over: plain files of its own folder only, and from then on nobody can change it."""

import os
import time
from datetime import date
from pathlib import Path

import pytest

from data_access.errors import Rejected
from data_access.governance import audit, refresh_requests
from data_access.governance.refresh_requests import Claims
from data_access.intake.manifest import NAME, sha256
from data_access.refresh import taking
from tests.data_access.refresh.conftest import NEXT, Office
from tests.data_access.release.test_killed import in_order


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
