"""Quality figures as a file: with the right, for a purpose, recorded first; in no other way, whatever the browser sends."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from data_access.access import quality as door
from data_access.access.roles import FILE, roles
from data_access.access.viewer import Viewer
from data_access.errors import InvalidQuery, Refused
from data_access.governance import sessions
from data_access.state import engine
from tests.exporting import PURPOSE, count, newest, parts
from tests.quality_world import with_quality
from tests.ui_world import QUALITY, end_agreement, opened, served, set_account, tab, token
from tests.world import World, copied
from ui.quality import export as page
from ui.session import Bearer

ACTION = door.EXPORT


@pytest.fixture(scope="module")
def measured(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = with_quality(copied(world, tmp_path_factory.mktemp("mutu") / "var"))
    with served(made):
        yield made
    engine(made.settings.state).dispose()


@pytest.fixture
def own(world: World, tmp_path: Path) -> Iterator[World]:
    made = with_quality(copied(world, tmp_path / "var"))
    with served(made):
        yield made
    engine(made.settings.state).dispose()


@pytest.fixture
def withheld(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An installation whose technical team may read quality figures, not take them along."""
    known = yaml.safe_load(FILE.read_text("utf-8"))
    known["roles"]["tim_teknis"]["export_quality"] = False
    (tmp_path / "roles.yaml").write_text(yaml.safe_dump(known), "utf-8")
    monkeypatch.setattr(roles, "__defaults__", (tmp_path / "roles.yaml",))


def taking(world: World, name: str = "tim-teknis", *, right: bool = True) -> Viewer:
    viewer = world.viewer(name)
    return replace(viewer, role=viewer.role.model_copy(update={"export_quality": right}))


def take(viewer: Viewer, purpose: str = PURPOSE) -> door.QualityExport:
    return door.exported(viewer, "pegawai", "validitas", purpose=purpose)


@pytest.mark.parametrize("account", ["tim-data", "tim-teknis", "pimpinan", "analis", "pengelola"])
def test_the_page_or_the_right_alone_gives_no_file(measured: World, account: str) -> None:
    with pytest.raises(Refused) as caught:
        take(taking(measured, account, right=account in ("pimpinan", "analis", "pengelola")))
    reading = account in ("tim-data", "tim-teknis")
    assert caught.value.reason == ("export-role" if reading else "quality-role")
    event = newest(measured, ACTION)
    assert (event.decision, event.account, event.reason) == ("refused", account, caught.value.reason)
    assert json.loads(event.detail or "") == {"purpose": PURPOSE}


@pytest.mark.parametrize(
    "purpose", ["", "          ", "123456789012345", "rapat", "x" * 301, "bahan rapat\u202eformasi 2026"]
)
def test_no_purpose_no_file(measured: World, purpose: str) -> None:
    with pytest.raises(InvalidQuery):
        take(taking(measured), purpose)
    assert newest(measured, ACTION).decision == "refused"


def test_the_record_stands_before_the_file_and_names_its_purpose(measured: World) -> None:
    before = count(measured, ACTION)
    made = take(taking(measured), f"  {PURPOSE}  ")
    assert count(measured, ACTION) == before + 1
    event = newest(measured, ACTION)
    assert (event.decision, event.account, event.release) == ("allowed", "tim-teknis", made.quality.release)
    assert json.loads(event.detail or "") == {"purpose": PURPOSE}
    session = token(measured, "tim-teknis")
    data, told = parts(page.content(made, Bearer(session, "10.0.0.7"), "id")).values()
    assert "nip_bentuk" in data
    assert f"Tujuan,{PURPOSE}" in told
    assert f"Nomor catatan audit,{made.number}" in told


def test_the_end_of_the_agreement_ends_downloads_of_the_other_party(own: World) -> None:
    end_agreement(own)
    with pytest.raises(Refused):
        take(taking(own))


def test_a_prepared_file_is_not_made_once_the_session_has_ended(own: World) -> None:
    made, session = take(taking(own)), token(own, "tim-teknis")
    assert page.content(made, Bearer(session, "10.0.0.7"), "id")
    with pytest.raises(Refused):
        page.content(made, Bearer("tidak-ada", "10.0.0.7"), "id")
    sessions.end_all(
        engine(own.settings.state), own.audit_key, replace(newest(own, ACTION), action="end"), account="tim-teknis"
    )
    with pytest.raises(Refused):
        page.content(made, Bearer(session, "10.0.0.7"), "id")


@pytest.mark.parametrize("ends", ["session", "right"])
def test_a_prepared_file_that_is_refused_at_the_click_is_recorded_with_its_address(own: World, ends: str) -> None:
    made, session = take(taking(own)), token(own, "tim-teknis")
    if ends == "session":
        set_account(own, "tim-teknis", active=False)
    else:
        end_agreement(own)
    with pytest.raises(Refused) as caught:
        page.content(made, Bearer(session, "10.0.0.7"), "id")
    event = newest(own, "fetch" if ends == "session" else ACTION)
    assert (event.decision, event.reason, event.address) == ("refused", caught.value.reason, "10.0.0.7")


def at_the_page(world: World) -> AppTest:
    """The tab with the download form open, whatever the role may."""
    at = tab(token(world, "tim-teknis"))
    at.session_state["quality_tab"] = "Validitas"
    at.session_state["download_quality_validitas"] = True
    return opened(at, QUALITY)


def labels(at: AppTest) -> list[str]:
    return [one.label for one in at.main.get("button") if isinstance(one, Button)]


def test_forged_widget_state_opens_nothing_for_a_role_without_the_right(measured: World, withheld: None) -> None:
    before = count(measured, ACTION)
    at = at_the_page(measured)
    assert not at.exception
    assert "Siapkan" not in labels(at)
    assert not at.main.get("download_button")
    assert count(measured, ACTION) == before


def test_the_form_asks_for_a_purpose_and_only_then_there_is_a_button(measured: World) -> None:
    at = at_the_page(measured)
    assert "Siapkan" in labels(at)
    assert not at.main.get("download_button")
    [sent] = [one for one in at.button if one.label == "Siapkan"]
    sent.click().run()
    assert "Tulis tujuan unduhan" in at.warning[0].value
    assert not at.main.get("download_button")
    at.text_input(key="purpose_quality_validitas").set_value(PURPOSE)
    [sent] = [one for one in at.button if one.label == "Siapkan"]
    sent.click().run()
    assert [one.proto.label for one in at.main.get("download_button")] == ["Unduh berkas"]
    assert newest(measured, ACTION).decision == "allowed"
