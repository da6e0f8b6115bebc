"""Sign-in: one sentence, the same work, a delay that grows and always ends."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import bcrypt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from data_access.errors import AsnError, SignInFailed
from data_access.governance import accounts, attempts, sign_in
from data_access.governance.accounts import Account
from data_access.governance.audit import Event, search
from data_access.governance.passwords import fits
from data_access.governance.proofs import held
from data_access.governance.sessions import open_session, session_account, sessions_of
from data_access.state import reading

SECOND = timedelta(seconds=1)
WRONG = "bukan kata sandi ini"
Try = Callable[..., str]


@pytest.fixture
def attempt(state: Engine, key: bytes, budi: Account, noon: datetime) -> Try:
    """Signs in, wrongly unless told otherwise; gives the token or the reason of the failure."""

    def once(
        name: str = "budi", password: str = WRONG, address: str = "10.0.0.1", after: timedelta = timedelta()
    ) -> str:
        try:
            return sign_in.sign_in(state, key, name=name, password=password, address=address, now=noon + after, cost=4)
        except SignInFailed as failure:
            return failure.reason

    return once


def test_right_password_opens_a_session(
    state: Engine, attempt: Try, budi: Account, password: str, noon: datetime
) -> None:
    assert session_account(state, attempt(password=password), noon) == budi


def test_name_may_be_typed_with_capitals(state: Engine, attempt: Try, password: str, noon: datetime) -> None:
    assert session_account(state, attempt(" BUDI ", password), noon).name == "budi"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("budi", WRONG),
        ("nobody", WRONG),
        ("sari", "empat kuda hijau"),  # disabled, the password is right
        ("", ""),
        ("budi' OR 1=1 --", WRONG),
        ("ｂｕｄｉ", "empat kuda hijau"),  # another name, though it looks the same
        ("budi", "x" * 5000),  # more than bcrypt takes
        ("bu\x00di\ud800", "\ud800"),
    ],
)
def test_every_failure_is_the_same_sentence_and_the_same_work(
    state: Engine,
    key: bytes,
    sari: Account,
    change: Event,
    budi: Account,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    typed: str,
) -> None:
    accounts.disable(state, key, change, name="sari")
    costs: list[bytes] = []
    real = bcrypt.checkpw

    def counted(word: bytes, stored: bytes) -> bool:
        costs.append(stored[:7])
        return real(word, stored)

    monkeypatch.setattr(bcrypt, "checkpw", counted)
    with pytest.raises(SignInFailed) as caught:
        sign_in.sign_in(state, key, name=name, password=typed, address="10.0.0.1", cost=4)
    assert caught.value.sentence("id") == sign_in.failed().sentence("id")
    assert caught.value.reason == "sign-in"
    assert costs == [b"$2b$04$"]


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (14, 512), (15, 900), (10_000, 900)],
)
def test_delay_doubles_up_to_fifteen_minutes(failures: int, seconds: int) -> None:
    assert attempts.delay(failures, free=5) == timedelta(seconds=seconds)


@given(st.integers(0, 100_000), st.integers(1, 50))
def test_delay_never_shrinks_and_always_ends(failures: int, free: int) -> None:
    assert attempts.delay(failures, free) <= attempts.delay(failures + 1, free) <= timedelta(minutes=15)


@pytest.mark.parametrize("name", ["budi", "nobody"])
def test_delay_is_the_same_for_unknown_names(state: Engine, attempt: Try, noon: datetime, name: str) -> None:
    assert [attempt(name) for _turn in range(7)] == ["sign-in"] * 5 + ["sign-in-wait"] * 2
    with pytest.raises(SignInFailed) as caught:
        sign_in.check_allowed(state, name=name, address="10.9.9.9", now=noon)
    assert caught.value.sentence("id") == "Terlalu banyak percobaan masuk. Coba lagi dalam 1 menit."


def test_right_password_must_wait_too(attempt: Try, password: str) -> None:
    for _turn in range(5):
        attempt()
    assert attempt(password=password) == "sign-in-wait"
    assert len(attempt(password=password, after=SECOND)) >= 43


def test_success_forgets_the_failures_of_the_account(attempt: Try, password: str) -> None:
    for _turn in range(4):
        attempt()
    attempt(password=password)
    assert [attempt() for _turn in range(5)] == ["sign-in"] * 5


def test_attacker_without_pause_never_locks_an_account_for_good(attempt: Try, password: str) -> None:
    """Tries every 20 s for three hours; whenever one of them is let through, the owner would have been, too."""
    outcomes = [attempt(after=20 * SECOND * turn, address=f"10.0.{turn % 200}.7") for turn in range(540)]
    let_through = [turn for turn, outcome in enumerate(outcomes) if outcome == "sign-in"]
    pauses = [later - earlier for earlier, later in pairwise(let_through)]
    assert max(pauses) * 20 * SECOND <= timedelta(minutes=15)
    assert len(attempt(password=password, after=timedelta(hours=3, minutes=15))) >= 43


def test_failures_are_forgotten_after_an_hour(attempt: Try) -> None:
    for turn in range(5):
        attempt(after=turn * SECOND)
    assert [attempt(after=timedelta(hours=2)) for _turn in range(5)] == ["sign-in"] * 5


def test_one_address_trying_many_names_is_slowed(attempt: Try, password: str) -> None:
    assert [attempt(f"name-{turn}") for turn in range(20)] == ["sign-in"] * 20
    assert attempt("somebody") == "sign-in-wait"
    assert attempt("somebody", address="10.0.0.2") == "sign-in"  # others are not


def test_success_does_not_forgive_an_address(attempt: Try, password: str) -> None:
    for turn in range(20):
        attempt(f"name-{turn}")
        if turn == 10:
            attempt(password=password)
    assert attempt("somebody") == "sign-in-wait"


def test_an_office_behind_one_address_is_not_slowed_by_signing_in(attempt: Try, password: str) -> None:
    assert {len(attempt(password=password)) for _turn in range(25)} == {43}


def test_passwords_tried_at_the_same_moment_count_one_by_one(state: Engine, attempt: Try) -> None:
    outcomes: list[str] = []
    threads = [threading.Thread(target=lambda: outcomes.append(attempt())) for _turn in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["sign-in"] * 5 + ["sign-in-wait"] * 7


def test_success_that_comes_too_late_is_not_told_from_failure(
    state: Engine, key: bytes, budi: Account, noon: datetime
) -> None:
    """Ten guesses have passed `check_allowed` together; only the first five are counted, right or wrong."""
    for _turn in range(5):
        sign_in.record_attempt(state, key, name="budi", address="10.0.0.1", success=False, now=noon)
    for success in (True, False):
        with pytest.raises(SignInFailed) as caught:
            sign_in.record_attempt(state, key, name="budi", address="10.0.0.1", success=success, now=noon)
        assert caught.value.reason == "sign-in-wait"


def test_success_and_failure_are_recorded(state: Engine, attempt: Try, password: str) -> None:
    attempt()
    attempt(password=password)
    found = [(e.event.action, e.event.decision, e.event.account, e.event.address) for e in reversed(search(state))][1:]
    assert found == [
        ("sign-in", "refused", "budi", "10.0.0.1"),
        ("sign-in", "allowed", "budi", "10.0.0.1"),
        ("session-open", "allowed", "budi", "10.0.0.1"),
    ]


def test_password_typed_as_a_name_is_not_kept(state: Engine, attempt: Try) -> None:
    attempt("Empat Kuda Hijau!", WRONG)
    with reading(state) as connection:
        everything = repr(connection.execute(text("SELECT * FROM audit")).all())
    assert "kuda" not in everything.casefold()
    assert WRONG not in everything


def kept(state: Engine) -> int:
    with reading(state) as connection:
        return int(connection.scalar(text("SELECT count(*) FROM sign_in_attempt")) or 0)


def test_old_attempts_are_thrown_away(state: Engine, attempt: Try, password: str) -> None:
    """Failures after a day; where somebody came in is known for thirty."""
    attempt(password=password)
    attempt()
    attempt(after=timedelta(days=1, seconds=1))
    assert kept(state) == 2
    attempt(after=timedelta(days=30, seconds=1))
    assert kept(state) == 1


def test_steady_tries_from_elsewhere_do_not_keep_the_owner_out_where_they_came_in_before(
    attempt: Try, password: str
) -> None:
    attempt(password=password, address="10.1.0.1")
    for turn in range(540):
        attempt(after=20 * SECOND * turn, address=f"10.0.{turn % 200}.7")
    moment = 20 * SECOND * 540
    assert attempt(password=password, address="10.2.0.2", after=moment) == "sign-in-wait"  # a place it never came from
    assert len(attempt(password=password, address="10.1.0.1", after=moment)) >= 43


def waits_at(state: Engine, name: str, address: str, now: datetime) -> bool:
    try:
        sign_in.check_allowed(state, name=name, address=address, now=now)
    except SignInFailed:
        return True
    return False


def test_one_person_behind_a_shared_address_does_not_keep_the_others_out(
    state: Engine, attempt: Try, password: str, noon: datetime
) -> None:
    """Names that nobody has, one every 5 s, from where the owner came in before; a newcomer there has to wait."""
    attempt(password=password)
    mine, newcomers = [], []
    for turn in range(360):
        attempt(f"name-{turn}", after=5 * SECOND * turn)
        if turn % 12 == 0:
            mine.append(waits_at(state, "budi", "10.0.0.1", noon + 5 * SECOND * turn))
            newcomers.append(waits_at(state, "sari", "10.0.0.1", noon + 5 * SECOND * turn))
    assert mine.count(True) == 0
    assert newcomers.count(True) > 20


def test_tries_of_an_account_known_there_count_for_the_address_too(attempt: Try, password: str) -> None:
    attempt(password=password)
    for _turn in range(5):
        attempt()
    assert [attempt(f"name-{turn}") for turn in range(16)] == ["sign-in"] * 15 + ["sign-in-wait"]


def test_a_known_place_has_no_more_tries_than_any_other(attempt: Try, password: str) -> None:
    attempt(password=password, address="10.1.0.1")
    outcomes = [attempt(address="10.1.0.1", after=SECOND) for _turn in range(7)]
    assert outcomes == ["sign-in"] * 5 + ["sign-in-wait"] * 2


def test_a_place_is_known_for_thirty_days(attempt: Try, password: str) -> None:
    attempt(password=password, address="10.1.0.1")
    for later, outcome in ((timedelta(days=29), "sign-in"), (timedelta(days=31), "sign-in-wait")):
        for _turn in range(5):
            attempt(after=later)
        assert attempt(address="10.1.0.1", after=later) == outcome


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("::1", "::1"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_one_holder_of_addresses_is_one_place(address: str, place: str) -> None:
    assert attempts.place_of(address) == place


def test_one_holder_of_many_addresses_is_slowed_like_any_other(attempt: Try) -> None:
    outcomes = [attempt(f"name-{turn}", address=f"2001:db8::{turn + 1:x}") for turn in range(21)]
    assert outcomes == ["sign-in"] * 20 + ["sign-in-wait"]


@pytest.mark.parametrize("how", ["changed", "reset", "disabled"])
def test_a_session_is_not_opened_with_a_password_that_was_replaced_meanwhile(
    state: Engine, key: bytes, change: Event, budi: Account, password: str, how: str
) -> None:
    """The password was right when it was compared; what ends all sessions comes before this one is opened."""
    compared = held(state, "budi").proof
    if how == "changed":
        accounts.change_password(state, key, change, name="budi", old=password, new="enam sapi biru laut", cost=4)
    elif how == "reset":
        accounts.reset_password(state, key, change, name="budi", password="enam sapi biru laut", cost=4)
    else:
        accounts.disable(state, key, change, name="budi")
    with pytest.raises(SignInFailed, match="baru saja berubah"):
        open_session(state, key, budi, address="10.0.0.1", compared=compared)
    assert sessions_of(state, "budi") == []


def test_a_wrong_old_password_in_a_session_counts_and_is_recorded(
    state: Engine, key: bytes, budi: Account, password: str
) -> None:
    change = Event(action="password-change", decision="allowed", account="budi", address="10.0.0.1")

    def replaced(old: str) -> str:
        try:
            sign_in.replace_password(state, key, change, name="budi", old=old, new="enam sapi biru laut")
        except AsnError as refused:
            return refused.reason
        return "replaced"

    assert [replaced(WRONG) for _turn in range(5)] == ["password-wrong"] * 5
    assert replaced(password) == "sign-in-wait"
    refused = [one.event for one in search(state) if one.event.decision == "refused"]
    assert [(event.account, event.address) for event in refused] == [("budi", "10.0.0.1")] * 5


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize(
    ("new", "told"), [("enam sapi biru laut", "sign-in-wait"), (None, "password-same"), ("pendek", "password-short")]
)
def test_old_passwords_tried_at_the_same_moment_count_one_by_one(
    state: Engine,
    key: bytes,
    budi: Account,
    password: str,
    monkeypatch: pytest.MonkeyPatch,
    new: str | None,
    told: str,
    right: bool,
) -> None:
    """Thirty at once have passed the first question; when five have failed, the right one among them is told the same.

    An unfit new password is refused before the old one is compared: its sentence would tell that the old one was right.
    """
    change = Event(action="password-change", decision="allowed", account="budi", address="10.0.0.1")
    monkeypatch.setattr(sign_in, "check_allowed", lambda *_given, **_named: None)
    for _turn in range(5):
        sign_in.record_attempt(state, key, name="budi", address="10.0.0.1", success=False)
    work = _noted(monkeypatch)
    old = password if right else WRONG
    with pytest.raises(AsnError) as caught:
        sign_in.replace_password(state, key, change, name="budi", old=old, new=old if new is None else new)
    assert caught.value.reason == told
    assert work == (["hashpw", "checkpw"] if told == "sign-in-wait" else [])  # as long for the right one as for others
    assert fits(password, accounts.stored_hash(state, "budi"))


def _noted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which of the dear calls of bcrypt are made from now on, in order."""
    made: list[str] = []

    def note(name: str, real: Callable[..., object]) -> None:
        def noting(*given: object) -> object:
            made.append(name)
            return real(*given)

        monkeypatch.setattr(bcrypt, name, noting)

    note("checkpw", bcrypt.checkpw)
    note("hashpw", bcrypt.hashpw)
    return made
