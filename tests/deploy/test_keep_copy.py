"""Copies of the state are taken out of reach, those that lack documents under a name of their own, and never in their place."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent.parent / "deploy" / "keep-copy.sh"
UNIT = SCRIPT.parent / "systemd" / "asn-backup.service"
MOST = 60


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    file = tmp_path / "state.cadangan"
    file.write_bytes(b"malam ini")
    return file


def _run(copy: Path, shelf: Path, status: str | None) -> "subprocess.CompletedProcess[str]":
    given = {"PATH": os.defpath} | ({} if status is None else {"EXIT_STATUS": status})
    command = ["/bin/sh", str(SCRIPT), str(copy), str(shelf)]
    return subprocess.run(command, env=given, capture_output=True, text=True, check=False)


def _filled(shelf: Path, ending: str, count: int) -> list[Path]:
    """Copies of nights long ago, oldest first."""
    shelf.mkdir(exist_ok=True)
    made = [shelf / f"2020-{number:03}.{ending}" for number in range(count)]
    for number, file in enumerate(made):
        file.write_bytes(b"dahulu")
        os.utime(file, (1_000_000 + number, 1_000_000 + number))
    return made


@pytest.mark.parametrize(("status", "ending"), [("0", "cadangan"), ("3", "tidak-lengkap")])
def test_a_copy_is_kept_closed_under_the_name_of_its_kind(copy: Path, tmp_path: Path, status: str, ending: str) -> None:
    done = _run(copy, tmp_path / "rak", status)
    assert (done.returncode, done.stderr) == (0, "")
    (kept,) = (tmp_path / "rak").iterdir()
    assert kept.suffix == f".{ending}"
    assert kept.read_bytes() == b"malam ini"
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert not copy.exists()


def test_copies_that_lack_something_never_push_out_the_last_whole_one(copy: Path, tmp_path: Path) -> None:
    (whole,) = _filled(tmp_path / "rak", "cadangan", 1)
    lacking = _filled(tmp_path / "rak", "tidak-lengkap", MOST)
    os.utime(whole, (1, 1))  # older than all others
    assert _run(copy, tmp_path / "rak", "3").returncode == 0
    assert whole.exists()
    assert not lacking[0].exists()
    assert len(list((tmp_path / "rak").glob("*.tidak-lengkap"))) == MOST


def test_the_oldest_whole_copy_goes_when_a_newer_one_comes(copy: Path, tmp_path: Path) -> None:
    whole = _filled(tmp_path / "rak", "cadangan", MOST)
    assert _run(copy, tmp_path / "rak", "0").returncode == 0
    assert [file.exists() for file in whole] == [False] + [True] * (MOST - 1)


@pytest.mark.parametrize("status", [None, "1", "2", "KILL"])
def test_where_no_copy_was_made_none_is_kept_and_none_goes(copy: Path, tmp_path: Path, status: str | None) -> None:
    whole = _filled(tmp_path / "rak", "cadangan", MOST + 5)
    _run(copy, tmp_path / "rak", status)
    assert sorted((tmp_path / "rak").iterdir()) == whole


@pytest.mark.parametrize("kind", ["missing", "link", "folder"])
def test_a_copy_that_is_not_there_is_told_and_none_goes(copy: Path, tmp_path: Path, kind: str) -> None:
    whole = _filled(tmp_path / "rak", "cadangan", MOST + 5)
    copy.unlink()
    if kind == "link":
        (tmp_path / "rahasia").write_bytes(b"milik akun lain")
        copy.symlink_to(tmp_path / "rahasia")
    elif kind == "folder":
        copy.mkdir()
    done = _run(copy, tmp_path / "rak", "0")
    assert done.returncode == 1
    assert "state.cadangan" in done.stderr
    assert sorted((tmp_path / "rak").iterdir()) == whole


def test_the_unit_runs_it_whatever_the_copy_ended_with_and_calls_a_lacking_one_a_failure() -> None:
    lines = UNIT.read_text("utf-8").splitlines()
    (taken,) = [line for line in lines if "keep-copy.sh" in line and not line.startswith("#")]
    assert taken.startswith("ExecStopPost=+")  # ExecStartPost would not be run after 3
    made = "/var/lib/asn-copy/state.cadangan"
    assert f" {made} /var/backups/asn" in taken
    assert [line for line in lines if line.startswith("ExecStart=") and line.endswith(made)]
    assert not [line for line in lines if line.startswith("SuccessExitStatus")]
