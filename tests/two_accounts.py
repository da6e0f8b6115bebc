"""An installation for two system accounts, laid out as docs/operations.md says, and what each account can do in it.

Run as a module it acts as the web process: `python -m tests.two_accounts upload|publish|ask|laid|open|papers …`.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from starlette.requests import Request
from starlette.types import Message

from data_access.access.gateway import ask, gateway
from data_access.access.query import Query
from data_access.access.viewer import viewer_named
from data_access.errors import AsnError
from data_access.governance import (
    accounts,
    backup,
    documents,
    laid_down,
    refresh_requests,
    refreshes,
    restoring,
    sessions,
    tickets,
)
from data_access.governance.audit import Event
from data_access.governance.refresh_requests import Delivered
from data_access.intake.manifest import Manifest, write_manifest
from data_access.keys import key
from data_access.settings import settings
from data_access.state import engine, reading
from data_access.state.tables import document
from tests.world import World, dataset
from ui.cookies import SESSION
from ui.receiving import DELIVERY, receive

ROOT = Path(__file__).parent.parent
WEB, WORKER, GROUP, OPERATOR = 61_001, 61_002, 61_000, 0
NAMES = {WEB: "web", WORKER: "pekerja", OPERATOR: "operator"}
TEAM = "tim-data"


@dataclass(frozen=True)
class Installation:
    """`common` is what both accounts have, `owners` the folder of the worker's account alone."""

    common: Path
    owners: Path
    python: Path
    home: Path | None

    def run(self, uid: int, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A module of ours under one of the two accounts or as root, with the settings that account is given."""
        command = [str(self.python), "-m", *arguments]
        # Worse than the usual mask: what is shared must not hang on it.
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self._environment(uid),
            user=uid,
            group=uid,
            extra_groups=[] if uid == OPERATOR else [GROUP],
            umask=0o077,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def web(self, *arguments: str) -> dict[str, object]:
        done = self.run(WEB, "tests.two_accounts", *arguments)
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))

    def _environment(self, uid: int) -> dict[str, str]:
        given = {
            "PATH": os.defpath,
            "ASN_VAR": str(self.common),
            "ASN_STATE_URL": f"sqlite:///{self.common}/state/state.db",
            "ASN_WORKER": "external",
            "ASN_SECOND_FACTOR": "off",
            "LOGNAME": NAMES[uid],
            "PYTHONPATH": sysconfig.get_path("purelib"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        if self.home is not None:
            given |= {"PYTHONHOME": str(self.home), "LD_LIBRARY_PATH": str(self.home / "lib")}
        if uid == WORKER:
            parts = {"ASN_VAULT": "vault", "ASN_OWNER_KEYS": "keys", "ASN_DROP": "deliveries"}
            given |= {name: str(self.owners / part) for name, part in parts.items()}
        return given


def installed(world: World, place: Path) -> Installation:
    """The world's files given to two accounts; `place` is a folder that everybody may pass through."""
    common, owners = place / "asn", place / "owner"
    _folder(common, 0, 0o750)
    for name, uid, mode in (("incoming", WEB, 0o2770), ("state", WEB, 0o2770), ("keys", WORKER, 0o2750)):
        _folder(common / name, uid, mode)
    var = world.settings.var
    shutil.copytree(var / "releases", common / "releases")
    _give(common / "releases", WORKER, folders=0o2750, files=0o640)
    shutil.copytree(var / "vault", owners / "vault")
    for name in ("keys", "deliveries"):
        (owners / name).mkdir()
    shutil.copy(var / "keys" / "record.key", owners / "keys")
    _give(owners, WORKER, group=WORKER, folders=0o700, files=0o600)
    for name in ("manifest", "audit", "cookie"):
        shutil.copy(var / "keys" / f"{name}.key", common / "keys")
    _give(common / "keys", WORKER, folders=0o2750, files=0o640)
    shutil.copy(var / "state.db", common / "state")
    _give(common / "state", WEB, folders=0o2770, files=0o660)
    shutil.copytree(var / "documents", common / "documents")
    _give(common / "documents", WEB, group=WEB, folders=0o700, files=0o600)
    shutil.copy(world.settings.agreement, common)
    os.chown(common / "perjanjian.yaml", 0, GROUP)
    (common / "perjanjian.yaml").chmod(0o640)
    return Installation(common, owners, *_interpreter(place))


def _interpreter(place: Path) -> tuple[Path, Path | None]:
    """Python, and a readable copy of its home where the real one lies in a folder that is closed to other accounts."""
    base = Path(sys.base_prefix)
    if all(folder.stat().st_mode & 0o001 for folder in (base, *base.parents)):
        return Path(sys.executable), None
    home, library = place / "python", f"python{sys.version_info.major}.{sys.version_info.minor}"
    unneeded = shutil.ignore_patterns("site-packages", "test", "idlelib", "tkinter", "config-*", "*.a")
    shutil.copytree(base / "lib" / library, home / "lib" / library, ignore=unneeded)
    for shared in (base / "lib").glob("libpython*.so*"):
        shutil.copy(shared, home / "lib")
    (home / "bin").mkdir()
    return Path(shutil.copy(Path(sys.executable).resolve(), home / "bin" / "python")), home


def _folder(folder: Path, uid: int, mode: int) -> None:
    folder.mkdir()
    os.chown(folder, uid, GROUP)
    folder.chmod(mode)


def _give(top: Path, uid: int, *, folders: int, files: int, group: int = GROUP) -> None:
    for path in (top, *top.rglob("*")):
        os.chown(path, uid, group)
        path.chmod(folders if path.is_dir() else files)


def _event(action: str) -> Event:
    return Event(action=action, decision="allowed", account=TEAM)


def _upload(file: str, day: str) -> dict[str, object]:
    """Sends a file through the real route, describes it as the page does, and hands it to the worker."""
    state, audit_key = engine(settings().state), key(settings().keys, "audit")
    token = sessions.open_session(state, audit_key, accounts.find(state, TEAM), address="testclient")
    ticket = tickets.issue(key(settings().keys, "cookie"), DELIVERY.purpose, sessions.fingerprint(token))
    arrived = json.loads(bytes(asyncio.run(receive(_request(ticket, Path(file), sessions.fingerprint(token)))).body))
    facts = {"owner": "kedua", "contract": dataset().version, "active": dataset().active.id, "example": True}
    manifest = {"dataset": "pegawai", "reference_date": day, "files": {arrived["name"]: arrived["sha256"]}}
    write_manifest(settings().incoming / arrived["folder"], Manifest.model_validate(facts | manifest))
    brought = Delivered(
        dataset="pegawai",
        reference_date=date.fromisoformat(day),
        origin="upload",
        delivery=arrived["folder"],
        title="rekap",
    )
    number = refresh_requests.receive(state, audit_key, _event("refresh-receive"), brought)
    return {"number": number, "folder": arrived["folder"]}


def _request(ticket: str, file: Path, session: str) -> Request:
    """As the gate hands it over: one POST with the whole file, from the browser of that session."""

    async def body() -> Message:
        return {"type": "http.request", "body": file.read_bytes(), "more_body": False}

    scope = {
        "type": "http",
        "method": "POST",
        "path": f"/unggah/{ticket}",
        "path_params": {"ticket": ticket},
        SESSION: session,
        "query_string": b"",
        "headers": [(b"x-file-name", file.name.encode())],
        "client": ("127.0.0.1", 1),
    }
    return Request(scope, body)


def _publish(number: str) -> dict[str, object]:
    state = engine(settings().state)
    found = refreshes.one(state, int(number))
    event = _event("refresh-publish")
    refresh_requests.ask_publish(
        state, key(settings().keys, "audit"), event, found.id, reason="diperiksa berdua", four_eyes=False
    )
    return {"checked": found.state}


def _ask(day: str) -> dict[str, object]:
    answer = ask(viewer_named(TEAM, settings()), Query("pegawai", by=("status",), periods=(date.fromisoformat(day),)))
    return {"release": gateway(settings()).reader().manifest.id, "rows": answer.frame.height}


def _laid() -> dict[str, object]:
    return {"names": [one.name for one in laid_down.laid(engine(settings().state))]}


def _papers() -> dict[str, object]:
    """The documents that the state knows, each opened; how many they are."""
    state = engine(settings().state)
    with reading(state) as connection:
        known = connection.scalars(select(document.c.sha256)).all()
    return {"read": len([documents.read(state, settings().documents, one) for one in known])}


def _swap(copy: str, closed: str) -> dict[str, object]:
    """Root puts a copy back, while the web's account exchanges the folder aside for a way into a folder of root's."""
    unpacked = backup.unpacked

    def swapped(archive: zipfile.ZipFile, contents: backup.Contents, name: str, target: Path) -> None:
        unpacked(archive, contents, name, target)
        if name == backup.DATABASE:
            aside = target.parent
            before = os.geteuid()
            os.seteuid(WEB)
            aside.rename(aside.with_name("lain"))
            aside.symlink_to(closed)
            os.seteuid(0)
            os.seteuid(before)

    backup.unpacked = swapped
    try:
        restoring.restore(Path(copy), settings(), _event("state-restore"), instead=True)
    except (AsnError, OSError) as error:
        return {"error": repr(error)}
    return {"error": ""}


def _open(*paths: str) -> dict[str, object]:
    """Which of these files and folders this account can read or write into."""
    return {path: any(os.access(path, mode) for mode in (os.R_OK, os.W_OK)) for path in paths}


if __name__ == "__main__":
    acts: dict[str, Callable[..., dict[str, object]]] = {
        "upload": _upload,
        "publish": _publish,
        "ask": _ask,
        "laid": _laid,
        "open": _open,
        "papers": _papers,
        "swap": _swap,
    }
    sys.stdout.write(json.dumps(acts[sys.argv[1]](*sys.argv[2:])))
