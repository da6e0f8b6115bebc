"""The page on retirements: figures, the workshop of scenarios, sets kept by name, and what each role finds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.governance import saved_views
from data_access.state import engine
from tests.ui_world import RETIRING, end_agreement, opened, plain, served, tab, token
from tests.world import World, copied
from ui.retiring import sets


@pytest.fixture
def own(world: World, tmp_path: Path) -> Iterator[World]:
    made = copied(world, tmp_path / "var")
    with served(made):
        yield made
    engine(made.settings.state).dispose()


def page(world: World, account: str = "analis", *, language: str = "") -> AppTest:
    return opened(tab(token(world, account), language=language), RETIRING)


def headings(at: AppTest) -> list[str]:
    return [str(one.value) for one in at.main.subheader]


def of_scenarios(at: AppTest) -> str:
    """The title of the comparison: the year and the range over all scenarios."""
    [title] = [words for words in headings(at) if words.startswith(("2034:", "2035:"))]
    return title


@pytest.mark.parametrize("language", ["id", "en"])
def test_figures_and_scenarios(stage: World, language: str) -> None:
    at = page(stage, language=language)
    assert not at.exception
    assert len(at.main.get("plotly_chart")) >= 4
    assert len(sets_of(at)) == 3
    assert plain(at.session_state.to_dict())


def test_a_small_place_gets_what_is_published_of_it(stage: World) -> None:
    """The provinces of this account are too small here for most of what the page asks: frames tell so, and nothing breaks."""
    at = page(stage, "wilayah")
    assert not at.exception
    assert at.main.get("plotly_chart")
    assert not at.main.error


def sets_of(at: AppTest) -> list[str]:
    return [one["values"]["name"] for one in at.session_state[sets.KEPT]]


def test_an_edit_changes_the_comparison_and_is_kept(stage: World) -> None:
    at = page(stage)
    before = of_scenarios(at)
    number = at.session_state[sets.CHOSEN]
    at.number_input(key=f"scenario_{number}_ends").set_value(50.0).run()
    assert not at.exception
    assert of_scenarios(at) != before
    assert at.session_state[sets.KEPT][0]["values"]["contract_ends"] == 0.5


def test_what_cannot_be_computed_is_told_and_the_others_stay(stage: World) -> None:
    at = page(stage)
    number = at.session_state[sets.CHOSEN]
    at.number_input(key=f"scenario_{number}_ends").set_value(150.0).run()
    assert any("0% dan 100%" in str(one.value) for one in at.main.warning)
    assert at.session_state[sets.KEPT][0]["values"]["contract_ends"] == 1.5, "nothing is cut to fit"
    assert of_scenarios(at)
    at.number_input(key=f"scenario_{number}_shift_0").set_value(30).run()
    assert not at.exception


@pytest.mark.parametrize("way", ["penggantian", "tetap", "rencana"])
def test_every_way_of_hiring_has_its_fields(stage: World, way: str) -> None:
    at = page(stage)
    number = at.session_state[sets.CHOSEN]
    at.selectbox(key=f"scenario_{number}_inflow").set_value(way).run()
    at.number_input(key=f"scenario_{number}_pppk").set_value(40.0).run()
    if way == "rencana":
        assert any("kosong" in str(one.value) for one in at.main.warning)
        at.text_input(key=f"scenario_{number}_plan_guru").set_value("500 300").run()
        assert at.session_state[sets.KEPT][0]["values"]["plan"] == {"guru": [500, 300]}
    assert not at.exception
    assert not at.main.warning


def test_early_retirement_and_shifts_can_be_filled_in(stage: World) -> None:
    at = page(stage)
    key = f"scenario_{at.session_state[sets.CHOSEN]}"
    at.toggle(key=f"{key}_early").set_value(True).run()
    at.number_input(key=f"{key}_early_share").set_value(20.0).run()
    at.number_input(key=f"{key}_shift_0").set_value(2).run()
    at.multiselect(key=f"{key}_shift_0_groups").set_value(["guru"]).run()
    assert not at.exception
    assert not at.main.warning
    values = at.session_state[sets.KEPT][0]["values"]
    assert values["early"][0]["share"] == 0.2
    assert [(one["years"], one["groups"]) for one in values["shifts"]] == [(2, ["guru"])]
    told = " ".join(str(one.value) for one in at.main.caption)
    assert "BUP naik 2 tahun" in told
    assert "Pensiun dini" in told


def test_copy_and_remove(stage: World) -> None:
    at = page(stage)
    at.button(key="scenario_copy").click().run()
    assert len(sets_of(at)) == 4
    at.button(key="scenario_drop").click().run()
    at.button(key="scenario_drop").click().run()
    at.button(key="scenario_drop").click().run()
    assert len(sets_of(at)) == 1
    assert at.button(key="scenario_drop").disabled
    assert not at.exception


def test_a_set_is_kept_shared_and_opened_by_another(own: World) -> None:
    at = page(own)
    number = at.session_state[sets.CHOSEN]
    at.text_input(key=f"scenario_{number}_name").set_value("Rancangan *tebal*").run()
    [name] = [one for one in at.text_input if one.label == "Nama kumpulan skenario"]
    [shared] = [one for one in at.checkbox if one.label.startswith("Bagikan")]
    name.set_value("Bahan rapat")
    shared.check()
    [button] = [one for one in at.button if one.label == "Simpan skenario"]
    button.click().run()
    assert not at.exception
    [kept] = saved_views.within_reach(engine(own.settings.state), "analis", "analis", RETIRING)
    assert (kept.name, kept.role, kept.params["horizon"]) == ("Bahan rapat", "analis", 10)
    assert "persons" not in str(kept.params)
    other = page(own)
    [opener] = [one for one in other.button if one.label == "Buka"]
    opener.click().run()
    assert "Rancangan *tebal*" in sets_of(other)
    assert not other.exception


def test_an_agency_narrows_the_workshop(stage: World) -> None:
    at = page(stage)
    before = of_scenarios(at)
    largest = at.selectbox(key="retiring_agency").options[1]
    at.selectbox(key="retiring_agency").select(largest).run()
    assert not at.exception
    assert not at.main.error
    told = [words for words in headings(at) if words.startswith(("2034:", "2035:"))]
    assert told != [before], "another base, or a frame that tells why there is none"


def test_roles_with_fewer_dimensions_get_sentences_in_place_of_what_they_may_not_ask(stage: World) -> None:
    for account in ("pimpinan", "tim-data"):
        at = page(stage, account)
        assert not at.exception
        assert at.main.get("plotly_chart")


def test_the_workshop_stops_with_the_agreement(own: World) -> None:
    at = page(own)
    end_agreement(own)
    number = at.session_state[sets.CHOSEN]
    at.number_input(key=f"scenario_{number}_ends").set_value(5.0).run()
    assert not at.main.get("plotly_chart")


def test_groups_of_a_scenario_outlive_a_look_at_one_agency(stage: World) -> None:
    at = page(stage)
    key = f"scenario_{at.session_state[sets.CHOSEN]}"
    at.number_input(key=f"{key}_shift_0").set_value(2).run()
    at.multiselect(key=f"{key}_shift_0_groups").set_value(["guru"]).run()
    at.selectbox(key=f"{key}_inflow").set_value("rencana").run()
    at.number_input(key=f"{key}_pppk").set_value(40.0).run()
    at.text_input(key=f"{key}_plan_guru").set_value("4000 4000").run()
    before = at.session_state[sets.KEPT][0]["values"]
    at.selectbox(key="retiring_agency").select(at.selectbox(key="retiring_agency").options[1]).run()
    assert not at.exception
    at.selectbox(key="retiring_agency").set_value("").run()
    assert at.session_state[sets.KEPT][0]["values"] == before
    assert before["plan"] == {"guru": [4000, 4000]}
    assert before["shifts"][0]["groups"] == ["guru"]


def test_a_plan_reads_the_same_after_looking_at_another_scenario(stage: World) -> None:
    at = page(stage)
    first, second = [one["number"] for one in at.session_state[sets.KEPT]][:2]
    at.selectbox(key=f"scenario_{first}_inflow").set_value("rencana").run()
    at.text_input(key=f"scenario_{first}_plan_guru").set_value("4000 4000").run()
    at.text_input(key=f"scenario_{first}_plan_nakes").set_value("500").run()
    kept = at.session_state[sets.KEPT][0]["values"]["plan"]
    at.selectbox(key=sets.CHOSEN).set_value(second).run()
    at.selectbox(key=sets.CHOSEN).set_value(first).run()
    assert [at.text_input(key=f"scenario_{first}_plan_{group}").value for group in ("guru", "nakes")] == [
        "4000 4000",
        "500",
    ]
    assert at.session_state[sets.KEPT][0]["values"]["plan"] == kept


def test_a_renamed_scenario_stays_the_one_that_is_edited(stage: World) -> None:
    at = page(stage)
    at.button(key="scenario_copy").click().run()
    number = at.session_state[sets.CHOSEN]
    at.text_input(key=f"scenario_{number}_name").set_value("Rancangan A").run()
    at.number_input(key=f"scenario_{number}_shift_0").set_value(3).run()
    assert at.session_state[sets.CHOSEN] == number
    assert at.session_state[sets.KEPT][-1]["values"]["name"] == "Rancangan A"
    assert at.session_state[sets.KEPT][-1]["values"]["shifts"][0]["years"] == 3


def test_names_of_scenarios_act_as_no_markdown(stage: World) -> None:
    at = page(stage)
    number = at.session_state[sets.CHOSEN]
    at.text_input(key=f"scenario_{number}_name").set_value("![x](http://contoh) [klik](http://contoh)").run()
    told = [str(one.value) for kind in ("caption", "subheader", "markdown") for one in getattr(at.main, kind)]
    assert any("contoh" in words for words in told)
    assert not [words for words in told if "](http" in words.replace("\\]", "")]


@pytest.mark.parametrize("level", ["status", "jenis_kelamin"])
def test_the_wave_can_be_split_otherwise(stage: World, level: str) -> None:
    at = page(stage)
    [switch] = [one for one in at.main.segmented_control if one.key == "retiring_split"]
    switch.set_value(level).run()
    assert not at.exception
    assert at.session_state["retiring_split"] == level
    assert [one for one in at.main.get("plotly_chart") if one.key == "chart_wave"]


def test_more_scenarios_than_the_chart_draws_stand_in_the_table(stage: World) -> None:
    at = page(stage)
    for _copy in range(5):
        at.button(key="scenario_copy").click().run()
    assert len(sets_of(at)) == 8
    assert not at.exception
