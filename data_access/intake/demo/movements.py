"""What happened to the cohorts between two dates: appointments and retirements as simulated, other events by made-up shares."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml

from data_access.contract import Dataset, contract
from data_access.intake.demo.arrays import Columns, Flags, Floats, Ints, ordinal, whole
from data_access.intake.demo.simulation import Simulation

FILE = Path(__file__).with_name("movements.yaml")
SEED = 20250630
YEAR = 365.25
TRANSFER_OUT, TRANSFER_IN = "mutasi_keluar", "mutasi_masuk"

Shares = dict[str, dict[str, dict[int, float]]]  # event -> status group -> first age -> share per year


@lru_cache(maxsize=1)
def shares() -> Shares:
    """Events of those who stay in office, as `movements.yaml` says."""
    return dict(yaml.safe_load(FILE.read_text("utf-8")))


def movements(simulation: Simulation, before: date, day: date) -> tuple[Columns, Ints]:
    """The distinct cells of the period after `before` up to `day` as places of codes, and the events (> 0) in each.

    Who joins has the properties of `day`, everybody else those of `before`.
    """
    parts = list(_events(simulation, before, day))
    event = np.concatenate([np.full(len(weights), _place(name)) for name, _columns, weights in parts])
    columns = {
        level.name: np.concatenate([part[level.name] for _name, part, _weights in parts])
        for level in _dataset().delivered
        if level.name != "peristiwa"
    }
    return _cells({"peristiwa": event} | columns, np.concatenate([weights for _name, _columns, weights in parts]))


def _events(simulation: Simulation, before: date, day: date) -> Iterator[tuple[str, Columns, Floats]]:
    """Name of the event, columns of the cohorts to which it happened, and how many persons of each."""
    then, now = simulation.snapshots[before], simulation.snapshots[day]
    joined, left = ~np.isin(now.rows, then.rows), ~np.isin(then.rows, now.rows)
    for name, contract_ in (("cpns", False), ("pppk", True)):
        rows = joined & (simulation.cohorts.contract[now.rows] == contract_)
        yield name, _taken(now.columns, rows), simulation.weights[now.rows[rows]]
    # Contracts end with the retirement age at the latest; only PNS retire.
    for name, contract_ in (("pensiun_bup", False), ("berhenti", True)):
        rows = left & (simulation.cohorts.contract[then.rows] == contract_)
        yield name, _taken(then.columns, rows), simulation.weights[then.rows[rows]]
    stayed, weights = _taken(then.columns, ~left), simulation.weights[then.rows[~left]]
    is_contract = simulation.cohorts.contract[then.rows[~left]]
    years = (day - before).days / YEAR
    for name in shares():
        happened = weights * _share(name, stayed["umur_5"], is_contract) * years
        yield name, stayed, happened
        if name == TRANSFER_OUT:
            yield TRANSFER_IN, _elsewhere(stayed, happened), happened


def _share(event: str, ages: Ints, is_contract: Flags) -> Floats:
    """The share per year of each cohort, by its status and age."""
    first = [int(code.lstrip(">").split("-")[0]) for code in ordinal("umur_5")]
    tables = {}
    for group in ("PNS", "PPPK"):
        curve = shares()[event].get(group, {18: 0.0})
        tables[group] = np.array([curve[max(age for age in curve if age <= band)] for band in first])
    return np.where(is_contract, tables["PPPK"][ages], tables["PNS"][ages])


def _elsewhere(columns: Columns, happened: Floats) -> Columns:
    """The same persons in the agency and place of others who move too: as many come as go."""
    moving = np.flatnonzero(happened > 0)
    other = np.arange(len(happened))
    other[moving] = np.random.Generator(np.random.PCG64(SEED)).permutation(moving)
    return columns | {name: columns[name][other] for name in ("instansi", "provinsi")}


def _taken(columns: Columns, rows: Flags) -> Columns:
    return {name: column[rows] for name, column in columns.items()}


def _cells(columns: Columns, weights: Floats) -> tuple[Columns, Ints]:
    """Whole events per distinct cell; the running total over the sorted cells is never off by more than one half."""
    code = np.zeros(len(weights), dtype=np.int64)
    for level in _dataset().delivered:
        code = code * len(level.codes) + columns[level.name]
    _, first, member = np.unique(code, return_index=True, return_inverse=True)
    events = whole(np.bincount(member, weights=weights).astype(np.float64))
    kept = events > 0
    return {name: column[first][kept] for name, column in columns.items()}, events[kept]


def _dataset() -> Dataset:
    return contract().datasets["arus"]


def _place(event: str) -> int:
    return _dataset().levels["peristiwa"].ordinal[event]
