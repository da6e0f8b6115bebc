"""All that changes while the app runs: accounts, sessions, sign-in attempts and the audit, in SQLite or PostgreSQL."""

from data_access.state.engine import engine, one_writer, reading, writing
from data_access.state.times import utc_now
from data_access.state.upgrade import upgrade

__all__ = ["engine", "one_writer", "reading", "upgrade", "utc_now", "writing"]
