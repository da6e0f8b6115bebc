"""Writing and finding records: one chain whoever writes, nothing without its record."""

import subprocess
import sys
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from data_access.errors import Misconfigured
from data_access.governance.audit import GENESIS, Event, anchor, append, record, search
from data_access.governance.audit_check import verify
from data_access.state import engine, reading, writing
from data_access.state.tables import audit

ROOT = Path(__file__).parents[3]
ASKED = Event(action="ask", decision="allowed", account="budi", query='{"dataset":"pegawai"}', rows=38, suppressed=2)

WRITER = """
import sys
from data_access.governance.audit import Event, record
from data_access.state import engine
database, name = engine(sys.argv[1]), sys.argv[2]
for turn in range(40):
    record(database, bytes(range(32)), Event(action="ask", decision="allowed", account=name, rows=turn))
"""


def test_numbers_count_up_from_one(state: Engine, key: bytes) -> None:
    assert [record(state, key, ASKED) for _turn in range(3)] == [1, 2, 3]


def test_entry_gives_back_the_event(state: Engine, key: bytes, noon: datetime) -> None:
    full = Event(**{f.name: 7 if f.name in {"rows", "suppressed"} else f"«{f.name}»" for f in fields(Event)})  # type: ignore[arg-type]
    record(state, key, full, noon)
    assert [(e.seq, e.at, e.event) for e in search(state)] == [(1, noon, full)]


def test_every_field_has_its_column() -> None:
    columns = {column.name for column in audit.c} - {"seq", "at", "previous_mac", "mac"}
    assert {"grant_id" if name == "grant" else name for name in asdict(ASKED)} == columns


def test_event_and_change_are_kept_or_undone_together(state: Engine, key: bytes) -> None:
    with pytest.raises(RuntimeError), writing(state) as connection:
        append(connection, key, ASKED)
        raise RuntimeError
    assert search(state) == []


def test_clock_set_back_does_not_look_like_forgery(state: Engine, key: bytes, noon: datetime) -> None:
    record(state, key, ASKED, noon)
    record(state, key, ASKED, noon - timedelta(hours=1))
    assert [entry.at for entry in search(state)] == [noon, noon]
    assert verify(state, key).sound


def test_processes_and_threads_share_one_chain(state: Engine, key: bytes) -> None:
    command = [sys.executable, "-W", "error", "-c", WRITER, str(state.url)]
    processes = [subprocess.Popen([*command, name], cwd=ROOT) for name in ("satu", "dua", "tiga")]
    for turn in range(40):
        record(state, key, Event(action="ask", decision="allowed", account="sini", rows=turn))
    assert [process.wait() for process in processes] == [0, 0, 0]
    verdict = verify(state, key)
    assert (verdict.sound, verdict.records) == (True, 160)


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE audit",
        # The disk is full, or the row is refused for any other reason.
        "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END",
    ],
)
def test_unwritable_record_is_a_sentence(state: Engine, key: bytes, damage: str) -> None:
    with writing(state) as connection:
        connection.execute(text(damage))
    with pytest.raises(Misconfigured) as caught:
        record(state, key, ASKED)
    assert caught.value.reason == "audit-unwritable"
    assert "tidak ada data yang ditampilkan" in caught.value.sentence("id")


def test_unusable_database_is_the_same_sentence(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "state.db").write_bytes(b"no database" * 200)
    with pytest.raises(Misconfigured) as caught:
        record(engine(f"sqlite:///{tmp_path / 'state.db'}"), key, ASKED)
    assert caught.value.reason == "audit-unwritable"


def test_text_that_cannot_be_stored_stops_the_answer(state: Engine, key: bytes) -> None:
    with pytest.raises(Misconfigured):
        record(state, key, Event(action="ask", decision="allowed", detail="\ud800"))


def test_anchor_is_the_newest_record(state: Engine, key: bytes) -> None:
    assert anchor(state) == (0, GENESIS)
    record(state, key, ASKED)
    with reading(state) as connection:
        assert anchor(state) == (1, connection.scalar(text("SELECT mac FROM audit")))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [4, 3, 2, 1]),  # newest first
        ({"limit": 2}, [4, 3]),
        ({"account": "budi"}, [3, 1]),
        ({"account": "bud"}, []),  # a name is not a pattern
        ({"action": "export"}, [3]),
        ({"decision": "refused"}, [4, 2]),
        ({"account": "sari", "decision": "refused"}, [2]),
        ({"text": "PROVINSI"}, [3, 1]),  # in any case of letters
        ({"text": "100%"}, [4]),  # the sign stands for itself
        ({"text": "_"}, []),  # so does this one
        ({"since": timedelta(minutes=1), "until": timedelta(minutes=3)}, [3, 2]),  # from, and before
    ],
)
def test_search(state: Engine, key: bytes, noon: datetime, filters: dict[str, object], found: list[int]) -> None:
    events = [
        Event(action="ask", decision="allowed", account="budi", query='{"by":["provinsi"]}'),
        Event(action="ask", decision="refused", account="sari", reason="scope"),
        Event(action="export", decision="allowed", account="budi", detail="Provinsi.xlsx"),
        Event(action="ask", decision="refused", detail="100% of it"),
    ]
    for minute, event in enumerate(events):
        record(state, key, event, noon + timedelta(minutes=minute))
    given = {name: noon + value if isinstance(value, timedelta) else value for name, value in filters.items()}
    assert [entry.seq for entry in search(state, **given)] == found  # type: ignore[arg-type]
