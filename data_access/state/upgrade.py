"""Brings the state database to the shape of this version; costs one small read where it already has it."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from data_access.errors import Misconfigured
from data_access.state.engine import one_writer, reading, writing
from data_access.words import mark as _

MIGRATIONS = Path(__file__).parent / "migrations"


def newest() -> str:
    """The last migration that this version brings: the number its file name begins with."""
    return max(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def current(engine: Engine) -> str | None:
    """The migration the database stands at; None if it is empty."""
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def upgrade(engine: Engine) -> bool:
    """Migrates where needed and tells whether it was; Misconfigured if a newer version has changed the database."""
    before = current(engine)
    if before == newest():
        return False
    if before is not None and before > newest():
        template = _("Basis data status berasal dari versi aplikasi yang lebih baru. Jalankan versi itu.")
        raise Misconfigured("state-newer", template)
    _migrate(engine)
    return True


def _migrate(engine: Engine) -> None:
    # Imported here: it takes longer than a start should last, and is needed once per version.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    # Two processes that start together: the second waits for the lock, then alembic finds nothing left to do.
    with writing(engine) as connection:
        one_writer(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
