"""Tickets: only what this server signed, for this purpose, in time."""

from datetime import datetime, timedelta

import pytest

from data_access.errors import Refused
from data_access.governance import tickets
from data_access.state import utc_now

KEY, OTHER = b"k" * 32, b"o" * 32
NOW = utc_now()


def test_a_ticket_names_its_session_and_differs_from_any_other() -> None:
    first, second = (tickets.issue(KEY, "upload", "s" * 64, NOW) for _i in range(2))
    assert first != second
    found = tickets.check(KEY, "upload", first, NOW)
    assert (found.purpose, found.session_sha256) == ("upload", "s" * 64)
    assert len(found.serial) == 24


GOOD = tickets.issue(KEY, "upload", "s", NOW)
BAD = [
    ("another key", OTHER, "upload", GOOD, NOW),
    ("another purpose", KEY, "download", GOOD, NOW),
    ("too old", KEY, "upload", GOOD, NOW + tickets.LIFE + timedelta(seconds=2)),
    ("changed body", KEY, "upload", "A" + GOOD[1:], NOW),
    ("no signature", KEY, "upload", GOOD.split(".", maxsplit=1)[0], NOW),
    ("empty", KEY, "upload", "", NOW),
    ("not ASCII", KEY, "upload", "é.ü", NOW),
    ("half a character", KEY, "upload", "\ud800.x", NOW),
]


@pytest.mark.parametrize(("name", "key", "purpose", "text", "now"), BAD, ids=[row[0] for row in BAD])
def test_anything_else_is_refused(name: str, key: bytes, purpose: str, text: str, now: datetime) -> None:
    with pytest.raises(Refused) as caught:
        tickets.check(key, purpose, text, now)
    assert caught.value.reason == "ticket-invalid"


def test_a_ticket_of_our_own_tells_its_serial_however_old_it_is() -> None:
    old = tickets.issue(KEY, "upload", "s", NOW - 2 * tickets.LIFE)
    assert not tickets.valid(KEY, "upload", old)
    assert len(tickets.serial_of(old)) == 24
    assert tickets.valid(KEY, "upload", tickets.issue(KEY, "upload", "s"))
    assert not tickets.valid(KEY, "upload", "")
