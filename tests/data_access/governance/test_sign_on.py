"""The outside sign-on service: only accounts that exist, only fresh identities, each once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from data_access.errors import AsnError, Refused, Rejected, SignInFailed
from data_access.governance import accounts, sign_on
from data_access.governance.accounts import Account
from data_access.governance.audit import Event, search
from data_access.governance.proofs import held
from data_access.governance.sessions import open_session, session_account, sessions_of
from data_access.state import reading

Come = Callable[..., str]


@pytest.fixture
def come(state: Engine, key: bytes, change: Event, budi: Account, noon: datetime) -> Come:
    """Comes back from the service as budi, unless other claims are given; the account, "" or the reason."""
    sign_on.connect(state, key, change, account="budi", name="19870101-1")

    def once(after: timedelta = timedelta(), claim: str = "sub", **other: object) -> str:
        honest = {"iss": "https://sso.example", "sub": "19870101-1", "iat": int(noon.timestamp()), "nonce": "n1"}
        claims = {name: value for name, value in (honest | other).items() if value is not None}
        try:
            meant = sign_on.admit(state, key, claims=claims, claim=claim, address="10.0.0.1", now=noon + after)
            return "" if meant is None else meant.account
        except AsnError as failure:
            return failure.reason

    return once


def test_connected_name_is_its_account(state: Engine, come: Come) -> None:
    assert come() == "budi"
    newest = search(state, limit=1)[0].event
    assert (newest.action, newest.decision, newest.account, newest.address) == (
        "sign-on",
        "allowed",
        "budi",
        "10.0.0.1",
    )


def test_identity_counts_once(come: Come) -> None:
    assert [come(), come(), come(after=timedelta(seconds=90))] == ["budi", "", ""]
    assert come(nonce="n2") == "budi"  # signed in at the service anew


@pytest.mark.parametrize("seconds", [121, 3600, 86400 * 29, -31])
def test_identity_that_is_not_fresh_opens_nothing(come: Come, seconds: int) -> None:
    """The browser keeps it for 30 days; a session of ours lasts 8 hours at most."""
    assert come(after=timedelta(seconds=seconds)) == ""


@pytest.mark.parametrize("seconds", [-30, 0, 120])
def test_fresh_identity(come: Come, seconds: int) -> None:
    assert come(after=timedelta(seconds=seconds)) == "budi"


@pytest.mark.parametrize(
    "other",
    [{"iat": None}, {"iat": "now"}, {"iat": True}, {"iat": 1e99}, {"nonce": None}, {"iss": None}, {"nonce": ""}],
)
def test_incomplete_identity_opens_nothing(come: Come, other: dict[str, object]) -> None:
    assert come(**other) == ""


@pytest.mark.parametrize(
    "sub", ["budi", "19870101-2", "19870101-1 ", "", ["19870101-1"], {"a": 1}, 7, "%", "' OR 1=1 --"]
)
def test_stranger_gets_one_sentence_and_no_account(state: Engine, come: Come, sub: object) -> None:
    before = accounts.all_accounts(state)
    assert come(sub=sub) in ("sign-on", "")
    assert accounts.all_accounts(state) == before
    with reading(state) as connection:
        assert connection.scalar(text("SELECT count(*) FROM session")) == 0


def test_refused_identity_is_used_up_and_recorded(state: Engine, come: Come) -> None:
    assert [come(sub="orang-lain"), come(sub="orang-lain")] == ["sign-on", ""]
    newest = search(state, limit=1)[0].event
    assert (newest.action, newest.decision, newest.reason, newest.account) == ("sign-on", "refused", "sign-on", None)


def test_disabled_account_is_like_none(state: Engine, key: bytes, change: Event, come: Come) -> None:
    accounts.disable(state, key, change, name="budi")
    assert come() == "sign-on"


def test_another_claim_may_name_the_person(state: Engine, come: Come) -> None:
    assert come(claim="nip", nip="19870101-1", sub="x") == "budi"
    assert come(claim="nip", nonce="n2") == "sign-on"  # the service did not tell it


def test_name_belongs_to_one_account(state: Engine, key: bytes, change: Event, come: Come, sari: Account) -> None:
    with pytest.raises(Rejected) as caught:
        sign_on.connect(state, key, change, account="sari", name="19870101-1")
    assert caught.value.reason == "sign-on-taken"
    sign_on.connect(state, key, change, account="budi", name="baru")
    assert come() == "sign-on"
    assert come(sub="baru") == "budi"


@pytest.mark.parametrize("name", ["", "   ", "x" * 256])
def test_unfit_name(state: Engine, key: bytes, change: Event, budi: Account, name: str) -> None:
    with pytest.raises(Rejected):
        sign_on.connect(state, key, change, account="budi", name=name)


def test_disconnected_name_opens_nothing(state: Engine, key: bytes, change: Event, come: Come) -> None:
    sign_on.disconnect(state, key, change, account="budi")
    assert come() == "sign-on"
    with pytest.raises(Rejected, match="tidak terhubung"):
        sign_on.disconnect(state, key, change, account="budi")
    with pytest.raises(Refused, match="Tidak ada akun"):
        sign_on.connect(state, key, change, account="siapa", name="x")


@pytest.mark.parametrize("how", ["connected", "disconnected"])
def test_a_change_of_the_name_ends_every_session(
    state: Engine, key: bytes, change: Event, budi: Account, sari: Account, come: Come, noon: datetime, how: str
) -> None:
    """Somebody whom the service no longer means here may sit in one; those of others go on."""
    token, other = (open_session(state, key, one, address="10.0.0.1", now=noon) for one in (budi, sari))
    renamed(state, key, change, how)
    with pytest.raises(Refused):
        session_account(state, token, noon)
    assert sessions_of(state, "budi")[0].end_reason == "sign-on-changed"
    assert session_account(state, other, noon).name == "sari"


@pytest.mark.parametrize("how", ["connected", "disconnected"])
def test_a_session_is_not_opened_for_whom_the_service_means_no_more(
    state: Engine, key: bytes, change: Event, budi: Account, come: Come, noon: datetime, how: str
) -> None:
    """Come from the service, but not yet in; the same with the password typed before."""
    claims = {"iss": "https://sso.example", "sub": "19870101-1", "iat": int(noon.timestamp()), "nonce": "n1"}
    meant = sign_on.admit(state, key, claims=claims, claim="sub", address="10.0.0.1", now=noon)
    assert meant is not None
    assert meant.proof == held(state, "budi").proof
    renamed(state, key, change, how)
    with pytest.raises(SignInFailed) as caught:
        open_session(state, key, budi, address="10.0.0.1", compared=meant.proof, now=noon)
    assert caught.value.reason == "sign-in-overtaken"
    assert sessions_of(state, "budi") == []


def renamed(state: Engine, key: bytes, change: Event, how: str) -> None:
    if how == "connected":
        sign_on.connect(state, key, change, account="budi", name="baru")
    else:
        sign_on.disconnect(state, key, change, account="budi")
