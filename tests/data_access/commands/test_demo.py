"""demo: everything for a first look, made once; a second run changes nothing."""

import re
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data_access.commands import demo
from data_access.governance import accounts, audit
from data_access.intake.demo import DATES, write_deliveries, write_movements
from data_access.release import shelf
from data_access.settings import settings
from data_access.state import engine
from tests import world as worlds
from tests.data_access.commands.conftest import Run
from tests.passwords import password_fits
from tests.ui_world import forget
from tests.world import World, cube, deliver

Progress = Callable[[str, float], None]


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which nothing was made yet."""
    monkeypatch.setenv("ASN_VAR", str(tmp_path / "var"))
    forget()
    return tmp_path / "var"


def small(folder: Path, *, progress: Progress | None = None) -> list[Path]:
    days = (date(2024, 12, 31), date(2025, 6, 30))
    return [deliver(folder / f"pegawai-{day}", cube(worlds.persons(2_000, day=day)), day) for day in days]


def none(_folder: Path, *, progress: Progress | None = None) -> list[Path]:
    assert progress is not None
    return []


def state_of(folder: Path) -> dict[str, bytes]:
    """Every file but the database of the state, which notes that it was opened."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("state.db")]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_real_deliveries_become_two_releases_and_eight_accounts(
    empty: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def two_dates(folder: Path, *, progress: Progress | None = None) -> list[Path]:
        return write_deliveries(folder, dates=DATES[:2], progress=progress)

    def one_period(folder: Path, *, progress: Progress | None = None) -> list[Path]:
        return write_movements(folder, dates=DATES[1:2], progress=progress)

    monkeypatch.setattr(demo, "write_deliveries", two_dates)
    monkeypatch.setattr(demo, "write_movements", one_period)
    outcome = run("demo")
    assert outcome.code == 0, outcome.err
    assert shelf.names(settings().releases) == ["0001", "0002"]
    assert shelf.current(settings().releases).name == "0002"
    made = accounts.all_accounts(engine(settings().state))
    assert {account.name for account in made} == {row[0] for row in demo.ACCOUNTS}
    assert {account.role for account in made} == {row[2] for row in demo.ACCOUNTS}
    assert all(account.must_change_password for account in made)
    refused = run("ask", "pegawai", "--as", "analis.panrb")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("Gantilah dahulu kata sandi sekali pakai")
    worlds.own_passwords(settings())
    refused = run("ask", "pegawai", "--as", "teknis.bkn")
    assert refused.err.startswith("Siapkan dahulu faktor kedua")
    monkeypatch.setenv("ASN_SECOND_FACTOR", "off")
    for account in made:
        worlds.pledge(settings(), account.name)
    for name in ("analis.panrb", "wilayah.panrb", "pimpinan.panrb", "teknis.bkn"):
        answer = run("ask", "pegawai", "--as", name, "--by", "provinsi")
        assert (answer.code, "DATA CONTOH" in answer.out) == (0, True), answer.err
    assert run("ask", "pegawai", "--as", "admin").code == 1
    answer = run("ask", "arus", "--as", "analis.panrb", "--by", "peristiwa")
    assert (answer.code, "Pensiun BUP" in answer.out) == (0, True), answer.err
    engine(settings().state).dispose()


def test_second_run_changes_nothing(empty: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "write_deliveries", small)
    monkeypatch.setattr(demo, "write_movements", none)
    first = run("demo")
    assert first.code == 0, first.err
    file = empty / "demo-accounts.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    kept = dict(re.findall(r"(\S+)\s+(\S+)", file.read_text("utf-8")))
    state = engine(settings().state)
    assert len(kept) == len(demo.ACCOUNTS)
    assert all(password_fits(state, name, word) for name, word in list(kept.items())[:2])
    assert not any(word in repr(audit.search(state)) for word in kept.values())

    before, anchor = state_of(empty), audit.anchor(state)
    second = run("demo")
    assert second.code == 0, second.err
    assert state_of(empty) == before
    assert audit.anchor(state) == anchor
    state.dispose()


def test_demo_does_not_mix_with_real_accounts(bare_stage: World, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "write_deliveries", small)
    monkeypatch.setattr(demo, "write_movements", none)
    outcome = run("demo")
    assert outcome.code == 1
    assert "tidak dicampur dengan akun sungguhan" in outcome.err
    assert not (bare_stage.settings.var / "demo-accounts.txt").exists()
    assert shelf.names(bare_stage.settings.releases) == [] if bare_stage.settings.releases.is_dir() else True
