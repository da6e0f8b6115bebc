"""Whoever changes the record without its key is found, at the right number."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine

from data_access.governance.audit import Event, anchor, mac_of, record
from data_access.governance.audit_check import FINDINGS, Verdict, verify
from data_access.state import engine, upgrade
from data_access.state.tables import audit

KEY = bytes(range(32))
ROWS = 6
COLUMNS = [column.name for column in audit.c]
GUARDS = ("audit_no_update", "audit_no_delete", "audit_next_only")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a sound record of six rows."""
    file = tmp_path_factory.mktemp("audit") / "state.db"
    made = engine(f"sqlite:///{file}")
    upgrade(made)
    for row in range(ROWS):
        record(made, KEY, Event(action="ask", decision="allowed", account="budi", rows=row, detail="é"))
    made.dispose()
    return file


@contextmanager
def _attacked(sound: Path, *statements: tuple[str, tuple[object, ...]]) -> Iterator[Engine]:
    """A copy of the record whose guards have been taken off and which was then changed in the file."""
    with TemporaryDirectory() as folder:
        file = shutil.copy(sound, folder)
        with closing(sqlite3.connect(file)) as connection, connection:
            for guard in GUARDS:
                connection.execute(f"DROP TRIGGER {guard}")
            for statement, values in statements:
                connection.execute(statement, values)
        # Not `state.engine`: that one stays open for the life of the process.
        made = create_engine(f"sqlite:///{file}")
        yield made
        made.dispose()


def _value(sound: Path, column: str, seq: int) -> object:
    with closing(sqlite3.connect(sound)) as connection:
        return connection.execute(f'SELECT "{column}" FROM audit WHERE seq = ?', (seq,)).fetchone()[0]


def test_untouched_record_is_sound(sound: Path) -> None:
    assert verify(engine(f"sqlite:///{sound}"), KEY) == Verdict("sound", records=ROWS)


def test_empty_record_is_sound(state: Engine) -> None:
    assert verify(state, KEY) == Verdict("sound", records=0)


@settings(max_examples=120, deadline=None)
@given(
    seq=st.integers(1, ROWS),
    column=st.sampled_from([name for name in COLUMNS if name != "seq"]),
    value=st.one_of(st.text(max_size=8), st.integers(-9, 9), st.binary(max_size=3).filter(lambda b: b"\xff" not in b)),
)
def test_any_changed_field_is_found(sound: Path, seq: int, column: str, value: object) -> None:
    before = _value(sound, column, seq)
    with _attacked(sound, (f'UPDATE audit SET "{column}" = ? WHERE seq = ?', (value, seq))) as made:
        after = _value(Path(str(made.url.database)), column, seq)
        verdict = verify(made, KEY)
    assert verdict.sound == (after == before)
    assert verdict.seq == (None if after == before else seq)


@given(seqs=st.sets(st.integers(1, ROWS), min_size=1, max_size=ROWS))
@settings(max_examples=40, deadline=None)
def test_any_removed_rows_are_found(sound: Path, seqs: set[int]) -> None:
    kept = anchor(engine(f"sqlite:///{sound}"))
    with _attacked(sound, *(("DELETE FROM audit WHERE seq = ?", (seq,)) for seq in seqs)) as made:
        verdict = verify(made, KEY, [kept])
    assert verdict.seq == min(seqs)


@pytest.mark.parametrize("seq", range(1, ROWS + 1))
def test_moved_row_is_found(sound: Path, seq: int) -> None:
    with _attacked(sound, ("UPDATE audit SET seq = 1000 WHERE seq = ?", (seq,))) as made:
        assert verify(made, KEY) == Verdict("gap", records=seq - 1, seq=seq)


def test_cut_end_shows_only_against_an_anchor(sound: Path) -> None:
    kept = anchor(engine(f"sqlite:///{sound}"))
    with _attacked(sound, ("DELETE FROM audit WHERE seq = ?", (ROWS,))) as made:
        assert verify(made, KEY).sound
        assert verify(made, KEY, [kept]) == Verdict("truncated", records=ROWS - 1, seq=ROWS)


def _resigned(sound: Path, seq: int, column: str, value: str) -> tuple[str, tuple[object, ...]]:
    """The change of one field by somebody who has the key and signs the row anew."""
    with closing(sqlite3.connect(sound)) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM audit WHERE seq = ?", (seq,)).fetchone())
    forged = {name: old for name, old in row.items() if name != "mac"} | {column: value}
    return f"UPDATE audit SET {column} = ?, mac = ? WHERE seq = ?", (value, mac_of(KEY, forged), seq)


def test_row_signed_anew_breaks_the_chain_after_it(sound: Path) -> None:
    with _attacked(sound, _resigned(sound, 3, "reason", "forged")) as made:
        assert verify(made, KEY) == Verdict("chain", records=3, seq=4)


def test_last_row_signed_anew_shows_against_an_anchor(sound: Path) -> None:
    kept = anchor(engine(f"sqlite:///{sound}"))
    with _attacked(sound, _resigned(sound, ROWS, "reason", "forged")) as made:
        assert verify(made, KEY).sound
        assert verify(made, KEY, [kept]) == Verdict("anchor", records=ROWS - 1, seq=ROWS)


def test_key_holder_cannot_turn_time_back(sound: Path) -> None:
    with _attacked(sound, _resigned(sound, ROWS, "at", "2000-01-01T00:00:00.000000+00:00")) as made:
        assert verify(made, KEY) == Verdict("time", records=ROWS - 1, seq=ROWS)


def test_other_key_fits_no_row(sound: Path) -> None:
    assert verify(engine(f"sqlite:///{sound}"), bytes(32)) == Verdict("mac", records=0, seq=1)


def test_text_that_is_no_text_is_found(sound: Path) -> None:
    with _attacked(sound, ("UPDATE audit SET detail = CAST(x'ff' AS TEXT) WHERE seq = 3", ())) as made:
        verdict = verify(made, KEY)
    assert verdict.finding == "unreadable"


@pytest.mark.parametrize("finding", FINDINGS)
def test_every_finding_has_a_sentence(finding: str) -> None:
    assert "7" in Verdict(finding, records=7, seq=7).sentence("id")
