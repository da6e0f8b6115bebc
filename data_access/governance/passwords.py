"""Passwords: the rules (length, the obvious and the most used, no composition), bcrypt, readable one-time passwords."""

import secrets
from functools import lru_cache
from pathlib import Path

import bcrypt

from data_access.errors import Rejected
from data_access.words import mark as _

COST = 12
SHORTEST, LONGEST = 12, 72  # bytes; bcrypt reads no more than 72
FEWEST_DIFFERENT = 5
MOST_USED = 10_000
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
    return letters in OBVIOUS or counted or len(set(password)) < FEWEST_DIFFERENT or _much_used(password)


def _much_used(password: str) -> bool:
    """Whether it is one of the most used passwords, maybe said twice, maybe with digits and signs behind it."""
    word = password
    while word and not word[-1].isalpha():
        word = word[:-1]
    return any(_unit(form) in most_used() for form in (password, word))


def _unit(text: str) -> str:
    """The shortest text that `text` is made of by saying it again and again."""
    return text[: (text + text).find(text, 1)] if text else text


@lru_cache(maxsize=1)
def most_used() -> frozenset[str]:
    """The 10,000 most used passwords, names and English words in small letters: the ranked lists in the package zxcvbn (MIT).

    A password that is also a name or a word stands there only in the list where it ranks higher, so all are taken.
    """
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415 - a megabyte of words, only where one is chosen

    return frozenset(word.casefold() for ranked in FREQUENCY_LISTS.values() for word in ranked[:MOST_USED])
