"""Who holds a token, old, stolen or made up, gets no further than the session it belongs to."""

import secrets

import pytest
from sqlalchemy import text

from data_access.errors import Refused
from data_access.governance import sessions
from data_access.state import engine, reading, writing
from tests.ui_world import is_sign_in, opened, served, set_account, tab, token, words
from tests.world import World

PROFILE = "akun/profil"


def test_token_is_stored_nowhere(own_world: World) -> None:
    token_of = token(own_world, "analis")
    for file in own_world.settings.var.rglob("*"):
        if file.is_file():
            assert token_of.encode() not in file.read_bytes(), file


def test_what_is_stored_of_a_token_opens_nothing(own_world: World) -> None:
    """Who reads the state database has fingerprints, which are no tokens."""
    token(own_world, "analis")
    with reading(engine(own_world.settings.state)) as connection:
        stored = [str(value) for value in connection.scalars(text("SELECT token_sha256 FROM session"))]
    assert stored
    with served(own_world):
        for value in stored:
            assert is_sign_in(tab(value).run())


def test_tokens_are_long_random_and_never_repeated(own_world: World) -> None:
    made = {token(own_world, "analis") for _turn in range(20)}
    assert len(made) == 20
    assert min(len(one) for one in made) >= 43


@pytest.mark.parametrize("change", ["last", "case", "cut", "longer", "random"])
def test_token_that_is_nearly_right_opens_nothing(own_world: World, change: str) -> None:
    right = token(own_world, "analis")
    guess = {
        "last": right[:-1] + ("A" if right[-1] != "A" else "B"),
        "case": right.swapcase(),
        "cut": right[:-1],
        "longer": right + "=",
        "random": secrets.token_urlsafe(32),
    }[change]
    with pytest.raises(Refused, match="Sesi Anda telah berakhir"):
        sessions.session_account(engine(own_world.settings.state), guess)


def test_each_tab_is_the_person_of_its_own_session(own_world: World) -> None:
    """Two tabs of one process, taking turns: nothing of one is seen in the other."""
    with served(own_world):
        analyst, regional = tab(token(own_world, "analis")), tab(token(own_world, "wilayah"))
        totals: dict[str, set[str]] = {"analis": set(), "wilayah": set()}
        for _turn in range(3):
            for name, at in (("analis", analyst), ("wilayah", regional)):
                at.run()
                totals[name].add(str(at.metric[0].value))
        assert len(totals["analis"]) == len(totals["wilayah"]) == 1
        assert totals["analis"].isdisjoint(totals["wilayah"])
        assert "Sumatera Utara" not in words(regional)
        assert "Sumatera Utara" not in regional.selectbox(key="summary_place").options


def test_session_of_a_deleted_account_opens_nothing(own_world: World) -> None:
    session = token(own_world, "analis")
    set_account(own_world, "analis", active=False)
    with served(own_world):
        assert is_sign_in(tab(session).run())


def test_session_state_given_from_outside_names_nobody(own_world: World) -> None:
    """Keys that a forged browser state might bring are not read; only the token counts."""
    with served(own_world):
        at = tab()
        for name in ("account", "role", "viewer", "user", "asn_account", "asn_role", "is_admin"):
            at.session_state[name] = "analis"
        assert is_sign_in(at.run())
        at = tab(token(own_world, "pengelola"), query={"role": ["analis"], "account": ["analis"], "asn_session": ["x"]})
        assert opened(at, "ringkasan/nasional").title[0].value == "Siapa boleh melihat apa, dan mengapa?"
        assert "pengelola" in words(opened(at, PROFILE))


def test_address_parameters_open_no_session(own_world: World) -> None:
    session = token(own_world, "analis")
    with served(own_world):
        assert is_sign_in(tab(query={"asn_session": [session], "token": [session]}).run())


def test_idle_session_cannot_be_revived_in_the_database_by_a_click(own_world: World) -> None:
    session = token(own_world, "analis")
    with writing(engine(own_world.settings.state)) as connection:
        connection.execute(text("UPDATE session SET last_seen_at = '2020-01-01T00:00:00.000000+00:00'"))
    with served(own_world):
        for _turn in range(2):
            assert is_sign_in(tab(session).run())
