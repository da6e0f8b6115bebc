"""Times of the state database: always UTC, stored as text of one width, which every database sorts alike."""

from datetime import UTC, datetime

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

WIDTH = 32


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """ISO text in UTC with microseconds; a time without a zone is a mistake of the caller and raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a time without a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class Moment(TypeDecorator[datetime]):
    """A column of such times."""

    impl = String(WIDTH)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else stamp(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromisoformat(value)
