"""The life of a refresh: what may follow what, who acts next, and that every act of a person is recorded with it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.errors import Refused, Rejected
from data_access.governance import audit, refresh_progress, refresh_requests, refreshes
from data_access.governance.audit import Event
from data_access.governance.refresh_requests import Delivered
from data_access.governance.refreshes import ACTOR, TRANSITIONS, WORDS, State
from data_access.state import engine, upgrade
from data_access.words import LANGUAGES, text

KEY = b"k" * 32
DAY = date(2025, 6, 30)
REASON = "jumlah berubah karena PPPK 2025"


@pytest.fixture
def state(tmp_path: Path) -> Engine:
    made = engine(f"sqlite:///{tmp_path / 'state.db'}")
    upgrade(made)
    return made


def by(account: str, action: str = "refresh-uji") -> Event:
    return Event(action=action, decision="allowed", account=account)


def received(state: Engine, delivery: str = "kiriman-1") -> int:
    brought = Delivered(dataset="pegawai", reference_date=DAY, origin="drop", delivery=delivery, title="Kiriman")
    return refresh_requests.receive(state, KEY, by("data.satu"), brought)


def checked(state: Engine, *, errors: int = 0, warnings: int = 0) -> int:
    number = received(state)
    taken = refresh_progress.take_next(state)
    assert taken is not None
    assert (taken.id, taken.state) == (number, "checking")
    refresh_progress.checked(state, KEY, number, {"findings": []}, errors=errors, warnings=warnings)
    return number


def ask(state: Engine, number: int, *, account: str = "data.satu", reason: str = "", four_eyes: bool = False) -> State:
    after = refresh_requests.ask_publish(state, KEY, by(account), number, reason=reason, four_eyes=four_eyes)
    return after.state


def test_every_state_has_an_actor_words_and_a_way_on() -> None:
    assert set(TRANSITIONS) == set(ACTOR) == set(WORDS)
    for now, following in TRANSITIONS.items():
        assert set(following) <= set(TRANSITIONS)
        assert bool(following) == (ACTOR[now] != "nobody")
        assert all(text(WORDS[now], language) for language in LANGUAGES)


def test_a_delivery_on_its_way_to_a_release(state: Engine) -> None:
    number = checked(state)
    assert refreshes.one(state, number).state == "ready"
    assert ask(state, number) == "queued"
    taken = refresh_progress.take_next(state)
    assert taken is not None
    assert (taken.state, taken.publish_by) == ("publishing", "data.satu")
    refresh_progress.moved(state, number, "Menulis rilis", 0.8)
    assert (refreshes.one(state, number).step, refreshes.one(state, number).share) == ("Menulis rilis", 0.8)
    refresh_progress.published(state, number, "0004")
    done = refreshes.one(state, number)
    assert (done.state, done.release, done.works) == ("published", "0004", False)
    assert refresh_progress.take_next(state) is None


# name, state to start from (errors, warnings), act, reason of the refusal
FORBIDDEN = [
    ("publishing what was rejected", (1, 0), ask, "refresh-state"),
    ("warnings without a reason", (0, 2), ask, "warnings-open"),
    ("a reason that says nothing", (0, 2), lambda s, n: ask(s, n, reason="ok"), "warnings-open"),
    ("approving what nobody asked for", (0, 0), lambda s, n: refresh_requests.approve(s, KEY, by("x"), n), "refresh-state"),
    ("the same delivery twice", (0, 0), lambda s, _n: received(s), "refresh-twice"),
    ("an outcome without work", (0, 0), lambda s, n: refresh_progress.published(s, n, "0009"), "refresh-state"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "found", "act", "reason"), FORBIDDEN, ids=[row[0] for row in FORBIDDEN])
def test_what_may_not_follow_changes_nothing(
    state: Engine, name: str, found: tuple[int, int], act: Callable[[Engine, int], object], reason: str
) -> None:
    number = checked(state, errors=found[0], warnings=found[1])
    before, records = refreshes.one(state, number), audit.anchor(state)
    with pytest.raises(Rejected) as caught:
        act(state, number)
    assert caught.value.reason == reason
    assert all("{" not in caught.value.sentence(language) for language in LANGUAGES)
    assert (refreshes.one(state, number), audit.anchor(state)) == (before, records)


def test_four_eyes_are_two_different_accounts(state: Engine) -> None:
    number = checked(state)
    assert ask(state, number, four_eyes=True) == "awaiting"
    with pytest.raises(Rejected) as caught:
        refresh_requests.approve(state, KEY, by("data.satu"), number)
    assert caught.value.reason == "same-eyes"
    assert refresh_progress.take_next(state) is None
    refresh_requests.approve(state, KEY, by("data.dua"), number)
    assert refreshes.one(state, number).approved_by == "data.dua"
    assert refresh_progress.take_next(state) is not None


def test_consent_is_for_one_request_only(state: Engine) -> None:
    """Declined and asked for again: the consent of before does not count any more."""
    number = checked(state)
    ask(state, number, four_eyes=True)
    refresh_requests.decline(state, KEY, by("data.dua"), number, reason="angka belum cocok")
    assert ask(state, number, account="data.dua", four_eyes=True) == "awaiting"
    with pytest.raises(Rejected):
        refresh_requests.approve(state, KEY, by("data.dua"), number)


def test_another_mapping_sends_it_through_the_check_again(state: Engine) -> None:
    number = checked(state, errors=3)
    refresh_requests.check_again(state, KEY, by("data.satu"), number, mapping="buku@2")
    taken = refresh_progress.take_next(state)
    assert taken is not None
    assert (taken.state, taken.mapping) == ("checking", "buku@2")


def test_a_roll_back_needs_a_reason_and_is_queued_like_a_publish(state: Engine) -> None:
    def asked(reason: str, *, four_eyes: bool) -> int:
        event = by("data.satu", "refresh-rollback")
        return refresh_requests.ask_rollback(
            state, KEY, event, datasets=("pegawai", "arus"), release="0002", reason=reason, four_eyes=four_eyes
        )

    with pytest.raises(Rejected):
        asked("salah", four_eyes=False)
    queued, awaiting = asked(REASON, four_eyes=False), asked(REASON, four_eyes=True)
    assert [refreshes.one(state, n).state for n in (queued, awaiting)] == ["queued", "awaiting"]


def test_every_act_is_recorded_in_its_transaction(state: Engine) -> None:
    number = checked(state, warnings=1)
    ask(state, number, reason=REASON)
    details = [entry.event.detail or "" for entry in reversed(audit.search(state))]
    assert [detail.split(":")[0] for detail in details] == [f"penyegaran {number}"] * 3
    assert [entry.event.action for entry in reversed(audit.search(state))] == ["refresh-uji", "check", "refresh-uji"]


def test_what_a_worker_had_in_hand_is_found(state: Engine) -> None:
    number = received(state)
    assert refresh_progress.in_hand(state) == []
    refresh_progress.take_next(state)
    assert [one.id for one in refresh_progress.in_hand(state)] == [number]


def test_an_unknown_number_gets_a_sentence(state: Engine) -> None:
    with pytest.raises(Refused) as caught:
        refreshes.one(state, 99)
    assert "99" in caught.value.sentence("id")
