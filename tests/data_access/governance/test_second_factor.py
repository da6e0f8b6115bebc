"""Second factor: codes that count once, recovery codes that count once, and nothing readable in the database."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text, update

from data_access.errors import AsnError, Misconfigured, Refused, Rejected, SignInFailed
from data_access.governance import accounts, second_factor, sign_in
from data_access.governance.accounts import Account
from data_access.governance.audit import Event, search
from data_access.governance.ending import end_sessions
from data_access.governance.proofs import held
from data_access.governance.second_factor_secrets import opened, sealed
from data_access.governance.sessions import (
    end_session,
    fingerprint,
    open_session,
    session_account,
    sessions_of,
)
from data_access.state import reading, writing
from data_access.state.tables import second_factor as table

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
COOKIE = bytes(range(32, 64))
STEP = timedelta(seconds=30)
LATER = timedelta(minutes=10)
Enter = Callable[..., str]


def code(moment: datetime, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(moment)


@pytest.fixture
def codes(state: Engine, key: bytes, budi: Account, noon: datetime) -> list[str]:
    """Budi has a second factor; these are the recovery codes."""
    event = Event(action="second-factor-enrol", decision="allowed", account="budi")
    return second_factor.enrol(
        state, key, event, cookie_key=COOKIE, name="budi", secret=SECRET, code=code(noon), now=noon
    )


@pytest.fixture
def enter(state: Engine, key: bytes, budi: Account, noon: datetime, password: str) -> Enter:
    """Signs in with the right password and this code, ten minutes after noon or later; the token or the reason."""

    def once(typed: str, after: timedelta = LATER, address: str = "10.0.0.1", name: str = "budi") -> str:
        given = {"name": name, "password": password, "address": address, "now": noon + after}
        try:
            return sign_in.sign_in(state, key, code=typed, cookie_key=COOKIE, cost=4, **given)  # type: ignore[arg-type]
        except AsnError as failure:
            return failure.reason

    return once


def test_right_code_opens_a_session(state: Engine, codes: list[str], enter: Enter, noon: datetime) -> None:
    assert session_account(state, enter(code(noon + LATER)), noon + LATER).name == "budi"


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_clock_of_the_phone_may_be_one_step_off(codes: list[str], enter: Enter, noon: datetime, off: int) -> None:
    assert len(enter(code(noon + LATER + off * STEP))) >= 43


@pytest.mark.parametrize(("minutes", "taken"), [(0, True), (15, True), (16, False)])
def test_only_a_session_of_just_now_sets_it_up(
    state: Engine, key: bytes, budi: Account, noon: datetime, minutes: int, taken: bool
) -> None:
    """Whoever finds a session open must not bind a phone of their own to the account."""
    token = open_session(state, key, budi, address="10.0.0.1", now=noon)
    session_account(state, token, noon + timedelta(minutes=minutes / 2))  # it is in use
    event = Event(action="second-factor-enrol", decision="allowed", account="budi", session_sha256=fingerprint(token))
    later = noon + timedelta(minutes=minutes)
    given = {"name": "budi", "secret": SECRET, "code": code(later), "now": later}
    if not taken:
        with pytest.raises(Rejected) as caught:
            second_factor.enrol(state, key, event, cookie_key=COOKIE, **given)  # type: ignore[arg-type]
        assert caught.value.reason == "second-factor-stale"
    else:
        second_factor.enrol(state, key, event, cookie_key=COOKIE, **given)  # type: ignore[arg-type]
    assert second_factor.enrolled(state, "budi") == taken


@pytest.mark.parametrize("how", ["signed out", "signed out at that moment", "idle", "of another", "of nobody"])
def test_a_session_that_is_over_sets_nothing_up(
    state: Engine,
    key: bytes,
    budi: Account,
    sari: Account,
    noon: datetime,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    """Its owner has ended it from elsewhere, because somebody else sits in it."""
    token = open_session(state, key, sari if how == "of another" else budi, address="10.0.0.1", now=noon)
    secret = "" if how == "of nobody" else fingerprint(token)
    event = Event(action="second-factor-enrol", decision="allowed", account="budi", session_sha256=secret)
    later = noon + timedelta(minutes=15 if how == "idle" else 1)
    if how == "signed out":
        end_session(state, key, event, token=token, now=noon)
    if how == "signed out at that moment":  # another writer came before the lock was given
        monkeypatch.setattr(
            second_factor, "one_writer", lambda connection: end_sessions(connection, "budi", reason="ended", now=noon)
        )
    with pytest.raises(Refused) as caught:
        second_factor.enrol(
            state, key, event, cookie_key=COOKIE, name="budi", secret=SECRET, code=code(later), now=later
        )
    assert caught.value.reason == "session-ended"
    assert not second_factor.enrolled(state, "budi")


WRONG = {
    "empty": "",
    "wrong": "000000",
    "too short": "12345",
    "letters": "abcdef",
    "other digits": "١٢٣٤٥٦",  # Arabic-Indic digits are digits for Python
    "long": "1" * 5000,
    "surrogate": "\ud800",
    "quoting": "' OR 1=1 --",
    "no recovery code": "aaaa-bbbb-cccc-dddd",
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_code_is_one_sentence_and_no_session(
    state: Engine, codes: list[str], enter: Enter, case: str, noon: datetime
) -> None:
    assert enter(WRONG[case]) == "second-factor"
    with reading(state) as connection:
        assert connection.scalar(text("SELECT count(*) FROM session")) == 0
    newest = search(state, limit=1)[0].event
    assert (newest.action, newest.decision, newest.reason) == ("sign-in", "refused", "second-factor")


@pytest.mark.parametrize("off", [-20, -2, 2, 20])
def test_code_of_another_time_is_refused(codes: list[str], enter: Enter, noon: datetime, off: int) -> None:
    assert enter(code(noon + LATER + off * STEP)) == "second-factor"


def test_code_counts_once(codes: list[str], enter: Enter, noon: datetime) -> None:
    """Read over somebody's shoulder and typed at once, it is of no use; an earlier one neither."""
    now = code(noon + LATER)
    assert len(enter(now)) >= 43
    assert enter(now) == "second-factor"
    assert enter(code(noon + LATER - STEP)) == "second-factor"
    assert len(enter(code(noon + LATER + STEP))) >= 43


def test_code_that_set_the_factor_up_does_not_sign_in(codes: list[str], enter: Enter, noon: datetime) -> None:
    assert enter(code(noon), after=timedelta()) == "second-factor"


def test_code_of_another_account_is_refused(
    state: Engine, key: bytes, codes: list[str], sari: Account, enter: Enter, noon: datetime
) -> None:
    other = second_factor.new_secret()
    event = Event(action="second-factor-enrol", decision="allowed", account="sari")
    theirs = second_factor.enrol(
        state, key, event, cookie_key=COOKIE, name="sari", secret=other, code=code(noon, other), now=noon
    )
    assert enter(code(noon + LATER, other)) == "second-factor"
    assert enter(theirs[0]) == "second-factor"


def test_without_a_code_the_password_opens_nothing(codes: list[str], enter: Enter) -> None:
    assert enter("") == "second-factor"


def test_recovery_codes_count_once_each(state: Engine, codes: list[str], enter: Enter) -> None:
    assert len(set(codes)) == 10
    assert len(enter(codes[0])) >= 43
    assert enter(codes[0]) == "second-factor"
    assert len(enter(f" {codes[1].upper().replace('-', ' ')} ")) >= 43
    found = second_factor.standing(state, "budi")
    assert found is not None
    assert found.codes_left == 8
    newest = next(e.event for e in search(state) if e.event.action == "sign-in" and e.event.decision == "allowed")
    assert newest.detail == "recovery-code"


def test_wrong_codes_are_slowed_and_right_passwords_between_them_pardon_nothing(
    codes: list[str], enter: Enter, noon: datetime
) -> None:
    assert [enter("000000", address=f"10.0.0.{turn}") for turn in range(5)] == ["second-factor"] * 5
    assert enter(code(noon + LATER)) == "sign-in-wait"
    assert enter(codes[0]) == "sign-in-wait"
    assert len(enter(codes[0], after=LATER + timedelta(seconds=2))) >= 43


def test_code_after_the_password_was_replaced_opens_nothing(
    state: Engine, key: bytes, codes: list[str], change: Event, noon: datetime
) -> None:
    proof = _proof(state)
    accounts.reset_password(state, key, change, name="budi", password="lima kuda hijau", cost=4)
    assert _second(state, key, proof, codes[0], noon + LATER) == "second-factor"


def test_code_of_a_disabled_account_opens_nothing(
    state: Engine, key: bytes, codes: list[str], change: Event, noon: datetime
) -> None:
    proof = _proof(state)
    accounts.disable(state, key, change, name="budi")
    assert _second(state, key, proof, codes[0], noon + LATER) == "second-factor"
    assert _second(state, key, _proof(state), codes[0], noon + LATER) == "second-factor"


def test_a_session_is_not_opened_when_the_factor_was_taken_away_meanwhile(
    state: Engine, key: bytes, budi: Account, codes: list[str], change: Event, noon: datetime
) -> None:
    """A stolen phone and password: the session would be one of just now, which may bind another phone."""
    proof, given = held(state, "budi").proof, {"name": "budi", "address": "10.0.0.1", "now": noon + LATER}
    sign_in.second_step(state, key, cookie_key=COOKIE, proof=proof, code=codes[0], **given)  # type: ignore[arg-type]
    second_factor.reset(state, key, change, name="budi")
    with pytest.raises(SignInFailed) as caught:
        open_session(state, key, budi, address="10.0.0.1", compared=proof)
    assert caught.value.reason == "sign-in-overtaken"
    assert sessions_of(state, "budi") == []


def test_a_session_is_not_opened_past_a_factor_that_was_set_up_meanwhile(
    state: Engine, key: bytes, budi: Account, noon: datetime
) -> None:
    """Password typed before, session asked for after."""
    proof, event = held(state, "budi").proof, Event(action="second-factor-enrol", decision="allowed", account="budi")
    second_factor.enrol(state, key, event, cookie_key=COOKIE, name="budi", secret=SECRET, code=code(noon), now=noon)
    with pytest.raises(SignInFailed) as caught:
        open_session(state, key, budi, address="10.0.0.1", compared=proof)
    assert caught.value.reason == "sign-in-overtaken"


def test_code_of_the_factor_before_counts_no_more_with_the_password_before(
    state: Engine, key: bytes, codes: list[str], change: Event, noon: datetime
) -> None:
    """The right password was typed, then the factor was reset and another one set up: the password is asked for anew."""
    proof, event = held(state, "budi").proof, Event(action="second-factor-enrol", decision="allowed", account="budi")
    second_factor.reset(state, key, change, name="budi")
    later = noon + LATER
    fresh = second_factor.enrol(
        state, key, event, cookie_key=COOKIE, name="budi", secret=SECRET, code=code(later), now=later
    )
    assert _second(state, key, proof, fresh[0], later) == "second-factor"


def test_code_without_a_password_opens_nothing(state: Engine, key: bytes, codes: list[str], noon: datetime) -> None:
    for proof in ("", "x", hashlib.sha256(b"proof:").hexdigest()):
        assert _second(state, key, proof, codes[0], noon + LATER) == "second-factor"


def _proof(state: Engine) -> str:
    return held(state, "budi").proof


def _second(state: Engine, key: bytes, proof: str, typed: str, now: datetime) -> str:
    given = {"name": "budi", "proof": proof, "code": typed, "address": "10.0.0.1", "now": now}
    with pytest.raises(SignInFailed) as caught:
        sign_in.second_step(state, key, cookie_key=COOKIE, **given)  # type: ignore[arg-type]
    return caught.value.reason


def test_database_holds_neither_secret_nor_codes(state: Engine, codes: list[str], noon: datetime) -> None:
    with reading(state) as connection:
        everything = "".join(
            repr(connection.execute(text(f"SELECT * FROM {name}")).all())
            for name in ("second_factor", "recovery_code", "audit")
        )
    assert SECRET not in everything
    assert code(noon) not in everything
    for one in codes:
        assert one not in everything
        assert second_factor.typed(one) not in everything


def test_audit_tells_what_happened(state: Engine, codes: list[str], enter: Enter, noon: datetime) -> None:
    enter("000000")
    enter(code(noon + LATER))
    told = [(e.event.action, e.event.decision, e.event.account) for e in reversed(search(state))][1:]
    assert told == [
        ("second-factor-enrol", "allowed", "budi"),
        ("sign-in-password", "allowed", "budi"),
        ("sign-in", "refused", "budi"),
        ("sign-in-password", "allowed", "budi"),
        ("sign-in", "allowed", "budi"),
        ("session-open", "allowed", "budi"),
    ]


@pytest.mark.parametrize("typed", ["", "000000", "٠" * 6, "aaaa-bbbb-cccc-dddd"])
def test_setting_up_wants_a_right_code(state: Engine, key: bytes, budi: Account, noon: datetime, typed: str) -> None:
    event = Event(action="second-factor-enrol", decision="allowed", account="budi")
    with pytest.raises(Rejected) as caught:
        second_factor.enrol(state, key, event, cookie_key=COOKIE, name="budi", secret=SECRET, code=typed, now=noon)
    assert caught.value.reason == "second-factor-code"
    assert not second_factor.enrolled(state, "budi")


def test_second_factor_is_never_replaced_from_inside(
    state: Engine, key: bytes, codes: list[str], enter: Enter, noon: datetime
) -> None:
    """Whoever finds a session open cannot put an own phone in place."""
    own = second_factor.new_secret()
    event = Event(action="second-factor-enrol", decision="allowed", account="budi")
    with pytest.raises(Rejected) as caught:
        second_factor.enrol(
            state, key, event, cookie_key=COOKIE, name="budi", secret=own, code=code(noon, own), now=noon
        )
    assert caught.value.reason == "second-factor-exists"
    assert len(enter(codes[3])) >= 43


def test_reset_takes_factor_and_codes_away(state: Engine, key: bytes, codes: list[str], change: Event) -> None:
    second_factor.reset(state, key, change, name="budi")
    assert second_factor.standing(state, "budi") is None
    with reading(state) as connection:
        assert connection.scalar(text("SELECT count(*) FROM recovery_code")) == 0
    with pytest.raises(Refused, match="tidak memiliki faktor kedua"):
        second_factor.reset(state, key, change, name="budi")
    with pytest.raises(Refused, match="Tidak ada akun"):
        second_factor.reset(state, key, change, name="siapa")
    assert [e.event.action for e in search(state)].count("account-change") == 2  # budi made, factor reset


def test_new_recovery_codes_end_the_old_ones(
    state: Engine, key: bytes, codes: list[str], change: Event, enter: Enter
) -> None:
    fresh = second_factor.renew_codes(state, key, change, name="budi")
    assert enter(codes[0]) == "second-factor"
    assert len(enter(fresh[0])) >= 43
    with pytest.raises(Refused, match="tidak memiliki faktor kedua"):
        second_factor.renew_codes(state, key, change, name="sari")


def test_with_another_key_only_recovery_codes_help(
    state: Engine, key: bytes, codes: list[str], enter: Enter, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.COOKIE", bytes(32))
    assert enter(code(noon + LATER)) == "second-factor-unreadable"
    assert len(enter(codes[0])) >= 43


def test_secret_in_the_row_of_another_account_is_unreadable(
    state: Engine, key: bytes, codes: list[str], sari: Account, enter: Enter, noon: datetime
) -> None:
    """Who writes the database cannot give an account the own phone."""
    own = second_factor.new_secret()
    with writing(state) as connection:
        connection.execute(update(table).values(sealed_secret=sealed(COOKIE, "sari", own)))
    assert enter(code(noon + LATER, own)) == "second-factor-unreadable"


@given(st.text(max_size=80))
def test_what_was_not_sealed_is_unreadable(text_of: str) -> None:
    with pytest.raises(Misconfigured):
        opened(COOKIE, "budi", text_of)


def test_sealing_is_undone_only_with_the_same_key() -> None:
    assert opened(COOKIE, "budi", sealed(COOKIE, "budi", SECRET)) == SECRET
    assert sealed(COOKIE, "budi", SECRET) != sealed(COOKIE, "budi", SECRET)
    with pytest.raises(Misconfigured):
        opened(bytes(32), "budi", sealed(COOKIE, "budi", SECRET))


def test_qr_address_names_account_and_product() -> None:
    found = pyotp.parse_uri(second_factor.otpauth("budi", SECRET))
    assert isinstance(found, pyotp.TOTP)
    assert (found.secret, found.name, found.issuer) == (SECRET, "budi", "Dasbor Kebijakan ASN")
