"""Names that stand in the audit record, as words: roles, datasets, reasons, and the filters of a question."""

import json
from typing import Any

from data_access.access.roles import roles
from data_access.access.seen_as import real_and_seen
from data_access.contract import Dataset, contract
from data_access.words import mark as _
from ui.frame import plain
from ui.session import language, t

FEW = 3
REASONS = {
    "dataset-unknown": _("himpunan data di luar hak akses"),
    "level-unknown": _("kolom di luar hak akses"),
    "code-unknown": _("wilayah atau kode di luar hak akses"),
    "measure-unknown": _("ukuran di luar hak akses"),
    "too-many-dimensions": _("terlalu banyak dimensi sekaligus"),
    "combination-not-admitted": _("kombinasi yang tidak diterbitkan"),
    "rows-missing": _("akun tanpa wilayah kerja"),
    "grant-none": _("tidak ada perjanjian atau hak akses yang berlaku"),
    "password-one-time": _("kata sandi sekali pakai belum diganti"),
    "second-factor-missing": _("faktor kedua belum disiapkan"),
    "statement-missing": _("pernyataan kerahasiaan belum ada"),
    "export-role": _("peran tanpa hak unduh"),
    "export-reach": _("unduhan di luar jangkauan"),
    "export-release": _("unduhan dari rilis lama"),
    "purpose-short": _("tujuan unduhan tidak ditulis"),
    "quality-role": _("mutu data di luar hak akses"),
    "period-unknown": _("tanggal acuan yang tidak ada"),
    "filter-empty": _("saringan kosong"),
    "unexpected": _("galat aplikasi"),
}


def role(name: str) -> str:
    """The label of a recorded role; of one who saw the pages as another role, both."""
    real, seen = real_and_seen(name)
    if seen:
        return t(_("{role}, melihat sebagai {seen}"), role=_role(real), seen=_role(seen))
    return _role(real)


def _role(name: str) -> str:
    known = roles().roles
    return known[name].label.text(language()) if name in known else plain(name) or "–"


def dataset(name: str) -> str:
    """The label of a recorded dataset."""
    known = contract().datasets
    return known[name].label.text(language()) if name in known else plain(name)


def reason(key: str) -> str:
    """Why a try was refused, in a few words."""
    return t(REASONS[key]) if key in REASONS else plain(key)


def crossed(asked: str, name: str) -> str:
    """By which columns a recorded question counts; `asked` is the question without its filters."""
    levels = _read(f"{asked}}}").get("by", [])
    return " × ".join(_level(contract().datasets[name], str(level)) for level in levels) or t(_("jumlah seluruhnya"))


def filters(sample: str, name: str) -> str:
    """The filters of a recorded question; as they are recorded where they are too long to have been kept whole."""
    found = _read(sample.removesuffix("}"))
    if not found:
        return plain(sample[:80]) + "…"
    of = contract().datasets[name]
    return "; ".join(f"{_level(of, level)} = {_codes(of, level, codes)}" for level, codes in found.items())


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _level(of: Dataset, level: str) -> str:
    return of.levels[level].label.text(language()) if level in of.levels else plain(level)


def _codes(of: Dataset, level: str, codes: list[str]) -> str:
    known = of.levels[level].by_code if level in of.levels else {}
    named = [known[code].label.text(language()) if code in known else plain(str(code)) for code in codes]
    rest = t(_(" dan {count} lainnya"), count=len(named) - FEW) if len(named) > FEW else ""
    return ", ".join(named[:FEW]) + rest
