"""The shape of the data contract (Lampiran I): datasets, dimensions, levels, codes. Values only; files are read by `load`."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Party = Literal["kesatu", "kedua"]
Sensitivity = Literal["rendah", "sedang", "tinggi"]


class Value(BaseModel):
    """A frozen value that refuses unknown keys, so that a typing error in a policy file is found at start."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(Value):
    id: str
    en: str

    def text(self, language: str) -> str:
        return self.en if language == "en" else self.id


class Code(Value):
    """One member of a level. `attributes` holds further columns of its code list (BPS code, province of an agency)."""

    code: str
    label: Label
    parent: str | None = None
    midpoint: float | None = None
    valid_from: date | None = None
    attributes: dict[str, str] = Field(default_factory=dict)

    def valid_on(self, day: date) -> bool:
        return self.valid_from is None or self.valid_from <= day


class Level(Value):
    """One grain of a dimension; `parent` names the next coarser level, `lattice` says whether releases hold it.

    `definition` says in plain words what it counts, how it is derived and on what legal base.
    """

    name: str
    label: Label
    definition: Label
    codes: tuple[Code, ...]
    parent: str | None = None
    delivered: bool = False
    lattice: Literal["always", "fallback", "never"] = "never"
    max_dims: int = 9
    ordered: bool = False

    @cached_property
    def by_code(self) -> dict[str, Code]:
        return {code.code: code for code in self.codes}

    @cached_property
    def ordinal(self) -> dict[str, int]:
        """Code -> place in the code list: the number that a release stores."""
        return {code.code: i for i, code in enumerate(self.codes)}

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        if len(self.by_code) != len(self.codes):
            raise ValueError(f"level {self.name}: a code is listed twice")
        return self


class Dimension(Value):
    """Levels of one property of a person, coarse to fine."""

    name: str
    label: Label
    sensitivity: Sensitivity
    levels: tuple[Level, ...]

    @model_validator(mode="after")
    def _every_parent_exists(self) -> Self:
        known: dict[str, Level] = {}
        for level in self.levels:
            if level.parent is not None:
                parents = known[level.parent].by_code if level.parent in known else {}
                lost = [code.code for code in level.codes if code.parent not in parents]
                if lost:
                    raise ValueError(f"level {level.name}: no parent in {level.parent} for {lost[:5]}")
            known[level.name] = level
        return self


class ImpossibleRule(Value):
    """A row that matches every level of `when` cannot exist."""

    reason: Label
    when: dict[str, tuple[str, ...]]


class LatticeLimits(Value):
    max_dims: int
    scoping: tuple[str, ...]
    max_dims_scoped: int


class PublicCells(Value):
    """Combinations that are official statistics already: `national` ones, and those that single out a place or agency."""

    national: tuple[tuple[str, ...], ...] = ()
    by_place: tuple[tuple[str, ...], ...] = ()

    @property
    def all(self) -> tuple[tuple[str, ...], ...]:
        return self.national + self.by_place


class Dataset(Value):
    """One logical table of the contract.

    A stock counts who is there at a reference date; a flow counts what happened in the period that ends with it. The codes
    of the levels `apart` count different things and are never added up: every question names one code of each, or crosses it.
    `headline` are the codes of them that stand for the dataset where one number does. `calendar` says how often it comes.
    """

    name: str
    version: str
    label: Label
    owner: Party
    unit: Label
    measure: str
    disclosure: Literal["cell-key", "tidak perlu"]
    active: Label
    excluded: Label | None = None
    time: Literal["stock", "flow"] = "stock"
    calendar: Literal["semester", "tahun"] = "semester"
    lattice: LatticeLimits
    dimensions: tuple[Dimension, ...]
    impossible: tuple[ImpossibleRule, ...] = ()
    public: PublicCells = PublicCells()
    apart: tuple[str, ...] = ()
    headline: dict[str, str] = Field(default_factory=dict)

    @property
    def exact(self) -> bool:
        """Whether all of its cells are exact: it is about posts and institutions, not about persons."""
        return self.disclosure == "tidak perlu"

    def is_public(self, levels: Iterable[str]) -> bool:
        """Whether the cells of a combination are exact and official."""
        return self.exact or set(levels) in [set(combination) for combination in self.public.all]

    @cached_property
    def levels(self) -> dict[str, Level]:
        return {level.name: level for dimension in self.dimensions for level in dimension.levels}

    @cached_property
    def dimension_of(self) -> dict[str, str]:
        """Level name -> name of its dimension."""
        return {level.name: dimension.name for dimension in self.dimensions for level in dimension.levels}

    @cached_property
    def delivered(self) -> tuple[Level, ...]:
        """The levels that a delivery brings as columns."""
        return tuple(level for level in self.levels.values() if level.delivered)

    def ancestry(self, level: str) -> Iterator[str]:
        """The level itself, then each coarser one it follows from."""
        name: str | None = level
        while name is not None:
            yield name
            name = self.levels[name].parent

    def refines(self, fine: str, coarse: str) -> bool:
        return coarse in self.ancestry(fine)

    def mapping(self, fine: str, coarse: str) -> dict[str, str]:
        """Code of `fine` -> code of `coarse` above it (the identity where both are the same level)."""
        codes = {code: code for code in self.levels[fine].by_code}
        for lower, _ in pairwise(self._path(fine, coarse)):
            above = {code.code: str(code.parent) for code in self.levels[lower].codes}
            codes = {code: above[now] for code, now in codes.items()}
        return codes

    def _path(self, fine: str, coarse: str) -> list[str]:
        path = list(self.ancestry(fine))
        return path[: path.index(coarse) + 1]

    def carrier(self, level: str) -> Level:
        """The delivered level from which `level` is derived: the first that refines it."""
        return next(d for d in self.delivered if self.refines(d.name, level))

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        names = [level.name for dimension in self.dimensions for level in dimension.levels]
        if len(names) != len(set(names)):
            raise ValueError("a level name is used twice")
        used = [*self.lattice.scoping, *(n for combo in self.public.all for n in combo)]
        used += [name for rule in self.impossible for name in rule.when] + list(self.apart)
        unknown = sorted(set(used) - set(names))
        if unknown:
            raise ValueError(f"unknown levels: {unknown}")
        for rule in self.impossible:
            for name, codes in rule.when.items():
                lost = sorted(set(codes) - set(self.levels[name].by_code))
                if lost:
                    raise ValueError(f"rule '{rule.reason.id}': unknown codes {lost} of {name}")
        for name in names:
            if not any(self.refines(d.name, name) for d in self.delivered):
                raise ValueError(f"level {name} follows from no delivered level")
        return self

    @model_validator(mode="after")
    def _headline_names_what_is_apart(self) -> Self:
        lost = [name for name, code in self.headline.items() if code not in self.levels[name].by_code]
        if set(self.headline) != set(self.apart) or lost:
            raise ValueError("the headline does not name one code of each level that is apart")
        return self


class Change(Value):
    """One thing that a version of the contract changed; `levels` names the levels it touches (none: the whole dataset).

    `adds`: these levels came with this version, so a grant of an earlier one does not open them (Pasal 12 ayat (2)).
    """

    text: Label
    levels: tuple[str, ...] = ()
    adds: bool = False


class Version(Value):
    """One version of a dataset's part of the contract, the day it was agreed, and what it changed."""

    dataset: str
    version: str
    date: date
    changes: tuple[Change, ...] = Field(min_length=1)


class Contract(Value):
    """All datasets and their versions, newest first, with the hash of the files they were read from."""

    datasets: dict[str, Dataset]
    versions: tuple[Version, ...]
    sha256: str

    def history(self, dataset: str) -> tuple[Version, ...]:
        """The versions of one dataset, newest first."""
        return tuple(version for version in self.versions if version.dataset == dataset)

    def levels_at(self, dataset: str, version: str) -> frozenset[str]:
        """The levels that the dataset had in that version: those of today without what came later; KeyError if there is none."""
        history = self.history(dataset)
        place = {one.version: i for i, one in enumerate(history)}[version]
        later = {level for one in history[:place] for change in one.changes if change.adds for level in change.levels}
        return frozenset(self.datasets[dataset].levels) - later

    @model_validator(mode="after")
    def _shared_levels_are_the_same(self) -> Self:
        """A release numbers the codes of a level once for all datasets, so a shared name must be a shared level."""
        first: dict[str, tuple[Level, str]] = {}
        for dataset in self.datasets.values():
            for name, level in dataset.levels.items():
                if first.setdefault(name, (level, dataset.dimension_of[name])) != (level, dataset.dimension_of[name]):
                    raise ValueError(f"level {name} of {dataset.name} is another one elsewhere")
        return self

    @model_validator(mode="after")
    def _versions_lead_to_today(self) -> Self:
        unknown = sorted({version.dataset for version in self.versions} - set(self.datasets))
        if unknown:
            raise ValueError(f"versions of unknown datasets: {unknown}")
        for name, dataset in self.datasets.items():
            told = self.history(name)
            if not told or told[0].version != dataset.version:
                raise ValueError(f"dataset {name}: the newest version told is not {dataset.version}")
            if len({version.version for version in told}) != len(told):
                raise ValueError(f"dataset {name}: a version is told twice")
            if any(later.date < earlier.date for later, earlier in pairwise(told)):
                raise ValueError(f"dataset {name}: versions are not listed newest first")
            lost = {level for change in told[0].changes for level in change.levels} - set(dataset.levels)
            if lost:
                raise ValueError(f"dataset {name}: the newest version names unknown levels {sorted(lost)}")
        return self
