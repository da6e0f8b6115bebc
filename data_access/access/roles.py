"""The roles of `roles.yaml`, checked against the contract when they are read; an unreadable file means no access."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from data_access.contract import Label, contract
from data_access.errors import Misconfigured, Refused
from data_access.governance.registers.model import Right
from data_access.release.policy import POLICY
from data_access.words import mark as _
from data_access.yaml_text import loaded

FILE = Path(__file__).parent / "roles.yaml"
OPEN_TO_ALL = ("data/kamus", "akun/profil")


class DatasetRight(BaseModel):
    """What a role may ask of one dataset."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_dims: int
    levels: tuple[str, ...] | Literal["all"]
    rows: str | None = None


class Role(BaseModel):
    """One role: its rights and the sentence that gives the reason for them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Label
    reason: Label
    pages: tuple[str, ...]
    export: bool
    export_quality: bool
    refresh: bool
    registers: Right
    member: bool = False
    second_factor: Literal["required", "optional"] = "required"
    datasets: dict[str, DatasetRight]

    def needs_second_factor(self, policy: Literal["off", "roles", "all"]) -> bool:
        """Whether an account of this role must have a second factor under the setting `second_factor`."""
        return policy == "all" or (policy == "roles" and self.second_factor == "required")

    def shut(self) -> "Role":
        """The role of somebody who has to do something first: no page at all."""
        return self.without_data().model_copy(update={"pages": ()})

    def without_data(self) -> "Role":
        """The role of somebody who may be here and see nothing yet: own profile and dictionary."""
        pages = tuple(page for page in self.pages if page in OPEN_TO_ALL)
        return self.model_copy(
            update={
                "pages": pages,
                "datasets": {},
                "registers": "none",
                "export": False,
                "export_quality": False,
                "refresh": False,
            }
        )


class Roles(BaseModel):
    """All roles, with the hash of their file as the policy version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    roles: dict[str, Role]
    sha256: str

    @model_validator(mode="after")
    def _levels_are_in_the_contract(self) -> Self:
        for name, role in self.roles.items():
            for dataset, right in role.datasets.items():
                known = contract().datasets[dataset].levels
                named = {*(() if right.levels == "all" else right.levels), *([right.rows] if right.rows else [])}
                unknown = sorted(named - set(known))
                if unknown:
                    raise ValueError(f"role {name}: unknown levels {unknown}")
                above = set(contract().datasets[dataset].ancestry(right.rows)) - {right.rows} if right.rows else set()
                if (right.levels == "all" and above) or above & set(right.levels):
                    raise ValueError(f"role {name}: {sorted(above)} would show a part of a place under its whole name")
        return self


def roles(file: Path = FILE) -> Roles:
    """The roles as the file says now; Misconfigured if it is missing or wrong, so that nobody sees anything."""
    try:
        state = file.stat()
    except OSError as error:
        raise _unreadable() from error
    return _read(file, state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int, _size: int, _inode: int) -> Roles:
    try:
        content = file.read_bytes()
        return Roles.model_validate(loaded(content) | {"sha256": hashlib.sha256(content).hexdigest()})
    except (OSError, ValueError, KeyError, TypeError) as error:  # no such day: ValueError
        raise _unreadable() from error


def _unreadable() -> Misconfigured:
    template = _("Daftar peran tidak terbaca; data tidak ditampilkan. Hubungi administrator.")
    return Misconfigured("roles-unreadable", template)


def policy_version() -> str:
    """Version of the rules in force (roles and disclosure), as the audit names it."""
    return f"{roles().sha256[:12]}/{POLICY.version}"


def role(name: str) -> Role:
    """The role of that name; Refused if there is none."""
    known = roles().roles
    if name not in known:
        raise Refused("role-unknown", _("Peran {name} tidak dikenal. Hubungi administrator."), name=name)
    return known[name]
