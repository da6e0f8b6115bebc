"""What a delivery of an exact dataset would change is told for the code that stands for it, never as a sum of stages."""

from pathlib import Path

import polars as pl
import pytest

from data_access.contract import contract
from data_access.intake.demo import write_assessments, write_posts
from data_access.owner import OwnerSettings
from data_access.refresh.difference import differences
from data_access.release.publish import checked, current, publish
from tests.world import World
from tests.yearly import EARLIER, LATER


@pytest.mark.parametrize(("dataset", "write"), [("formasi", write_posts), ("indeks", write_assessments)])
def test_only_what_may_be_added_up_is_added_up(bare_world: World, tmp_path: Path, dataset: str, write: object) -> None:
    settings: OwnerSettings = bare_world.settings
    earlier, later = write(tmp_path, dates=(EARLIER, LATER))  # type: ignore[operator]
    described = contract().datasets[dataset]
    publish([earlier], by="uji", settings=settings, accept_warnings="pertama")
    [report] = checked([later], settings)
    found = differences(described, report.cube, LATER, current(settings), settings)
    frames = [pl.read_parquet(folder / f"{dataset}.parquet") for folder in (earlier, later)]
    headline = pl.all_horizontal(pl.col(level) == code for level, code in described.headline.items())
    assert found["total"] == [frame.filter(headline)["jumlah"].sum() for frame in frames]
    agencies = {code: (before, after) for code, before, after in found["levels"]["instansi"]}
    code = "PV33"
    assert agencies[code] == tuple(frame.filter(headline, instansi=code)["jumlah"].sum() for frame in frames)
    last = described.apart[-1]
    others = pl.all_horizontal(
        pl.lit(value=True), *(pl.col(level) == code for level, code in described.headline.items() if level != last)
    )
    for value, before, after in found["levels"][last]:
        assert [before, after] == [
            frame.filter(others).filter(pl.col(last) == value)["jumlah"].sum() for frame in frames
        ]
