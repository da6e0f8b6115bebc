"""The data team's page: movements are brought in, checked, corrected, published and taken back under their own name."""

from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data_access.contract import contract
from data_access.errors import Rejected
from data_access.intake.manifest import NAME, read_manifest
from data_access.intake.mapping import register
from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.text import write_mapping
from data_access.refresh.worker import work
from data_access.words import LANGUAGES
from tests.data_access.refresh.conftest import NEXT, TEAM, Office
from tests.pages.refreshing_desk import arrived, desk, office, page
from tests.ui_world import HISTORY, opened, press, tab, token, words
from tests.world import LATE
from ui.refreshing.claims import stated, usual_first

__all__ = ["desk", "office"]
FIRST_DAY = "Hari pertama periode"


def uploaded(desk: Office, name: str = "arus.parquet") -> AppTest:
    """The page once a file of movements has arrived."""
    return arrived(desk, desk.lay_down_moves("a1b2", upload=True), name)


def chooser(at: AppTest, label: str) -> Any:
    [found] = [one for one in (*at.selectbox, *at.date_input) if one.label == label]
    return found


def test_the_dataset_is_chosen_and_a_flow_is_asked_for_its_period(desk: Office) -> None:
    at = uploaded(desk, "rekap.parquet")
    box = chooser(at, "Himpunan data")
    assert (box.options, box.value) == (["Pegawai ASN", "Arus ASN"], "pegawai")
    assert [one.label for one in at.date_input] == ["Tanggal acuan"]
    box.set_value("arus").run()
    assert chooser(at, FIRST_DAY).value is None
    chooser(at, "Tanggal acuan").set_value(NEXT).run()
    assert chooser(at, FIRST_DAY).value == date(2024, 11, 2)  # the day after a year before


def test_a_name_that_speaks_of_a_dataset_proposes_it(desk: Office) -> None:
    assert chooser(uploaded(desk), "Himpunan data").value == "arus"


def test_from_an_upload_to_a_release_and_back_each_step_names_the_dataset(desk: Office) -> None:
    at = uploaded(desk)
    chooser(at, "Tanggal acuan").set_value(NEXT).run()
    chooser(at, FIRST_DAY).set_value(NEXT + timedelta(days=1))
    at.radio[0].set_value(True)
    press(at, "Periksa kiriman")
    assert "harus sebelum tanggal acuan" in at.warning[0].value
    assert not list(desk.world.settings.incoming.glob(f"*/{NAME}"))
    chooser(at, FIRST_DAY).set_value(LATE + timedelta(days=1))
    press(at, "Periksa kiriman")
    assert desk.one(1).claims == {"total": None, "example": True, "since": LATE.isoformat()}
    assert read_manifest(desk.world.settings.incoming / "a1b2").since == LATE
    work(desk.world.settings)
    at.run()
    told = "Himpunan data: Arus ASN. Periode: 1 Juli 2025 – 1 November 2025."
    assert told in words(at)
    assert at.metric[0].label == "Jumlah peristiwa dalam kiriman"
    press(at, "Terbitkan")
    work(desk.world.settings)
    at = page(desk)
    assert told in words(at)
    assert list(at.dataframe[-1].value["Himpunan data"]) == ["Arus ASN"]
    history = opened(tab(token(desk.world, TEAM)), HISTORY)
    assert "Arus ASN" in list(history.dataframe[0].value["Himpunan data"])
    history.selectbox[0].run()
    assert any("1 Nov 2025 (arus ASN)" in one.value for one in history.markdown)
    history.text_area[0].set_value("arus yang terbit memakai berkas keliru")
    [button] = [one for one in history.button if one.label.startswith("Sajikan rilis 0003")]
    button.click().run()
    assert desk.one(2).datasets == ("pegawai", "arus")
    work(desk.world.settings)
    assert desk.served() == "0003"
    assert list(page(desk).dataframe[-1].value["Himpunan data"]) == ["Pegawai ASN, Arus ASN", "Arus ASN"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_period_is_told_against_the_first(desk: Office, language: str) -> None:
    desk.lay_down_moves()
    desk.receive(dataset="arus")
    work(desk.world.settings)
    desk.ask(1)
    work(desk.world.settings)
    later = date(2026, 5, 1)
    assert usual_first("arus", later) == NEXT + timedelta(days=1)
    desk.lay_down_moves("kedua", since=LATE, day=later)
    desk.receive("kedua", dataset="arus", day=later)
    work(desk.world.settings)
    at = page(desk, language=language)
    assert not at.exception
    if language == "id":
        assert "Periode mulai 1 Juli 2025 tumpang tindih dengan periode yang sudah terbit sampai 1 November 2025." in (
            words(at)
        )
    desk.lay_down_moves("ketiga", since=NEXT, day=later)
    desk.receive("ketiga", dataset="arus", day=later)
    work(desk.world.settings)
    at = page(desk, language=language)
    assert not at.exception
    assert len(at.metric) == 1
    if language == "id":
        assert "Dibandingkan dengan periode yang berakhir 1 November 2025" in words(at)


def test_a_wrong_period_is_corrected_on_the_page(desk: Office) -> None:
    desk.lay_down_moves()
    desk.receive(dataset="arus")
    work(desk.world.settings)
    desk.ask(1)
    work(desk.world.settings)
    later = date(2026, 5, 1)
    folder = desk.lay_down_moves("a1b2", since=None, day=later, upload=True)
    at = arrived(desk, folder)
    chooser(at, "Tanggal acuan").set_value(later).run()
    chooser(at, FIRST_DAY).set_value(NEXT)
    at.radio[0].set_value(True)
    press(at, "Periksa kiriman")
    work(desk.world.settings)
    at.run()
    assert "tumpang tindih" in " ".join(one.value for one in at.error)
    chooser(at, FIRST_DAY).set_value(NEXT + timedelta(days=1))
    press(at, "Perbaiki dan periksa lagi")
    work(desk.world.settings)
    assert desk.one(2).state == "ready"


def test_only_mappings_of_the_dataset_are_offered(desk: Office) -> None:
    for name in ("pegawai", "arus"):
        content = write_mapping(Mapping(name=f"rekap-{name}", dataset=name))
        kept: dict[str, Any] = {
            "name": f"rekap-{name}",
            "dataset": name,
            "content": content,
            "note": "",
            "by": TEAM,
            "draft": True,
        }
        register.save(desk.state, desk.world.audit_key, desk.event(), **kept)
    at = uploaded(desk)
    assert [option.partition(" ")[0] for option in chooser(at, "Pemetaan").options[1:]] == ["rekap-arus"]
    chooser(at, "Himpunan data").set_value("pegawai").run()
    assert [option.partition(" ")[0] for option in chooser(at, "Pemetaan").options[1:]] == ["rekap-pegawai"]


@pytest.mark.parametrize("first", [None, NEXT + timedelta(days=1)], ids=["none", "after its end"])
def test_a_period_begins_before_it_ends(first: date | None) -> None:
    flow = contract().datasets["arus"]
    with pytest.raises(Rejected) as caught:
        stated(flow, day=NEXT, first=first, total="", example=True)
    assert caught.value.reason == "claimed-period"


def test_a_period_of_one_day_and_a_stock_without_one() -> None:
    flow, stock = contract().datasets["arus"], contract().datasets["pegawai"]
    assert stated(flow, day=NEXT, first=NEXT, total="", example=True)[1].since == NEXT - timedelta(days=1)
    assert stated(stock, day=NEXT, first=None, total="", example=True)[1].since is None
