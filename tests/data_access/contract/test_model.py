"""Each rule of the contract's model refuses what breaks it; levels refine, map and are carried as the files say."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from data_access.contract import Code, Dataset, Label
from tests.world import dataset

LABEL = {"id": "x", "en": "x"}


def code(name: str, **more: object) -> dict[str, Any]:
    return {"code": name, "label": LABEL, **more}


def level(name: str, codes: list[dict[str, Any]], **more: object) -> dict[str, Any]:
    return {"name": name, "label": LABEL, "definition": LABEL, "codes": codes, **more}


def described(**changes: object) -> dict[str, Any]:
    """A small sound dataset: cities in regions, and sex."""
    region = level("region", [code("A"), code("B")])
    city = level("city", [code("a1", parent="A"), code("b1", parent="B")], parent="region", delivered=True)
    sex = level("sex", [code("L"), code("P")], delivered=True)
    sound: dict[str, Any] = {
        "name": "small",
        "version": "1",
        "label": LABEL,
        "owner": "kedua",
        "unit": LABEL,
        "measure": "jumlah",
        "disclosure": "cell-key",
        "active": LABEL,
        "lattice": {"max_dims": 2, "scoping": ["city"], "max_dims_scoped": 3},
        "dimensions": [
            {"name": "place", "label": LABEL, "sensitivity": "rendah", "levels": [region, city]},
            {"name": "sex", "label": LABEL, "sensitivity": "rendah", "levels": [sex]},
        ],
    }
    return sound | changes


def dimensions(*levels: dict[str, Any]) -> dict[str, Any]:
    return {"dimensions": [{"name": "d", "label": LABEL, "sensitivity": "rendah", "levels": list(levels)}]}


CITY = level("city", [code("a1")], delivered=True)
BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("a code twice", dimensions(level("city", [code("a"), code("a")], delivered=True)), "listed twice"),
    ("no parent level", dimensions(level("city", [code("a", parent="A")], parent="region", delivered=True)), "no parent"),
    (
        "parent listed below its child",
        dimensions(level("city", [code("a", parent="A")], parent="region", delivered=True), level("region", [code("A")])),
        "no parent",
    ),
    (
        "code without a parent",
        dimensions(level("region", [code("A")]), level("city", [code("a")], parent="region", delivered=True)),
        "no parent",
    ),
    (
        "code under an unknown parent",
        dimensions(level("region", [code("A")]), level("city", [code("a", parent="Z")], parent="region", delivered=True)),
        "no parent",
    ),
    ("a level name twice", dimensions(CITY, CITY), "used twice"),
    ("a level that nothing carries", dimensions(level("region", [code("A")]), CITY), "follows from no delivered"),
    ("public names an unknown level", {"public": {"national": [["gaji"]]}}, "unknown levels"),
    ("public by place names an unknown level", {"public": {"by_place": [["city", "gaji"]]}}, "unknown levels"),
    ("scoping names an unknown level", {"lattice": {"max_dims": 2, "scoping": ["x"], "max_dims_scoped": 3}}, "unknown levels"),
    ("a rule names an unknown level", {"impossible": [{"reason": LABEL, "when": {"gaji": ["1"]}}]}, "unknown levels"),
    ("a rule names an unknown code", {"impossible": [{"reason": LABEL, "when": {"sex": ["X"]}}]}, "unknown codes"),
    ("an unknown key", {"catatan": "x"}, "catatan"),
    ("an unknown party", {"owner": "ketiga"}, "owner"),
    ("an unknown protection", {"disclosure": "none"}, "disclosure"),
    ("an unknown sensitivity", {"dimensions": [dimensions(CITY)["dimensions"][0] | {"sensitivity": "?"}]}, "sensitivity"),
    ("no definition", dimensions({key: value for key, value in CITY.items() if key != "definition"}), "definition"),
    ("no label in English", {"label": {"id": "x"}}, "en"),
    ("an unknown use of a level", dimensions(level("city", [code("a")], delivered=True, lattice="sometimes")), "lattice"),
]  # fmt: skip


def test_the_sound_example_is_sound() -> None:
    assert list(Dataset.model_validate(described()).levels) == ["region", "city", "sex"]


@pytest.mark.parametrize(("name", "change", "told"), BROKEN, ids=[b[0] for b in BROKEN])
def test_a_broken_contract_is_refused_and_the_fault_named(name: str, change: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Dataset.model_validate(described(**{"lattice": {"max_dims": 1, "scoping": [], "max_dims_scoped": 1}} | change))
    assert told in str(caught.value)


REFINES = [
    ("provinsi", "kanreg", True, "one step up"),
    ("jenjang", "sifat_jabatan", True, "two steps up"),
    ("provinsi", "provinsi", True, "itself"),
    ("kanreg", "provinsi", False, "not downwards"),
    ("umur_5", "generasi", False, "same dimension, another line"),
    ("provinsi", "status", False, "another dimension"),
]


@pytest.mark.parametrize(("fine", "coarse", "answer", "why"), REFINES, ids=[r[3] for r in REFINES])
def test_a_level_refines_itself_and_those_above_it(fine: str, coarse: str, answer: bool, why: str) -> None:
    assert dataset().refines(fine, coarse) is answer


def test_a_mapping_goes_through_every_level_between() -> None:
    assert dataset().mapping("jenjang", "sifat_jabatan")["jpt_utama"] == "manajerial"
    assert dataset().mapping("instansi", "kelompok_instansi")["KM01"] == "pusat"
    assert dataset().mapping("status", "status") == {c: c for c in ("PNS", "CPNS", "PPPK", "PPPK-PW")}


def test_a_mapping_covers_every_code_and_hits_every_parent() -> None:
    for fine in dataset().levels.values():
        for coarse in dataset().ancestry(fine.name):
            mapping = dataset().mapping(fine.name, coarse)
            assert set(mapping) == set(fine.by_code)
            assert set(mapping.values()) <= set(dataset().levels[coarse].by_code)


def test_every_level_is_carried_by_a_delivered_one_of_its_dimension() -> None:
    for name in dataset().levels:
        carrier = dataset().carrier(name)
        assert carrier.delivered
        assert dataset().dimension_of[carrier.name] == dataset().dimension_of[name]


@pytest.mark.parametrize(
    ("first", "day", "valid"),
    [
        (None, date(1900, 1, 1), True),
        (date(2022, 7, 25), date(2022, 7, 24), False),
        (date(2022, 7, 25), date(2022, 7, 25), True),
    ],
)
def test_a_code_is_valid_from_its_day_on(first: date | None, day: date, valid: bool) -> None:
    assert Code(code="x", label=Label(id="x", en="x"), valid_from=first).valid_on(day) is valid


def test_public_cells_are_national_ones_and_those_by_place() -> None:
    public = dataset().public
    assert public.all == public.national + public.by_place
    scoping = {"provinsi", "instansi", "kanreg"}
    assert not any(scoping & set(levels) for levels in public.national)
    assert all(scoping & set(levels) for levels in public.by_place)
