"""The demo deliveries, written once per session."""

import polars as pl
import pytest

from data_access.intake.demo import DATES, write_deliveries
from tests.data_access.intake.demo.written import FILE, Written, with_coarser_levels


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    told: list[tuple[str, float]] = []
    folders = write_deliveries(tmp_path_factory.mktemp("demo"), progress=lambda name, share: told.append((name, share)))
    frames = [with_coarser_levels(pl.read_parquet(folder / FILE)) for folder in folders]
    return Written(dict(zip(DATES, folders, strict=True)), dict(zip(DATES, frames, strict=True)), told)
