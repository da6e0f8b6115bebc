"""Kept views: of an account, or shared with its role; every change stands in the audit, and nobody removes those of others."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from data_access.errors import Misconfigured, Rejected
from data_access.governance import audit
from data_access.governance.audit import Event
from data_access.governance.saved_views import LONGEST_NAME, MOST, remove, save, within_reach
from data_access.state import engine
from tests.world import World

PARAMS: dict[str, str | list[str]] = {"baris": ["status"], "kolom": "jenis_kelamin"}


def by(account: str) -> Event:
    return Event(action="view-save", decision="allowed", account=account)


@pytest.fixture
def state(bare_world: World) -> Engine:
    return engine(bare_world.settings.state)


Keep = Callable[..., int]


@pytest.fixture
def keep(bare_world: World, state: Engine) -> Keep:
    def kept(account: str, name: str, role: str = "", params: dict[str, str | list[str]] | None = None) -> int:
        return save(state, bare_world.audit_key, by(account), name=name, role=role, params=params or PARAMS)

    return kept


def test_a_view_is_found_again_by_its_maker_and_by_nobody_else(state: Engine, keep: Keep) -> None:
    keep("analis", "Perempuan per status")
    [found] = within_reach(state, "analis", "analis")
    assert (found.name, found.params, found.role) == ("Perempuan per status", PARAMS, "")
    assert within_reach(state, "pemilik", "analis") == []


def test_a_shared_view_is_listed_for_the_role_after_own_ones(state: Engine, keep: Keep) -> None:
    keep("analis", "A bersama", role="analis")
    keep("pemilik", "Z sendiri")
    assert [view.name for view in within_reach(state, "pemilik", "analis")] == ["Z sendiri", "A bersama"]
    assert within_reach(state, "pimpinan", "pimpinan") == []


def test_only_the_maker_removes_a_view(bare_world: World, state: Engine, keep: Keep) -> None:
    number = keep("analis", "Bersama", role="analis")
    with pytest.raises(Rejected) as refused:
        remove(state, bare_world.audit_key, by("pemilik"), number)
    assert refused.value.reason == "view-unknown"
    with pytest.raises(Rejected):
        remove(state, bare_world.audit_key, by("analis"), number + 1)
    remove(state, bare_world.audit_key, by("analis"), number)
    assert within_reach(state, "analis", "analis") == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "view-name-empty"), (" \n\t", "view-name-empty"), ("x" * (LONGEST_NAME + 1), "view-name-long")],
)
def test_a_name_that_may_not_be(keep: Keep, name: str, reason: str) -> None:
    with pytest.raises(Rejected) as refused:
        keep("analis", name)
    assert refused.value.reason == reason


def test_a_name_is_one_line_of_plain_letters_and_taken_once_per_account(state: Engine, keep: Keep) -> None:
    keep("analis", "  Dua\n baris\u202e ")
    assert within_reach(state, "analis", "analis")[0].name == "Dua baris"
    with pytest.raises(Rejected) as refused:
        keep("analis", "Dua baris")
    assert refused.value.reason == "view-name-taken"
    keep("pemilik", "Dua baris")


def test_views_are_limited_in_size_and_number(keep: Keep) -> None:
    with pytest.raises(Rejected) as refused:
        keep("analis", "besar", params={"saring": ["x" * 10_000]})
    assert refused.value.reason == "view-too-long"
    for number in range(MOST):
        keep("analis", f"nomor {number}")
    with pytest.raises(Rejected) as refused:
        keep("analis", "satu lagi")
    assert refused.value.reason == "views-full"


def test_every_change_is_recorded(bare_world: World, state: Engine, keep: Keep) -> None:
    number = keep("analis", "Bersama", role="analis")
    remove(state, bare_world.audit_key, Event(action="view-remove", decision="allowed", account="analis"), number)
    told = audit.search(state, account="analis")
    assert [entry.event.action for entry in told][:2] == ["view-remove", "view-save"]
    assert "Bersama" in str(told[0].event.detail)


def test_without_the_record_nothing_is_kept(bare_world: World, state: Engine) -> None:
    event = Event(action="view-save", decision="allowed", account="analis", address="\ud800")  # cannot be written
    with pytest.raises(Misconfigured):
        save(state, bare_world.audit_key, event, name="x", params=PARAMS)
    assert within_reach(state, "analis", "analis") == []


def test_a_name_belongs_to_one_page(bare_world: World, state: Engine, keep: Keep) -> None:
    keep("analis", "Rancangan")
    event = Event(action="view-save", decision="allowed", account="analis")
    save(state, bare_world.audit_key, event, name="Rancangan", params={"horizon": 10}, page="analisis/pensiun")
    [other] = within_reach(state, "analis", "analis", "analisis/pensiun")
    [explorer] = within_reach(state, "analis", "analis")
    assert (other.params, explorer.params) == ({"horizon": 10}, PARAMS)
