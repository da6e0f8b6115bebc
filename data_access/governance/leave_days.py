"""Cuti bersama by year, each with the decree that fixes it: the file beside this module, and what an operator adds to it."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from data_access.contract.model import Value
from data_access.errors import Misconfigured
from data_access.settings import settings
from data_access.words import mark as _
from data_access.yaml_text import loaded

FILE = Path(__file__).parent / "cuti-bersama.yaml"


class LeaveYear(Value):
    """The cuti bersama of one year. `decree` names the joint decree (SKB) in force, `source` where it can be read."""

    decree: str = Field(min_length=1)
    signed: date
    source: str = Field(min_length=1)
    days: tuple[date, ...]


class LeaveRegister(Value):
    """All years whose decree is known."""

    years: dict[int, LeaveYear]

    @model_validator(mode="after")
    def _days_belong_to_their_year(self) -> Self:
        for year, held in self.years.items():
            if any(day.year != year for day in held.days) or len(set(held.days)) != len(held.days):
                raise ValueError(f"cuti bersama {year}: a day of another year, or one that stands twice")
        return self


def leave_years() -> dict[int, LeaveYear]:
    """Every year that is held; Misconfigured if a file is missing, unreadable or wrong.

    A year in the file of the setting `cuti_bersama` replaces the year that comes with the product.
    """
    added = settings().cuti_bersama
    return _held(FILE) | (_held(added) if added else {})


def _held(file: Path) -> dict[int, LeaveYear]:
    try:
        state = file.stat()
    except OSError as error:
        raise _unreadable(file) from error
    return _read(file, state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int, _size: int, _inode: int) -> dict[int, LeaveYear]:
    try:
        return LeaveRegister.model_validate(loaded(file.read_text("utf-8"))).years
    except (OSError, ValueError) as error:
        raise _unreadable(file) from error


def _unreadable(file: Path) -> Misconfigured:
    template = _(
        "Daftar cuti bersama keliru atau tidak terbaca, sehingga hari kerja tidak dapat dihitung. "
        "Periksa {file} (ASN_CUTI_BERSAMA)."
    )
    return Misconfigured("leave-unreadable", template, file=file.name)
