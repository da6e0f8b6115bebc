"""Which combinations of levels a release may hold: the fixed lattice, from the contract alone (disclosure rules)."""

from dataclasses import dataclass
from itertools import combinations, product

from data_access.contract import Dataset, Level


@dataclass(frozen=True)
class Combination:
    """One set of levels, one per dimension, in the contract's order. `public` cells are stored exact."""

    levels: tuple[str, ...]
    public: bool = False

    @property
    def name(self) -> str:
        return " × ".join(self.levels) or "total"


def wanted(dataset: Dataset) -> list[Combination]:
    """Every combination that the lattice asks for, before the sparsity rule: public ones first, then by size.

    Those of an exact dataset are all public. None leaves out a level whose codes are never added up.
    """
    public = [Combination(ordered(dataset, levels), public=True) for levels in dataset.public.all]
    known = {combination.levels for combination in public}
    choices = [[level for level in d.levels if level.lattice == "always"] for d in dataset.dimensions]
    limits = dataset.lattice
    others = [
        Combination(tuple(level.name for level in levels), public=dataset.exact)
        for size in range(limits.max_dims_scoped + 1)
        for dims in combinations([c for c in choices if c], size)
        for levels in product(*dims)
        if _within_limits(dataset, levels)
    ]
    return public + [c for c in others if c.levels not in known]


def coarser(dataset: Dataset, levels: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Stand-ins for a refused combination, finest first: one more level at a time gives way to its fallback."""
    steps = []
    now = levels
    for name in sorted(levels, key=lambda level: -len(dataset.levels[level].codes)):
        above = next((up for up in dataset.ancestry(name) if dataset.levels[up].lattice == "fallback"), None)
        if above is not None:
            now = tuple(above if level == name else level for level in now)
            steps.append(now)
    return [step for step in steps if _within_limits(dataset, tuple(dataset.levels[name] for name in step))]


def ordered(dataset: Dataset, levels: tuple[str, ...] | frozenset[str]) -> tuple[str, ...]:
    """The levels in the contract's order, which is how a combination is named everywhere."""
    return tuple(level for level in dataset.levels if level in levels)


def _within_limits(dataset: Dataset, levels: tuple[Level, ...]) -> bool:
    size, names = len(levels), {level.name for level in levels}
    if not names >= set(dataset.apart):
        return False
    # The limit of a level keeps cells of persons well filled.
    if not dataset.exact and any(size > level.max_dims for level in levels):
        return False
    return size <= dataset.lattice.max_dims or bool(names & set(dataset.lattice.scoping))
