"""The units of systemd are read without complaint, leave little open, and give the web nothing of the owner's side."""

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
UNITS = ROOT / "deploy" / "systemd"
SERVICES = ("asn-web", "asn-worker", "asn-backup")
MOST_EXPOSED = 20  # tenths; systemd calls up to 20 "OK"


def _lines(service: str, name: str) -> list[str]:
    text = (UNITS / f"{service}.service").read_text("utf-8")
    return re.findall(rf"^{name}=(.*)$", text, re.MULTILINE)


def _words(service: str, name: str) -> set[str]:
    return {word for line in _lines(service, name) for word in line.split()}


def _variables(file: str) -> set[str]:
    text = (ROOT / "deploy" / file).read_text("utf-8")
    return set(re.findall(r"^(\w+)=", text, re.MULTILINE))


def test_the_web_has_neither_account_nor_settings_nor_places_of_the_owner() -> None:
    assert _lines("asn-web", "User") == ["asn-web"]
    assert _lines("asn-web", "EnvironmentFile") == ["/etc/asn/common.env"]
    assert _words("asn-web", "ReadWritePaths") == {f"/var/lib/asn/{n}" for n in ("state", "incoming", "documents")}
    assert {"-/var/lib/asn-owner", "-/etc/asn/owner.env"} <= _words("asn-web", "InaccessiblePaths")
    assert not {"ASN_VAULT", "ASN_OWNER_KEYS", "ASN_DROP"} & _variables("common.env")
    assert _variables("owner.env") == {"ASN_VAULT", "ASN_OWNER_KEYS", "ASN_DROP"}


def test_the_worker_is_another_account_that_alone_has_the_owners_settings() -> None:
    assert _lines("asn-worker", "User") == ["asn-worker"]
    assert "/etc/asn/owner.env" in _lines("asn-worker", "EnvironmentFile")
    assert _lines("asn-worker", "PrivateNetwork") == ["yes"]
    assert "/var/lib/asn/keys" not in _words("asn-worker", "ReadWritePaths")


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "setting",
    ["NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "CapabilityBoundingSet=", "ProtectHome=yes"],
)
def test_every_service_gives_its_privileges_away(service: str, setting: str) -> None:
    assert setting in (UNITS / f"{service}.service").read_text("utf-8").splitlines()


@pytest.mark.parametrize("service", ["asn-web", "asn-worker"])
def test_what_runs_for_long_has_a_limit_of_memory(service: str) -> None:
    assert _lines(service, "MemoryMax")


@pytest.mark.parametrize("file", sorted(UNITS.iterdir()), ids=lambda file: file.name)
def test_a_unit_is_well_formed(file: Path) -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(file)
    assert "Unit" in parser


@pytest.mark.services
def test_systemd_reads_the_units_and_finds_little_exposed(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("systemd-analyze is missing on the CI machine: the units were not verified")
        pytest.skip("UNITS NOT VERIFIED: systemd-analyze is missing")
    for unit in UNITS.iterdir():  # the programs must exist where the unit names them
        (tmp_path / unit.name).write_text(unit.read_text("utf-8").replace("/opt/asn", str(ROOT)))
    read = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (read.returncode, read.stderr) == (0, "")
    for service in SERVICES:
        rated = ["systemd-analyze", "security", "--offline=true", "--no-pager", f"--threshold={MOST_EXPOSED}"]
        done = subprocess.run(
            [*rated, str(tmp_path / f"{service}.service")], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
