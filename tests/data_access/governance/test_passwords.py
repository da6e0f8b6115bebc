"""Password rules and hashing."""

import bcrypt
import pytest

from data_access.errors import Rejected
from data_access.governance.passwords import check_password, dummy_hash, fits, hashed, most_used, random_password


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("sebelas.chr", "password-short"),  # 11
        ("x" * 60 + "abcdefghijklm", "password-long"),  # 73 bytes
        ("é" * 30 + "abcdefghijklm", "password-long"),  # 43 characters, but 73 bytes
        ("kuda hijau BUDI", "password-name"),  # in any case of letters
        ("Password1234!", "password-obvious"),  # an obvious word with digits and signs
        ("rahasia 123456", "password-obvious"),
        ("123456789012", "password-obvious"),  # counting
        ("987654321098", "password-obvious"),  # counting down
        ("aaaaaaaaaaaa", "password-obvious"),
        ("abababababab", "password-obvious"),
        ("dragon123456!", "password-obvious"),  # one of the most used with digits and signs behind it
        ("Sunshine!!2026", "password-obvious"),
        ("MichaelMichael", "password-obvious"),  # one of them said twice
        ("trustno1trustno1", "password-obvious"),
        ("1q2w3e4r5t6y", "password-obvious"),  # one of them as it is
        ("monkeymonkeymonkey 99", "password-obvious"),
    ],
)
def test_unfit_passwords(password: str, reason: str) -> None:
    with pytest.raises(Rejected) as caught:
        check_password(password, "budi")
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "password",
    [
        "kuda hijau tujuh",  # no capital, digit or sign is asked for
        "duabelas.chr",  # 12
        "839201847561",  # digits alone are no fault
        "k" * 31 + "abcdefgh" + "é" * 16 + "z",  # 72 bytes
        "катана и чай 7",
        "naga michael 77",  # words of the list among others are no fault
        "sunshine di kebun",
    ],
)
def test_fit_passwords(password: str) -> None:
    check_password(password, "budi")
    assert fits(password, hashed(password, 4))


def test_list_holds_the_most_used_in_small_letters() -> None:
    assert len(most_used()) > 40_000  # of several lists
    assert {"123456", "password", "dragon", "michael", "jennifer", "football", "liverpool", "computer"} <= most_used()
    assert all(word == word.casefold() for word in most_used())


def test_passwords_that_differ_after_72_bytes_do_not_fit() -> None:
    assert not fits("x" * 73, hashed("x" * 72, 4))


@pytest.mark.parametrize("password", ["", "x" * 5000, "\x00", "\ud800", "empat kuda hijau"])
def test_nothing_fits_the_dummy(password: str) -> None:
    assert not fits(password, dummy_hash(4))


def test_dummy_costs_as_much_as_a_real_hash() -> None:
    assert dummy_hash()[:7] == hashed("empat kuda hijau")[:7] == "$2b$12$"
    assert len(dummy_hash()) == len(bcrypt.hashpw(b"x", bcrypt.gensalt(4)))


def test_random_passwords_are_fit_and_differ() -> None:
    made = {random_password() for _turn in range(50)}
    for password in made:
        check_password(password, "budi.santoso")
    assert len(made) == 50
