"""What a sign-in was proved with, as one mark: whatever of it changes before the session is opened makes another mark.

That is the password, the second factor and the name at the sign-on service: a change of each ends all sessions, and one that
is opened afterwards on the strength of what was before would outlive it.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, select

from data_access.governance.passwords import COST, dummy_hash
from data_access.state import reading
from data_access.state.tables import account, second_factor, sign_on_name

# One statement, so that PostgreSQL tells all of one moment, too.
HELD = (
    select(account.c.password_hash, second_factor.c.enrolled_at, sign_on_name.c.name)
    .select_from(account)
    .outerjoin(second_factor, second_factor.c.account == account.c.name)
    .outerjoin(sign_on_name, sign_on_name.c.account == account.c.name)
    .where(account.c.active)
)


@dataclass(frozen=True)
class Held:
    """The bcrypt hash to hold a typed password against, and the mark of all that the account had at that moment."""

    password_hash: str
    proof: str


def held_of(connection: Connection, name: str, *, cost: int = COST) -> Held:
    """What the account has now; for one that is unknown or disabled what nothing fits, another one each time."""
    row = connection.execute(HELD.where(account.c.name == name)).first()
    if row is None:
        nothing = dummy_hash(cost)
        return Held(nothing, _mark(nothing, None, None))
    return Held(row.password_hash, _mark(row.password_hash, row.enrolled_at, row.name))


def held(engine: Engine, name: str, *, cost: int = COST) -> Held:
    """As `held_of`, in a view of its own."""
    with reading(engine) as connection:
        return held_of(connection, name, cost=cost)


def _mark(password_hash: str, enrolled_at: datetime | None, service_name: str | None) -> str:
    parts = [password_hash, enrolled_at and enrolled_at.isoformat(), service_name]
    return hashlib.sha256(f"proof:{json.dumps(parts)}".encode()).hexdigest()
