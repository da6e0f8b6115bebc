"""The session's cookie: its name and flags by the way it came, and which of several is believed."""

import pytest
from starlette.types import Scope

from tests.asgi import FAR, HOST, NEAR, scope_of
from ui import cookies
from ui.cookies import PLAIN, PREFIXED


def scope(cookie: str = "", *, host: str = HOST, client: str = NEAR, scheme: str = "http") -> Scope:
    headers = {"host": host} | ({"cookie": cookie} if cookie else {})
    return scope_of("http", "/", headers=headers, client=client, scheme=scheme)


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost", "LOCALHOST:80", "[::1]:8501"])
def test_only_on_the_machine_itself_there_is_no_prefix_and_no_secure(host: str) -> None:
    for client in ("127.0.0.1", "::1"):
        assert (
            cookies.setting(scope(host=host, client=client), "abc") == "asn_sesi=abc; Path=/; HttpOnly; SameSite=Strict"
        )


@pytest.mark.parametrize(
    ("host", "client", "scheme"),
    [
        ("dasbor.contoh.go.id", NEAR, "http"),  # a proxy on the same machine that does not tell the scheme
        ("dasbor.contoh.go.id", FAR, "https"),
        ("127.0.0.1:8501", FAR, "http"),  # a Host header made up far away
        ("127.0.0.1:8501", NEAR, "https"),
        ("127.0.0.1.contoh.go.id", NEAR, "http"),
        ("localhost@contoh.go.id", NEAR, "http"),
        ("", NEAR, "http"),
        ("[", NEAR, "http"),
    ],
)
def test_everywhere_else_the_cookie_is_prefixed_and_secure(host: str, client: str, scheme: str) -> None:
    asked = scope(host=host, client=client, scheme=scheme)
    assert cookies.setting(asked, "abc") == "__Host-asn_sesi=abc; Path=/; HttpOnly; SameSite=Strict; Secure"
    assert cookies.expiring(asked).startswith("__Host-asn_sesi=; ")
    assert "Max-Age=0" in cookies.expiring(asked)


def test_no_cookie_is_given_a_domain_or_a_longer_life_than_the_browser() -> None:
    for asked in (scope(), scope(host="dasbor.contoh.go.id")):
        flags = cookies.setting(asked, "abc").lower()
        assert "domain" not in flags
        assert "max-age" not in flags
        assert "expires" not in flags


def test_a_cookie_that_another_host_of_the_domain_put_there_is_not_believed() -> None:
    """`__Host-` cannot be set from a subdomain or over http; the plain name can, so it counts on the loopback only."""
    assert cookies.token_in(scope(f"{PLAIN}=planted", host="dasbor.contoh.go.id")) == ""
    assert cookies.token_in(scope(f"{PREFIXED}=mine; {PLAIN}=planted", host="dasbor.contoh.go.id")) == "mine"
    assert cookies.token_in(scope(f"{PREFIXED}=planted; {PLAIN}=mine")) == "mine"


@pytest.mark.parametrize("cookie", [f"{PLAIN}=one; {PLAIN}=two", f"{PLAIN}=one;{PLAIN}=one", PLAIN, f"{PLAIN}="])
def test_of_two_cookies_none_is_believed(cookie: str) -> None:
    assert cookies.token_in(scope(cookie)) == ""


def test_a_second_header_is_a_second_cookie() -> None:
    doubled = scope(f"{PLAIN}=one")
    doubled["headers"].append((b"cookie", f"{PLAIN}=two".encode()))
    assert cookies.token_in(doubled) == ""


def test_the_pages_find_the_one_believed_under_one_name_and_other_cookies_as_they_are() -> None:
    mixed = f"a=1; {PREFIXED}=mine; asn_bahasa=en; {PLAIN}=planted"
    seen = cookies.passed_on(scope(mixed, host="dasbor.contoh.go.id"))
    assert [value for name, value in seen["headers"] if name == b"cookie"] == [
        f"a=1; asn_bahasa=en; {PLAIN}=mine".encode()
    ]
    planted = cookies.passed_on(scope(f"{PLAIN}=planted", host="dasbor.contoh.go.id"))
    assert [value for name, value in planted["headers"] if name == b"cookie"] == [b""]
