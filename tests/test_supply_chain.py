"""What is installed is fixed by hashes and is what requirements*.txt ask for; known faults are judged as they are told."""

import json
import re
from pathlib import Path

import pytest

from tests.tools.known_faults import judged

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")


def _pins(file: str) -> dict[str, str]:
    """Package -> version, names in the registry's normal form."""
    found = (PIN.match(line) for line in (ROOT / file).read_text("utf-8").splitlines())
    return {re.sub(r"[-_.]+", "-", one[1]).lower(): one[2] for one in found if one}


@pytest.mark.parametrize(
    ("asked", "lock"),
    [
        ("requirements.txt", "requirements.lock"),
        ("requirements.txt", "requirements-dev.lock"),
        ("requirements-dev.txt", "requirements-dev.lock"),
        ("requirements.lock", "requirements-dev.lock"),
    ],
)
def test_the_lock_holds_what_is_asked_for_else_run_make_lock(asked: str, lock: str) -> None:
    held = _pins(lock)
    assert {name: version for name, version in _pins(asked).items() if held.get(name) != version} == {}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_line_names_one_version(file: str) -> None:
    lines = [line for line in (ROOT / file).read_text("utf-8").splitlines() if line and line[0] not in "#-"]
    assert [line for line in lines if not PIN.match(line)] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_hashes_and_none_comes_from_elsewhere(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert len(entries) > 50
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert [word for word in ("://", "--index-url", "--find-links", "-e ", "@ ") if word in text] == []


def test_make_installs_by_hashes_only() -> None:
    installs = [line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if "$(PIP) " in line]
    assert len(installs) == 3
    assert [line for line in installs if "--require-hashes" not in line and "grep '^uv=='" not in line] == []


SOUND = {"name": "a", "version": "1", "vulns": []}
FAULTY = {"name": "b", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["3"]}]}
UNKNOWN = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([SOUND], 0, "no known faults"),
        ([SOUND, FAULTY], 1, "b 2: CVE-1, mended in 3"),
        ([SOUND, UNKNOWN], 0, "not known to the service: c"),
        ([UNKNOWN, UNKNOWN], 0, "SKIPPED"),
    ],
)
def test_known_faults_fail_the_check_and_a_silent_service_is_told(
    packages: list[dict[str, object]], code: int, words: str
) -> None:
    assert judged(json.dumps({"dependencies": packages}), "")[0] == code
    assert words in judged(json.dumps({"dependencies": packages}), "")[1]


@pytest.mark.parametrize("output", ["", "Traceback", "[]", "{}"])
def test_no_answer_is_a_loud_skip(output: str) -> None:
    code, told = judged(output if output != "[]" else "{}", "ConnectionError: no route\n")
    assert code == 0
    assert told.startswith("SKIPPED: KNOWN FAULTS WERE NOT LOOKED UP")
    assert "no route" in told
