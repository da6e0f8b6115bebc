"""The record of what was refused because another account had been told of it: an open page or a prepared file.

Somebody who knows such a number has overheard it, or read it in a log. Their own earlier session is no theft.
"""

from typing import Any

from sqlalchemy import Engine, Row, select

from data_access.governance import audit, sessions
from data_access.governance.audit import Event
from data_access.keys import key
from data_access.settings import settings
from data_access.state import engine, reading
from data_access.state.tables import account, session
from ui.session import FETCH
from ui.turns import Turns

# The second one: the session that was told has ended, so this may be the next person at the same browser.
REASON, LEFT = "not-yours", "not-yours-left"
# Records a second, and at once: who goes on for hours is known by then, and the audit is no place to fill a disk.
RATE, AT_ONCE = 1, 100
OF = select(account.c.name, account.c.role, account.c.party).join_from(session, account)


class Thefts:
    def __init__(self) -> None:
        self._turns = Turns(RATE, AT_ONCE)

    def record(self, thief: str, owner: str, *, address: str) -> None:
        """Both are fingerprints of sessions. Called in a thread: it reads and writes the state."""
        state = engine(settings().state)
        by, of = _account(state, thief), _account(state, owner)
        if of is None or by is None or by.name == of.name or self._turns.take(patience=0) is None:
            return
        event = Event(
            action=FETCH,
            decision="refused",
            reason=REASON if sessions.is_live(state, owner) else LEFT,
            session_sha256=thief,
            address=address,
            detail=of.name,
            account=by.name,
            role=by.role,
            party=by.party,
        )
        audit.record(state, key(settings().keys, "audit"), event)


def _account(state: Engine, secret: str) -> Row[Any, Any, Any] | None:
    """Whose session this is or was."""
    with reading(state) as connection:
        return connection.execute(OF.where(session.c.token_sha256 == secret)).first()
