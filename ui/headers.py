"""What every answer tells the browser: run only our own scripts, fetch nothing from elsewhere, keep no copy.

The content policy names the three scripts that stand inside the page by their fingerprints: the frontend's own first line
and the two of ours. 'unsafe-eval' is not needed. Styles are allowed inside the page: the frontend and Plotly write them.
"""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data_access.settings import settings
from ui import door, upload
from ui.gate.paths import FRONTEND

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
SHELL = Path(streamlit.__file__).parent / "static" / "index.html"

DIRECTIVES = {
    "default-src": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
FIXED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), "
    "display-capture=(), publickey-credentials-get=(), screen-wake-lock=(), xr-spatial-tracking=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def content_policy() -> str:
    """The content policy, with the fingerprints of the scripts as they are now."""
    inside = [*INLINE.findall(SHELL.read_text("utf-8")), door.SCRIPT, upload.SCRIPT]
    scripts = " ".join(f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in inside)
    return "; ".join(f"{name} {value}" for name, value in {**DIRECTIVES, "script-src": f"'self' {scripts}"}.items())


class Headers:
    """ASGI middleware, the outermost of ours: refusals and failures get the headers too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._fixed = {**FIXED, "content-security-policy": content_policy()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._add(MutableHeaders(scope=message), scope, message["status"])
            await send(message)

        try:
            await self._app(scope, receive, with_headers)
        except Exception:
            if not begun:
                await Response(status_code=500)(scope, receive, with_headers)
            raise  # the server writes it to its log

    def _add(self, headers: MutableHeaders, scope: Scope, status: int) -> None:
        headers.update(self._fixed)
        if status >= 400 or not FRONTEND.fullmatch(scope["path"]):
            headers["cache-control"] = "no-store"
        days = settings().hsts_days
        if scope.get("scheme") == "https" and days:
            headers["strict-transport-security"] = f"max-age={days * 86_400}; includeSubDomains"
