"""What an account and its owner may be called, one at a time, and that anything may be typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.errors import Rejected
from data_access.governance.account_names import check_full_name, check_name, typed_name


@pytest.mark.parametrize("name", ["bud", "a" * 40, "budi.santoso-2", "198501012010011001"])
def test_names_that_may_be(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize("name", ["Budi", "Dr. H. Budi Santoso, S.H., M.Si.", "x" * 200, "Ni Luh Gedé"])
def test_full_names_that_may_be(name: str) -> None:
    check_full_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "x" * 201,
        "Budi\nSantoso",
        "Budi\u202eosotnaS",  # turns the rest of the line around
        "Budi\u200bSantoso",  # unseen
        "Budi\x00",
        "Budi \ud83d",  # half of a character
    ],
)
def test_full_names_that_may_not_be(name: str) -> None:
    with pytest.raises(Rejected) as caught:
        check_full_name(name)
    assert caught.value.reason == "full-name"


@given(st.text(st.characters(), max_size=200))
def test_anything_may_be_typed_as_a_name(typed: str) -> None:
    name = typed_name(typed)
    name.encode()
    assert len(name) <= 60
    assert typed_name(name) == name or "?" in name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" Budi ", "budi"),  # what a telephone's keyboard makes of it
        ("bu\x00di", "bu?di"),  # never a name
        ("a" * 100, "a" * 60),  # still longer than any name
    ],
)
def test_typed_names(typed: str, name: str) -> None:
    assert typed_name(typed) == name
