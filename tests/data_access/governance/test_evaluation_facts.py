"""Usage from the audit, against a plain count of the same events."""

import json
import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data_access.access.query import Query
from data_access.contract import contract
from data_access.governance.audit import Event, append
from data_access.governance.evaluation_facts import facts
from data_access.governance.evaluation_report import Usage
from data_access.governance.use_events import datasets
from data_access.state import engine, upgrade, writing

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
NOON = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
KEY = bytes(32)
OTHER = {"kesatu": "kedua", "kedua": "kesatu"}
OWNER = {name: one.owner for name, one in contract().datasets.items()}


def _asked(*datasets: str) -> str:
    questions = [Query(name).canonical for name in datasets]
    return questions[0] if len(questions) == 1 else f"[{','.join(questions)}]"


def _write(state: Engine, events: Iterable[tuple[datetime, Event]]) -> None:
    with writing(state) as connection:
        for at, event in events:
            append(connection, KEY, event, at)


def _event(**changes: str | None) -> Event:
    fields: dict[str, str | None] = {"action": "ask", "decision": "allowed", "account": "budi", "party": "kesatu"}
    return Event(**(fields | {"query": _asked("pegawai")} | changes))  # type: ignore[arg-type]


def _of(found: tuple[Usage, ...], dataset: str) -> Usage:
    return next(one for one in found if one.dataset == dataset)


def test_each_dataset_has_a_row_also_when_nothing_happened(state: Engine) -> None:
    found = facts(state, FIRST, LAST)
    assert [one.dataset for one in found] == list(contract().datasets)
    assert {(one.questions, one.refused, one.exports, one.accounts) for one in found} == {(0, 0, 0, 0)}
    assert all(one.receiver == OTHER[one.owner] for one in found)


def test_what_counts_as_what(state: Engine) -> None:
    events = [
        _event(),
        _event(),
        _event(account="ani"),
        _event(decision="refused", account="tono"),  # nobody's answer: the account is not active
        _event(action="export"),
        _event(action="export", decision="refused"),
        _event(action="open", decision="refused"),
        _event(action="quality"),
        _event(party="kedua"),  # the owner with data of its own
        _event(party=None),
        _event(query=None),
        _event(query="bukan pertanyaan"),
        _event(query=json.dumps({"dataset": "rahasia"})),
    ]
    _write(state, [(NOON, one) for one in events])
    found = _of(facts(state, FIRST, LAST), "pegawai")
    assert (found.questions, found.refused, found.exports, found.accounts) == (3, 1, 1, 2)


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (datetime(2025, 12, 31, 16, 59, 59, tzinfo=UTC), 0),  # 23.59 WIB of the day before
        (datetime(2025, 12, 31, 17, 0, tzinfo=UTC), 1),  # midnight in Jakarta
        (datetime(2026, 6, 30, 16, 59, 59, tzinfo=UTC), 1),
        (datetime(2026, 6, 30, 17, 0, tzinfo=UTC), 0),
    ],
)
def test_days_are_those_of_jakarta(state: Engine, at: datetime, counts: int) -> None:
    _write(state, [(at, _event())])
    assert _of(facts(state, FIRST, LAST), "pegawai").questions == counts


def test_a_file_of_several_datasets_counts_for_each_once(state: Engine) -> None:
    others = [name for name, owner in OWNER.items() if owner == "kedua"][:2]
    _write(state, [(NOON, _event(action="export", query=_asked(others[0], others[1], others[0])))])
    assert [_of(facts(state, FIRST, LAST), name).exports for name in others] == [1, 1]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (None, set()),
        ("", set()),
        ("null", set()),
        ("[1, {}]", set()),
        ('{"dataset": ["pegawai"]}', set()),
        ('{"dataset": "pegawai"}', {"pegawai"}),
        (_asked("pegawai", "arus"), {"pegawai", "arus"}),
        (Query("arus", where={"dataset": ["pegawai"]}).canonical, {"arus"}),
        (Query("arus", where={"x": ['"dataset":"pegawai"']}).canonical, {"arus"}),
        (Query("arus", where={"x": ['"dataset":"pegawai"', "y" * 5_000]}).canonical[:4_000], {"arus"}),
        (
            f"[{Query('arus').canonical},{Query('pegawai', where={'x': ['y' * 5_000]}).canonical}]"[:4_000],
            {"arus", "pegawai"},
        ),
    ],
)
def test_the_dataset_of_a_question(question: str | None, expected: set[str]) -> None:
    assert set(datasets(question)) == expected


Drawn = tuple[int, str, str, str, str, list[str]]
EVENTS = st.tuples(
    st.integers(-5, 186),
    st.sampled_from(["ask", "export", "open", "sign-in"]),
    st.sampled_from(["allowed", "refused"]),
    st.sampled_from(["budi", "ani", "tono"]),
    st.sampled_from(["kesatu", "kedua"]),
    st.lists(st.sampled_from([*OWNER, "tidak-ada"]), min_size=1, max_size=3),
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without a record, to be copied: records cannot be removed."""
    file = tmp_path_factory.mktemp("audit") / "empty.db"
    state = engine(f"sqlite:///{file}")
    upgrade(state)
    state.dispose()
    return file


@given(drawn=st.lists(EVENTS, max_size=40))
@hypothesis_settings(max_examples=30, deadline=None)
def test_against_a_plain_count(empty: Path, drawn: list[Drawn]) -> None:
    file = empty.with_name(f"{uuid4().hex}.db")
    shutil.copy(empty, file)
    state = engine(f"sqlite:///{file}")
    _write(
        state,
        [
            (
                datetime(2026, 1, 1, 4, tzinfo=UTC) + timedelta(days=day),
                Event(action=action, decision=decision, account=account, party=party, query=_asked(*names)),
            )
            for day, action, decision, account, party, names in sorted(drawn)
        ],
    )
    found = facts(state, FIRST, LAST)
    for one, owner in product(found, ("kesatu", "kedua")):
        if one.owner != owner:
            continue
        mine = [
            (action, decision, account)
            for day, action, decision, account, party, names in drawn
            if 0 <= day <= 180 and party == OTHER[owner] and one.dataset in names
        ]
        assert one.questions == sum(event[:2] == ("ask", "allowed") for event in mine)
        assert one.refused == sum(event[:2] == ("ask", "refused") for event in mine)
        assert one.exports == sum(event[:2] == ("export", "allowed") for event in mine)
        assert one.accounts == len({who for what, how, who in mine if what in ("ask", "export") and how == "allowed"})
    state.dispose()
