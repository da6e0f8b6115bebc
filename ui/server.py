"""What a server process does once before its first page: brings the state database to the shape of this version."""

from functools import lru_cache

from data_access.access.roles import roles
from data_access.contract import contract
from data_access.settings import settings
from data_access.state import engine, upgrade


@lru_cache(maxsize=1)
def prepared() -> None:
    """Reads contract and roles and migrates the state; a mistake in any of them is raised and tried again next time."""
    contract()
    roles()
    upgrade(engine(settings().state))
