"""Movements on their way from an upload to a release and back: their period is checked, kept and told."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from data_access.contract import contract
from data_access.folders import private_folder
from data_access.governance import accounts, refresh_requests
from data_access.governance.refresh_requests import Claims
from data_access.intake.manifest import Manifest, sha256, write_manifest
from data_access.intake.mapping import register
from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.text import write_mapping
from data_access.keys import key
from data_access.release import shelf
from data_access.release.manifest import ReleaseManifest
from tests.data_access.refresh.conftest import NEXT, TEAM, Office
from tests.data_access.release.test_killed import in_order
from tests.movements import moves
from tests.ui_world import set_account
from tests.world import LATE, moved_on

EVENTS = Claims(total=None, example=True, since=LATE)


def manifest(office: Office) -> ReleaseManifest:
    settings = office.world.settings
    return shelf.manifest_of(settings.releases, office.served(), key(settings.keys, "manifest"))


def test_from_an_upload_to_a_release_and_back(office: Office) -> None:
    folder = office.lay_down_moves(upload=True, since=None)
    number = office.receive(dataset="arus", upload=True, claims=EVENTS)
    assert office.work() == 1
    one, report = office.one(number), office.report(number)
    assert (one.state, one.errors, one.datasets) == ("ready", 0, ("arus",))
    assert (one.claims or {})["since"] == report["since"] == LATE.isoformat()
    assert not folder.exists()
    assert (report["difference"]["against"], list(report["difference"]["levels"])) == (None, ["peristiwa"])
    office.ask(number)
    office.work()
    assert office.served() == "0004"
    (snapshot,) = manifest(office).of("arus")
    assert (snapshot.reference_date, snapshot.since) == (NEXT, LATE)
    assert len(manifest(office).of("pegawai")) == 3
    back = office.ask_rollback("0003", "pegawai", "arus")
    office.work()
    assert (office.one(back).datasets, office.one(back).state) == (("pegawai", "arus"), "published")
    assert (office.served(), manifest(office).of("arus")) == ("0003", ())
    in_order(office.world)


def test_a_later_period_is_compared_with_the_one_before(office: Office) -> None:
    office.lay_down_moves()
    office.receive(dataset="arus")
    office.work()
    office.ask(1)
    office.work()
    later = date(2026, 5, 1)
    office.lay_down_moves("kedua", since=NEXT, day=later)
    number = office.receive("kedua", dataset="arus", day=later)
    office.work()
    found = office.report(number)
    assert [finding["rule"] for finding in found["findings"]] == []
    assert found["difference"]["against"] == {"day": NEXT.isoformat(), "revision": 0}


PERIODS = [
    (None, "period-missing", "error", "no beginning"),
    (NEXT, "period-missing", "error", "begins after it ends"),
    (LATE - timedelta(days=1), "period-overlap", "error", "begins before the period before has ended"),
    (LATE + timedelta(days=1), "period-gap", "warning", "leaves a day out"),
]


@pytest.mark.parametrize(("since", "rule", "severity", "why"), PERIODS, ids=[row[3] for row in PERIODS])
def test_a_period_that_cannot_be_is_named(
    office: Office, since: date | None, rule: str, severity: str, why: str
) -> None:
    office.lay_down_moves("pertama", since=date(2025, 1, 1), day=LATE)
    office.receive("pertama", dataset="arus", day=LATE)
    office.work()
    office.ask(1)
    office.work()
    office.lay_down_moves("kedua", since=since, upload=True)
    claims = Claims(total=None, example=True, since=since)
    number = office.receive("kedua", dataset="arus", upload=True, claims=claims)
    office.work()
    (finding,) = office.report(number)["findings"]
    assert (finding["rule"], finding["severity"]) == (rule, severity)
    if since and since < NEXT:
        assert "2025" in finding["id"]
    act = office.state, office.world.audit_key, office.event(), number
    refresh_requests.correct(*act, reference_date=NEXT, claims=EVENTS)
    office.work()
    assert (office.one(number).state, office.report(number)["findings"]) == ("ready", [])


def test_the_sentence_on_a_total_speaks_of_events(office: Office) -> None:
    office.lay_down_moves(total=999_999)
    number = office.receive(dataset="arus")
    office.work()
    (finding,) = office.report(number)["findings"]
    assert finding["id"].startswith("Surat pengantar menyebut 999.999 peristiwa, berkas berisi ")


def test_a_roll_back_asks_for_the_right_on_all_that_it_concerns(office: Office) -> None:
    """Rights are those of now: the account has gone to the other party in the meantime."""
    number = office.ask_rollback("0002")
    set_account(office.world, TEAM, party="kesatu")
    office.work()
    one = office.one(number)
    assert (one.state, (one.failure or {})["reason"], office.served()) == ("failed", "refresh-owner", "0003")
    assert accounts.find(office.state, TEAM).party == "kesatu"


def test_rows_of_single_events_are_added_by_their_mapping(office: Office) -> None:
    """As they come from decrees: one row per event in the words of the owner, with its record key."""
    described = contract().datasets["arus"]
    levels = [level.name for level in described.delivered]
    people = office.world.people[LATE]
    events = moves(people, moved_on(people, day=NEXT)).select(*levels, "kunci").with_columns(jumlah=pl.lit(1))
    folder = private_folder(office.world.settings.incoming) / "kiriman"
    events.rename({"peristiwa": "Jenis Peristiwa"}).write_csv(private_folder(folder) / "peristiwa.csv")
    columns = {("Jenis Peristiwa" if name == "peristiwa" else name): name for name in (*levels, "jumlah", "kunci")}
    mapping = Mapping(name="peristiwa", dataset="arus", columns=columns, sum_duplicates=True)
    kept: dict[str, Any] = {
        "name": mapping.name,
        "dataset": "arus",
        "content": write_mapping(mapping),
        "note": "",
        "by": TEAM,
    }
    register.save(office.state, office.world.audit_key, office.event(), **kept)
    manifest = Manifest(
        dataset="arus",
        reference_date=NEXT,
        since=LATE,
        owner=described.owner,
        contract=described.version,
        active=described.active.id,
        files={"peristiwa.csv": sha256(folder / "peristiwa.csv")},
    )
    write_manifest(folder, manifest)
    number = office.receive(dataset="arus", upload=True, mapping="peristiwa@1", claims=EVENTS)
    office.work()
    found = [(finding["rule"], finding["severity"]) for finding in office.report(number)["findings"]]
    assert (office.one(number).state, found) == ("ready", [("rows-summed", "info")])
    assert office.report(number)["difference"]["total"] == [None, events.height]
