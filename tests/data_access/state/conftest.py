"""A real SQLite file for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.state import engine


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    """An engine on a database that has no tables yet, in a folder that does not exist yet."""
    made = engine(f"sqlite:///{tmp_path / 'var' / 'state.db'}")
    yield made
    made.dispose()
