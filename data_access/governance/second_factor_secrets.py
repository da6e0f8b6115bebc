"""Sealing of the secrets of second factors: who reads the database alone can make no codes.

The sealing key is derived from the key "cookie" (HKDF-SHA256) and bound to the account, so that a sealed secret is of no use
in another account's row. With another "cookie" key no secret can be opened: recovery codes still work, for they are hashed.
"""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from data_access.errors import Misconfigured
from data_access.words import mark as _

PURPOSE = b"asn second factor 1"
NONCE = 12  # bytes, as AES-GCM asks for


def sealed(cookie_key: bytes, name: str, secret: str) -> str:
    """The secret of the account `name` as text for the database."""
    nonce = secrets.token_bytes(NONCE)
    return base64.b64encode(nonce + _cipher(cookie_key).encrypt(nonce, secret.encode(), name.encode())).decode()


def opened(cookie_key: bytes, name: str, text: str) -> str:
    """The secret again; Misconfigured if it was sealed with another key, for another account, or changed."""
    try:
        content = base64.b64decode(text, validate=True)
        return _cipher(cookie_key).decrypt(content[:NONCE], content[NONCE:], name.encode()).decode()
    except (InvalidTag, ValueError) as error:
        template = _(
            "Faktor kedua akun ini tidak terbaca. Masuklah dengan kode pemulihan, atau mintalah pengelola meresetnya."
        )
        raise Misconfigured("second-factor-unreadable", template) from error


def _cipher(cookie_key: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(cookie_key))
