"""Accounts: what may be one, and that every change is recorded with it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, text

from data_access.contract import Party
from data_access.errors import AsnError, Misconfigured, Refused, Rejected
from data_access.governance import accounts, second_factor, sessions, sign_on
from data_access.governance.accounts import Account
from data_access.governance.audit import Event, search
from data_access.state import reading, writing
from tests.passwords import password_fits

NEW = "tujuh payung biru"


def test_found_as_it_was_added(state: Engine, budi: Account, sari: Account) -> None:
    assert accounts.find(state, "budi") == budi
    assert accounts.all_accounts(state) == [budi, sari]
    assert (budi.provinces, sari.provinces) == (("31", "32"), None)


def test_no_province_is_not_every_province(state: Engine, key: bytes, change: Event) -> None:
    made = accounts.add(
        state, key, change, name="rina", full_name="Rina", role="analis", party="kesatu",
        password=NEW, provinces=[], cost=4,
    )  # fmt: skip
    assert accounts.find(state, "rina").provinces == made.provinces == ()


def test_first_password_must_be_changed(state: Engine, key: bytes, budi: Account, change: Event, password: str) -> None:
    assert budi.must_change_password
    accounts.change_password(state, key, change, name="budi", old=password, new=NEW, cost=4)
    assert not accounts.find(state, "budi").must_change_password
    accounts.reset_password(state, key, change, name="budi", password=password, cost=4)
    assert accounts.find(state, "budi").must_change_password


@pytest.mark.parametrize(
    "name",
    [
        "ab",  # too short
        "a" * 41,  # too long
        "Budi",  # capital
        "budi santoso",
        "budi_s",
        "../budi",
        ".budi",  # begins with neither letter nor digit
        "budi\n",
        "bùdi",
        "ｂｕｄｉ",  # NFKC would make it "budi"
        "bud\u0456",  # Cyrillic i
        "bu\u00addi",  # soft hyphen, unseen
        "",
    ],
)
def test_names_that_may_not_be(state: Engine, key: bytes, change: Event, name: str) -> None:
    with pytest.raises(Rejected) as caught:
        accounts.add(state, key, change, name=name, full_name="X", role="analis", party="kesatu", password=NEW, cost=4)
    assert caught.value.reason == "account-name"
    assert search(state) == []


def test_name_is_given_once(state: Engine, key: bytes, budi: Account, change: Event) -> None:
    with pytest.raises(Rejected) as caught:
        accounts.add(state, key, change, name="budi", full_name="X", role="admin", party="kedua", password=NEW, cost=4)
    assert caught.value.reason == "account-exists"
    assert accounts.find(state, "budi") == budi
    assert len(search(state)) == 1


def test_every_change_is_recorded_with_its_account(state: Engine, key: bytes, budi: Account, change: Event) -> None:
    accounts.disable(state, key, change, name="budi")
    accounts.enable(state, key, change, name="budi")
    accounts.reset_password(state, key, change, name="budi", password=NEW, cost=4)
    assert [(e.event.account, e.event.detail) for e in search(state)] == [("pengelola", "budi")] * 4


def test_change_that_cannot_be_recorded_is_not_made(state: Engine, key: bytes, budi: Account, change: Event) -> None:
    with writing(state) as connection:
        connection.execute(text("DROP TABLE audit"))
    with pytest.raises(Misconfigured):
        accounts.disable(state, key, change, name="budi")
    assert accounts.find(state, "budi").active


def test_changes_of_nobody_are_refused_and_leave_no_trace(state: Engine, key: bytes, change: Event) -> None:
    for attempt in (
        lambda: accounts.disable(state, key, change, name="nobody"),
        lambda: accounts.enable(state, key, change, name="nobody"),
        lambda: accounts.reset_password(state, key, change, name="nobody", password=NEW, cost=4),
        lambda: accounts.find(state, "nobody"),
    ):
        with pytest.raises(Refused):
            attempt()
    assert search(state) == []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("salah sekali ini", NEW, "password-wrong"),
        ("empat kuda hijau", "empat kuda hijau", "password-same"),
        ("empat kuda hijau", "pendek", "password-short"),
        ("empat kuda hijau", "budi kuda hijau", "password-name"),
    ],
)
def test_unfit_change_of_own_password(
    state: Engine, key: bytes, budi: Account, change: Event, old: str, new: str, reason: str
) -> None:
    with pytest.raises(Rejected) as caught:
        accounts.change_password(state, key, change, name="budi", old=old, new=new, cost=4)
    assert caught.value.reason == reason
    assert password_fits(state, "budi", "empat kuda hijau", cost=4)


def test_changed_password_ends_the_other_sessions(
    state: Engine, key: bytes, budi: Account, change: Event, noon: datetime, password: str
) -> None:
    here, there = (sessions.open_session(state, key, budi, address="10.0.0.1", now=noon) for _turn in range(2))
    mine = replace(change, session_sha256=sessions.fingerprint(here))
    accounts.change_password(state, key, mine, name="budi", old=password, new=NEW, now=noon, cost=4)
    later = noon + timedelta(minutes=1)
    assert sessions.session_account(state, here, later).name == "budi"
    with pytest.raises(Refused):
        sessions.session_account(state, there, later)


@pytest.mark.parametrize("way", ["disable", "reset"])
def test_disabling_and_resetting_end_every_session(
    state: Engine, key: bytes, budi: Account, change: Event, noon: datetime, way: str
) -> None:
    token = sessions.open_session(state, key, budi, address="10.0.0.1", now=noon)
    if way == "disable":
        accounts.disable(state, key, change, name="budi", now=noon)
        accounts.enable(state, key, change, name="budi", now=noon)  # does not bring the session back
    else:
        accounts.reset_password(state, key, change, name="budi", password=NEW, now=noon, cost=4)
    with pytest.raises(AsnError):
        sessions.session_account(state, token, noon)


def test_disabled_account_has_a_hash_that_nothing_fits(
    state: Engine, key: bytes, budi: Account, change: Event, password: str
) -> None:
    assert password_fits(state, "budi", password, cost=4)
    accounts.disable(state, key, change, name="budi")
    assert not password_fits(state, "budi", password, cost=4)


def test_password_is_stored_as_a_hash_only(state: Engine, budi: Account, password: str) -> None:
    with reading(state) as connection:
        everything = repr([connection.execute(text(f"SELECT * FROM {t}")).all() for t in ("account", "audit")])
    assert password not in everything
    assert "$2b$" not in repr(budi)


def test_rights_are_changed_with_what_was_and_what_is(state: Engine, key: bytes, budi: Account, change: Event) -> None:
    accounts.change_rights(state, key, change, name="budi", role="tim_data", party="kedua", provinces=None)
    found = accounts.find(state, "budi")
    assert (found.role, found.party, found.provinces) == ("tim_data", "kedua", None)
    assert search(state, limit=1)[0].event.detail == "budi: analis/kesatu/31,32 -> tim_data/kedua/*"


@pytest.mark.parametrize(
    ("role", "party", "provinces"),
    [("tim_data", "kesatu", ("31", "32")), ("analis", "kedua", ("31", "32")), ("analis", "kesatu", ("31",))],
)
def test_each_right_can_be_changed_alone(
    state: Engine, key: bytes, budi: Account, change: Event, role: str, party: Party, provinces: tuple[str, ...]
) -> None:
    accounts.change_rights(state, key, change, name="budi", role=role, party=party, provinces=provinces)
    assert accounts.find(state, "budi") == replace(budi, role=role, party=party, provinces=provinces)


def test_changed_rights_end_every_session(
    state: Engine, key: bytes, budi: Account, change: Event, noon: datetime
) -> None:
    token = sessions.open_session(state, key, budi, address="10.0.0.1", now=noon)
    accounts.change_rights(state, key, change, name="budi", role="admin", party="kesatu", provinces=None, now=noon)
    with pytest.raises(Refused):
        sessions.session_account(state, token, noon)
    assert sessions.sessions_of(state, "budi")[0].end_reason == "rights-changed"


def test_rights_that_an_account_has_are_no_change(
    state: Engine, key: bytes, budi: Account, change: Event, noon: datetime
) -> None:
    """Nothing would be changed but that its sessions end."""
    token = sessions.open_session(state, key, budi, address="10.0.0.1", now=noon)
    records = len(search(state))
    with pytest.raises(Rejected) as caught:
        accounts.change_rights(
            state, key, change, name="budi", role="analis", party="kesatu", provinces=["31", "32"], now=noon
        )
    assert caught.value.reason == "rights-same"
    assert sessions.session_account(state, token, noon).name == "budi"
    assert len(search(state)) == records


def test_no_place_is_another_right_than_every_place(state: Engine, key: bytes, sari: Account, change: Event) -> None:
    accounts.change_rights(state, key, change, name="sari", role="admin", party="kedua", provinces=())
    assert accounts.find(state, "sari").provinces == ()


def test_rights_of_nobody_are_not_changed(state: Engine, key: bytes, change: Event) -> None:
    with pytest.raises(Refused) as caught:
        accounts.change_rights(state, key, change, name="nobody", role="admin", party="kesatu", provinces=None)
    assert caught.value.reason == "account-unknown"
    assert search(state) == []


def test_rights_are_not_changed_without_the_record(state: Engine, key: bytes, budi: Account, change: Event) -> None:
    with writing(state) as connection:
        connection.execute(text("DROP TABLE audit"))
    with pytest.raises(Misconfigured):
        accounts.change_rights(state, key, change, name="budi", role="admin", party="kesatu", provinces=None)
    assert accounts.find(state, "budi") == budi


def refusing(connection: Connection) -> None:
    raise Refused("asked-first", "Tidak.")


def test_check_is_asked_in_the_transaction_of_every_change(
    state: Engine, key: bytes, budi: Account, change: Event, password: str
) -> None:
    before = accounts.find(state, "budi"), len(search(state))
    for attempt in (
        lambda: accounts.disable(state, key, change, name="budi", check=refusing),
        lambda: accounts.enable(state, key, change, name="budi", check=refusing),
        lambda: accounts.reset_password(state, key, change, name="budi", password=NEW, cost=4, check=refusing),
        lambda: accounts.change_rights(
            state, key, change, name="budi", role="admin", party="kedua", provinces=None, check=refusing
        ),
        lambda: accounts.add(
            state, key, change, name="rina", full_name="Rina", role="analis", party="kesatu", password=NEW, cost=4,
            check=refusing,
        ),
        lambda: sign_on.connect(state, key, change, account="budi", name="nip-1", check=refusing),
        lambda: sign_on.disconnect(state, key, change, account="budi", check=refusing),
        lambda: second_factor.reset(state, key, change, name="budi", check=refusing),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            attempt()
        assert caught.value.reason == "asked-first"
    assert (accounts.find(state, "budi"), len(search(state))) == before
    assert len(accounts.all_accounts(state)) == 1
    assert password_fits(state, "budi", password, cost=4)
