"""Reads the contract's YAML and code lists once and checks them; a mistake in them stops the start."""

import csv
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from data_access.contract.model import Contract, Dataset

FOLDER = Path(__file__).parent
VERSIONS = "perubahan.yaml"
CODE_FIELDS = ("code", "id", "en", "parent", "midpoint", "valid_from")


@lru_cache(maxsize=1)
def contract() -> Contract:
    """The contract in force, read from the files beside this module."""
    return read_contract(FOLDER)


def read_contract(folder: Path) -> Contract:
    """The contract of a folder; pydantic's ValidationError names what is wrong."""
    files = sorted(folder.glob("*.yaml"))
    datasets = [read_dataset(file) for file in files if file.name != VERSIONS]
    return Contract.model_validate(
        {
            # Who is there before what happened.
            "datasets": {one.name: one for one in sorted(datasets, key=lambda one: (one.time == "flow", one.name))},
            "versions": yaml.safe_load((folder / VERSIONS).read_text("utf-8")),
            "sha256": _hash([*files, *sorted((folder / "kode").glob("*.csv"))]),
        }
    )


def read_dataset(file: Path) -> Dataset:
    """One dataset of the contract; pydantic's ValidationError names what is wrong."""
    raw = yaml.safe_load(file.read_text("utf-8"))
    raw["dimensions"] = [found for entry in raw["dimensions"] for found in _dimensions(entry, file.parent)]
    for dimension in raw["dimensions"]:
        for level in dimension["levels"]:
            level["codes"] = _codes(level["codes"], file.parent)
    return Dataset.model_validate(raw)


def _dimensions(entry: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    """A dimension, or those that `{of: dataset, dimensions: [names]}` takes over as they stand there."""
    if "of" not in entry:
        return [entry]
    there = yaml.safe_load((folder / f"{entry['of']}.yaml").read_text("utf-8"))["dimensions"]
    known = {dimension["name"]: dimension for dimension in there}
    return [known[name] for name in entry["dimensions"]]


def _codes(source: Any, folder: Path) -> list[dict[str, Any]]:
    if isinstance(source, list):
        return [_code(row) for row in source]
    if "file" in source:
        with (folder / source["file"]).open(encoding="utf-8", newline="") as handle:
            return [_code(row) for row in csv.DictReader(handle)]
    return _years(*source["years"], step=source["step"])


def _code(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a code list as fields of `Code`; the English label is the Indonesian one where it is a name."""
    known = {k: row[k] for k in ("code", "parent", "midpoint", "valid_from") if row.get(k)}
    extra = {k: v for k, v in row.items() if k not in CODE_FIELDS and v}
    return known | {"label": {"id": row["id"], "en": row.get("en") or row["id"]}, "attributes": extra}


def _years(first: int, last: int, *, step: int) -> list[dict[str, Any]]:
    """Codes of a year level: single years under their five-year group, or the groups themselves."""
    if step == 1:
        return [_code({"code": str(y), "id": str(y), "parent": _group(y, first, 5)}) for y in range(first, last + 1)]
    starts = range(first, last + 1, step)
    return [_code({"code": _group(y, first, step), "id": f"{y}–{y + step - 1}"}) for y in starts]


def _group(year: int, first: int, step: int) -> str:
    start = first + (year - first) // step * step
    return f"{start}-{start + step - 1}"


def _hash(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
