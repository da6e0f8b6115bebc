"""Every account with what hangs on it, read at one moment: for whoever administers them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, Select, and_, func, select

from data_access.governance.accounts import PUBLIC, Account, from_row
from data_access.governance.statements import statement
from data_access.state import reading
from data_access.state.tables import account, second_factor, session, sign_on_name
from data_access.state.tables import statement as accepted


@dataclass(frozen=True)
class Listed:
    """An account; since when it has a second factor, when it last signed in, when it accepted the statement in force (each
    None for never), and its name at the outside sign-on service ("" for none)."""

    account: Account
    enrolled_at: datetime | None
    last_sign_in: datetime | None
    accepted_at: datetime | None
    service_name: str


def listing(engine: Engine) -> list[Listed]:
    """Every account, by name; Misconfigured if the statement in force cannot be read."""
    return list(_listed(engine, statement().sha256))


def _listed(engine: Engine, words: str) -> Iterator[Listed]:
    with reading(engine) as connection:
        for row in connection.execute(_everything(words)):
            yield Listed(
                from_row(row), row.enrolled_at, row.last_sign_in, row.accepted_at, service_name=row.service_name or ""
            )


def _everything(words: str) -> Select[tuple[object, ...]]:
    newest = (
        select(session.c.account, func.max(session.c.created_at).label("at")).group_by(session.c.account).subquery()
    )
    agreed = and_(accepted.c.account == account.c.name, accepted.c.sha256 == words)
    return (
        select(
            *PUBLIC,
            second_factor.c.enrolled_at,
            newest.c.at.label("last_sign_in"),
            accepted.c.accepted_at,
            sign_on_name.c.name.label("service_name"),
        )
        .select_from(account)
        .outerjoin(second_factor, second_factor.c.account == account.c.name)
        .outerjoin(newest, newest.c.account == account.c.name)
        .outerjoin(accepted, agreed)
        .outerjoin(sign_on_name, sign_on_name.c.account == account.c.name)
        .order_by(account.c.name)
    )
