"""Who opens connections without signing in: few, small, not for ever, and none that resumes somebody's page."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data_access.governance import sessions
from data_access.governance.audit import Event
from data_access.settings import settings
from data_access.state import engine, utc_now
from tests.asgi import FAR, HOST, NEAR, Line, scope_of
from tests.ui_world import forget, served, token
from tests.world import World
from ui.cookies import PLAIN
from ui.gate import crowd, ears
from ui.gate import middleware as gate_module
from ui.gate.middleware import Gate

STREAM = "/_stcore/stream"
CHANGE = Event(action="uji", decision="allowed", account="pengelola")


def click(size: int = 4) -> bytes:
    """A run that is asked for, in so many bytes."""
    asked = BackMsg()
    asked.rerun_script.query_string = "x"
    asked.rerun_script.query_string = "x" * (1 + size - asked.ByteSize())
    while (over := asked.ByteSize() - size) > 0:
        asked.rerun_script.query_string = asked.rerun_script.query_string[over:]
    return bytes(asked.SerializeToString())


class Page:
    """Stands for Streamlit: accepts, and keeps what it is told until it is told of the end."""

    def __init__(self) -> None:
        self.scopes: list[Scope] = []
        self.told: list[Message] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        while True:
            message = await receive()
            self.told.append(message)
            if message["type"] == "websocket.connect":
                await send({"type": "websocket.accept"})
            elif message["type"] == "websocket.disconnect":
                await send(
                    {
                        "type": "websocket.send",
                        "bytes": ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY).SerializeToString(),
                    }
                )
                return


class Each:
    """Gives every connection a page of its own."""

    def __init__(self, pages: list[Page]) -> None:
        self._pages = iter(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await next(self._pages)(scope, receive, send)


@pytest.fixture
def stage(own_world: World) -> Iterator[World]:
    with served(own_world) as made:
        yield made


def limited(monkeypatch: pytest.MonkeyPatch, **limits: int) -> None:
    for name, value in limits.items():
        monkeypatch.setenv(f"ASN_{name.upper()}", str(value))
    forget()


def scope(client: str = FAR, session: str = "", **headers: str) -> Scope:
    given = {"host": HOST} | ({"cookie": f"{PLAIN}={session}"} if session else {}) | headers
    return scope_of("websocket", STREAM, client=client, headers=given)


async def settled() -> None:
    """Long enough for whatever was just said, on a slow machine too: the loop looks into the database in a thread."""
    for _turn in range(20):
        await asyncio.sleep(0.02)


async def until(met: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not met():
            await asyncio.sleep(0.01)


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(story)


def test_one_address_has_few_and_all_together_not_too_many(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, anonymous_sockets=5, anonymous_sockets_per_address=2)

    async def story() -> None:
        gate = Gate(Page())

        async def opened(client: str) -> Line:
            line = Line()
            line.task = line.connect(gate, scope(client))  # type: ignore[attr-defined]
            await until(lambda: bool(line.heard))
            return line

        first, second, third = [await opened("10.0.0.1") for _turn in range(3)]
        assert (first.closed, second.closed, third.closed) == (None, None, 1008)
        assert [(await opened(f"10.0.0.{n}")).closed for n in (2, 3, 4)] == [None, None, None]
        assert second.closed is None
        first.said.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await first.task  # type: ignore[attr-defined]
        assert (await opened("10.0.0.1")).closed is None  # a place that was left is free again
        assert (await opened("10.0.0.1")).closed == 1008

    run(story())


def test_behind_a_proxy_that_hides_addresses_only_the_total_counts(
    stage: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, anonymous_sockets=4, anonymous_sockets_per_address=1)

    async def story() -> None:
        gate, lines = Gate(Page()), [Line() for _turn in range(5)]
        for line in lines:
            line.connect(gate, scope(NEAR))
            await until(lambda line=line: bool(line.heard))  # type: ignore[misc]
        assert [line.closed for line in lines] == [None] * 4 + [1008]

    run(story())


def test_who_has_signed_in_is_not_counted(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, anonymous_sockets=1)
    session = token(stage, "analis")

    async def story() -> None:
        gate, lines = Gate(Page()), [Line() for _turn in range(4)]
        for line in lines:
            line.connect(gate, scope(NEAR, session))
            await until(lambda line=line: bool(line.heard))  # type: ignore[misc]
        assert [line.closed for line in lines] == [None] * 4

    run(story())


@pytest.mark.parametrize(
    ("kind", "size", "closed"),
    [("bytes", 2_000, None), ("bytes", 2_001, 1009), ("bytes", 5_000_000, 1009), ("text", 2_001, 1009)],
)
def test_before_sign_in_a_large_message_ends_the_connection_unread(
    stage: World, monkeypatch: pytest.MonkeyPatch, kind: str, size: int, closed: int | None
) -> None:
    limited(monkeypatch, anonymous_message_bytes=2_000)

    async def story() -> None:
        page, line = Page(), Line()
        line.connect(Gate(page), scope())
        line.said.put_nowait({"type": "websocket.receive", kind: click(size) if kind == "bytes" else "x" * size})
        await until(lambda: line.closed is not None or len(page.told) == 2)
        assert line.closed == closed
        assert not any(message["type"] == "websocket.receive" for message in page.told) or closed is None
        assert not any(message["type"] == "websocket.send" for message in line.heard)

    run(story())


def test_after_sign_in_it_is_read(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, anonymous_message_bytes=2_000)
    session = token(stage, "analis")

    async def story() -> None:
        page, line = Page(), Line()
        line.connect(Gate(page), scope(NEAR, session))
        line.said.put_nowait({"type": "websocket.receive", "bytes": click(3_000_000)})
        await until(lambda: len(page.told) == 2)
        assert line.closed is None
        assert len(page.told[1]["bytes"]) == 3_000_000

    run(story())


def test_an_unused_form_loses_its_connection(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, anonymous_idle_seconds=1)

    async def story() -> None:
        page, line = Page(), Line()
        serving = line.connect(Gate(page), scope())
        line.said.put_nowait({"type": "websocket.receive", "bytes": click()})
        await asyncio.wait_for(serving, 20)
        assert line.closed == 1001
        assert page.told[-1]["type"] == "websocket.disconnect"

    run(story())


def test_a_form_that_is_kept_alive_loses_its_connection_too(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ears, "LONGEST", 0.5)

    async def story() -> None:
        page, line = Page(), Line()
        serving = line.connect(Gate(page), scope())
        async with asyncio.timeout(20):
            while not serving.done():
                line.said.put_nowait({"type": "websocket.receive", "bytes": click()})
                await asyncio.sleep(0.2)
        assert line.closed == 1001

    run(story())


def test_one_session_has_as_many_connections_as_tabs(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_module, "MOST_OPEN", 2)
    session, other = token(stage, "analis"), token(stage, "analis")

    async def story() -> None:
        gate, lines = Gate(Page()), [Line() for _turn in range(4)]
        for line, brought in zip(lines, (session, session, session, other), strict=True):
            line.connect(gate, scope(NEAR, brought))
            await until(lambda line=line: bool(line.heard))  # type: ignore[misc]
        assert [line.closed for line in lines] == [None, None, 1008, None]
        lines[0].said.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await settled()
        late = Line()
        late.connect(gate, scope(NEAR, session))
        await until(lambda: bool(late.heard))
        assert late.closed is None

    run(story())


def test_an_open_page_is_closed_when_its_session_ends(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, session_watch_seconds=1)
    session = token(stage, "analis")

    async def story() -> None:
        page, line = Page(), Line()
        serving = line.connect(Gate(page), scope(NEAR, session))
        await until(lambda: bool(line.heard))
        sessions.end_session(engine(settings().state), stage.audit_key, CHANGE, token=session)
        await asyncio.wait_for(serving, 20)
        assert line.closed == 1001

    run(story())


def test_watching_does_not_keep_a_session_alive(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, session_watch_seconds=1)
    session = token(stage, "analis", now=utc_now() - timedelta(minutes=14, seconds=58))

    async def story() -> None:
        line = Line()
        await asyncio.wait_for(line.connect(Gate(Page()), scope(NEAR, session)), 30)
        assert line.closed == 1001

    run(story())


def test_a_message_that_comes_after_a_look_at_the_session_is_not_lost(
    stage: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, session_watch_seconds=1)
    session = token(stage, "analis")

    async def story() -> None:
        page, line = Page(), Line()
        line.connect(Gate(page), scope(NEAR, session))
        await until(lambda: bool(line.heard))
        await asyncio.sleep(1.5)
        line.said.put_nowait({"type": "websocket.receive", "bytes": click()})
        await until(lambda: len(page.told) == 2)
        assert page.told[1]["bytes"] == click()

    run(story())


def test_a_page_that_keeps_talking_is_closed_too_when_its_session_ends(
    stage: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, session_watch_seconds=1)
    session = token(stage, "analis")

    async def story() -> None:
        page, line = Page(), Line()
        serving = line.connect(Gate(page), scope(NEAR, session))
        await until(lambda: bool(line.heard))
        sessions.end_session(engine(settings().state), stage.audit_key, CHANGE, token=session)
        async with asyncio.timeout(20):
            while not serving.done():
                line.said.put_nowait({"type": "websocket.receive", "bytes": click()})
                await asyncio.sleep(0.05)
        assert line.closed == 1001
        assert len(page.told) < 100

    run(story())


async def talked(gate: Gate, lines: list[Line], messages: int) -> None:
    """Everybody connects from an address of their own, says so much at once and is listened to for a second."""
    for number, line in enumerate(lines, start=1):
        line.connect(gate, scope(f"10.0.0.{number}"))
        for _message in range(messages):
            line.said.put_nowait({"type": "websocket.receive", "bytes": click()})
    await asyncio.sleep(1)


def test_before_sign_in_fast_messages_wait(stage: World) -> None:
    """One connection says twenty things at once, then two a second."""
    page, line = Page(), Line()
    asyncio.run(talked(Gate(page), [line], 35))
    assert 20 <= len(page.told) <= 24
    assert line.closed is None


def test_all_connections_together_are_slowed(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, anonymous_messages_per_second=5)
    pages = [Page() for _line in range(6)]
    asyncio.run(talked(Gate(Each(pages)), [Line() for _page in pages], 10))
    assert 10 <= sum(len(page.told) for page in pages) <= 20


def test_what_is_dropped_takes_its_turn_too(stage: World) -> None:
    """Or a stranger could make the server read messages of other kinds as fast as the network brings them."""
    page, line = Page(), Line()

    async def story() -> None:
        line.connect(Gate(page), scope())
        for _message in range(60):
            line.said.put_nowait({"type": "websocket.receive", "bytes": BackMsg(clear_cache=True).SerializeToString()})
        await asyncio.sleep(1)
        assert (
            10 <= line.said.qsize() <= 30
        )  # of sixty, twenty had their turn and twenty wait here; the others with their sender

    run(story())
    assert page.told == []


def test_too_much_at_once_waits_with_its_sender(stage: World) -> None:
    page, line = Page(), Line()

    async def story() -> None:
        await talked(Gate(page), [line], 100)
        assert line.said.qsize() >= 50
        assert line.closed is None

    run(story())
    assert len(page.told) <= 25


def test_too_large_together_ends_the_connection(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, anonymous_message_bytes=2_000)
    page, line = Page(), Line()

    async def story() -> None:
        serving = line.connect(Gate(page), scope())
        for _message in range(40):
            line.said.put_nowait({"type": "websocket.receive", "bytes": click(500)})
        await asyncio.wait_for(serving, 10)
        assert line.closed == 1009

    run(story())
    assert page.told[-1]["type"] == "websocket.disconnect"


def test_for_whoever_only_connects_no_page_is_made(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """They take no turn either: whoever comes after them is served at once."""
    limited(monkeypatch, anonymous_messages_per_second=1)

    async def story() -> None:
        silent, page = Page(), Page()
        gate, lines = Gate(Each([page, silent])), [Line() for _turn in range(6)]
        servings = [line.connect(gate, scope()) for line in lines]
        await settled()
        for line in lines[:3]:
            line.said.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await asyncio.wait_for(asyncio.gather(*servings[:3]), 1)
        late = Line()
        late.connect(gate, scope())
        late.said.put_nowait({"type": "websocket.receive", "bytes": click()})
        await until(lambda: len(page.told) == 2)
        assert silent.told == []
        assert [line.heard for line in lines] == [[{"type": "websocket.accept", "subprotocol": None}]] * 6

    run(story())


def test_who_leaves_before_their_turn_takes_none(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, anonymous_messages_per_second=1)

    async def story() -> None:
        pages = [Page() for _turn in range(8)]
        gate, lines = Gate(Each(pages)), [Line() for _turn in range(6)]
        servings = []
        for line in lines:
            servings.append(line.connect(gate, scope()))
            line.said.put_nowait({"type": "websocket.receive", "bytes": click()})
            line.said.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await asyncio.wait_for(asyncio.gather(*servings), 1)
        made = sum(bool(page.told) for page in pages)
        assert made <= 2
        late = Line()
        late.connect(gate, scope())
        late.said.put_nowait({"type": "websocket.receive", "bytes": click()})
        await until(lambda: len(pages[made].told) == 2)

    run(story())


@pytest.mark.parametrize(("said", "code"), [([click(70_000)], 1009), ([click(50_000)] * 3, 1009), ([click()], 1013)])
def test_whoever_is_refused_before_a_page_is_made_is_told_so_once(
    stage: World, monkeypatch: pytest.MonkeyPatch, said: list[bytes], code: int
) -> None:
    """The server takes a second end of a connection for a fault, and writes a trace of it into its log."""
    limited(monkeypatch, anonymous_messages_per_second=1)
    monkeypatch.setattr(ears, "PATIENCE", 0.2)

    async def story() -> None:
        gate, first = Gate(Page()), [Line() for _turn in range(3)]
        for line in first:
            line.connect(gate, scope())
            line.said.put_nowait({"type": "websocket.receive", "bytes": click()})
        await settled()
        late = Line()
        serving = late.connect(gate, scope())
        for content in said:
            late.said.put_nowait({"type": "websocket.receive", "bytes": content})
        await asyncio.wait_for(serving, 5)
        assert late.heard == [
            {"type": "websocket.accept", "subprotocol": None},
            {"type": "websocket.close", "code": code},
        ]

    run(story())


def test_a_few_places_cannot_keep_everybody_out(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """When all room is taken, the oldest connection of the place with the most makes room; its page hears of it once."""
    limited(monkeypatch, anonymous_sockets=4, anonymous_sockets_per_address=2)

    async def story() -> None:
        gate, lines = Gate(Page()), [Line() for _turn in range(4)]
        for number, line in enumerate(lines):
            line.connect(gate, scope(f"10.0.0.{1 + number // 2}"))
        await settled()
        honest = Line()
        honest.connect(gate, scope("10.9.9.9"))
        await settled()
        assert honest.closed is None
        assert [line.closed for line in lines] == [1013, None, None, None]
        again = Line()
        again.connect(gate, scope("10.0.0.2"))
        await until(lambda: bool(again.heard))
        assert again.closed == 1008  # whose place holds its share sends nobody away

    run(story())


def test_places_that_are_about_equal_do_not_send_each_other_away_for_ever(
    stage: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only once somebody has had the time to sign in."""
    limited(monkeypatch, anonymous_sockets=3)

    async def story() -> None:
        gate, lines = Gate(Page()), [Line() for _turn in range(3)]
        for number, line in enumerate(lines):
            line.connect(gate, scope(f"10.0.0.{number}"))
        await settled()
        late, later = Line(), Line()
        late.connect(gate, scope("10.0.0.8"))
        await until(lambda: bool(late.heard))
        assert late.closed == 1008
        assert [line.closed for line in lines] == [None] * 3
        monkeypatch.setattr(crowd, "ITS_TIME", 0.1)
        later.connect(gate, scope("10.0.0.9"))
        await settled()
        assert later.closed is None
        assert [line.closed for line in lines] == [1013, None, None]

    run(story())


def test_a_page_whose_visitor_has_left_hears_of_it_and_nothing_breaks(stage: World) -> None:
    """The server says that nobody is there any more when something is sent; to Streamlit that is an error of its own."""

    async def story() -> None:
        page, line = Page(), Line()

        async def gone(message: Message) -> None:
            line.heard.append(message)
            if message["type"] != "websocket.accept":
                raise OSError

        serving = asyncio.create_task(Gate(page)(scope(), line.said.get, gone))
        line.said.put_nowait({"type": "websocket.connect"})
        line.said.put_nowait({"type": "websocket.receive", "bytes": click()})
        await until(lambda: len(page.told) == 2)
        line.said.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await asyncio.wait_for(serving, 5)
        assert page.told[-1]["type"] == "websocket.disconnect"

    run(story())


def test_what_somebody_said_who_has_left_is_dropped(stage: World) -> None:
    """Else a flood would go on long after it."""

    async def story() -> None:
        page, line = Page(), Line()
        serving = line.connect(Gate(page), scope())
        for _message in range(25):
            line.said.put_nowait({"type": "websocket.receive", "bytes": click()})
        line.said.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(serving, 2)
        assert len(page.told) <= 22
        assert page.told[-1]["type"] == "websocket.disconnect"

    run(story())


@pytest.mark.parametrize("address", ["2001:db8::{}", "::ffff:10.0.0.1"])
def test_one_holder_of_many_addresses_is_one_place(stage: World, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    limited(monkeypatch, anonymous_sockets_per_address=2)

    async def story() -> None:
        gate, lines = Gate(Page()), [Line() for _turn in range(3)]
        for number, line in enumerate(lines, start=1):
            line.connect(gate, scope(address.format(number)))
            await until(lambda line=line: bool(line.heard))  # type: ignore[misc]
        assert [line.closed for line in lines] == [None, None, 1008]

    run(story())


NUMBER = "6a0c4a52-0000-0000-0000-000000000000"
RESUMING = f"streamlit, token, {NUMBER}"


class Numbered(Page):
    """A page that says its number, as Streamlit does first of all."""

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        said = ForwardMsg()
        said.new_session.initialize.session_id = NUMBER
        said.new_session.main_script_path = "/srv/asn/ui/main.py"
        self.scopes.append(scope)
        await send({"type": "websocket.send", "bytes": said.SerializeToString()})

    @property
    def protocols(self) -> str:
        return str(dict(self.scopes[-1]["headers"])[b"sec-websocket-protocol"].decode())


@pytest.mark.parametrize("thief", ["", "x" * 43, "wilayah", "analis"])
def test_a_page_is_resumed_by_its_own_session_alone(stage: World, thief: str) -> None:
    """Streamlit takes the third protocol as the number of a page to go on with."""
    session = token(stage, "analis")
    other = token(stage, thief) if thief in ("wilayah", "analis") else thief

    async def story() -> None:
        page = Numbered()
        gate = Gate(page)
        await Line().connect(gate, scope(NEAR, session, **{"sec-websocket-protocol": "streamlit, token"}))
        for asking, protocols in ((other, "streamlit, token"), (session, RESUMING)):
            line = Line()
            serving = line.connect(gate, scope(NEAR, asking, **{"sec-websocket-protocol": RESUMING}))
            line.said.put_nowait({"type": "websocket.receive", "bytes": click()})
            await serving
            assert page.protocols == protocols

    run(story())


def test_a_number_that_nobody_was_told_resumes_nothing(stage: World) -> None:
    session = token(stage, "analis")

    async def story() -> None:
        page = Numbered()
        await Line().connect(Gate(page), scope(NEAR, session, **{"sec-websocket-protocol": RESUMING}))
        assert page.protocols == "streamlit, token"

    run(story())


@pytest.mark.parametrize(
    ("path", "host"),
    [
        ("/_stcore/Stream", HOST),
        ("//_stcore/stream", HOST),
        ("/x/_stcore/stream", HOST),
        ("/_stcore/stream/", HOST),
        (STREAM, "contoh.jahat"),
        (STREAM, ""),
    ],
)
def test_there_is_one_address_for_connections_under_our_own_name(stage: World, path: str, host: str) -> None:
    async def story() -> None:
        page, line = Page(), Line()
        await line.connect(Gate(page), scope_of("websocket", path, headers={"host": host}))
        assert line.closed == 1008
        assert page.told == []

    run(story())
