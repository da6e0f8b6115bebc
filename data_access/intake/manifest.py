"""The manifest of a canonical delivery: what is delivered, by whom, for which date, with hashes and totals."""

import hashlib
import os
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data_access.contract import Party
from data_access.errors import Rejected
from data_access.folders import file_mode
from data_access.words import mark as _
from data_access.yaml_text import loaded

NAME = "manifest.yaml"
BLOCK = 1 << 20
LARGEST = 100_000  # bytes


class Manifest(BaseModel):
    """`rows` counts the rows of all files together, `total` is the sum of the measure, `example` marks DATA CONTOH.

    `since` is the last day before the period of a flow, None for a stock. `rows` and `total` are None where the sender
    claims nothing (a file typed by hand); then nothing can be compared. `files` and `quality` map file names to their
    SHA-256. `mapping` names the file beside the manifest that says how the columns and labels of the source become
    levels and codes; empty if the files are canonical already. `quality` are the findings about the persons behind the
    cube that the owner's aggregation counted (see `intake.microdata`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    dataset: str
    reference_date: date
    since: date | None = None
    owner: Party
    contract: str
    active: str = Field(min_length=1)
    rows: int | None = Field(default=None, ge=0)
    total: int | None = Field(default=None, ge=0)
    example: bool = False
    files: dict[str, str] = Field(min_length=1)
    mapping: str = ""
    quality: dict[str, str] = Field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the delivery in `folder`; Rejected if it is missing, unreadable or incomplete."""
    try:
        return Manifest.model_validate(loaded(_content(folder / NAME)))
    except FileNotFoundError as error:
        raise Rejected("manifest-missing", _("Kiriman tidak lengkap: {name} tidak ada."), name=NAME) from error
    except ValidationError as error:
        fields = ", ".join(sorted({str(e["loc"][0]) if e["loc"] else "-" for e in error.errors()}))
        template = _(
            "Keterangan kiriman (manifest.yaml) tidak lengkap atau keliru pada: {fields}. Perbaiki, lalu kirim ulang."
        )
        raise Rejected("manifest-invalid", template, fields=fields) from error
    except (OSError, ValueError) as error:  # ValueError: no text, or a day that does not exist
        raise Rejected(
            "manifest-unreadable",
            _("Keterangan kiriman (manifest.yaml) tidak dapat dibaca. Buat ulang, lalu kirim lagi."),
        ) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest last, so that a half-written delivery has none."""
    content = yaml.safe_dump(manifest.model_dump(mode="json"), sort_keys=False, allow_unicode=True)
    (folder / NAME).write_text(content, "utf-8")
    (folder / NAME).chmod(file_mode(folder))


def _content(file: Path) -> str:
    """What a manifest holds. No link is followed, for it could point at anything that this account may read."""
    # Not blocking: a pipe without a writer would never open.
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as handle:
        content = handle.read(LARGEST + 1) or b""
    if len(content) > LARGEST:
        raise Rejected("manifest-large", _("manifest.yaml lebih besar daripada batas {limit} bita."), limit=LARGEST)
    return content.decode("utf-8")


def sha256(file: Path) -> str:
    """Hexadecimal SHA-256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with file.open("rb") as handle:
        while block := handle.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
