"""The proxy's configuration, with a real nginx, a real server behind it and a real browser before it."""

import http.client
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType

import pytest
from playwright.sync_api import expect, sync_playwright

from data_access.governance import audit
from data_access.state import engine
from tests.browser.server import visitor
from tests.browser_start import CHROMIUM, LAUNCH
from tests.deploy.proxy import NAME, Proxy, free_port, needed, proxy, wait_for
from tests.ui_world import ROOT
from tests.world import World, empty_world

pytestmark = pytest.mark.services
NONE: Mapping[str, str] = MappingProxyType({})
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}


@pytest.fixture(scope="module")
def app_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = empty_world(tmp_path_factory.mktemp("proxy") / "var")
    yield made
    engine(made.settings.state).dispose()


@pytest.fixture(scope="module")
def app(app_world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server that is set up as deploy/common.env says."""
    port, log = free_port(), tmp_path_factory.mktemp("server") / "server.log"
    given = {name: value for name, value in os.environ.items() if not name.startswith(("ASN_", "STREAMLIT_"))}
    given |= {"ASN_VAR": str(app_world.settings.var), "STREAMLIT_SERVER_ALLOWED_HOSTS": NAME}
    given["ASN_TRUSTED_PROXIES"] = "127.0.0.1"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("w") as output:
        server = subprocess.Popen(
            [*command, "--server.headless", "true"], cwd=ROOT, env=given, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            wait_for(port, server, log)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=20)


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers that it got."""

    def do_GET(self) -> None:
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Strict-Transport-Security", "max-age=1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def log_message(self, *_told: object) -> None:
        """Keeps the output of the tests clean."""


@pytest.fixture
def echoed(tmp_path: Path) -> Iterator[Proxy]:
    """A proxy before a server that tells what reached it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with proxy(tmp_path, server.server_address[1]) as made:
            yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(
    made: Proxy, method: str = "GET", path: str = "/", body: bytes | None = None, headers: Mapping[str, str] = NONE
) -> tuple[int, dict[str, list[str]], bytes]:
    """Status, headers and content, over TLS, the certificate checked."""
    context = ssl.create_default_context(cafile=str(made.certificate))
    with socket.create_connection(("127.0.0.1", made.tls), timeout=20) as raw:
        connection = http.client.HTTPConnection(NAME, made.tls)
        connection.sock = context.wrap_socket(raw, server_hostname=NAME)
        try:
            connection.request(method, path, body, {"Host": f"{NAME}:{made.tls}", **headers})
            answer = connection.getresponse()
            found: dict[str, list[str]] = {}
            for name, value in answer.getheaders():
                found.setdefault(name.lower(), []).append(value)
            content = b"" if answer.status == 101 else answer.read()
            return answer.status, found, content
        finally:
            connection.close()


def test_a_person_signs_in_through_tls(app_world: World, app: int, tmp_path: Path) -> None:
    needed(CHROMIUM)
    with proxy(tmp_path, app) as made, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[*LAUNCH, f"--host-resolver-rules=MAP {NAME} 127.0.0.1", "--ignore-certificate-errors"],
        )
        with visitor(browser, made.base) as person:
            person.open("/")
            person.sign_in("pimpinan")
            expect(person.page.get_by_test_id("stSidebarNav")).to_be_visible()
            expect(person.page.get_by_role("button", name="Masuk", exact=True)).to_have_count(0)
            person.settled()
            sockets = [url for url in person.requests if url.startswith("ws")]
            assert sockets
            assert all(url.startswith(f"wss://{NAME}:{made.tls}/") for url in sockets)
            assert [url for url in person.requests if f"//{NAME}:{made.tls}/" not in url and "//" in url[:8]] == []
            assert person.complaints == []
            cookies = person.page.context.cookies()
            assert [one["name"] for one in cookies if "asn" in one["name"] and not one["secure"]] == []
        browser.close()
        status, headers, _content = _answer(made)
    assert status == 200
    assert headers["strict-transport-security"] == ["max-age=63072000; includeSubDomains"]
    assert audit.search(engine(app_world.settings.state), account="pimpinan", action="sign-in")


def test_plain_http_is_sent_on_to_the_fixed_name(echoed: Proxy) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", echoed.plain, timeout=20)
    connection.request("GET", "/analisis?x=1", headers={"Host": NAME})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, f"https://{NAME}/analisis?x=1")
    assert "nginx/" not in str(answer.getheader("Server"))
    connection.close()


def test_another_name_gets_no_answer_and_no_certificate(echoed: Proxy) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", echoed.plain, timeout=20)
    connection.request("GET", "/", headers={"Host": "lain.contoh.id"})
    with pytest.raises(http.client.RemoteDisconnected):
        connection.getresponse()
    connection.close()
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", echoed.tls), timeout=20) as raw,
        pytest.raises(ssl.SSLError),
        context.wrap_socket(raw, server_hostname="lain.contoh.id"),
    ):
        pass


@pytest.mark.parametrize(("version", "taken"), [("-tls1_1", False), ("-tls1_2", True), ("-tls1_3", True)])
def test_only_tls_from_1_2_on_is_spoken(echoed: Proxy, version: str, taken: bool) -> None:
    told = subprocess.run(
        [
            needed("openssl"),
            "s_client",
            "-connect",
            f"127.0.0.1:{echoed.tls}",
            "-servername",
            NAME,
            version,
            "-cipher",
            "ALL:@SECLEVEL=0",
        ],
        input=b"",
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert (b"BEGIN CERTIFICATE" in told.stdout) == taken


def test_what_a_visitor_claims_about_the_way_is_replaced(echoed: Proxy) -> None:
    claims = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "x", "Forwarded": "for=6"}
    status, headers, content = _answer(echoed, headers=claims)
    reached = json.loads(content)
    assert status == 200
    assert reached["x-forwarded-for"] == "127.0.0.1"
    assert reached["x-forwarded-proto"] == "https"
    assert reached["host"] == f"{NAME}:{echoed.tls}"
    assert not {"x-forwarded-host", "forwarded"} & set(reached)
    assert len(headers["strict-transport-security"]) == 1


@pytest.mark.parametrize(
    ("method", "path", "size", "status"),
    [
        ("POST", "/", 60_000, 200),
        ("POST", "/", 70_000, 413),
        ("PUT", "/_stcore/upload_file/a/b", 70_000, 413),
        ("POST", "/unggah/izin", 3_000_000, 200),
        ("POST", "/unggah/izin", 3_000_000_000, 413),
        ("POST", "/unggahan", 70_000, 413),
    ],
)
def test_a_body_that_is_too_large_is_refused(echoed: Proxy, method: str, path: str, size: int, status: int) -> None:
    if size < 10_000_000:
        assert _answer(echoed, method, path, bytes(size))[0] == status
    else:  # refused by what is announced, before any of it is sent
        assert _answer(echoed, method, path, None, {"Content-Length": str(size)})[0] == status


def test_headers_that_are_too_large_are_refused(echoed: Proxy) -> None:
    assert _answer(echoed, headers={"Cookie": "a" * 7_000})[0] == 200
    assert _answer(echoed, headers={"Cookie": "a" * 9_000})[0] == 400
    assert _answer(echoed, path="/" + "a" * 9_000)[0] == 414


def test_a_flood_of_posts_is_slowed_down_and_reading_goes_on(echoed: Proxy) -> None:
    answers = [_answer(echoed, "POST", "/masuk", b"x")[0] for _n in range(60)]
    assert answers[:20] == [200] * 20
    assert answers.count(429) >= 15
    assert _answer(echoed)[0] == 200


def test_a_flood_of_sockets_is_slowed_down(echoed: Proxy) -> None:
    answers = [_answer(echoed, path="/_stcore/stream", headers=HANDSHAKE)[0] for _n in range(110)]
    assert answers[:50] == [200] * 50  # the server behind is no WebSocket server
    assert 429 in answers


def test_a_socket_is_passed_on_to_the_app(app: int, tmp_path: Path) -> None:
    with proxy(tmp_path, app) as made:
        status, answered, _content = _answer(made, path="/_stcore/stream", headers={**HANDSHAKE, "Origin": made.base})
        assert status == 101
        assert answered["upgrade"] == ["websocket"]
        foreign = _answer(made, path="/_stcore/stream", headers={**HANDSHAKE, "Origin": "https://lain.contoh.id"})
        assert foreign[0] == 403  # a page of another host
