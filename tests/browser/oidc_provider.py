"""A small OpenID Connect provider: code flow with PKCE, RS256; whoever comes is `person`, without being asked."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "dasbor", "rahasia-klien-uji"


class Provider(ThreadingHTTPServer):
    """`person` is the subject of the next ID token; `forged`: it is signed with another key than the published one."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.key = RSAKey.generate_key(2048, {"kid": "uji", "use": "sig"})
        self.person, self.forged = "nobody", False
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens_given = 0

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": self.person, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        key = RSAKey.generate_key(2048, {"kid": "uji"}) if self.forged else self.key
        return jwt.encode({"alg": "RS256", "kid": "uji"}, claims, key)


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/.well-known/openid-configuration":
            self._json(self._metadata())
        elif path == "/jwks":
            self._json({"keys": [self.server.key.as_dict(private=False)]})
        elif path == "/authorize" and query["client_id"] == [CLIENT]:
            code = secrets.token_urlsafe(16)
            self.server.codes[code] = {name: values[0] for name, values in query.items()}
            self.send_response(302)
            back = urlencode({"code": code, "state": query["state"][0]})
            self.send_header("Location", f"{query['redirect_uri'][0]}?{back}")
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        asked = self.server.codes.pop(given["code"][0], None)
        verifier = hashlib.sha256(given.get("code_verifier", [""])[0].encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        expected = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or asked["code_challenge"] != challenge or self.headers["Authorization"] != expected:
            self.send_error(400)
            return
        self.server.tokens_given += 1
        token = {"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "expires_in": 300}
        self._json(token | {"id_token": self.server.id_token(asked["nonce"])})

    def _metadata(self) -> dict[str, object]:
        issuer = self.server.issuer
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def _json(self, content: dict[str, object]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        return None


@contextmanager
def provider() -> Iterator[Provider]:
    """The provider on a port of its own, ended with the block."""
    with Provider() as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        try:
            yield made
        finally:
            made.shutdown()
            thread.join()
