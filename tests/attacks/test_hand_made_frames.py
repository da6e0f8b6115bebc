"""Who sends frames that no browser would: too large, broken, too many, or with lines and colours for the server's log."""

import re
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed

from tests.attacks.bench import Bench, internal, nothing_behind, only_the_form
from tests.attacks.hand_made import STREAM, WAIT, Client, asked, elements, ids, kinds, state_of
from tests.browser.server import started
from tests.world import PASSWORD

MEGA = 1_000_000
TICKET = re.compile(r'data-ticket="([^"]+)"')


def padded(size: int) -> BackMsg:
    """A run that is asked for with so many bytes of address."""
    return BackMsg(rerun_script=state_of(page="x" * size))


@pytest.mark.parametrize(
    ("account", "size"), [("", 66_000), ("", 5 * MEGA), ("", 21 * MEGA), ("analis", 5 * MEGA), ("analis", 21 * MEGA)]
)
def test_too_large_a_message_ends_the_connection_unread(bench: Bench, account: str, size: int) -> None:
    before = len(bench.output())
    with bench.client(account) as client:
        with suppress(ConnectionClosed):
            client.send(padded(size))
        # 1006: cut off while it is still being sent
        assert client.closed() in ((1009, 1006) if size >= 5 * MEGA else (1009,))
    assert bench.alive()
    assert "Traceback" not in bench.output()[before:]


@pytest.mark.parametrize(("account", "size"), [("", 60_000), ("analis", 3 * MEGA)])
def test_a_large_one_within_the_limit_is_answered(bench: Bench, account: str, size: int) -> None:
    with bench.client(account) as client:
        assert only_the_form(client.run(page="x" * size)) is not bool(account)


def hollow(**parts: Any) -> BackMsg:
    return BackMsg(**parts)


FRAMES: dict[str, BackMsg | bytes | str] = {
    "no protobuf": b"\xff\xff\xff\xff\x01",
    "a cut one": padded(100).SerializeToString()[:-3],
    "no UTF-8 in a text": b"\x3a\x06\x0a\x04\xff\xfe\xfd\xfc",
    "an unknown kind": b"\xfa\x3f\x01x",
    "nothing": b"",
    "text": "hello",
    "an empty text": "",
    "JSON": '{"rerun_script": {}}',
    "git": hollow(load_git_info=True),
    "empty the cache": hollow(clear_cache=True),
    "run on save": hollow(set_run_on_save=True),
    "stop": hollow(stop_script=True),
    "shut down": hollow(debug_shutdown_runtime=True),
    "hang up": hollow(debug_disconnect_websocket=True),
    "heartbeat": hollow(app_heartbeat=True),
    "skills": hollow(backend_operation_request={"request_id": "1", "install_skills": {}}),
    "rows": hollow(
        backend_operation_request={"request_id": "1", "dataframe_chunk": {"source_id": "x", "limit": 2**32 - 1}}
    ),
}


@pytest.mark.parametrize("account", ["", "analis"])
@pytest.mark.parametrize("what", FRAMES)
def test_a_strange_frame_is_answered_or_ends_the_connection_and_nothing_else(
    bench: Bench, what: str, account: str
) -> None:
    before = len(bench.output())
    with bench.client(account) as client:
        first = client.run(page="akun-profil")
        client.send(FRAMES[what])
        said = client.rest(0.3)
        with suppress(ConnectionClosed):
            said += client.run(page="akun-profil")
    assert internal([*first, *said]) == []
    assert account or nothing_behind(said)
    assert bench.alive()
    assert "Traceback" not in bench.output()[before:]


def test_a_flood_of_runs_from_one_stranger_keeps_nobody_out(bench: Bench, tmp_path: Path) -> None:
    """No form is filled in 500 times in a second: what they ask for waits with them, and others are answered meanwhile."""
    with started(bench.world, tmp_path / "log") as base:
        with Client(base, bench.session("analis")) as guest, Client(base) as stranger:
            assert "plotly_chart" in kinds(guest.run(page="analisis-eksplorasi"))
            with suppress(ConnectionClosed):
                for number in range(500):
                    stranger.send(BackMsg(rerun_script=state_of(page=f"x{number}")))
            assert "plotly_chart" in kinds(guest.run(page="analisis-eksplorasi"))
            with Client(base) as other:
                assert "text_input" in kinds(other.run())
            assert asked(base, "/healthz").status == 204
        assert "Traceback" not in (tmp_path / "log").read_text("utf-8")


def test_a_page_elsewhere_does_not_make_the_server_ask_another_host(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who leads a visitor's browser here from a foreign page: the server would ask outside for its own address, and wait."""
    with socket.create_server(("127.0.0.1", 0)) as outside:
        outside.settimeout(2)
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{outside.getsockname()[1]}")
        with started(bench.world, tmp_path / "log") as base:
            assert knocked(base, Origin="http://contoh.jahat") in (400, 403)
        asking = 0
        with suppress(TimeoutError):
            outside.accept()[0].close()
            asking = 1
    assert not asking


def test_the_first_message_tells_no_folder_and_no_version(bench: Bench) -> None:
    """It comes with the form, to everybody."""
    with bench.client() as stranger:
        [told] = [one.new_session for one in stranger.run() if one.HasField("new_session")]
    assert "/" not in told.main_script_path
    assert told.initialize.environment_info.python_version == told.initialize.environment_info.streamlit_version == ""


# ── lines and colours for the log ──────────────────────────────────────────────────────────────────────────────────

LINE = "x\r\n2026-01-01 00:00:00 PALSU \x1b[35mungu\x1b]0;judul\x07"
COLOUR = "x PALSU \x1b[35mungu"
EIGHT_BIT = "x PALSU \x9b35mungu"  # the same in one byte, which a header may hold
PATIENCE = 0.5  # seconds for a handshake that may stay unanswered


def ran(bench: Bench, account: str = "", **wanted: Any) -> None:
    with bench.client(account) as client:
        client.run(**wanted)


def told(bench: Bench, account: str = "", **parts: Any) -> None:
    with bench.client(account) as client:
        client.run()
        parts = {name: value(client) if callable(value) else value for name, value in parts.items()}
        client.send(hollow(**parts))
        client.rest(0.5)


def operation(own: bool, file: str, request: str = "1") -> Callable[[Client], dict[str, object]]:
    return lambda client: {
        "request_id": request,
        "session_id": client.session_id if own else LINE,
        "deferred_file": {"file_id": file},
    }


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec_WebSocket_Protocol": "streamlit, x",
}


def knocked(base: str, *, seconds: float = WAIT, **headers: str) -> int:
    """The status of a handshake with other headers, which the client's library would not send; 0 if there is no answer."""
    given: dict[str, Any] = UPGRADE | headers
    return asked(base, STREAM, seconds=seconds, **given).status


def knocked_with(bench: Bench, text: str) -> None:
    for name in HEADERS:
        knocked(bench.base, seconds=PATIENCE, **one_header(name, text))


def one_header(name: str, text: str = COLOUR) -> dict[str, Any]:
    return {name: text}


def signed_in(bench: Bench, name: str, password: str) -> str:
    """What came of the form, sent with these words: the ticket of a session, or nothing."""
    with bench.client() as stranger:
        form = stranger.run()
        fields = [one.id for one in elements(form) if one.DESCRIPTOR.name == "TextInput"]
        send = next(one for one in ids(form) if "FormSubmitter" in one)
        typed = [WidgetState(id=one, string_value=text) for one, text in zip(fields, (name, password), strict=True)]
        said = stranger.run(widgets=[*typed, WidgetState(id=send, trigger_value=True)])
    assert nothing_behind(said)
    drawn = [TICKET.search(str(one.body)) for one in elements(said) if one.DESCRIPTOR.name == "Html"]
    return next((one.group(1) for one in drawn if one), "")


HEADERS = ("User_Agent", "Origin", "Host", "Cookie", "X_Forwarded_For", "Sec_WebSocket_Protocol")
SPOKEN: dict[str, Callable[[Bench], object]] = {
    "account name": lambda bench: signed_in(bench, LINE, PASSWORD),
    "password": lambda bench: signed_in(bench, "analis", LINE),
    "page": lambda bench: ran(bench, page=LINE),
    "page of a guest": lambda bench: ran(bench, "wilayah", page=LINE),
    "hash": lambda bench: ran(bench, "wilayah", script_hash=LINE),
    "address": lambda bench: ran(
        bench, "wilayah", page="analisis-eksplorasi", query=f"baris={LINE}&saring=provinsi:{LINE}"
    ),
    "long address": lambda bench: ran(bench, "wilayah", query=LINE * 5_000),
    "widget": lambda bench: ran(bench, "wilayah", widgets=[WidgetState(id=LINE, string_value=LINE)]),
    "fragment": lambda bench: told(bench, rerun_script=state_of(fragment=LINE)),
    "file of a button": lambda bench: told(bench, backend_operation_request=operation(True, LINE)),
    "file of a guest's button": lambda bench: told(bench, "wilayah", backend_operation_request=operation(True, LINE)),
    "number of a request": lambda bench: told(bench, backend_operation_request=operation(False, "x", LINE)),
    "upload": lambda bench: told(
        bench, file_urls_request={"request_id": LINE, "file_names": [LINE], "session_id": LINE}
    ),
    "headers": lambda bench: knocked_with(bench, EIGHT_BIT),
    "address in a header": lambda bench: knocked_with(bench, f"http://{EIGHT_BIT}"),
    "headers with an escape": lambda bench: knocked_with(bench, COLOUR),
    "headers of a request": lambda bench: [asked(bench.base, "/media/x", **one_header(name)) for name in HEADERS],
    "path": lambda bench: asked(bench.base, "/media/%0d%0aPALSU%1b%5b35m"),
    "ticket": lambda bench: asked(bench.base, "/sesi/masuk", method="POST", body=LINE),
}


@pytest.mark.parametrize("where", SPOKEN)
def test_what_is_said_stays_one_harmless_line_in_log_and_audit(bench: Bench, where: str) -> None:
    before, since = len(bench.output()), bench.last_record()
    SPOKEN[where](bench)
    assert bench.alive()
    written = bench.output()[before:]
    assert not re.search(r"\x1b\[35m|\x9b35m|\x1b\]|\x07", written)
    assert [line for line in written.splitlines() if line.startswith("2026-01-01 00:00:00 PALSU")] == []
    kept = [str(text) for entry in bench.records(since) for text in vars(entry.event).values() if text is not None]
    assert [text for text in kept if not text.isprintable()] == []


def test_the_same_form_lets_in_whoever_has_the_password(bench: Bench) -> None:
    """The client speaks as a browser does: its words arrive, and what they would bring about would be seen above."""
    ticket = signed_in(bench, "analis", PASSWORD)
    answer = asked(bench.base, "/sesi/masuk", method="POST", body=ticket)
    assert answer.status == 204
    session = answer.headers["set-cookie"].partition(";")[0].partition("=")[2]
    with Client(bench.base, session) as guest:
        assert "plotly_chart" in kinds(guest.run(page="analisis-eksplorasi"))
    since = bench.last_record()
    assert signed_in(bench, "  ANALIS ", LINE) == ""
    [refused] = [entry.event for entry in bench.records(since) if entry.event.action == "sign-in"]
    assert (refused.decision, refused.account) == ("refused", "analis")


def test_a_handshake_by_hand_is_one(bench: Bench) -> None:
    assert knocked(bench.base, User_Agent="x", Origin=bench.base) == 101
    assert knocked(bench.base, User_Agent="x", Origin="http://contoh.jahat") == 403
