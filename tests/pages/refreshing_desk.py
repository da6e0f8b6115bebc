"""The desk of the data team: the office of a world served to the pages, with the worker at the hand of the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.intake.manifest import NAME, sha256
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


def arrived(desk: Office, folder: Path, name: str = "") -> AppTest:
    """The page once the only file of a folder below `incoming` has arrived, perhaps under another name."""
    (folder / NAME).unlink()
    (file,) = folder.iterdir()
    file = file.rename(folder / (name or file.name))
    at = tab(token(desk.world, TEAM))
    at.session_state["asn_uploaded"] = {
        "folder": folder.name,
        "name": file.name,
        "size": file.stat().st_size,
        "sha256": sha256(file),
    }
    return opened(at, REFRESH)
