"""Passwords: the rules (length and the obvious, no composition), bcrypt, and readable one-time passwords."""

import secrets
from pathlib import Path

import bcrypt

from data_access.errors import Rejected
from data_access.words import mark as _

COST = 12
SHORTEST, LONGEST = 12, 72  # bytes; bcrypt reads no more than 72
FEWEST_DIFFERENT = 5
GROUPS, GROUP = 5, 4
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for one another on paper

# One word a line: the letters of a password, digits and signs left out.
OBVIOUS = frozenset((Path(__file__).parent / "kata-sandi-mudah.txt").read_text("utf-8").split())
COUNTING = "0123456789" * 8


def check_password(password: str, name: str) -> None:
    """Rejected, with the reason, if the password may not be used for the account `name`."""
    size = len(_bytes(password))
    if size < SHORTEST:
        raise Rejected(
            "password-short", _("Kata sandi terlalu pendek: paling sedikit {least} karakter."), least=SHORTEST
        )
    if size > LONGEST:
        raise Rejected(
            "password-long", _("Kata sandi terlalu panjang: paling banyak {most} bita (byte)."), most=LONGEST
        )
    if name in password.casefold():
        raise Rejected("password-name", _("Kata sandi tidak boleh memuat nama akun."))
    if _obvious(password.casefold()):
        raise Rejected("password-obvious", _("Kata sandi terlalu mudah ditebak. Pakailah beberapa kata acak."))


def random_password() -> str:
    """A one-time password of about 99 bits that can be read out: groups of four with hyphens."""
    return "-".join("".join(secrets.choice(LETTERS) for _i in range(GROUP)) for _g in range(GROUPS))


def hashed(password: str, cost: int = COST) -> str:
    """The bcrypt hash to be stored."""
    return bcrypt.hashpw(_bytes(password), bcrypt.gensalt(cost)).decode()


def fits(password: str, stored: str) -> bool:
    """Whether the password has this hash. One that bcrypt cannot take costs the same work and never fits."""
    typed = _bytes(password)
    same = bcrypt.checkpw(typed[:LONGEST], stored.encode())
    return same and len(typed) <= LONGEST


def dummy_hash(cost: int = COST) -> str:
    """A hash that no password has, as costly to check as a real one."""
    return bcrypt.gensalt(cost).decode() + "." * 31


def _bytes(password: str) -> bytes:
    return password.encode(errors="replace")  # a lone surrogate is no character, but must not stop a sign-in either


def _obvious(password: str) -> bool:
    letters = "".join(c for c in password if c.isalpha())
    counted = password in COUNTING or password[::-1] in COUNTING
    return letters in OBVIOUS or counted or len(set(password)) < FEWEST_DIFFERENT
