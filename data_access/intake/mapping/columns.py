"""Which column of a table is what: by the headings of the mapping, with a word on those that it does not speak of."""

from collections.abc import Iterator
from dataclasses import dataclass

from data_access.errors import Rejected
from data_access.intake.findings import Finding, Proposal
from data_access.intake.labels import normal
from data_access.intake.mapping.candidates import levels_like
from data_access.intake.mapping.model import DATE, IGNORED, Mapping
from data_access.intake.readers.table import Table
from data_access.words import mark as _


@dataclass(frozen=True)
class Columns:
    """Cell columns ("0", "1", …) by what they hold: `targets` -> level or measure, `wide` -> codes of a number, `totals` ->
    codes of the numbers that one adds up."""

    targets: dict[str, str]
    wide: dict[str, dict[str, str]]
    totals: dict[str, dict[str, str]]
    names: dict[str, str]

    def of(self, target: str) -> str | None:
        return next((column for column, found in self.targets.items() if found == target), None)

    @property
    def texts(self) -> list[str]:
        """Columns that hold labels or nothing of interest: where the word for a total may stand."""
        numbers = {*self.wide, *self.totals}
        return [column for column in self.names if column not in numbers and self.targets.get(column) not in NUMBERS]

    def summed(self, total: str) -> list[str]:
        """The wide columns that a column of totals adds up."""
        wanted = self.totals[total].items()
        return [column for column, codes in self.wide.items() if wanted <= codes.items()]


NUMBERS = ("jumlah", "kunci")


def columns_of(table: Table, mapping: Mapping) -> Columns:
    """The columns of a table; Rejected if one that the mapping needs is not there."""
    by_form: dict[str, str] = {}
    for place, name in enumerate(table.names):
        by_form.setdefault(normal(name), str(place))
    optional = (IGNORED, DATE)
    lost = [name for name, target in mapping.columns.items() if normal(name) not in by_form and target not in optional]
    lost += [name for name in mapping.unpivot if normal(name) not in by_form]
    if lost:
        template = _(
            "{file} tidak memuat kolom {columns}. Kolom yang ada: {known}. Periksa judul kolomnya, atau pilih pemetaan lain."
        )
        facts = {"file": table.place, "columns": ", ".join(lost), "known": ", ".join(table.names[:30]) or "-"}
        raise Rejected("columns-missing", template, **facts)
    targets = {by_form[normal(name)]: target for name, target in mapping.columns.items() if normal(name) in by_form}
    wide = {by_form[normal(name)]: codes for name, codes in mapping.unpivot.items()}
    sums = {by_form[normal(name)]: codes for name, codes in mapping.totals.items() if normal(name) in by_form}
    return Columns(targets, wide, sums, {str(place): name for place, name in enumerate(table.names)})


def check_levels(mapping: Mapping) -> None:
    """Rejected if a level or the measure comes from nowhere."""
    lost = mapping.lacking
    if lost:
        template = _(
            "Belum diketahui dari kolom mana {columns} berasal. Pilih kolomnya di tab Pemetaan, "
            "atau beri satu kode yang berlaku untuk semua baris."
        )
        raise Rejected("columns-missing", template, columns=", ".join(lost))


def unmapped(table: Table, mapping: Mapping, columns: Columns) -> Iterator[tuple[Finding, Proposal]]:
    """A warning and close matches for each column that the mapping does not speak of."""
    for column, name in columns.names.items():
        if column in {**columns.targets, **columns.wide, **columns.totals}:
            continue
        candidates = levels_like(mapping.described, name)
        likely = ", ".join(f"{label} ({level})" for level, label, _score in candidates)
        template = _(
            "Kolom {column} tidak ada di pemetaan dan tidak dimuat. Tandai sebagai abaikan bila memang begitu."
        )
        if likely:
            template = _("Kolom {column} tidak ada di pemetaan dan tidak dimuat. Mungkin maksudnya {proposals}.")
        facts: dict[str, object] = {"column": name, "proposals": likely}
        finding = Finding("warning", "column-unmapped", template, facts, table.place, column=name)
        yield finding, Proposal("", name, candidates, table.cells.height)
