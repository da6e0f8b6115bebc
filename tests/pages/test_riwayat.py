"""The history as each role finds it: what is served and since when, every release, two of them compared, the way back."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data_access.access.scope import scope
from data_access.governance import audit
from data_access.release import shelf
from data_access.release.manifest import ReleaseManifest
from data_access.release.publish import publish, rollback
from data_access.release.shelf import Shelved
from data_access.state import engine
from data_access.words import LANGUAGES, text
from tests.ui.releases import EVERY, FIRST, FOURTH, SECOND, THIRD, manifest
from tests.ui_world import end_agreement, opened, served, tab, token, words
from tests.world import EARLY, LATE, MIDDLE, OWN, World, cube, dataset, deliver
from ui.comparing import comparable, telling, usual
from ui.history import chain, first_with

PAGE = "data/riwayat"
SNAPSHOTS, RELEASES = 0, 2  # the tables of a page, each followed by its technical details
COMPARE = "Bandingkan dua rilis"
READERS = ("pimpinan", "analis", "wilayah", "tim-data", "tim-teknis", "pemilik")


def history(world: World, account: str = "analis", *, language: str = "", compare: bool = False) -> AppTest:
    at = tab(token(world, account), language=language)
    if compare:
        at.session_state["history_tab"] = text(COMPARE, language or "id")
    return opened(at, PAGE)


def rows(at: AppTest, table: int) -> list[dict[str, Any]]:
    return [dict(row) for row in at.dataframe[table].value.to_dict("records")]


def level(at: AppTest, name: str) -> AppTest:
    return at.selectbox(key="compare_level").set_value(name).run()


@pytest.fixture
def revised_stage(own_world: World, tmp_path: Path) -> Any:
    """Release 0004: the latest snapshot again, without the women of one agency and without another agency."""
    people = own_world.people[LATE]
    women = (people["instansi"] == "KM01") & (people["jenis_kelamin"] == "P")
    kept = people.filter(~(women | (people["instansi"] == "KM04")))
    folder = deliver(tmp_path / "revisi", cube(kept), LATE)
    settings = own_world.settings
    publish([folder], by="petugas", settings=settings, accept_warnings="Dua instansi ganda")
    with served(own_world):
        yield own_world


@pytest.mark.parametrize("account", READERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reader_sees_all_three_parts(stage: World, account: str, language: str) -> None:
    at = history(stage, account, language=language, compare=True)
    assert not at.exception
    assert not at.error
    assert not at.warning
    assert len(at.main.get("tab")) == 3
    assert len(at.main.get("selectbox")) >= 5
    assert text("DATA CONTOH", language) in words(at)


def test_a_snapshot_tells_since_when_from_whom_and_why(revised_stage: World) -> None:
    shown = {row["Tanggal acuan"]: row for row in rows(history(revised_stage), SNAPSHOTS)}
    assert list(shown) == ["30 Juni 2025", "30 Juni 2023", "30 Juni 2022"]
    new, old = shown["30 Juni 2025"], shown["30 Juni 2022"]
    assert (new["Revisi"], new["Sejak rilis"], new["Oleh"]) == ("revisi 1", "0004", "petugas")
    assert new["Alasan"] == "Dua instansi ganda"
    assert (old["Revisi"], old["Sejak rilis"], old["Oleh"], old["Alasan"]) == ("asli", "0001", "uji", "–")


def test_releases_tell_what_they_hold_and_replace(revised_stage: World) -> None:
    shown = {row["Rilis"]: row for row in rows(history(revised_stage), RELEASES)}
    assert list(shown) == ["0004", "0003", "0002", "0001"]
    assert [row["Menggantikan"] for row in shown.values()] == ["0003", "0002", "0001", "rilis pertama"]
    assert [row["Keadaan"] for row in shown.values()] == ["disajikan", "", "", ""]
    assert shown["0004"]["Snapshot"] == "Pegawai ASN, 3 tanggal: 30 Jun 2022 – 30 Jun 2025; 30 Jun 2025 (revisi 1)"
    assert shown["0001"]["Snapshot"] == "Pegawai ASN, 1 tanggal: 30 Jun 2022"
    assert "0004 ← 0003 ← 0002 ← 0001" in words(history(revised_stage))


def test_a_damaged_release_is_named_and_does_not_hide_the_others(own_stage: World) -> None:
    (own_stage.settings.releases / "0002" / "manifest.json").write_text("{}", "utf-8")
    at = history(own_stage, compare=True)
    assert [row["Rilis"] for row in rows(at, RELEASES)] == ["0003", "0001"]
    assert "Rilis yang rusak: 0002." in [warning.value for warning in at.warning]
    middle = next(row for row in rows(at, SNAPSHOTS) if row["Tanggal acuan"] == "30 Juni 2023")
    assert middle["Sejak rilis"] == "0003"  # the first that can still be read
    assert not at.exception


def test_a_reader_without_data_today_still_sees_who_published_what(own_stage: World) -> None:
    end_agreement(own_stage)
    at = history(own_stage, compare=True)
    assert {row["Jumlah"] for row in rows(at, SNAPSHOTS)} == {"–"}
    assert len(rows(at, RELEASES)) == 3
    assert len(at.warning) == 1  # in the place of the comparison
    assert not at.selectbox


def test_older_releases_are_opened_only_by_those_who_compare(own_stage: World) -> None:
    state = engine(own_stage.settings.state)
    since, _mac = audit.anchor(state)
    history(own_stage)
    asked = [e.event for e in audit.search(state, account="analis", action="ask") if e.seq > since]
    assert {event.release for event in asked} == {"0003"}
    since, _mac = audit.anchor(state)
    history(own_stage, compare=True)
    asked = [e.event for e in audit.search(state, account="analis", action="ask") if e.seq > since]
    assert {(event.release, event.decision) for event in asked} == {("0003", "allowed"), ("0002", "allowed")}


def at_one_date(at: AppTest, day: date = MIDDLE) -> AppTest:
    """Both sides of the comparison at this date."""
    for side in ("before", "after"):
        box = next(box for box in at.selectbox if str(box.key).startswith(f"compare_day_{side}"))
        box.set_value(day).run()
    return at


def test_a_release_that_adds_a_date_is_compared_at_that_date_with_the_one_before_it(stage: World) -> None:
    at = history(stage, compare=True)
    assert at.selectbox(key="compare_before").value == "0002"
    assert at.selectbox(key="compare_after").value == "0003"
    days = [box.value for box in at.selectbox if str(box.key).startswith("compare_day")]
    assert days == [MIDDLE, LATE]
    assert "Total berubah dari" in words(at)
    assert any("Tanggal acuannya berbeda" in info.value for info in at.info)


def test_equal_figures_are_told_as_equal(stage: World) -> None:
    at = at_one_date(history(stage, compare=True))
    for name in ("jenis_instansi", "instansi", "umur_5"):
        level(at, name)
        assert "Tidak ada perbedaan pada angka resmi" in words(at)
        assert not at.main.get("plotly_chart")


def test_a_revision_is_told_in_total_and_by_agency(revised_stage: World) -> None:
    people = revised_stage.people[LATE]
    women = people.filter((people["instansi"] == "KM01") & (people["jenis_kelamin"] == "P")).height
    other = people.filter(people["instansi"] == "KM04").height
    at = level(history(revised_stage, compare=True), "instansi")
    was, now = (f"{n:,}".replace(",", ".") for n in (people.height, people.height - women - other))
    assert f"Total berubah dari {was} menjadi {now} orang" in words(at)
    assert f"2 dari {len(dataset().levels['instansi'].codes)} kode instansi berubah." in words(at)
    found = {row["Kode"]: row for row in rows(at, -1)}
    assert set(found) == {"KM01", "KM04"}
    assert found["KM01"]["Perubahan"] == f"−{women:,}".replace(",", ".")
    assert found["KM04"]["Keterangan"] == "hilang"
    assert len(at.main.get("plotly_chart")) == 1


def test_only_official_figures_are_compared_and_the_page_says_so(stage: World) -> None:
    at = history(stage, compare=True)
    offered = comparable(scope(stage.viewer("analis"), "pegawai"))
    printed = {levels[0] for levels in dataset().public.all if len(levels) == 1}
    assert set(offered) == printed
    assert {"instansi", "provinsi"} <= printed
    assert at.selectbox(key="compare_level").options == list(offered.values())
    assert "Hanya angka resmi yang dibandingkan" in words(at)


@pytest.mark.parametrize("account", READERS)
def test_every_level_that_is_offered_can_be_compared(stage: World, account: str) -> None:
    at = at_one_date(history(stage, account, compare=True))
    for name in comparable(scope(stage.viewer(account), "pegawai")):
        level(at, name)
        assert not at.warning, name
        assert "Tidak ada perbedaan" in words(at), name


def test_levels_outside_the_role_or_place_are_not_offered(stage: World) -> None:
    lead = comparable(scope(stage.viewer("pimpinan"), "pegawai"))
    assert "pendidikan" not in lead
    assert "golongan_ruang" not in lead
    limited = comparable(scope(stage.viewer("wilayah"), "pegawai"))
    assert "instansi" not in limited  # official, but not of the national baseline
    assert "provinsi" in limited


def test_a_limited_reader_compares_own_provinces(revised_stage: World) -> None:
    at = level(history(revised_stage, "wilayah", compare=True), "provinsi")
    assert {row["Kode"] for row in rows(at, -1)} <= set(OWN)


def held(*days: tuple[date, int]) -> ReleaseManifest:
    return manifest("0001", None, *days)


PAIRS = [
    (held((EARLY, 0), (MIDDLE, 0)), held((EARLY, 0), (MIDDLE, 0), (LATE, 0)), (MIDDLE, LATE), "a date was added"),
    (held((EARLY, 0), (LATE, 0)), held((EARLY, 0), (MIDDLE, 0), (LATE, 0)), (EARLY, MIDDLE), "one between was added"),
    (held((EARLY, 0), (MIDDLE, 0)), held((EARLY, 1), (MIDDLE, 0)), (EARLY, EARLY), "a date was revised"),
    (held((MIDDLE, 0)), held((MIDDLE, 1), (LATE, 0)), (MIDDLE, MIDDLE), "a revision is not mistaken for growth"),
    (held((MIDDLE, 0)), held((EARLY, 0), (MIDDLE, 0)), (MIDDLE, MIDDLE), "nothing lies before the added date"),
    (held((EARLY, 0), (MIDDLE, 0)), held((EARLY, 0)), (EARLY, EARLY), "a date was taken away"),
    (held((MIDDLE, 0)), held((EARLY, 0)), (MIDDLE, EARLY), "no date in common"),
]


@pytest.mark.parametrize(("before", "after", "days", "why"), PAIRS, ids=[row[3] for row in PAIRS])
def test_the_comparison_begins_where_the_releases_differ(
    before: ReleaseManifest, after: ReleaseManifest, days: tuple[date, date], why: str
) -> None:
    assert telling(before, after, "pegawai") == days


def test_the_same_release_and_date_on_both_sides_is_said(stage: World) -> None:
    at = history(stage, compare=True)
    at.selectbox(key="compare_before").set_value("0003").run()
    assert [info.value for info in at.info] == ["Kedua sisi sama. Pilih rilis atau tanggal lain."]


def test_with_one_release_there_is_nothing_to_compare(own_stage: World) -> None:
    for name in ("0002", "0003"):
        shelf.discard(own_stage.settings.releases, name)
    shelf.point(own_stage.settings.releases, "0001")
    at = history(own_stage, compare=True)
    assert "Baru ada satu rilis. Perbandingan tersedia setelah penerbitan berikutnya." in [i.value for i in at.info]
    assert not at.exception


CHAINS = [
    (EVERY, "0004", ["0004", "0002", "0001"], ("0002", "0004"), "after a roll back to 0002"),
    (EVERY, "0003", ["0003", "0002", "0001"], ("0002", "0003"), "the branch that was left"),
    (EVERY, "0001", ["0001"], ("0004", "0001"), "the first has none before it"),
    ((FIRST, FOURTH), "0004", ["0004"], ("0001", "0004"), "its predecessor is damaged"),
    ((FIRST, SECOND), "0009", [], ("0001", "0002"), "the served one is damaged"),
]


@pytest.mark.parametrize(("sound", "current", "line", "pair", "why"), CHAINS, ids=[row[4] for row in CHAINS])
def test_the_chain_follows_predecessors_and_the_pair_begins_there(
    sound: tuple[ReleaseManifest, ...], current: str, line: list[str], pair: tuple[str, str], why: str
) -> None:
    known = Shelved(sound, (), current)
    assert chain(known) == line
    assert usual(known) == pair


def test_the_first_release_with_a_revision_brought_it() -> None:
    found = {s.reference_date: first_with(s, EVERY) for s in THIRD.snapshots}
    assert found == {EARLY: THIRD, MIDDLE: SECOND}
    assert first_with(THIRD.snapshots[0], (FIRST, SECOND)) is None


def turns(at: AppTest) -> list[tuple[str, str, str, str]]:
    [table] = [one for one in at.dataframe if "Peristiwa" in one.value.columns]
    return [(r["Rilis"], r["Peristiwa"], r["Oleh"], r["Alasan"]) for r in table.value.to_dict("records")]


@pytest.mark.parametrize("account", READERS)
def test_a_roll_back_is_told_with_who_and_why(own_stage: World, account: str) -> None:
    assert not [info for info in history(own_stage, account).info if "disajikan kembali" in info.value]
    detail = "penyegaran 7, disetujui tim-data-dua"
    rollback("0002", by="tim-data", settings=own_stage.settings, reason="berkas *keliru*", detail=detail)
    at = history(own_stage, account)
    assert turns(at)[:2] == [
        ("0002", "disajikan kembali", "tim-data, disetujui tim-data-dua", "berkas *keliru*"),
        ("0003", "terbit", "uji", "–"),
    ]
    [told] = [info.value for info in at.info if "disajikan kembali" in info.value]
    assert told.startswith("Rilis 0002 disajikan kembali sejak")
    assert told.endswith("oleh tim-data, disetujui tim-data-dua. Alasan: berkas \\*keliru\\*")
