"""The limiter of sign-in: a delay that grows with the failures of an account and of an address, and always ends.

It looks at attempts only, never at accounts, so it answers alike for a name that nobody has.
"""

import math
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import Connection, and_, delete, insert, or_, select

from data_access.errors import SignInFailed
from data_access.state.tables import sign_in_attempt as attempt
from data_access.words import mark as _

WINDOW = timedelta(hours=1)
KEPT = timedelta(days=1)
KNOWN = timedelta(days=30)
LONGEST_DELAY = timedelta(minutes=15)
# An office shares one address: what is many failures for an account is few for an address.
FREE_FOR_ACCOUNT, FREE_FOR_ADDRESS = 5, 20
LOOPBACK = ("127.0.0.1", "::1")
ONE_HOLDER = 64  # bits of an IPv6 address that a provider gives out; the rest is its holder's to choose


def place_of(address: str) -> str:
    """What counts as one place: the IPv4 address, the /64 network of an IPv6 address, or the text that is neither."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address) or found.is_loopback:
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((int(found), ONE_HOLDER), strict=False))


def check(connection: Connection, account: str, address: str, now: datetime) -> None:
    """SignInFailed ("sign-in-wait") while the delay of the account or of the address lasts.

    An account that came in from this place lately is held by its own failures from here only: steady wrong tries from
    elsewhere would keep its owner out else, and so would one person behind the address that an office shares.
    """
    place = place_of(address)
    if _came_in(connection, account, place, now):
        ready = _ready(_failures(connection, account, now, at=place), FREE_FOR_ACCOUNT, now)
    else:
        ready = max(
            _ready(_failures(connection, account, now), FREE_FOR_ACCOUNT, now),
            _ready(_failures_from(connection, place, now), FREE_FOR_ADDRESS, now),
        )
    if ready > now:
        template = _("Terlalu banyak percobaan masuk. Coba lagi dalam {minutes} menit.")
        raise SignInFailed("sign-in-wait", template, minutes=math.ceil((ready - now) / timedelta(minutes=1)))


def count(connection: Connection, account: str, address: str, now: datetime, *, success: bool) -> None:
    """Keeps one attempt, and forgets those that no rule looks at any more."""
    old = or_(attempt.c.at < now - KNOWN, and_(attempt.c.at < now - KEPT, attempt.c.success.is_(False)))
    connection.execute(delete(attempt).where(old))
    connection.execute(
        insert(attempt), {"account": account, "address": place_of(address), "at": now, "success": success}
    )


def delay(failures: int, free: int) -> timedelta:
    """How long to wait after the last of so many failures: none below `free`, then 1 s, 2 s, 4 s … up to 15 minutes."""
    if failures < free:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - free, 20)), LONGEST_DELAY)


def _ready(failures: list[datetime], free: int, now: datetime) -> datetime:
    return failures[0] + delay(len(failures), free) if failures else now


def _came_in(connection: Connection, account: str, place: str, now: datetime) -> bool:
    """Whether somebody signed in to the account from this place during the last 30 days."""
    statement = select(attempt.c.id).where(
        attempt.c.account == account,
        attempt.c.address == place,
        attempt.c.success.is_(True),
        attempt.c.at > now - KNOWN,
    )
    return connection.execute(statement.limit(1)).first() is not None


def _failures(connection: Connection, account: str, now: datetime, *, at: str | None = None) -> list[datetime]:
    """Failures of the account since it last came in, newest first; from anywhere, or those `at` one place."""
    statement = (
        select(attempt.c.at, attempt.c.success)
        .where(attempt.c.account == account, attempt.c.at > now - WINDOW)
        .order_by(attempt.c.at.desc(), attempt.c.id.desc())
    )
    if at is not None:
        statement = statement.where(attempt.c.address == at)
    found = []
    for row in connection.execute(statement):
        if row.success:
            break
        found.append(row.at)
    return found


def _failures_from(connection: Connection, place: str, now: datetime) -> list[datetime]:
    """Failures from the place, newest first. A success between them pardons none: it may be the attacker's own.

    The loopback address stands for nobody: behind a proxy it would be everybody, and a few failures would delay them all.
    """
    if place in LOOPBACK:
        return []
    statement = (
        select(attempt.c.at)
        .where(attempt.c.address == place, attempt.c.at > now - WINDOW, attempt.c.success.is_(False))
        .order_by(attempt.c.at.desc())
    )
    return list(connection.scalars(statement))
