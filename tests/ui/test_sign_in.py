"""The sign-in form: one sentence and the same work for every cause of a failure, and the limiter before any of it."""

from collections.abc import Iterator

import bcrypt
import pytest
from streamlit.testing.v1 import AppTest

from data_access.errors import SignInFailed
from data_access.governance import accounts, audit, sign_in
from data_access.governance.audit import Event
from data_access.governance.passwords import COST
from data_access.state import engine, utc_now
from data_access.words import LANGUAGES, text
from tests.ui_world import ADDRESS, cookies_of, is_sign_in, tab
from tests.world import PASSWORD, World
from ui import sign_in as form
from ui.cookies import PLAIN
from ui.sign_in import LIBRARY_STATE, Lookup
from ui.turns import Turns

FAILED = "Nama akun atau kata sandi keliru. Periksa keduanya, lalu coba lagi."
WRONG = "bukan kata sandi ini"


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was done for an attempt, in order: "limiter", "bcrypt" and "recorded"."""
    done: list[str] = []
    check, allowed, record = bcrypt.checkpw, sign_in.check_allowed, sign_in.record_attempt

    def counted(word: bytes, stored: bytes) -> bool:
        fits = check(word, stored)  # raises, without any work, for more than 72 bytes
        done.append("bcrypt")
        return fits

    def limited(*given: object, **named: object) -> None:
        done.append("limiter")
        allowed(*given, **named)  # type: ignore[arg-type]

    def recorded(*given: object, **named: object) -> None:
        done.append("recorded")
        record(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(bcrypt, "checkpw", counted)
    monkeypatch.setattr(sign_in, "check_allowed", limited)
    monkeypatch.setattr(sign_in, "record_attempt", recorded)
    yield done


def stop_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first delay is one second, and drawing the form may take longer than that."""
    moment = utc_now()
    monkeypatch.setattr(sign_in, "utc_now", lambda: moment)


def attempt(name: str, password: str, *, language: str = "") -> AppTest:
    at = tab(language=language).run()
    for field, value in zip(at.text_input, (name, password), strict=True):
        field.set_value(value)
    return at.button[0].click().run()


FAILURES = {
    "wrong password": ("analis", WRONG),
    "unknown": ("siapa-ini", WRONG),
    "unknown, with the password of somebody": ("siapa-ini", PASSWORD),
    "disabled, with the right password": ("pimpinan", PASSWORD),
    "empty password": ("analis", ""),
    "empty password, unknown": ("siapa-ini", ""),
    "quoting": ("analis' OR 1=1 --", PASSWORD),
    "looks the same": ("аnalis", PASSWORD),  # a Cyrillic letter
}


@pytest.mark.parametrize("case", FAILURES)
def test_every_failure_has_the_same_sentence_and_the_same_work(own_stage: World, work: list[str], case: str) -> None:
    event = Event(action="uji", decision="allowed")
    accounts.disable(engine(own_stage.settings.state), own_stage.audit_key, event, name="pimpinan")
    at = attempt(*FAILURES[case])
    assert [error.value for error in at.error] == [FAILED]
    assert is_sign_in(at)
    assert work.count("bcrypt") == 1
    assert work[0] == "limiter"
    assert work.index("bcrypt") < work.index("recorded")
    assert not any(at.session_state.get(name) for name in LIBRARY_STATE)
    newest = audit.search(engine(own_stage.settings.state), limit=1)[0].event
    assert (newest.action, newest.decision, newest.address) == ("sign-in", "refused", ADDRESS)


@pytest.mark.parametrize("password", ["x" * 73, "x" * 5000], ids=["73", "5000"])
def test_password_that_bcrypt_cannot_take_is_a_plain_failure(
    own_stage: World, work: list[str], password: str, capsys: pytest.CaptureFixture[str]
) -> None:
    known, unknown = attempt("analis", password), attempt("siapa-ini", password)
    assert [error.value for error in (*known.error, *unknown.error)] == [FAILED, FAILED]
    half = len(work) // 2
    assert work[:half] == work[half:]  # the same work for both
    assert work.count("bcrypt") == 2  # as for any other password
    assert password[:20] not in capsys.readouterr().out


def test_dummy_hash_costs_as_much_as_a_real_one(stage: World) -> None:
    assert accounts.stored_hash(engine(stage.settings.state), "siapa-ini").startswith(f"$2b${COST}$")


@pytest.mark.parametrize("name", ["analis", "siapa-ini"])
@pytest.mark.parametrize("password", [WRONG, PASSWORD])
def test_while_the_limiter_waits_no_password_is_checked(
    own_stage: World, work: list[str], name: str, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_the_clock(monkeypatch)
    for _turn in range(5):
        sign_in.record_attempt(
            engine(own_stage.settings.state), own_stage.audit_key, name=name, address=ADDRESS, success=False
        )
    work.clear()
    at = attempt(name, password)
    assert [error.value for error in at.error] == ["Terlalu banyak percobaan masuk. Coba lagi dalam 1 menit."]
    assert work == ["limiter"]
    assert is_sign_in(at)


def test_passwords_are_checked_one_after_another_and_not_without_end(
    own_stage: World, work: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes when too many wait is told so before anything is looked up or compared."""
    turns = Turns(rate=0.001, burst=1)
    monkeypatch.setattr(form, "_turns", lambda: turns)
    assert [error.value for error in attempt("analis", WRONG).error] == [FAILED]
    work.clear()
    told = ["Terlalu banyak orang masuk pada saat yang sama. Tunggu sebentar, lalu coba lagi."]
    for name in ("analis", "siapa-ini"):
        assert [error.value for error in attempt(name, PASSWORD).error] == told
    assert "bcrypt" not in work


@pytest.mark.parametrize("language", LANGUAGES)
def test_right_password_opens_the_page_in_the_language_chosen(own_stage: World, work: list[str], language: str) -> None:
    at = attempt(" ANALIS ", PASSWORD, language=language)
    assert at.title[0].value.startswith(text("Ringkasan ASN nasional", language))
    assert work.count("bcrypt") == 1
    assert not any(at.session_state.get(name) for name in LIBRARY_STATE)
    found = [e.event for e in audit.search(engine(own_stage.settings.state), account="analis", limit=100)]
    assert {"sign-in", "session-open", "ask"} <= {event.action for event in found}
    assert PASSWORD not in repr(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_is_in_the_language_of_the_tab(own_stage: World, language: str) -> None:
    assert [error.value for error in attempt("analis", WRONG, language=language).error] == [text(FAILED, language)]


def test_sign_in_needs_the_audit(own_stage: World) -> None:
    (own_stage.settings.keys / "audit.key").unlink()
    at = attempt("analis", PASSWORD)
    assert PLAIN not in cookies_of(at)
    assert "Kunci audit tidak ada" in at.warning[0].value


def test_lookup_finds_any_name_with_one_hash_and_remembers_what_was_typed(stage: World) -> None:
    lookup = Lookup()
    assert "siapa-ini" in lookup
    assert str(lookup.typed) == "siapa-ini"
    assert set(lookup["siapa-ini"]) == {"password"}
    assert "Analis " in lookup
    assert lookup["Analis "]["password"] == accounts.stored_hash(engine(stage.settings.state), "analis")


def test_lookup_raises_while_the_limiter_waits(own_stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_the_clock(monkeypatch)
    for _turn in range(5):
        sign_in.record_attempt(
            engine(own_stage.settings.state), own_stage.audit_key, name="analis", address="10.9.9.9", success=False
        )
    with pytest.raises(SignInFailed, match="Terlalu banyak"):
        assert "analis" in Lookup()
