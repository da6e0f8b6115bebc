"""keys and state on the command line: what they print, what they refuse, and that the app goes on under the new keys."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access import keys
from data_access.governance import audit
from data_access.release import shelf
from data_access.state import engine
from tests.data_access.commands.conftest import Run
from tests.ui_world import served
from tests.world import World


@pytest.fixture
def bare_stage(bare_world: World) -> Iterator[World]:
    with served(bare_world):
        yield bare_world


@pytest.mark.parametrize("name", ["cookie", "audit", "manifest"])
def test_a_key_is_rotated_and_the_record_stays_whole(bare_stage: World, run: Run, name: str) -> None:
    before = keys.key(bare_stage.settings.keys, name)
    done = run("keys", "rotate", name)
    assert (done.code, done.err) == (0, "")
    assert keys.fingerprint(keys.key(bare_stage.settings.keys, name)) in done.out
    assert keys.key(bare_stage.settings.keys, name) != before
    assert before.hex() not in done.out
    assert run("audit", "verify").code == 0
    assert "–" in run("keys").out


def test_releases_signed_before_are_still_served(own_stage: World, run: Run) -> None:
    before = run("releases").out
    assert run("keys", "rotate", "manifest").code == 0
    assert run("releases").out == before
    settings = own_stage.settings
    assert shelf.listed(settings.releases, keys.key(settings.keys, "manifest")).sound == ()  # by the new key alone
    assert shelf.listed(settings.releases, keys.ring(settings.keys, "manifest")).damaged == ()
    asked = run("ask", "pegawai", "--as", "analis", "--by", "jenis_kelamin")
    assert (asked.code, asked.err) == (0, "")


@pytest.mark.parametrize(("name", "word"), [("record", "rata-rata"), ("lain", "cookie")])
def test_what_is_not_rotated_is_a_sentence(bare_stage: World, run: Run, name: str, word: str) -> None:
    done = run("keys", "rotate", name)
    assert done.code == 1
    assert word in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_keys_ends_what_was_broken_off(bare_stage: World, run: Run) -> None:
    keys.prepare(bare_stage.settings.keys, "audit")
    assert run("keys", "rotate", "audit").code == 1
    assert "audit" in run("keys").out
    assert not keys.aside(bare_stage.settings.keys, "audit").exists()
    assert run("keys", "rotate", "audit").code == 0


def test_the_state_is_copied_and_put_back(bare_stage: World, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "status.cadangan"
    done = run("state", "backup", file)
    assert (done.code, done.err) == (0, "")
    assert "Kunci tidak ikut" in done.out
    assert audit.search(engine(bare_stage.settings.state), limit=1)[0].event.action == "state-backup"
    assert run("state", "backup", file).code == 1
    os.truncate(file, 100)
    engine(bare_stage.settings.state).dispose()
    assert run("state", "restore", file, "--replace").code == 1
    file.unlink()
    run("state", "backup", file)
    engine(bare_stage.settings.state).dispose()
    assert run("state", "restore", file).code == 1
    done = run("state", "restore", file, "--replace")
    assert (done.code, done.err) == (0, "")
    assert run("audit", "verify").code == 0


def test_a_copy_that_lacks_documents_is_made_and_told_loudly(bare_stage: World, run: Run, tmp_path: Path) -> None:
    """Nobody reads what a timer prints: it is the exit code that is noticed."""
    for folder in bare_stage.settings.documents.iterdir():
        shutil.rmtree(folder)
    done = run("state", "backup", tmp_path / "kurang")
    assert done.code == 3
    assert "keputusan.pdf" in done.err
    assert "SHA-256" in done.out
    engine(bare_stage.settings.state).dispose()
    done = run("state", "restore", tmp_path / "kurang", "--replace")
    assert done.code == 3
    assert "keputusan.pdf" in done.err
    assert run("audit", "verify").code == 0
