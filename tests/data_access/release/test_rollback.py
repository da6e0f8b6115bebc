"""Rolling back serves an older release again, if there is one and it is sound; each return and each refusal is recorded."""

from pathlib import Path

import pytest

from data_access.errors import Damaged, Rejected
from data_access.governance import audit
from data_access.release import shelf
from data_access.release.manifest import DATABASE
from data_access.release.publish import publish, rollback
from data_access.state import engine
from tests.attacks.values import asked, shown
from tests.data_access.release.shelves import FEW, MORE, QUESTION, days, listed, put_out
from tests.world import EARLY, MIDDLE, World


def test_rolling_back_serves_the_older_release_again(bare_world: World, tmp_path: Path) -> None:
    first = put_out(bare_world, (EARLY, FEW), folder=tmp_path / "1")
    before = shown(asked(bare_world, "pemilik", QUESTION))
    second = put_out(bare_world, (MIDDLE, MORE), folder=tmp_path / "2")
    gateway = bare_world.gateway()
    assert asked(bare_world, "pemilik", QUESTION, gateway).source.release == second
    rollback(first, by="tim-data", settings=bare_world.settings, reason="salah kirim")
    answer = asked(bare_world, "pemilik", QUESTION, gateway)
    assert answer.source.release == first
    assert shown(answer) == before
    (entry,) = audit.search(engine(bare_world.settings.state), action="rollback")
    assert (entry.event.release, entry.event.reason, entry.event.account) == (first, "salah kirim", "tim-data")
    assert [m.id for m in listed(bare_world.settings)[0]] == [first, second]
    third = put_out(bare_world, (MIDDLE, MORE), folder=tmp_path / "3")
    assert (third, days(bare_world)) == ("0003", [EARLY, MIDDLE])


@pytest.mark.parametrize("release", ["0099", "", "..", "../releases/0001", "current", "0001/", "１"])
def test_only_an_existing_release_can_be_rolled_back_to(own_world: World, release: str) -> None:
    with pytest.raises(Rejected) as caught:
        rollback(release, by="uji", settings=own_world.settings)
    assert caught.value.reason == "release-unknown"
    assert shelf.current(own_world.settings.releases).name == "0003"


@pytest.mark.parametrize("victim", [DATABASE, "manifest.json"])
def test_a_damaged_release_cannot_be_rolled_back_to(own_world: World, victim: str) -> None:
    file = own_world.settings.releases / "0001" / victim
    file.write_bytes(file.read_bytes() + b" x")
    with pytest.raises(Damaged):
        rollback("0001", by="uji", settings=own_world.settings)
    assert shelf.current(own_world.settings.releases).name == "0003"


def test_refused_publish_and_roll_back_are_recorded(own_world: World, tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        publish([tmp_path / "nothing"], by="siapa", settings=own_world.settings)
    with pytest.raises(Rejected):
        rollback("9999", by="siapa", settings=own_world.settings)
    found = audit.search(engine(own_world.settings.state), account="siapa")
    assert [(e.event.action, e.event.decision, e.event.reason) for e in found] == [
        ("rollback", "refused", "release-unknown"),
        ("publish", "refused", "manifest-missing"),
    ]


def test_the_release_that_is_served_cannot_be_rolled_back_to(own_world: World) -> None:
    with pytest.raises(Rejected) as caught:
        rollback("0003", by="uji", settings=own_world.settings)
    assert caught.value.reason == "release-served"
