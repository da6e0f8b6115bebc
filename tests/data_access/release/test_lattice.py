"""The lattice keeps the limits of the disclosure rules and depends on the contract alone."""

from data_access.release.lattice import coarser, ordered, wanted
from tests.world import dataset

LATTICE = wanted(dataset())
SCOPING = set(dataset().lattice.scoping)


def dims(levels: tuple[str, ...]) -> list[str]:
    return [dataset().dimension_of[level] for level in levels]


def all_stand_ins() -> list[tuple[str, ...]]:
    return [step for combination in LATTICE for step in coarser(dataset(), combination.levels)]


def test_no_combination_is_listed_twice() -> None:
    assert len({combination.levels for combination in LATTICE}) == len(LATTICE)


def test_one_level_of_a_dimension_at_most() -> None:
    for levels in [*(combination.levels for combination in LATTICE), *all_stand_ins()]:
        assert len(set(dims(levels))) == len(levels)


def test_three_dimensions_or_four_with_a_scoping_level() -> None:
    for levels in [*(combination.levels for combination in LATTICE), *all_stand_ins()]:
        assert len(levels) <= 4
        assert len(levels) <= 3 or SCOPING & set(levels)
    assert any(len(combination.levels) == 4 for combination in LATTICE)


def test_a_level_stays_within_its_own_limit() -> None:
    for levels in [*(combination.levels for combination in LATTICE), *all_stand_ins()]:
        assert all(len(levels) <= dataset().levels[level].max_dims for level in levels)
    assert any("instansi" in combination.levels and len(combination.levels) == 3 for combination in LATTICE)


def test_every_set_of_up_to_three_dimensions_is_asked_for() -> None:
    asked = {frozenset(dims(combination.levels)) for combination in LATTICE}
    names = [dimension.name for dimension in dataset().dimensions]
    assert len([s for s in asked if len(s) == 1]) == len(names)
    assert len([s for s in asked if len(s) == 2]) == len(names) * (len(names) - 1) // 2
    assert len([s for s in asked if len(s) == 3]) == len(names) * (len(names) - 1) * (len(names) - 2) // 6


def test_only_always_levels_are_asked_for_except_in_public_books() -> None:
    for combination in LATTICE:
        if not combination.public:
            assert {dataset().levels[level].lattice for level in combination.levels} <= {"always"}


def test_every_public_combination_is_there_and_exact() -> None:
    public = {frozenset(combination.levels) for combination in LATTICE if combination.public}
    assert public == {frozenset(levels) for levels in dataset().public.all}


def test_the_budget_is_kept() -> None:
    assert len(LATTICE) <= 600


def test_stand_ins_go_from_fine_to_coarse_and_end() -> None:
    steps = coarser(dataset(), ("provinsi", "golongan_ruang"))
    assert steps == [("kanreg", "golongan_ruang"), ("kanreg", "golongan")]
    assert coarser(dataset(), ("jenis_kelamin", "umur_5")) == []


def test_a_stand_in_never_loses_its_scoping_level_above_three_dimensions() -> None:
    for levels in (
        ("provinsi", "jenis_kelamin", "umur_5", "tahun_bup"),
        ("jenis_instansi", "provinsi", "jenis_kelamin", "jenjang"),
    ):
        assert all(SCOPING & set(step) for step in coarser(dataset(), levels))


def test_levels_are_named_in_the_contracts_order() -> None:
    assert ordered(dataset(), ("umur_5", "provinsi", "status")) == ("status", "provinsi", "umur_5")
    for combination in LATTICE:
        assert combination.levels == ordered(dataset(), combination.levels)
