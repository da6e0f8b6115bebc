"""Whether a password is that of an account, asked of the state itself."""

from sqlalchemy import Engine

from data_access.governance.accounts import stored_hash
from data_access.governance.passwords import COST, fits


def password_fits(engine: Engine, name: str, password: str, *, cost: int = COST) -> bool:
    """Whether this is the password of an active account; one bcrypt check, whatever the answer."""
    return fits(password, stored_hash(engine, name, cost=cost))
