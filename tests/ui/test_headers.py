"""The headers of every answer: what the content policy allows, and what is kept by nobody."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data_access.settings import settings
from tests.asgi import FAR, Answer, asked
from tests.ui_world import forget
from ui.headers import Headers, content_policy

UI = Path(__file__).parent.parent.parent / "ui"


async def broken(_request: Request) -> Response:
    raise ValueError("rahasia di dalam")


async def kept(_request: Request) -> Response:
    return PlainTextResponse("x", headers={"Cache-Control": "public, immutable", "X-Frame-Options": "ALLOWALL"})


APP = Starlette(
    routes=[Route("/broken", broken), Route("/static/js/{name}", kept), Route("/{any:path}", kept)],
    middleware=[Middleware(Headers)],
)


def directives() -> dict[str, list[str]]:
    parts = [one.split() for one in content_policy().split("; ")]
    return {name: values for name, *values in parts}


def test_the_policy_names_no_other_host_and_allows_no_script_of_others() -> None:
    policy = directives()
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    for name, values in policy.items():
        for value in values:
            assert re.fullmatch(r"'self'|'none'|'unsafe-inline'|'sha256-[A-Za-z0-9+/=]{44}'|data:|blob:", value), (
                name,
                value,
            )
    assert [name for name, values in policy.items() if "'unsafe-inline'" in values] == ["style-src"]
    assert not {"data:", "blob:"} & set(policy["script-src"])
    assert "unsafe-eval" not in content_policy()


@pytest.mark.parametrize("file", ["door.js", "upload.js"])
def test_our_scripts_are_known_by_their_fingerprints(file: str) -> None:
    digest = b64encode(sha256((UI / file).read_bytes()).digest()).decode()
    assert f"'sha256-{digest}'" in directives()["script-src"]


def test_no_script_inside_a_page_is_put_together() -> None:
    """A script with something filled in would need a fingerprint of its own, which the server cannot know beforehand."""
    for file in UI.rglob("*.py"):
        if "<script>" in (text := file.read_text("utf-8")) and file.name != "headers.py":
            assert re.findall(r"<script>(.*?)</script>", text) == ["{SCRIPT}"], file


def test_every_answer_has_the_headers_even_a_failure_and_what_is_kept_is_only_the_frontend() -> None:
    page, asset, missing = (asked(APP, path) for path in ("/x", "/static/js/x.js", "/static/js/a/b.js"))
    for answer in (page, asset, missing):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["content-security-policy"] == content_policy()
    assert page.headers["cache-control"] == missing.headers["cache-control"] == "no-store"
    assert asset.headers["cache-control"] == "public, immutable"


def test_a_failure_is_told_to_the_log_and_not_to_the_browser() -> None:
    got: list[Answer] = []
    with pytest.raises(ValueError, match="rahasia"):  # for the log of the server
        got.append(asked(APP, "/broken"))
    seen = failing()
    assert (seen.status, seen.body) == (500, b"")
    assert seen.headers["content-security-policy"] == content_policy()


def failing() -> Answer:
    """What the browser gets while the failure goes on to the server."""

    async def swallowing(scope, receive, send):  # type: ignore[no-untyped-def]
        try:
            await APP(scope, receive, send)
        except ValueError:
            return

    return asked(swallowing, "/broken")


@pytest.mark.parametrize(
    ("scheme", "days", "sent"), [("https", "365", True), ("http", "365", False), ("https", "0", False)]
)
def test_https_is_demanded_only_over_https(monkeypatch: pytest.MonkeyPatch, scheme: str, days: str, sent: bool) -> None:
    monkeypatch.setenv("ASN_HSTS_DAYS", days)
    forget()
    assert settings().hsts_days == int(days)
    found = asked(APP, "/x", scheme=scheme, client=FAR).headers.get("strict-transport-security")
    assert (found == "max-age=31536000; includeSubDomains") is sent
    forget()
