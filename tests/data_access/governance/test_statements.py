"""The confidentiality statement: accepted per person and words, in one transaction with its record."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.errors import Misconfigured
from data_access.governance import statements
from data_access.governance.accounts import Account
from data_access.governance.audit import Event, search
from data_access.governance.statements import accept, acceptance, statement


def consent(account: str) -> Event:
    return Event(action="statement-accept", decision="allowed", account=account)


def test_nobody_has_accepted_before_they_do(state: Engine, key: bytes, budi: Account) -> None:
    assert acceptance(state, budi.name) is None
    accept(state, key, consent(budi.name), statement())
    found = acceptance(state, budi.name)
    assert found is not None
    assert found.version == statement().version
    assert acceptance(state, "siti") is None
    assert [entry.event.account for entry in search(state, action="statement-accept")] == [budi.name]


def test_accepting_twice_changes_nothing(state: Engine, key: bytes, budi: Account) -> None:
    accept(state, key, consent(budi.name), statement())
    first = acceptance(state, budi.name)
    accept(state, key, consent(budi.name), statement())
    assert acceptance(state, budi.name) == first
    assert len(search(state, action="statement-accept")) == 1


def test_another_word_asks_again(state: Engine, key: bytes, budi: Account, tmp_path: Path) -> None:
    accept(state, key, consent(budi.name), statement())
    changed = tmp_path / "pernyataan.yaml"
    changed.write_text(statements.FILE.read_text("utf-8").replace("Saya menjaga", "Saya sungguh menjaga"), "utf-8")
    assert acceptance(state, budi.name, statement(changed)) is None


@pytest.mark.parametrize("content", [None, "", "- satu", "version: 1\npoints: []", "{"])
def test_an_unreadable_text_opens_nothing(content: str | None, tmp_path: Path) -> None:
    file = tmp_path / "pernyataan.yaml"
    if content is not None:
        file.write_text(content, "utf-8")
    with pytest.raises(Misconfigured, match="data tidak ditampilkan"):
        statement(file)


def test_the_points_are_told_in_both_languages() -> None:
    assert all(point.text("id") != point.text("en") for point in statement().points)
