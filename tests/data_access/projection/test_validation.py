"""The projection of the example against what BKN has published, as docs/projection.md prints it."""

import re
from datetime import date
from pathlib import Path

import pytest

from data_access.access.gateway import Gateway
from data_access.access.query import Query
from data_access.intake.demo import write_deliveries
from data_access.projection.band import Course, course, forecast
from data_access.projection.base import Base, base
from data_access.projection.scenario import Scenario
from data_access.release.publish import publish
from data_access.state import engine
from tests.data_access.projection.made import made_rates
from tests.world import empty_world

DAY = date(2022, 12, 31)
BUP_ONLY = Scenario(name="BUP saja", attrition={"": 0.0})
STRUCTURAL = ("jpt", "administrator", "pengawas", "eselon_v")
PAGE = Path(__file__).parents[3] / "docs" / "projection.md"


@pytest.fixture(scope="module")
def by_position(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """PNS by kind of position, as an analyst is given them."""
    folder = tmp_path_factory.mktemp("validasi")
    made = empty_world(folder / "var")
    publish(write_deliveries(folder / "kiriman", dates=[DAY]), by="test", settings=made.settings, accept_warnings="uji")
    gateway, me = Gateway(made.settings), made.viewer("analis")
    level = "jenis_jabatan"
    stock, leaving = (
        gateway.ask(me, Query("pegawai", by=by, where={"status": ("PNS",)}, periods=(DAY,)))
        for by in ((level,), (level, "tahun_bup"))
    )
    engine(made.settings.state).dispose()
    return base({"PNS": stock}, {"PNS": leaving}, DAY)


def projected(start: Base, *positions: str) -> Course:
    rows = start.rows({"jenis_jabatan": positions}) if positions else None
    return course(forecast(start, made_rates(0.006), BUP_ONLY, 5), rows)


def printed(line: str) -> tuple[int, int]:
    """Published and projected numbers of a line of the page."""
    [row] = [row for row in PAGE.read_text("utf-8").splitlines() if row.startswith(f"| {line} |")]
    published, told = (int(re.sub(r"\D", "", cell)) for cell in row.split("|")[2:4])
    return published, told


@pytest.mark.parametrize(
    ("line", "positions", "years", "tolerance"),
    [
        ("leave in 2023", (), (2023,), 0.002),
        ("leave in 2023–2027", (), (2023, 2024, 2025, 2026, 2027), 0.001),
        ("2024, fungsional", ("fungsional",), (2024,), 0.01),
        ("2024, pelaksana", ("pelaksana",), (2024,), 0.01),
        ("2024, struktural", STRUCTURAL, (2024,), 0.02),
    ],
)
def test_published_retirements(
    by_position: Base, line: str, positions: tuple[str, ...], years: tuple[int, ...], tolerance: float
) -> None:
    found = projected(by_position, *positions)
    persons = sum(found.retired[found.years.index(year)] for year in years)
    band = sum(found.retired_high[found.years.index(year)] - found.retired[found.years.index(year)] for year in years)
    published, told = printed(line)
    assert persons == pytest.approx(published, rel=tolerance)
    # The page sums the years of all positions; here they are summed by position, with noise of their own.
    assert persons == pytest.approx(told, abs=2 * band + 20)
