"""A2 and A3 on quality figures: the nation less the agencies, one snapshot less the next, and both over many snapshots."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

import polars as pl
import pytest

from data_access.release.quality import NATION
from data_access.release.quality_cube import COUNTED
from tests import world as worlds
from tests.quality_world import NONE_DELIVERED
from tests.quality_world import figures as made
from tests.world import LATE

SHOWN, HIDDEN = "KM01", "KM02"
PER_RESIDUAL = 80
SNAPSHOTS = 12
OFTEN = 0.1

Figures = Callable[[dict[str, int], random.Random], pl.DataFrame]


def delivered(failing: dict[str, int], draw: random.Random) -> pl.DataFrame:
    """The figures of a snapshot whose owner counted these failing records per agency."""
    base = draw.randrange(5_000, 50_000)
    rows = [(agency, "ganda", count, base) for agency, count in failing.items()]
    counts = pl.DataFrame(rows, COUNTED, orient="row")
    return made(TEMPLATE.clear(), counts, LATE)


def counted(failing: dict[str, int], draw: random.Random) -> pl.DataFrame:
    """The figures of a snapshot in whose cells that many persons of each agency are past their retirement year."""
    rows = []
    for agency, count in failing.items():
        past, coming = (TEMPLATE.row(0, named=True) | {"instansi": agency, "tahun_bup": y} for y in ("2020", "2050"))
        keys = sum(draw.randrange(2**32) for _person in range(count))
        rows += [past | {"jumlah": count, "kunci": keys}] if count else []
        rows.append(coming | {"jumlah": 20_000, "kunci": draw.randrange(2**40)})
    return made(pl.DataFrame(rows, TEMPLATE.schema), NONE_DELIVERED, LATE)


TEMPLATE = worlds.cube(worlds.persons(1, day=LATE))
SOURCES = [pytest.param(delivered, "ganda", id="owner"), pytest.param(counted, "bup_lampau", id="cells")]


def persons(figures: pl.DataFrame, indicator: str, agency: str) -> int:
    """What an attacker makes of a share and its base: the failing records as they were rounded; 0 where hidden."""
    row = figures.row(by_predicate=(pl.col("instansi") == agency) & (pl.col("indikator") == indicator), named=True)
    return round(row["nilai"] * row["dasar"]) if row["nilai"] is not None else 0


def residual_of_nation(figures: pl.DataFrame, indicator: str) -> int:
    return persons(figures, indicator, NATION) - persons(figures, indicator, SHOWN)


def assert_in_doubt(found: Sequence[tuple[int, int]], *, ruled_out: Callable[[int], set[int]]) -> None:
    """No difference that is seen often rules out more than these residuals of 0..5; the best guess is right in 55 % at most."""
    behind: dict[int, Counter[int]] = defaultdict(Counter)
    for residual, difference in found:
        behind[difference][residual] += 1
    often = {difference: set(counts) for difference, counts in behind.items() if counts.total() >= OFTEN * len(found)}
    assert len(often) >= 2
    assert often == {difference: {*range(6)} - ruled_out(difference) for difference in often}
    assert sum(max(counts.values()) for counts in behind.values()) / len(found) <= 0.55


def each_residual(seed: str) -> Iterator[tuple[int, int, random.Random]]:
    """Every residual 0..5 equally often, a count to hide behind, and a draw for what else is in the snapshot."""
    draw = random.Random(seed)
    for i in range(6 * PER_RESIDUAL):
        yield i % 6, draw.randrange(40, 2_000), draw


@pytest.mark.parametrize(("figures", "indicator"), SOURCES)
def test_the_nation_less_the_shown_agencies_does_not_tell_the_hidden_one(figures: Figures, indicator: str) -> None:
    """Two agencies only, so that nothing else blurs the difference.

    By the cells, nation and agency are the very same persons where nobody is hidden, and look alike; that shows somebody is
    there, as in every table of the release, and not how many.
    """
    found = []
    for residual, count, draw in each_residual(f"nation-{indicator}"):
        both = figures({SHOWN: count, HIDDEN: residual}, draw)
        found.append((residual, residual_of_nation(both, indicator)))
    same = {0} if figures is counted else set()
    assert_in_doubt(found, ruled_out=lambda difference: same if difference else set())


@pytest.mark.parametrize(("figures", "indicator"), SOURCES)
def test_a_snapshot_less_the_one_before_does_not_tell_who_was_added(figures: Figures, indicator: str) -> None:
    """That something changed is no secret: what stays as it was keeps its figure. How many were added is one."""
    found = []
    for residual, count, draw in each_residual(f"time-{indicator}"):
        seed = draw.random()  # those who stay keep their keys
        before, after = (figures({SHOWN: n}, random.Random(seed)) for n in (count, count + residual))
        found.append((residual, persons(after, indicator, SHOWN) - persons(before, indicator, SHOWN)))
    assert_in_doubt(found, ruled_out=lambda difference: {0} if difference else set())


@pytest.mark.parametrize(("figures", "indicator"), SOURCES)
def test_the_mean_over_many_snapshots_does_not_tell_a_hidden_agency_that_stays(
    figures: Figures, indicator: str
) -> None:
    """Worst case: the hidden agency never changes, the only other one moves on every date."""
    draw, found = random.Random(f"mean-{indicator}"), []
    for i in range(120):
        residual, seen = i % 6, []
        for _snapshot in range(SNAPSHOTS):
            failing = {SHOWN: draw.randrange(40, 2_000), HIDDEN: residual}
            seen.append(residual_of_nation(figures(failing, draw), indicator))
        found.append((residual, min(5, max(0, round(sum(seen) / SNAPSHOTS)))))
    assert sum(residual == guess for residual, guess in found) / len(found) <= 0.55
