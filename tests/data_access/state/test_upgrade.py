"""Migrations: they make exactly the tables of the code, once, and guard the audit against change."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from data_access.errors import Misconfigured
from data_access.state import reading, upgrade, writing
from data_access.state.tables import metadata
from data_access.state.upgrade import MIGRATIONS, current, newest

ROOT = Path(__file__).parents[3]

START = """
import sys
from data_access.state import engine, upgrade
upgrade(engine(sys.argv[1]))
print("alembic" in sys.modules)
"""

ROW = """INSERT {how} INTO audit (seq, at, action, decision, previous_mac, mac)
         VALUES ({seq}, '2026-01-01T00:00:00.000000+00:00', 'ask', 'allowed', '0', '0')"""


def _start(engine: Engine) -> subprocess.Popen[str]:
    command_line = [sys.executable, "-W", "error", "-c", START, str(engine.url)]
    return subprocess.Popen(command_line, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_migrations_make_the_tables_of_the_code(empty: Engine) -> None:
    upgrade(empty)
    with reading(empty) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_upgrade_happens_once(empty: Engine) -> None:
    assert current(empty) is None
    assert upgrade(empty)
    assert current(empty) == newest()
    assert not upgrade(empty)


def test_file_names_agree_with_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == newest()


def test_start_on_a_current_database_does_not_load_alembic(empty: Engine) -> None:
    upgrade(empty)
    assert _start(empty).communicate()[0] == "False\n"


def test_processes_that_start_together_migrate_once(empty: Engine) -> None:
    processes = [_start(empty) for _process in range(4)]
    outcomes = [(process.communicate(), process.returncode)[1] for process in processes]
    assert outcomes == [0, 0, 0, 0]
    assert current(empty) == newest()


def test_newer_database_is_left_alone(empty: Engine) -> None:
    upgrade(empty)
    with writing(empty) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Misconfigured) as caught:
        upgrade(empty)
    assert caught.value.reason == "state-newer"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET reason = 'other' WHERE seq = 1",
        "UPDATE OR IGNORE audit SET reason = 'other'",
        "DELETE FROM audit",
        ROW.format(how="OR REPLACE", seq=1),  # replacing deletes without firing the delete trigger
        ROW.format(how="", seq=5),  # a gap
        ROW.format(how="", seq=0),  # before the first
    ],
)
def test_audit_only_grows(empty: Engine, statement: str) -> None:
    upgrade(empty)
    with writing(empty) as connection:
        connection.execute(text(ROW.format(how="", seq=1)))
    with pytest.raises(IntegrityError, match="append only"), writing(empty) as connection:
        connection.execute(text(statement))


def test_postgresql_refuses_update_delete_and_truncate() -> None:
    buffer = io.StringIO()
    config = Config(output_buffer=buffer)
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["dialect"] = "postgresql"
    command.upgrade(config, "head", sql=True)
    sql = buffer.getvalue()
    assert "BEFORE UPDATE OR DELETE OR TRUNCATE ON audit" in sql
    assert "RAISE(ABORT" not in sql
