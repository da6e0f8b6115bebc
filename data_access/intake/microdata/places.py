"""Agencies and provinces of an export: by the owner's reference of ids, by codes of the contract, or by name."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from data_access.contract import Level
from data_access.contract.load import FOLDER
from data_access.errors import Rejected
from data_access.intake.labels import index, normal
from data_access.intake.microdata.arrays import EMPTY, UNKNOWN
from data_access.intake.microdata.codes import dataset, source_codes
from data_access.words import mark as _

REGIONS = FOLDER / "kode" / "wilayah.csv"
COLUMNS = ("id", "kode")
# Ids of places of work in the system of Kemendagri: 33, 3374, 33.74, 33.74.01.2003. Other ids (SIASN's own are 32 hexadecimal
# digits) may begin with two digits by chance and tell nothing.
KEMENDAGRI = re.compile(r"(\d\d)(?:\.?\d\d){0,2}(?:\.?\d{4})?")
OFFICE = re.compile(r"^pemerintah (?:daerah )?")
KIND = re.compile(r"^(?:provinsi|kabupaten|kota(?: administrasi)?) ")


def read_reference(file: Path) -> dict[str, str]:
    """Id -> code of an agency or a province, from the CSV of the owner (columns id, kode). Rejected names rows, not values."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            if not set(COLUMNS) <= set(reader.fieldnames or ()):
                raise Rejected(
                    "reference-columns", _("Acuan instansi {file} harus berkolom id dan kode."), file=file.name
                )
            rows = [(reader.line_num, row["id"] or "", row["kode"] or "") for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error):
        raise Rejected("reference-unreadable", _("Acuan instansi {file} tidak dapat dibaca."), file=file.name) from None
    known = {*dataset().levels["instansi"].by_code, *dataset().levels["provinsi"].by_code}
    wrong = [line for line, id_, code in rows if code.strip() not in known or not id_.strip()]
    if wrong:
        template = _("Acuan instansi {file}: kode tidak dikenal atau id kosong pada baris {rows}.")
        raise Rejected("reference-code", template, file=file.name, rows=", ".join(map(str, wrong[:10])))
    return {normal(id_): code.strip() for _line, id_, code in rows}


@dataclass(frozen=True)
class Places:
    """Forms of ids and names -> ordinals of the contract; only codes that are valid on the day."""

    agencies: dict[str, int]
    provinces: dict[str, int]
    by_id: dict[str, str] = field(default_factory=dict)

    def agency(self, id_: str, name: str) -> int:
        """Ordinal of `instansi`, EMPTY or UNKNOWN."""
        if not id_ and not name:
            return EMPTY
        given = normal(self.by_id.get(normal(id_), ""))
        for form in (given, normal(id_), normal(name), OFFICE.sub("", normal(name))):
            if form and form in self.agencies:
                return self.agencies[form]
        return UNKNOWN

    def province(self, id_: str, name: str) -> int:
        """Ordinal of `provinsi`, EMPTY or UNKNOWN."""
        if not id_ and not name:
            return EMPTY
        coded = KEMENDAGRI.fullmatch(id_)
        given = self.by_id.get(normal(id_), "")
        for form in (given, coded[1] if coded else "", normal(name), KIND.sub("", normal(name))):
            if form and form in self.provinces:
                return self.provinces[form]
        return UNKNOWN


def places(day: date, by_id: dict[str, str]) -> Places:
    """What names places on `day`."""
    instansi, provinsi = dataset().levels["instansi"], dataset().levels["provinsi"]
    offices = index(instansi) | source_codes().agencies
    short = _unique((OFFICE.sub("", form), code) for form, code in offices.items())
    regions = _unique((form, code) for name, code in _regions() for form in (name, KIND.sub("", name)))
    named = regions | index(provinsi) | source_codes().provinces
    return Places(_valid(instansi, short | offices, day), _valid(provinsi, named, day), by_id)


def _valid(level: Level, forms: dict[str, str], day: date) -> dict[str, int]:
    return {form: level.ordinal[code] for form, code in forms.items() if level.by_code[code].valid_on(day)}


def _regions() -> list[tuple[str, str]]:
    """Normal names of provinces, regencies and cities with the province they lie in."""
    with REGIONS.open(encoding="utf-8", newline="") as handle:
        return [(normal(row["nama"]), row["kode_provinsi"]) for row in csv.DictReader(handle)]


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Forms that mean one code only."""
    found: dict[str, set[str]] = {}
    for form, code in pairs:
        found.setdefault(form, set()).add(code)
    return {form: next(iter(codes)) for form, codes in found.items() if len(codes) == 1}
