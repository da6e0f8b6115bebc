"""users, audit and keys: each change has its record, and a password is printed once and kept nowhere."""

import re
import stat

import pyotp
import pytest
from sqlalchemy import text as sql

from data_access.governance import accounts, audit, second_factor, sessions
from data_access.governance.use_summary import waiting
from data_access.keys import NAMES, key
from data_access.state import engine, writing
from data_access.words import LANGUAGES, text
from tests.data_access.commands.conftest import Run
from tests.passwords import password_fits
from tests.ui_world import token
from tests.world import PASSWORD, World

PRINTED = re.compile(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){4}")


def newest(world: World) -> audit.Event:
    return audit.search(engine(world.settings.state), limit=1)[0].event


def printed(out: str) -> str:
    [password] = PRINTED.findall(out)
    return str(password)


@pytest.mark.parametrize("language", LANGUAGES)
def test_new_account_has_a_one_time_password_that_fits(bare_stage: World, run: Run, language: str) -> None:
    outcome = run(
        "users",
        "add",
        "budi",
        "--role",
        "analis_wilayah",
        "--party",
        "kesatu",
        "--provinces",
        "33, 34",
        language=language,
    )
    assert (outcome.code, outcome.err) == (0, "")
    state = engine(bare_stage.settings.state)
    made = accounts.find(state, "budi")
    assert (made.role, made.party, made.provinces, made.must_change_password) == (
        "analis_wilayah",
        "kesatu",
        ("33", "34"),
        True,
    )
    assert password_fits(state, "budi", printed(outcome.out))
    event = newest(bare_stage)
    assert (event.action, event.detail) == ("account-add", "budi")
    assert printed(outcome.out) not in repr(audit.search(state))


def test_reset_replaces_the_password_and_ends_sessions(bare_stage: World, run: Run) -> None:
    state, session = engine(bare_stage.settings.state), token(bare_stage, "analis")
    password = printed(run("users", "reset", "analis").out)
    assert password_fits(state, "analis", password)
    assert not password_fits(state, "analis", PASSWORD)
    assert sessions.sessions_of(state, "analis")[0].end_reason == "password-reset"
    assert accounts.find(state, "analis").must_change_password
    assert newest(bare_stage).action == "account-reset"
    assert session not in repr(audit.search(state))


def test_disable_and_enable(bare_stage: World, run: Run) -> None:
    state = engine(bare_stage.settings.state)
    token(bare_stage, "analis")
    assert run("users", "disable", "analis").out == "Akun analis dinonaktifkan.\n"
    assert not password_fits(state, "analis", PASSWORD)
    assert sessions.sessions_of(state, "analis")[0].end_reason == "account-disabled"
    assert "nonaktif" in run("users", "list").out
    assert run("users", "enable", "analis").out == "Akun analis aktif kembali.\n"
    assert password_fits(state, "analis", PASSWORD)
    assert [e.event.action for e in audit.search(state, limit=2)] == ["account-enable", "account-disable"]


def test_rights_are_changed_and_recorded(bare_stage: World, run: Run) -> None:
    state = engine(bare_stage.settings.state)
    token(bare_stage, "analis")
    wanted = ("--role", "analis_wilayah", "--party", "kedua", "--provinces", "34,33")
    assert run("users", "change-rights", "analis", *wanted).out.startswith("Hak akses akun analis diganti")
    found = accounts.find(state, "analis")
    assert (found.role, found.party, found.provinces) == ("analis_wilayah", "kedua", ("33", "34"))
    assert sessions.sessions_of(state, "analis")[0].end_reason == "rights-changed"
    assert newest(bare_stage).action == "account-rights"
    assert newest(bare_stage).detail == "analis: analis/kesatu/* -> analis_wilayah/kedua/33,34"


def test_second_factor_is_taken_away_and_recorded(bare_stage: World, run: Run) -> None:
    state = engine(bare_stage.settings.state)
    secret = second_factor.new_secret()
    second_factor.enrol(
        state,
        bare_stage.audit_key,
        audit.Event(action="second-factor-enrol", decision="allowed"),
        cookie_key=key(bare_stage.settings.keys, "cookie"),
        name="pengelola",
        secret=secret,
        code=pyotp.TOTP(secret).now(),
    )
    outcome = run("users", "second-factor-reset", "pengelola")
    assert (outcome.code, outcome.out.startswith("Faktor kedua pengelola dihapus")) == (0, True)
    assert not second_factor.enrolled(state, "pengelola")
    event = newest(bare_stage)
    assert (event.action, event.detail, str(event.account).startswith("cli:")) == (
        "second-factor-reset",
        "pengelola",
        True,
    )
    assert run("users", "second-factor-reset", "pengelola").code == 1


def test_account_is_connected_with_the_sign_on_service_and_disconnected(bare_stage: World, run: Run) -> None:
    assert run("users", "sign-on", "analis", "nip-1").code == 0
    assert (newest(bare_stage).action, newest(bare_stage).detail) == ("sign-on-connect", "analis: nip-1")
    assert run("users", "sign-on", "wilayah", "nip-1").err.startswith("Nama itu sudah terhubung")
    assert run("users", "sign-on", "analis").code == 0
    assert (newest(bare_stage).action, newest(bare_stage).detail) == ("sign-on-disconnect", "analis: nip-1")
    assert run("users", "sign-on", "wilayah", "nip-1").code == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_names_everybody_and_no_secret(bare_stage: World, run: Run, language: str) -> None:
    outcome = run("users", "list", language=language)
    assert outcome.code == 0
    assert all(name in outcome.out for name in ("pimpinan", "analis", "wilayah", "tim-data", "pengelola"))
    assert text("Peran", language) in outcome.out
    assert text("aktif", language) in outcome.out
    assert "$2b$" not in outcome.out


ADD = ("--role", "analis", "--party", "kesatu")
REFUSED = {
    "taken": (("add", "analis", *ADD), "Nama akun analis sudah dipakai."),
    "no name": (("add", "Budi Santoso", *ADD), "Nama akun: 3 sampai 40 huruf kecil"),
    "unknown role": (("add", "budi", "--role", "raja", "--party", "kesatu"), "Peran raja tidak dikenal."),
    "no place for a regional analyst": (
        ("add", "budi", "--role", "analis_wilayah", "--party", "kesatu"),
        "Peran Analis wilayah dibatasi wilayah",
    ),
    "a place for whoever has no limit": (("add", "budi", *ADD, "--provinces", "33"), "Peran Analis kebijakan tidak"),
    "other rights of nobody": (("change-rights", "siapa-ini", *ADD), "Tidak ada akun bernama siapa-ini."),
    "the same rights": (("change-rights", "analis", *ADD), "Peran, pihak, dan provinsi akun analis sudah demikian."),
    "rights of an unknown role": (
        ("change-rights", "analis", "--role", "raja", "--party", "kesatu"),
        "Peran raja tidak dikenal.",
    ),
    "rights in an unknown province": (
        ("change-rights", "analis", "--role", "analis_wilayah", "--party", "kesatu", "--provinces", "00"),
        "Kode provinsi tidak dikenal: 00.",
    ),
    "unknown province": (("add", "budi", *ADD, "--provinces", "33,00"), "Kode provinsi tidak dikenal: 00."),
    "reset of nobody": (("reset", "siapa-ini"), "Tidak ada akun bernama siapa-ini."),
    "second factor of nobody": (("second-factor-reset", "siapa-ini"), "Tidak ada akun bernama siapa-ini."),
    "no second factor": (("second-factor-reset", "analis"), "Akun analis tidak memiliki faktor kedua."),
    "sign-on of nobody": (("sign-on", "siapa-ini", "x"), "Tidak ada akun bernama siapa-ini."),
    "not connected": (("sign-on", "analis"), "Akun itu tidak terhubung"),
    "disable of nobody": (("disable", "siapa-ini"), "Tidak ada akun bernama siapa-ini."),
    "enable of nobody": (("enable", "siapa-ini"), "Tidak ada akun bernama siapa-ini."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_change_is_a_sentence_and_changes_nothing(bare_stage: World, run: Run, case: str) -> None:
    arguments, sentence = REFUSED[case]
    state = engine(bare_stage.settings.state)
    before = accounts.all_accounts(state), audit.anchor(state)
    outcome = run("users", *arguments)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(sentence)
    assert (accounts.all_accounts(state), audit.anchor(state)) == before


def test_sums_of_use_are_made_anew(bare_stage: World, run: Run) -> None:
    state = engine(bare_stage.settings.state)
    records = audit.anchor(state)[0]
    assert records
    for _turn in range(2):
        outcome = run("audit", "sums")
        assert outcome.code == 0
        assert f"{records} catatan dijumlahkan." in outcome.out
        assert waiting(state) == (records, records)


def test_account_change_without_the_audit_key_is_not_made(bare_stage: World, run: Run) -> None:
    (bare_stage.settings.keys / "audit.key").unlink()
    outcome = run("users", "disable", "analis")
    assert (outcome.code, outcome.out) == (1, "")
    assert accounts.find(engine(bare_stage.settings.state), "analis").active


def test_search_filters_the_record(bare_stage: World, run: Run) -> None:
    run("ask", "pegawai", "--as", "analis")
    run("users", "disable", "pimpinan")
    assert "release-none" in run("audit", "search", "--decision", "refused").out
    assert "release-none" not in run("audit", "search", "--action", "account-disable").out
    assert "pegawai" not in run("audit", "search", "--account", "siapa-ini").out
    assert len(run("audit", "search", "--limit", "1").out.splitlines()) < 7
    assert "account-disable" in run("audit", "search", "--since", "2026-01-01").out
    assert "account-disable" not in run("audit", "search", "--since", "2199-01-01").out
    assert "account-add" in run("audit", "search", "--text", "uji").out
    assert "account-add" not in run("audit", "search", "--text", "%").out


def test_verify_finds_a_changed_row_and_anchor_names_the_newest(bare_stage: World, run: Run) -> None:
    state = engine(bare_stage.settings.state)
    seq, mac = audit.anchor(state)
    assert run("audit", "anchor").out == f"{seq} {mac}\n"
    sound = run("audit", "verify")
    assert (sound.code, str(seq) in sound.out) == (0, True)
    with writing(state) as connection:
        connection.execute(sql("DROP TRIGGER IF EXISTS audit_no_update"))
        for name in connection.scalars(sql("SELECT name FROM sqlite_master WHERE type='trigger'")).all():
            connection.execute(sql(f"DROP TRIGGER {name}"))
        connection.execute(sql("UPDATE audit SET account = 'orang lain' WHERE seq = 2"))
    broken = run("audit", "verify")
    assert broken.code == 1
    assert "nomor 2" in broken.out + broken.err
    assert "mac" not in broken.out.split()  # a sentence, not the key of a finding


def test_keys_are_made_once_and_private(bare_stage: World, run: Run) -> None:
    folder = bare_stage.settings.keys
    (folder / "cookie.key").unlink()
    kept = (folder / "audit.key").read_bytes()
    assert run("keys").out == "Kunci dibuat: cookie.\n"
    assert run("keys").out == "Kunci dibuat: –.\n"
    assert (folder / "audit.key").read_bytes() == kept
    assert {stat.S_IMODE((folder / f"{name}.key").stat().st_mode) for name in NAMES} == {0o600}
