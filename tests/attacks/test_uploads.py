"""Who sends files to the upload route: only a signed-in account of the owner's data team, once per ticket, within limits.

A really started server is spoken to over plain sockets; what it keeps is looked at on the disk.
"""

import asyncio
import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from data_access.governance import accounts, audit, sessions, tickets
from data_access.governance.audit import Event, anchor
from data_access.intake.manifest import sha256
from data_access.keys import key
from data_access.state import engine, utc_now
from tests.browser.server import running
from tests.ui_world import set_account, token
from tests.world import PASSWORD, World, copied, own_passwords
from ui import receiving
from ui.cookies import PLAIN

LIMIT = 40_000_000
PIECE = b"provinsi,jumlah\n33,5\n" * 50_000
TEAM = "tim-data"


@pytest.fixture(scope="module")
def served(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = copied(world, tmp_path_factory.mktemp("uploads") / "var")
    accounts.add(
        engine(made.settings.state),
        made.audit_key,
        Event(action="account-add", decision="allowed", account="uji"),
        name="data-panrb",
        full_name="Tim data pihak lain",
        role="tim_data",
        party="kesatu",
        password=PASSWORD,
        cost=4,
    )
    own_passwords(made.settings)
    yield made
    engine(made.settings.state).dispose()


@pytest.fixture(scope="module")
def server(served: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    log = tmp_path_factory.mktemp("log") / "server.log"
    with running(served, log, upload_bytes=str(LIMIT)) as found:
        yield found


# ticket -> the token of the session it was issued to, whose cookie the browser sends along
BROWSERS: dict[str, str] = {}


def ticket(world: World, account: str = TEAM, **changes: Any) -> str:
    """A ticket as the page issues it to the session of that account."""
    secret = changes.get("key", key(world.settings.keys, "cookie"))
    session = changes.get("token") or token(world, account)
    purpose = changes.get("purpose", "upload")
    text = tickets.issue(secret, purpose, sessions.fingerprint(session), changes.get("now"))
    BROWSERS[text] = session
    return text


def sent(
    base: str, text: str, name: str, body: Any = b"x", method: str = "POST", cookie: str | None = None
) -> tuple[int, dict[str, Any]]:
    """The answer to an upload from the browser that the ticket was issued to, or from one with another cookie."""
    connection = http.client.HTTPConnection(base.removeprefix("http://"), timeout=60)
    session = BROWSERS.get(text, "") if cookie is None else cookie
    try:
        headers = {"X-File-Name": quote(name), "Cookie": f"{PLAIN}={session}"}
        connection.request(method, f"/unggah/{text}", body, headers)
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    try:
        return answer.status, dict(json.loads(content))
    except ValueError:
        return answer.status, {}


def kept(world: World) -> list[str]:
    found = os.walk(world.settings.incoming)  # unlike rglob it minds no folder that goes away meanwhile
    return sorted(str(Path(folder, name)) for folder, folders, files in found for name in (*folders, *files))


def test_an_upload_arrives_byte_for_byte_and_is_recorded(served: World, server: tuple[str, object]) -> None:
    status, answer = sent(server[0], ticket(served), "Rekap Nasional 2025-06-30.csv", PIECE)
    assert status == 200, answer
    file = served.settings.incoming / answer["folder"] / answer["name"]
    assert (file.read_bytes(), answer["size"], answer["sha256"]) == (PIECE, len(PIECE), sha256(file))
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    (entry,) = audit.search(engine(served.settings.state), action="upload", limit=1)
    assert entry.event.account == TEAM
    assert answer["sha256"] in (entry.event.detail or "")


NAMES = [
    ("../../state.db.csv", "state.db.csv"),
    ("..\\..\\app.csv", "app.csv"),
    ("/etc/cron.d/x.csv", "x.csv"),
    (".tersembunyi.csv", "tersembunyi.csv"),
    ("data\x00.csv", "data_.csv"),
    ("a" * 300 + ".csv", "a" * 24 + "__" + "a" * 24 + ".csv"),
    ("rekap\u202evsc.csv", "rekap_vsc.csv"),
    ("=cmd().csv", "_cmd_.csv"),
    ("x.csv/", "x.csv"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES, ids=[repr(n[0][:20]) for n in NAMES])
def test_a_name_never_leads_out_of_its_folder(
    served: World, server: tuple[str, object], name: str, expected: str
) -> None:
    status, answer = sent(server[0], ticket(served), name, b"a,b\n")
    assert (status, answer.get("name")) == (200, expected)
    assert (served.settings.incoming / answer["folder"] / expected).is_file()


KINDS = ["x.exe", "x.xlsm", "x.xls", "x.csv.gz", "x.zip", "x", "", ".csv", "manifest.yaml", "x.html"]


@pytest.mark.parametrize("name", KINDS)
def test_other_kinds_of_files_are_refused(served: World, server: tuple[str, object], name: str) -> None:
    before = kept(served)
    status, answer = sent(server[0], ticket(served), name)
    assert (status, "error" in answer) == (403, True)
    assert kept(served) == before
    (entry,) = audit.search(engine(served.settings.state), action="upload", limit=1)
    assert (entry.event.decision, entry.event.account, entry.event.reason) == ("refused", TEAM, "upload-kind")


def ended(world: World) -> str:
    session = token(world, TEAM)
    state = engine(world.settings.state)
    event = Event(action="sign-out", decision="allowed", account=TEAM)
    sessions.end_session(state, world.audit_key, event, token=session)
    return session


def strangers(world: World) -> dict[str, str]:
    good = ticket(world)
    body, mac = good.split(".")
    for made_up in ("x", f"{body}.{mac[:-1]}", f"{body[:-2]}AA.{mac}"):
        BROWSERS[made_up] = BROWSERS[good]
    return {
        "no ticket": "x",
        "signature of another key": ticket(world, key=b"x" * 32),
        "signature cut": f"{body}.{mac[:-1]}",
        "body changed": f"{body[:-2]}AA.{mac}",
        "for something else": ticket(world, purpose="download"),
        "too old": ticket(world, now=utc_now() - timedelta(hours=1)),
        "session signed out": ticket(world, token=ended(world)),
        "session that never was": ticket(world, token="x" * 43),
        "an analyst": ticket(world, "analis"),
        "an administrator": ticket(world, "pengelola"),
    }


@pytest.mark.parametrize("who", [
    "no ticket", "signature of another key", "signature cut", "body changed", "for something else", "too old",
    "an analyst", "an administrator",
])  # fmt: skip
def test_a_stranger_leaves_nothing_behind(served: World, server: tuple[str, object], who: str) -> None:
    before = kept(served)
    status, answer = sent(server[0], strangers(served)[who], "x.csv", PIECE)
    assert (status, "error" in answer) == (403, True)
    assert kept(served) == before


@pytest.mark.parametrize("who", ["session signed out", "session that never was"])
def test_without_a_live_session_the_gate_answers(served: World, server: tuple[str, object], who: str) -> None:
    before = kept(served)
    assert sent(server[0], strangers(served)[who], "x.csv", PIECE) == (401, {})
    assert sent(server[0], ticket(served), "x.csv", PIECE, cookie="") == (401, {})
    assert kept(served) == before


def test_a_stolen_ticket_is_worth_nothing_in_another_session(served: World, server: tuple[str, object]) -> None:
    """Not even in another session of the same account."""
    before = kept(served)
    for thief in ("analis", TEAM):
        status, answer = sent(server[0], ticket(served), "x.csv", PIECE, cookie=token(served, thief))
        assert (status, "error" in answer) == (403, True)
    assert kept(served) == before


def test_only_posting_is_possible(served: World, server: tuple[str, object]) -> None:
    text = ticket(served)
    for method in ("GET", "PUT", "DELETE", "HEAD", "OPTIONS"):
        assert sent(server[0], text, "x.csv", method=method)[0] in (405, 404, 200), method
    assert sent(server[0], text, "x.csv", PIECE)[0] == 200  # none of these has used the ticket up


def test_a_ticket_is_good_for_one_file(served: World, server: tuple[str, object]) -> None:
    text = ticket(served)
    assert sent(server[0], text, "satu.csv", b"satu")[0] == 200
    before = kept(served)
    assert sent(server[0], text, "dua.csv", b"dua")[0] == 403
    assert kept(served) == before


@pytest.mark.parametrize("honest", [True, False], ids=["length told", "length hidden"])
def test_a_file_over_the_limit_is_broken_off_and_removed(
    served: World, server: tuple[str, object], honest: bool
) -> None:
    before = kept(served)
    pieces = LIMIT // len(PIECE) + 2
    body: Any = PIECE * pieces if honest else iter([PIECE] * pieces)
    try:
        status, answer = sent(server[0], ticket(served), "besar.csv", body)
        assert (status, "error" in answer) == (413, True)
    except OSError:
        pass  # the server may close before all of it is sent
    assert kept(served) == before


def test_an_empty_file_is_refused(served: World, server: tuple[str, object]) -> None:
    before = kept(served)
    assert sent(server[0], ticket(served), "kosong.csv", b"")[0] == 403
    assert kept(served) == before


def test_a_connection_that_breaks_leaves_nothing(served: World, server: tuple[str, object]) -> None:
    before = kept(served)
    host, port = server[0].removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as line:
        text = ticket(served)
        head = (
            f"POST /unggah/{text} HTTP/1.1\r\nHost: {host}\r\nX-File-Name: x.csv\r\nCookie: {PLAIN}={BROWSERS[text]}\r\n"
            "Content-Length: 9999999\r\n\r\n"
        )
        line.sendall(head.encode() + PIECE)
        time.sleep(0.5)
        assert kept(served) != before  # it had begun
    end = time.monotonic() + 20
    while kept(served) != before and time.monotonic() < end:
        time.sleep(0.1)
    assert kept(served) == before


def test_an_upload_ends_with_the_right_to_it(served: World, server: tuple[str, object]) -> None:
    """The account is disabled while its file is coming: the rest arrives, and nothing is kept."""
    before, last = kept(served), anchor(engine(served.settings.state))[0]
    host, port = server[0].removeprefix("http://").split(":")
    text = ticket(served)
    with socket.create_connection((host, int(port)), timeout=20) as line:
        head = (
            f"POST /unggah/{text} HTTP/1.1\r\nHost: {host}\r\nX-File-Name: x.csv\r\nCookie: {PLAIN}={BROWSERS[text]}\r\n"
            f"Content-Length: {2 * len(PIECE)}\r\n\r\n"
        )
        line.sendall(head.encode() + PIECE)
        end = time.monotonic() + 20
        while kept(served) == before and time.monotonic() < end:
            time.sleep(0.05)
        set_account(served, TEAM, active=False)
        line.sendall(PIECE)
        answer = line.recv(1_000)
    set_account(served, TEAM, active=True)
    assert answer.startswith(b"HTTP/1.1 403")
    assert kept(served) == before
    new = [one.event for one in audit.search(engine(served.settings.state), action="upload", limit=5) if one.seq > last]
    assert [(one.decision, one.reason) for one in new] == [("refused", "session-ended")]


def test_a_long_upload_is_use_of_its_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Right and session are looked at again and again, by which the session stays in use, and once more at the end."""
    monkeypatch.setattr(receiving, "LOOK", 0)
    looks: list[int] = []

    async def pieces() -> AsyncIterator[bytes]:
        for _turn in range(3):
            yield PIECE

    file = tmp_path / "x.csv"
    stored = receiving._stored(pieces(), file, LIMIT, lambda: looks.append(1))
    assert asyncio.run(stored)[0] == file.stat().st_size == 3 * len(PIECE)
    assert len(looks) == 4


def memory(process: "subprocess.Popen[bytes]") -> int:
    """Peak resident memory of the server so far, in bytes."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def test_a_large_upload_goes_to_the_disk_and_not_into_memory(
    served: World, server: tuple[str, "subprocess.Popen[bytes]"]
) -> None:
    base, process = server
    size = LIMIT // len(PIECE)
    before = memory(process)
    status, answer = sent(base, ticket(served), "besar.csv", iter([PIECE] * size))
    assert (status, answer["size"]) == (200, size * len(PIECE))
    assert memory(process) - before < LIMIT // 2
