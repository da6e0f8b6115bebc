"""Thousands of questions made of right, almost right and wrong pieces: no crash, no answer without its record, none too wide."""

import os
import random
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import func, select

from data_access.access.query import Query
from data_access.access.result import Protected
from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.errors import AsnError
from data_access.governance.audit_check import verify
from data_access.state import engine, reading
from data_access.state.tables import audit
from tests.fuzz.broken import FEARED
from tests.fuzz.conftest import LONG, QUESTIONS
from tests.world import EARLY, LATE, MIDDLE, NATIONWIDE, OWN, World

VIEWERS = (*NATIONWIDE, "wilayah", "pengelola", "tanpa-wilayah", "salah-wilayah")
DATASETS = (*["pegawai"] * 12, "arus", "formasi", "indeks", "", "PEGAWAI", "release.cells")
DAYS = (*[EARLY, MIDDLE, LATE] * 4, date.min, date.max, LATE + timedelta(days=1))
COMMON = ("provinsi", "jenis_kelamin", "status", "golongan", "generasi", "jenis_jabatan")
ODD = (
    "nip",
    "nama",
    "kunci",
    "jumlah",
    "m",
    "combination",
    "Provinsi",
    "provinsi ",
    "provinsi\0",
    "ｐrovinsi",
    *FEARED,
)


def _pick(draw: random.Random, right: Sequence[str], wrong: float) -> str:
    return draw.choice(ODD) if not right or draw.random() < wrong else draw.choice(right)


def _question(draw: random.Random) -> Query:
    dataset = draw.choice(DATASETS)
    known = contract().datasets.get(dataset, contract().datasets["pegawai"]).levels
    wrong = draw.choice((0.0, 0.0, 0.0, 0.1, 0.5))
    names = COMMON if draw.random() < 0.8 else tuple(known)
    by = tuple(dict.fromkeys(_pick(draw, names, wrong) for _n in range(draw.choice((0, 1, 1, 2, 2, 3, 5)))))
    by *= draw.choice((1, 1, 1, 1, 1, 2))
    where = {}
    for _n in range(draw.choice((0, 0, 1, 2))):
        level = _pick(draw, names, wrong)
        codes = [code.code for code in known[level].codes] if level in known else []
        where[level] = tuple(_pick(draw, codes, wrong) for _c in range(draw.choice((1, 1, 2, 2, 40, 0))))
    if draw.random() < 0.4:
        where["provinsi"] = tuple(draw.choice((*OWN, "12")) for _c in range(draw.choice((1, 2))))
    periods = tuple(draw.choice(DAYS) for _n in range(draw.choice((0, 1, 1, 2))))
    measure = "jumlah" if draw.random() < 0.9 else _pick(draw, [], 1)
    order: Any = draw.choice(("kode", "nilai", "kode", "kode", "kode", "kode", "kode", "m DESC; --"))
    return Query(dataset, by, where, periods, measure, order)


def test_no_question_crashes_and_every_one_is_recorded(own_world: World) -> None:
    seed = int.from_bytes(os.urandom(4), "big") if LONG else 20_220_209
    draw, gateway, state = random.Random(seed), own_world.gateway(), engine(own_world.settings.state)
    viewers = [own_world.viewer(name) for name in VIEWERS]
    told: Counter[str] = Counter()
    before, start = _newest(own_world)[0], time.perf_counter()
    for number in range(QUESTIONS):
        viewer, query = draw.choice(viewers), _question(draw)
        try:
            answer = gateway.ask(viewer, query)
        except AsnError as refusal:
            assert refusal.sentence("id")
            told[refusal.reason] += 1
            outcome = "refused"
        except Exception as crash:
            pytest.fail(f"seed {seed}, question {number}: {type(crash).__name__} for {query.canonical}")
        else:
            _check_within_reach(answer, viewer)
            told["answered"] += 1
            outcome = "allowed"
        seq, decision, account = _newest(own_world)
        assert (seq, decision, account) == (before + number + 1, outcome, viewer.account), (seed, query.canonical)
    seconds = time.perf_counter() - start
    print(f"{QUESTIONS:,} questions (seed {seed}) in {seconds:.0f} s: no crash, none without a record; {dict(told)}")
    assert told["answered"] > QUESTIONS / 20
    assert verify(state, own_world.audit_key).sound


def _newest(world: World) -> tuple[int, str, str]:
    newest = select(audit.c.seq, audit.c.decision, audit.c.account).order_by(audit.c.seq.desc()).limit(1)
    with reading(engine(world.settings.state)) as connection:
        return cast("tuple[int, str, str]", tuple(connection.execute(newest).one()))


def _check_within_reach(answer: Protected, viewer: Viewer) -> None:
    """Who sees two provinces only has others nowhere in an answer."""
    if viewer.account == "wilayah" and "provinsi" in answer.frame.columns:
        assert set(answer.frame["provinsi"]) <= set(OWN)


def test_records_stay_as_many_as_questions_when_many_ask_at_once(own_world: World) -> None:
    from concurrent.futures import ThreadPoolExecutor

    gateway, state = own_world.gateway(), engine(own_world.settings.state)
    analyst = own_world.viewer("analis")
    before = _newest(own_world)[0]

    def asked(number: int) -> bool:
        try:
            gateway.ask(analyst, _question(random.Random(number)))
        except AsnError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        answered = sum(pool.map(asked, range(100)))
    with reading(state) as connection:
        records = select(audit.c.decision, func.count()).where(audit.c.seq > before).group_by(audit.c.decision)
        counted = {row[0]: row[1] for row in connection.execute(records)}
    assert counted == {"allowed": answered, "refused": 100 - answered}
