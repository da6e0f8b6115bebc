"""The page of data quality as the two teams find it: six judgements, six tabs, recorded, and sober when something is missing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from data_access.access import reconciliation
from data_access.contract import Label
from data_access.governance import audit
from data_access.governance.audit import Event
from data_access.intake.published import Published
from data_access.release import quality_file, shelf
from data_access.state import engine
from data_access.words import LANGUAGES, text
from tests.quality_world import with_quality, without_quality
from tests.ui_world import end_agreement, numbers, opened, plain, served, tab, token, words
from tests.world import EARLY, LATE, MIDDLE, World, copied
from ui.quality import matching

PAGE = "data/mutu"
TEAMS = ("tim-data", "tim-teknis")
TABS = ("Kelengkapan", "Validitas", "Konsistensi", "Ketepatan waktu", "Perubahan", "Kecocokan")
RECORDS = TABS[:3]


@pytest.fixture(scope="module")
def measured_world(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = with_quality(copied(world, tmp_path_factory.mktemp("mutu") / "var"))
    yield made
    engine(made.settings.state).dispose()


@pytest.fixture
def measured(measured_world: World) -> Iterator[World]:
    with served(measured_world):
        yield measured_world


@pytest.fixture
def own_measured(world: World, tmp_path: Path) -> Iterator[World]:
    made = with_quality(copied(world, tmp_path / "var"))
    with served(made):
        yield made
    engine(made.settings.state).dispose()


def mutu(world: World, account: str = "tim-data", *, language: str = "", look_at: str = "") -> AppTest:
    at = tab(token(world, account), language=language)
    if look_at:
        at.session_state["quality_tab"] = text(look_at, language or "id")
    return opened(at, PAGE)


def cards(at: AppTest) -> dict[str, str]:
    return {metric.label: str(metric.value) for metric in at.metric}


def rows(at: AppTest, table: int = -1) -> list[dict[str, Any]]:
    return [dict(row) for row in at.dataframe[table].value.to_dict("records")]


def events(world: World, since: int) -> list[Event]:
    return [entry.event for entry in audit.search(engine(world.settings.state), limit=500) if entry.seq > since]


@pytest.mark.parametrize("account", TEAMS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look_at", TABS)
def test_each_tab_is_complete_for_both_teams(measured: World, account: str, language: str, look_at: str) -> None:
    at = mutu(measured, account, language=language, look_at=look_at)
    assert not at.exception
    assert not at.error
    assert not at.warning
    assert at.title[0].value.startswith(text("Mutu data", language))
    assert len(at.main.get("tab")) == 6
    assert list(cards(at)) == [text(name, language) for name in TABS]
    assert text("DATA CONTOH", language) in words(at)
    assert len(at.main.get("plotly_chart")) + len(at.dataframe) >= 1
    assert plain(at.session_state.to_dict())


def test_a_look_is_recorded_and_asks_little(measured: World) -> None:
    """Figures once, then two questions for the cards; other tabs are not asked for."""
    since, _mac = audit.anchor(engine(measured.settings.state))
    mutu(measured)
    asked = [(event.action, event.decision) for event in events(measured, since) if event.action in ("ask", "quality")]
    assert sorted(asked) == [("ask", "allowed"), ("ask", "allowed"), ("quality", "allowed")]


def test_the_worst_agencies_are_those_of_the_figures(measured: World) -> None:
    at = mutu(measured, look_at="Validitas")
    at.selectbox(key="quality_indicator_validitas").set_value("kode_tak_dikenal").run()
    frame = pl.read_parquet(shelf.current(measured.settings.releases) / quality_file.NAME)
    shown = frame.filter((pl.col("periode") == LATE) & (pl.col("instansi") != "")).filter(indikator="kode_tak_dikenal")
    largest = shown.sort("nilai", descending=True, nulls_last=True)["instansi"][0]
    assert rows(at)[0]["Kode"] == largest
    assert len(rows(at)) == shown.height
    assert {row["Kode atau tanggal tak dikenal"] for row in rows(at)} >= {"<10"}


def test_another_date_changes_cards_and_agencies(measured: World) -> None:
    at = mutu(measured)
    now = cards(at)
    at.selectbox(key="quality_period").set_value(MIDDLE).run()
    assert "30 Juni 2023" in words(at)
    assert cards(at)["Kelengkapan"] != now["Kelengkapan"]
    at.selectbox(key="quality_period").set_value(EARLY).run()
    assert cards(at)["Perubahan"] == "–"
    assert "Tidak ada snapshot sebelumnya" in words(at)
    assert not at.exception


def test_missing_agencies_are_named(measured: World) -> None:
    at = mutu(measured)
    [told] = [info.value for info in at.info if "Tidak ada di snapshot ini" in info.value]
    held = set(measured.people[LATE]["instansi"])
    assert "KM01" in held
    assert "lainnya" in told
    assert "instansi tidak ada" in words(at)


def test_days_and_the_next_delivery(measured: World) -> None:
    at = mutu(measured, look_at="Ketepatan waktu")
    shown = {row["Tanggal acuan"]: row for row in rows(at)}
    assert list(shown) == ["30 Jun 2025", "30 Jun 2023", "30 Jun 2022"]
    assert {row["Keterangan"] for row in shown.values()} == {"terlambat"}
    assert any("31 Des 2025" in info.value and "terlambat" in info.value for info in at.info)


def test_changes_are_those_of_the_persons(measured: World) -> None:
    at = mutu(measured, look_at="Perubahan")
    before, now = (dict(measured.people[day]["instansi"].value_counts().iter_rows()) for day in (MIDDLE, LATE))
    for row in rows(at)[:20]:
        told = (row["30 Jun 2023"].replace(".", ""), row["30 Jun 2025"].replace(".", ""))
        assert told == (str(before.get(row["Kode"], 0)), str(now.get(row["Kode"], 0)))


PRINTED = (
    Published(LATE, "semua", Label(id="Semua ASN", en="All"), {}, 61_000, 1, "BKN uji"),
    Published(LATE, "x", Label(id="Generasi X", en="X"), {"generasi": ("X",)}, 9_000, 1, "BKN uji"),
    Published(date(2021, 12, 31), "semua", Label(id="Semua ASN", en="All"), {}, 50_000, 1, "BKN uji"),
)


@pytest.mark.parametrize(("account", "told"), [("tim-data", 2), ("tim-teknis", 1)])
def test_published_figures_within_reach_are_compared(
    measured: World, account: str, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The technical team does not use generations, so that figure is left out for it."""
    monkeypatch.setattr(matching, "published", lambda: PRINTED)
    at = mutu(measured, account, look_at="Kecocokan")
    shown = rows(at)
    assert len(shown) == told
    total = next(row for row in shown if row["Yang dihitung"] == "Semua ASN")
    assert total["Snapshot"].replace(".", "") == str(measured.people[LATE].height)
    assert total["Penilaian"] == "berbeda"
    assert "tidak ada snapshot: 31 Des 2021" in words(at)
    assert "belum ada angka terbit: 30 Jun 2022" in words(at)
    assert reconciliation.gaps(PRINTED, measured.people) == [date(2021, 12, 31)]


def test_a_delivery_without_counts_of_its_owner_is_still_checked_by_its_cells(stage: World) -> None:
    at = mutu(stage)
    assert any("Rilis ini tidak memuat temuan" in info.value for info in at.info)
    assert "/" in cards(at)["Kelengkapan"]
    assert cards(at)["Validitas"].endswith("%")
    assert "KM01" in {row["Kode"] for row in rows(mutu(stage, look_at="Konsistensi"))}


def test_card_heading_and_list_say_the_same_of_a_date_without_counts(world: World, tmp_path: Path) -> None:
    made = with_quality(copied(world, tmp_path / "var"), without=[LATE])
    with served(made):
        at = mutu(made)
        told = "Pemilik data tidak menyertakan temuan per catatan untuk tanggal ini. Temuan terdekat: 30 Jun 2023."
        assert "Tidak diukur pada 30 Juni 2025" in [heading.value for heading in at.subheader]
        assert any(told in info.value for info in at.info)
        assert any(told in caption.value for caption in at.caption)
        assert not at.dataframe
        at.selectbox(key="quality_period").set_value(MIDDLE).run()
        assert not any(told in caption.value for caption in at.caption)
        assert len(rows(at)) > 100
    engine(made.settings.state).dispose()


def test_the_heading_speaks_of_the_chosen_date(measured: World) -> None:
    """The share on the card is the one that the heading ends with, whichever dates come after it."""
    at = mutu(measured)
    for day in (LATE, MIDDLE):
        at.selectbox(key="quality_period").set_value(day).run()
        assert at.subheader[0].value.endswith(f"menjadi {cards(at)['Kelengkapan']}")


def test_a_release_without_figures_still_tells_the_rest(own_stage: World) -> None:
    without_quality(own_stage)
    for look_at in TABS:
        at = mutu(own_stage, look_at=look_at)
        assert not at.exception
        assert not at.warning
        assert cards(at)["Validitas"] == "–"
        assert cards(at)["Perubahan"] != "–"
        if look_at in RECORDS:
            assert any("Rilis ini tidak memuat temuan" in info.value for info in at.info)


def test_when_the_agreement_ends_only_the_owner_reads_on(own_measured: World) -> None:
    end_agreement(own_measured)
    assert len(cards(mutu(own_measured, "tim-data"))) == 6
    at = mutu(own_measured, "tim-teknis")
    assert len(at.warning) == 1
    assert numbers(at) == []


def test_a_damaged_file_is_a_sentence_and_no_figure(own_measured: World) -> None:
    (shelf.current(own_measured.settings.releases) / quality_file.NAME).write_bytes(b"")
    at = mutu(own_measured)
    assert [warning.value for warning in at.warning] == [
        "Berkas mutu rilis 0003 rusak atau tidak cocok dengan tanda tangannya. Hubungi tim data."
    ]
    assert numbers(at) == []


def test_without_a_release_there_is_a_sentence(bare_stage: World) -> None:
    at = mutu(bare_stage)
    assert len(at.warning) == 1
    assert numbers(at) == []


@pytest.mark.parametrize("look_at", ["Kelengkapan", "Validitas", "Konsistensi"])
def test_there_is_a_form_but_no_file_before_a_purpose(measured: World, look_at: str) -> None:
    for account in ("tim-data", "tim-teknis"):
        at = mutu(measured, account, look_at=look_at)
        assert not at.main.get("download_button")
        assert [one for one in at.main.get("popover") if one.proto.popover.label == "Unduh"]
