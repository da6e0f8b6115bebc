"""The confidentiality statement before any data, and the technical team whose members alone have its role."""

from pathlib import Path

import pytest
from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from data_access.governance import audit, statements
from data_access.governance.agreement import today
from data_access.governance.registers.book import entries_of
from data_access.state import engine, writing
from data_access.state.tables import statement
from tests.cooperation import taken
from tests.ui_world import (
    DICTIONARY,
    HISTORY,
    PAGES,
    PROFILE,
    SUMMARY,
    numbers,
    offered,
    opened,
    press,
    set_account,
    tab,
    token,
    words,
)
from tests.world import World

TITLE = "Pernyataan kerahasiaan"
ELSEWHERE = [page for page in PAGES if page != PROFILE]


def asked(at: AppTest) -> bool:
    """The statement with its one question, and nothing that can hold data."""
    return at.title[0].value.startswith(TITLE) and len(at.checkbox) == 1 and not numbers(at)


def forget(world: World, account: str) -> None:
    with writing(engine(world.settings.state)) as connection:
        connection.execute(delete(statement).where(statement.c.account == account))


@pytest.fixture
def unpledged(own_stage: World) -> World:
    for account in ("analis", "tim-data", "tim-teknis", "pengelola"):
        forget(own_stage, account)
    return own_stage


def test_before_it_is_accepted_every_address_shows_the_statement(unpledged: World) -> None:
    session = token(unpledged, "tim-data")
    for page in ["", *ELSEWHERE]:
        at = opened(tab(session), page)
        assert asked(at), page
        assert not at.exception
        assert "DATA CONTOH" not in words(at)
    assert opened(tab(session), PROFILE).title[0].value == "Profil dan hak akses"


def test_it_is_accepted_with_a_sign_only_and_then_opens_the_page_asked_for(unpledged: World) -> None:
    at = opened(tab(token(unpledged, "analis")), HISTORY)
    press(at, "Setujui")
    assert asked(at)
    assert [told.value for told in at.warning] == ["Beri tanda bahwa Anda telah membaca dan menyetujuinya."]
    state = engine(unpledged.settings.state)
    assert statements.acceptance(state, "analis") is None
    at.checkbox[0].check()
    press(at, "Setujui")
    assert at.title[0].value == "Riwayat rilis"
    accepted = statements.acceptance(state, "analis")
    assert accepted is not None
    assert accepted.version == statements.statement().version
    (entry,) = audit.search(state, account="analis", action="statement-accept", limit=1)
    assert (entry.event.decision, entry.event.role, entry.event.party) == ("allowed", "analis", "kesatu")


def test_a_changed_text_asks_again(own_stage: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = token(own_stage, "analis")
    assert not opened(tab(session), SUMMARY).title[0].value.startswith(TITLE)
    file = tmp_path / "pernyataan.yaml"
    file.write_text(statements.FILE.read_text("utf-8") + "\n# diubah\n", "utf-8")
    monkeypatch.setattr(statements.statement, "__defaults__", (file,))
    assert asked(opened(tab(session), SUMMARY))


def test_consent_is_to_the_words_that_were_shown(
    unpledged: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(tab(token(unpledged, "analis")), SUMMARY)
    at.checkbox[0].check().run()
    file = tmp_path / "pernyataan.yaml"
    file.write_text(statements.FILE.read_text("utf-8") + "\n# diubah\n", "utf-8")
    monkeypatch.setattr(statements.statement, "__defaults__", (file,))
    press(at, "Setujui")
    assert asked(at)
    assert not at.checkbox[0].value
    assert statements.acceptance(engine(unpledged.settings.state), "analis") is None


def test_without_a_readable_text_nobody_sees_data(
    own_stage: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements.statement, "__defaults__", (tmp_path / "tidak-ada.yaml",))
    at = opened(tab(token(own_stage, "analis")), SUMMARY)
    assert numbers(at) == []
    assert "Naskah pernyataan kerahasiaan tidak terbaca" in words(at)


def test_who_has_no_data_is_not_asked(unpledged: World) -> None:
    assert opened(tab(token(unpledged, "pengelola")), DICTIONARY).title[0].value == "Kamus data"


# The technical team ---------------------------------------------------------------------------------------------------


def told_why(at: AppTest) -> bool:
    return any("bukan anggota tim teknis" in told.value and "Pasal 4" in told.value for told in at.warning)


def left_with_little(world: World, account: str) -> None:
    session = token(world, account)
    for page in ELSEWHERE:
        at = opened(tab(session), page)
        assert offered(at) == {DICTIONARY, PROFILE}
        assert page == DICTIONARY or numbers(at) == numbers(opened(tab(session), "tidak-ada"))
    assert told_why(opened(tab(session), PROFILE))


def test_a_member_is_one_until_the_membership_ends(own_stage: World) -> None:
    assert not told_why(opened(tab(token(own_stage, "tim-teknis")), PROFILE))
    [number] = [
        entry.id
        for entry in entries_of(engine(own_stage.settings.state), ("tim",))
        if entry.facts.account == "tim-teknis"
    ]
    taken(own_stage, "pimpinan-bkn", number, "akhiri", ended=today())
    left_with_little(own_stage, "tim-teknis")


def test_the_role_alone_makes_no_member(own_stage: World) -> None:
    set_account(own_stage, "analis", role="tim_teknis")
    left_with_little(own_stage, "analis")


def test_a_decree_that_has_run_out_is_no_decree(own_stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    [until] = {entry.facts.last for entry in entries_of(engine(own_stage.settings.state), ("tim",))}
    monkeypatch.setattr("data_access.access.viewer.today", lambda: until.replace(year=until.year + 1))
    left_with_little(own_stage, "tim-teknis")
