"""A projection of 20 years: 5 scenarios x 38 provinces x 8 groups, each with both kinds of contract."""

import statistics
import time
from datetime import date

import numpy as np
import pytest

from data_access.contract import contract
from data_access.projection.base import KINDS, SPAN, Base
from data_access.projection.engine import project
from data_access.projection.scenario import EarlyRetirement, Scenario, Shift
from tests.charts.factory import axis
from tests.data_access.projection.made import made_rates

pytestmark = pytest.mark.benchmark
LIMIT = 0.050  # seconds
RUNS = 15
PROVINCES = 38
GROUPS = 8  # the contract has fewer; the names of the others do not matter to the arithmetic
SCENARIOS = (
    Scenario(name="tanpa pengadaan"),
    Scenario(name="satu banding satu", inflow="penggantian", replacement={"": 1.0}),
    Scenario(name="pertumbuhan nol", inflow="tetap", pppk_share=0.7),
    Scenario(
        name="BUP naik dua tahun", inflow="penggantian", replacement={"": 0.8}, shifts=(Shift(years=2, since=2028),)
    ),
    Scenario(
        name="rencana dan pensiun dini",
        inflow="rencana",
        plan={"guru": (100_000,) * 20, "nakes": (40_000,) * 20},
        contract_ends=0.02,
        early=(EarlyRetirement(share=0.1, ages=(50, 55), year=2027),),
    ),
)


def large_base() -> Base:
    provinces = [code.code for code in contract().datasets["pegawai"].levels["provinsi"].codes][:PROVINCES]
    known = list(contract().datasets["pegawai"].levels["kelompok_jabatan"].by_code)
    groups = [*known, *(f"kelompok {n}" for n in range(GROUPS - len(known)))]
    units = tuple((province, group) for province in provinces for group in groups) * len(KINDS)
    draw = np.random.default_rng(20_251_231)
    leaving = draw.integers(0, 400, (len(units), SPAN + 1)).astype(np.float64)
    later = draw.integers(0, 400, len(units)).astype(np.float64)
    return Base(
        day=date(2025, 11, 1),
        axes=(axis("provinsi"), axis("kelompok_jabatan")),
        units=units,
        kinds=tuple(kind for kind in KINDS for _unit in range(PROVINCES * GROUPS)),
        years=tuple(range(2025, 2026 + SPAN)),
        stock=leaving.sum(axis=1) + later,
        leaving=leaving,
        later=later,
        hidden=leaving < 10,
        unknown=np.zeros(len(units), dtype=np.bool_),
        variance=np.full(len(units), 6.0),
        leaving_variance=np.full(leaving.shape, 6.0),
        left_out=(),
        answers=(),
    )


def test_five_scenarios_over_twenty_years() -> None:
    start, rates = large_base(), made_rates(0.02, spread=0.004, pppk_share=0.6, entry={5: 0.2, 20: 0.4, 30: 0.4})
    taken = []
    for _run in range(RUNS):
        begin = time.perf_counter()
        made = [project(start, rates, scenario, 20) for scenario in SCENARIOS]
        taken.append(time.perf_counter() - begin)
    assert all(one.stock.shape == (PROVINCES * GROUPS * len(KINDS), 21) for one in made)
    median = statistics.median(taken)
    print(
        f"projection, 5 scenarios x 38 x 8, 20 years: {median * 1000:.0f} ms = {median / LIMIT:.2f} of {LIMIT * 1000:.0f} ms"
    )
    assert median <= LIMIT
