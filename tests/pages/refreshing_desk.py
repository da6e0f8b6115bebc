"""The desk of the data team: the office of a world served to the pages, with the worker at the hand of the test."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from data_access.refresh.worker import work
from tests.data_access.refresh.conftest import TEAM, Office, office
from tests.ui_world import REFRESH, forget, opened, press, served, tab, token

__all__ = ["desk", "office"]


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The office with its world served to the pages, and the worker left to the test."""
    with served(office.world):
        monkeypatch.setenv("ASN_WORKER", "external")
        forget()
        yield office


def page(desk: Office, account: str = TEAM, language: str = "id") -> AppTest:
    return opened(tab(token(desk.world, account), language=language), REFRESH)


def brought(desk: Office, at: AppTest) -> AppTest:
    """After choosing the newest delivery of the drop folder, as the worker has seen it, and sending it to the check."""
    at.segmented_control(key="refresh_way").set_value("drop").run()
    work(desk.world.settings)
    press(at, "Lihat lagi")
    press(at, "Periksa kiriman")
    return at
