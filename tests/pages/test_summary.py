"""What the national summary claims: of whom, of which date, and compared with what."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from data_access.access.benchmarks import benchmarks
from tests.ui_world import AGENCY, LEADERS, PLACES, SUMMARY, opened, tab, token, words
from tests.world import MIDDLE, World

SENIOR = {"jpt_utama", "jpt_madya", "jpt_pratama"}


def at(world: World, account: str, page: str = SUMMARY, **query: list[str]) -> AppTest:
    found = opened(tab(token(world, account), query=query), page)
    assert not found.exception
    return found


def told(page: AppTest) -> str:
    return "\n".join([words(page), *(title.value for title in page.subheader)])


def test_women_of_senior_levels_only_meet_the_mean_of_senior_management(stage: World) -> None:
    page = at(stage, "analis")
    drawn = [json.loads(chart.proto.spec) for chart in page.main.get("plotly_chart")]
    [leading] = [one for one in drawn if "OECD" in json.dumps(one)]
    levels = {code for trace in leading["data"] for code in trace.get("y") or []}
    assert levels <= SENIOR
    assert levels
    assert "Rata-rata OECD, senior" in json.dumps(leading)
    [line] = [shape for shape in leading["layout"]["shapes"] if shape.get("x0") == shape.get("x1")]
    assert line["x0"] == benchmarks().women.manajemen_senior


def test_shares_of_a_place_are_told_as_shares_of_the_asn_there(stage: World) -> None:
    page = at(stage, "analis")
    assert "dari seluruh ASN; " in told(page)
    page.selectbox(key="summary_place").set_value("33").run()
    assert "dari ASN di Jawa Tengah; " in told(page)
    assert "seluruh ASN" not in told(page)


def test_a_limited_viewer_reads_of_own_provinces_not_of_all_asn(stage: World) -> None:
    page = at(stage, "wilayah")
    assert "dari ASN di Jawa Tengah, DI Yogyakarta; " in told(page)
    assert "seluruh ASN" not in told(page)


@pytest.mark.parametrize(("page", "chooser"), [(SUMMARY, "summary"), (AGENCY, "profile"), (LEADERS, "leaders")])
def test_a_series_ends_with_the_chosen_date(stage: World, page: str, chooser: str) -> None:
    found = at(stage, "analis", page, instansi=["PV34"])
    found.selectbox(key=f"{chooser}_period").set_value(MIDDLE).run()
    assert not found.exception
    dates = {
        day
        for chart in found.main.get("plotly_chart")
        for trace in json.loads(chart.proto.spec)["data"]
        for day in trace.get("x") or []
        if isinstance(day, str) and day.count("-") == 2
    }
    assert dates
    assert max(dates) == MIDDLE.isoformat()


def test_since_when_a_headline_changed_stands_under_it(stage: World) -> None:
    page = at(stage, "analis")
    assert [metric.proto.delta_description for metric in page.metric] == [""] * 6
    since = [caption.value for caption in page.caption if caption.value.startswith("Perubahan sejak 30 Jun 2023")]
    assert len(since) == 6


def test_rates_of_provinces_counted_at_second_hand_are_marked_provisional(stage: World) -> None:
    provisional = "Angka sementara: ASN per 1.000 penduduk di Papua, Papua Tengah, Papua Pegunungan."
    assert provisional in words(at(stage, "analis", PLACES))
    assert "Angka sementara" not in words(at(stage, "wilayah", PLACES))
