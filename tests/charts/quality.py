"""Quality figures made by hand for chart and report tests. Codes come from the contract."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from data_access.access.quality import Quality
from data_access.access.result import State
from data_access.release import quality_file

FIRST, MIDDLE, LAST = date(2024, 6, 30), date(2024, 12, 31), date(2025, 6, 30)
HIDDEN = 0.7777777  # what a broken publishing step might leave behind a suppressed share
Cells = Mapping[tuple[date, str, str], float | State]


def made(cells: Cells, *, base: int | None = 1_000) -> Quality:
    """Quality of three dates; `cells` are (date, agency, indicator) -> share, or SUPPRESSED."""
    rows = [
        (day, agency, key, HIDDEN if isinstance(value, State) else value, base, _state(value))
        for (day, agency, key), value in cells.items()
    ]
    frame = pl.DataFrame(rows, schema=quality_file.SCHEMA, orient="row")
    return Quality("pegawai", frame, (FIRST, MIDDLE, LAST), "0007", example=True, sha256="0" * 64)


def _state(value: float | State) -> str:
    return (value if isinstance(value, State) else State.SHOWN).value
