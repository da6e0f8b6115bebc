"""Code lists of the contract as CSV that Excel opens: they describe the data and hold none."""

import csv
import io
from collections.abc import Iterator, Sequence

from data_access.contract import Dataset, Level
from data_access.harmless import MARK, harmless

COLUMNS = ("dataset", "dimensi", "level", "kode", "label_id", "label_en", "induk", "berlaku_sejak")


def one_level(dataset: Dataset, level: Level) -> bytes:
    """The codes of one level in the order of the contract."""
    return _written(list(_rows(dataset, level)))


def all_levels(datasets: Sequence[Dataset]) -> bytes:
    """The codes of every level of every dataset, one after the other."""
    return _written([row for dataset in datasets for level in dataset.levels.values() for row in _rows(dataset, level)])


def file_name(dataset: Dataset, level: Level) -> str:
    """kode-pegawai-provinsi-v1.0.csv."""
    return f"kode-{dataset.name}-{level.name}-v{dataset.version}.csv"


def _rows(dataset: Dataset, level: Level) -> Iterator[tuple[str, ...]]:
    for code in level.codes:
        since = code.valid_from.isoformat() if code.valid_from else ""
        names = (dataset.name, dataset.dimension_of[level.name], level.name)
        yield (*names, code.code, code.label.id, code.label.en, code.parent or "", since)


def _written(rows: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (MARK + text.getvalue()).encode()
