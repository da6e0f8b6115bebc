"""The language of a tab changes in the middle of the work: what was chosen stays, in the words of the new language."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from data_access.words import text
from tests.ui_world import AGENCY, FLOWS, MAKE_UP, SUMMARY, TREND, opened, plain, tab, token
from tests.world import MIDDLE, World


def switched(at: AppTest, language: str) -> AppTest:
    """The tab after a click on the other language."""
    return at.sidebar.segmented_control[0].set_value(language).run()


def box(at: AppTest, label: str) -> Selectbox[Any]:
    language = str(at.session_state["asn_language"]) if "asn_language" in at.session_state else "id"
    [found] = [one for one in at.selectbox if one.label == text(label, language)]
    return found


@pytest.mark.parametrize("page", [SUMMARY, MAKE_UP])
def test_date_and_place_stay_chosen_there_and_back(stage: World, page: str) -> None:
    at = opened(tab(token(stage, "analis")), page)
    box(at, "Tanggal acuan").set_value(MIDDLE).run()
    box(at, "Provinsi").set_value("33").run()
    for language, shown in (("en", "30 June 2023"), ("id", "30 Juni 2023"), ("en", "30 June 2023")):
        switched(at, language)
        day, place = box(at, "Tanggal acuan"), box(at, "Provinsi")
        assert (day.value, place.value) == (MIDDLE, "33")
        assert shown in day.options
        assert text("Seluruh Indonesia", language) in place.options
        assert not at.exception
    assert plain(at.session_state.to_dict())


def test_what_is_chosen_in_english_is_kept_in_indonesian(stage: World) -> None:
    at = opened(tab(token(stage, "analis"), language="en"), SUMMARY)
    box(at, "Provinsi").set_value("33").run()
    switched(at, "id")
    assert box(at, "Provinsi").value == "33"
    box(at, "Provinsi").set_value("").run()
    switched(at, "en")
    assert box(at, "Provinsi").value == ""


def test_levels_and_two_dates_stay_chosen(stage: World) -> None:
    at = opened(tab(token(stage, "analis")), TREND)
    box(at, "Menurut").set_value("jenis_kelamin").run()
    box(at, "Sejak").select_index(1).run()
    chosen = box(at, "Sejak").value
    switched(at, "en")
    assert (box(at, "Menurut").value, box(at, "Sejak").value) == ("jenis_kelamin", chosen)


def test_the_agency_of_the_address_stays(stage: World) -> None:
    at = opened(tab(token(stage, "analis"), query={"instansi": ["PV33"]}), AGENCY)
    switched(at, "en")
    assert (box(at, "Instansi").value, at.query_params["instansi"]) == ("PV33", "PV33")
    other = "PV32"
    box(at, "Instansi").set_value(other).run()
    switched(at, "id")
    assert (box(at, "Instansi").value, at.query_params["instansi"]) == (other, other)


def test_a_page_without_data_says_so_in_both_languages(stage: World) -> None:
    at = opened(tab(token(stage, "analis")), FLOWS)
    switched(at, "en")
    assert not at.exception
