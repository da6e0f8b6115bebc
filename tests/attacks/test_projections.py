"""A projection as a way out: of hidden cells, of places beyond the reach, of formulas in names, of rights that have ended."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from data_access.access.export import Form, exported
from data_access.access.result import State
from data_access.access.viewer import Viewer
from data_access.errors import AsnError, InvalidQuery, Refused
from data_access.governance import saved_views
from data_access.governance.audit import Event
from data_access.projection.band import course, forecast
from data_access.projection.base import MOST_HIDDEN
from data_access.projection.scenario import Scenario
from data_access.state import engine
from reports import csv_file, scenarios, workbook
from reports.table import Table
from tests.charts.factory import HIDDEN
from tests.data_access.projection.made import even, made_base, made_rates
from tests.exporting import PURPOSE, inside, newest, parts, sheet
from tests.ui_world import RETIRING, opened, served, tab, token
from tests.world import FOREIGN, LATE, World, copied
from ui.retiring import asking, sets
from ui.topics.door import Door

FORMULA = '=HYPERLINK("http://x")'


@pytest.fixture
def own(world: World, tmp_path: Path) -> Iterator[World]:
    made = copied(world, tmp_path / "var")
    with served(made):
        yield made
    engine(made.settings.state).dispose()


def starting(viewer: Viewer) -> asking.Start:
    return asking.start(Door(viewer, {}), LATE)


def table_of(start: asking.Start, name: str) -> Table:
    made = course(forecast(start.base, start.rates, Scenario(name=name), 5))
    return scenarios.table({name: made}, title=name, notes=(name,), language="id")


def test_what_lies_behind_a_hidden_cell_moves_no_number() -> None:
    """The factory leaves 7,777,777 behind every hidden cell; nothing of it may be found in any array."""
    start = made_base(
        lambda kind, group, year: State.SUPPRESSED if year % 3 == 0 and kind == "PNS" else even(kind, group, year),
        stock={(kind, group): 9_000 for kind in ("PNS", "PPPK") for group in ("guru", "nakes")},
    )
    made = forecast(start, made_rates(0.01, spread=0.001), Scenario(name="x"), 20)
    found = course(made)
    for values in (found.stock, found.stock_high, found.retired, found.retired_high, found.left):
        assert np.abs(values).max() < HIDDEN / 10
    upwards = (found.retired_high - found.retired) - (found.retired - found.retired_low)
    assert upwards.max() <= MOST_HIDDEN * start.hidden.sum(axis=0).max() * 1.05, (
        "9 persons for each hidden cell, no more"
    )


def test_a_hidden_value_and_another_give_the_same_projection() -> None:
    """Two worlds that differ only in what is hidden cannot be told apart."""
    bases = [
        made_base(
            lambda kind, group, year: State.SUPPRESSED if year == 2027 else even(kind, group, year),
            stock={(kind, group): size for kind in ("PNS", "PPPK") for group in ("guru", "nakes")},
        )
        for size in (3_000, 3_000)
    ]
    one, other = (course(forecast(start, made_rates(0.02), Scenario(name="x"), 10)) for start in bases)
    np.testing.assert_array_equal(one.stock, other.stock)
    np.testing.assert_array_equal(one.retired_high, other.retired_high)


def test_a_limited_viewer_starts_from_own_places_only(own: World) -> None:
    with pytest.raises(AsnError):
        asking.start(Door(own.viewer("wilayah"), {}), LATE)
    with pytest.raises(Refused):
        asking.start(Door(own.viewer("wilayah"), {"provinsi": (FOREIGN,)}), LATE)


def test_forged_choices_of_a_place_open_nothing(own: World) -> None:
    at = tab(token(own, "wilayah"))
    at.session_state["retiring_place"] = FOREIGN
    at.session_state["retiring_place_kept"] = FOREIGN
    at = opened(at, RETIRING)
    assert at.selectbox(key="retiring_place").value != FOREIGN
    assert not at.exception


def test_a_file_wants_the_right_and_a_purpose(own: World) -> None:
    start = starting(own.viewer("tim-data"))
    with pytest.raises(Refused):
        exported(own.viewer("tim-data"), start.base.answers, purpose=PURPOSE, form=Form.CSV, subject="proyeksi")
    analyst = own.viewer("analis")
    with pytest.raises(InvalidQuery):
        exported(analyst, starting(analyst).base.answers, purpose="", form=Form.CSV, subject="proyeksi")
    assert newest(own).decision == "refused"


def test_files_hold_assumptions_and_no_formula(own: World) -> None:
    analyst = own.viewer("analis")
    start = starting(analyst)
    table = table_of(start, FORMULA)
    made = exported(analyst, start.base.answers, purpose=PURPOSE, form=Form.CSV, subject="proyeksi")
    assert made.stem.startswith("proyeksi_")
    assert "proyeksi" in str(newest(own).detail)
    data, told, numbers = parts(csv_file.written(made, "id", table)).values()
    assert "tahun_bup" in data
    assert "Asumsi" in told
    assert "ASN akhir tahun" in numbers
    cells = [cell.strip('"') for line in (told + numbers).splitlines() for cell in line.split(",")]
    assert not [cell for cell in cells if cell.startswith("=")]
    book = workbook.written(made, table, "id")
    assert FORMULA in str(sheet(book, 1)), "as text"
    assert "<f>" not in inside(book), "and nowhere as a formula"


def test_a_kept_set_of_another_role_cannot_be_opened(own: World) -> None:
    state, key = engine(own.settings.state), own.audit_key
    event = Event(action="view-save", decision="allowed", account="analis")
    kept = {"horizon": 10, "scenarios": [Scenario(name="x").model_dump(mode="json")]}
    saved_views.save(state, key, event, name="rahasia", params=kept, role="", page=RETIRING)
    assert saved_views.within_reach(state, "wilayah", "analis_wilayah", RETIRING) == []


def test_shares_of_a_kept_set_that_cannot_be_are_told_not_computed(own: World) -> None:
    at = tab(token(own, "analis"))
    at.session_state[sets.KEPT] = [{"number": 0, "values": {"name": "x", "contract_ends": 9_999.0}}]
    at = opened(at, RETIRING)
    assert not at.exception
    assert any("0%" in str(one.value) for one in at.main.warning)
