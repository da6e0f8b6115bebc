"""The matrix of rights, from `roles.yaml` and the data contract: who may see which column of what, which pages, which files."""

from dataclasses import dataclass

from data_access.access.roles import DatasetRight, Role, roles
from data_access.contract import Dataset, Label, Level, contract
from data_access.contract.model import Sensitivity

# What each role rests on in the agreement; a test says that none is missing.
BASIS = {
    "pimpinan": Label(id="Pasal 1; Pasal 3 ayat (1) huruf a", en="article 1; article 3 (1) a"),
    "analis": Label(id="Pasal 2; Pasal 3 ayat (1) huruf a", en="article 2; article 3 (1) a"),
    "analis_wilayah": Label(
        id="Pasal 3 ayat (1) huruf a; Pasal 9 ayat (2): tidak lebih dari yang diperlukan",
        en="article 3 (1) a; article 9 (2): no more than is needed",
    ),
    "tim_data": Label(
        id="Pasal 3 ayat (2) huruf a dan ayat (4) huruf a; Pasal 9 ayat (9)",
        en="article 3 (2) a and (4) a; article 9 (9)",
    ),
    "tim_teknis": Label(
        id="Pasal 3 ayat (1) dan (3) huruf c; Pasal 4 ayat (3)", en="article 3 (1) c and (3) c; article 4 (3)"
    ),
    "admin": Label(id="Pasal 9 ayat (2) dan (9)", en="article 9 (2) and (9)"),
}


@dataclass(frozen=True)
class ColumnRight:
    """One column of a dataset: its level, how sensitive it is, and the names of the roles that may use it."""

    level: Level
    sensitivity: Sensitivity
    roles: frozenset[str]


def right_of(role: Role, dataset: str) -> DatasetRight | None:
    """What a role may ask of a dataset; None for nothing."""
    return role.datasets.get(dataset)


def has(right: DatasetRight | None, level: str) -> bool:
    """Whether a right includes a level."""
    return right is not None and (right.levels == "all" or level in right.levels)


def column_rights(dataset: str) -> list[ColumnRight]:
    """The columns of a dataset in the order of the contract, each with the roles that may use it."""
    described = contract().datasets[dataset]
    return [
        ColumnRight(level, sensitivity_of(described, level.name), _roles_with(dataset, level.name))
        for level in described.levels.values()
    ]


def sensitivity_of(dataset: Dataset, level: str) -> Sensitivity:
    """How sensitive the dimension of a level is."""
    return next(one.sensitivity for one in dataset.dimensions if one.name == dataset.dimension_of[level])


def withheld(right: DatasetRight, dataset: str) -> list[ColumnRight]:
    """The columns of a dataset that a right leaves out."""
    return [one for one in column_rights(dataset) if not has(right, one.level.name)]


def page_rights() -> dict[str, frozenset[str]]:
    """Page -> the roles that find it."""
    every = dict.fromkeys(page for role in roles().roles.values() for page in role.pages)
    return {page: frozenset(name for name, role in roles().roles.items() if page in role.pages) for page in every}


def _roles_with(dataset: str, level: str) -> frozenset[str]:
    return frozenset(name for name, role in roles().roles.items() if has(right_of(role, dataset), level))
