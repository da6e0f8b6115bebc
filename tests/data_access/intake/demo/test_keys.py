"""Record keys: uniform, the same for the same person, told by a plain-Python oracle."""

import hashlib
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from data_access.intake.demo import DATES, keys
from tests.data_access.intake.demo.written import DATASET, Written, persons

MASK = (1 << 64) - 1
LEVELS = [level.name for level in DATASET.delivered]


def oracle(cell: dict[str, str], count: int) -> int:
    """The sum of the keys of one cell, one person after the other."""
    seed = 0
    for level in LEVELS:
        digest = hashlib.blake2b(f"{level}={cell[level]}".encode(), digest_size=8).digest()
        seed = splitmix(seed ^ int.from_bytes(digest, "little"))
    return sum(splitmix((seed + person) & MASK) >> 32 for person in range(1, count + 1))


def splitmix(word: int) -> int:
    word = (word + 0x9E3779B97F4A7C15) & MASK
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & MASK
    return word ^ (word >> 31)


def test_splitmix_gives_the_published_first_value() -> None:
    assert splitmix(0) == 0xE220A8397B1DCDAF, "first output of splitmix64 with seed 0"
    assert keys.splitmix(np.zeros(1, dtype=np.uint64))[0] == 0xE220A8397B1DCDAF


@pytest.mark.parametrize("day", [DATES[0], DATES[-1]], ids=str)
def test_sums_are_those_of_the_oracle(written: Written, day: date) -> None:
    frame = written.frames[day]
    for row in [*frame.gather_every(9973).iter_rows(named=True), frame.sort("jumlah").row(-1, named=True)]:
        assert row["kunci"] == oracle(row, row["jumlah"])


def test_sums_do_not_depend_on_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    places = {level.name: np.arange(9) % 2 for level in DATASET.delivered}
    counts = np.array([1, 5, 40, 2, 1, 9, 60, 3, 7])
    whole = keys.key_sums(places, counts)
    monkeypatch.setattr(keys, "CHUNK", 16)
    assert keys.key_sums(places, counts).tolist() == whole.tolist()


def test_unchanged_cells_keep_their_sum(written: Written) -> None:
    for before, after in pairwise(written.frames.values()):
        both = before.join(after, on=[*LEVELS, "jumlah"], suffix="_after")
        assert both.height > 10_000, "cohorts persist, so many cells do not change between two dates"
        assert (both["kunci"] == both["kunci_after"]).all()


def test_one_joiner_adds_one_key(written: Written) -> None:
    before, after = written.frames[DATES[1]], written.frames[DATES[2]]
    both = before.join(after, on=LEVELS, suffix="_after").filter(pl.col("jumlah_after") - pl.col("jumlah") == 1)
    added = both["kunci_after"] - both["kunci"]
    assert both.height > 1_000
    assert added.is_between(0, 2**32 - 1).all()
    assert added.mean() == pytest.approx(2**31, rel=0.05)


def test_keys_are_uniform(written: Written) -> None:
    frame = written.frames[DATES[-1]]
    assert int(frame["kunci"].sum()) / persons(frame) == pytest.approx(2**31, rel=0.002)
    single = frame.filter(pl.col("jumlah") == 1)["kunci"]
    tenths = (single * 10 // 2**32).value_counts()["count"]
    assert tenths.len() == 10
    assert tenths.is_between(single.len() * 0.09, single.len() * 0.11).all()
