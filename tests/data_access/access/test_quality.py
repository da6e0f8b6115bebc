"""Quality figures reach those who look after the data, within their places, and never without a record."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from data_access.access import quality as door
from data_access.access.result import State
from data_access.access.viewer import Viewer
from data_access.errors import Refused
from data_access.governance import audit
from data_access.release import quality_file
from data_access.state import engine
from tests.exporting import PURPOSE
from tests.quality_world import lay, with_quality, without_quality
from tests.ui_world import end_agreement, served
from tests.world import EARLY, LATE, MIDDLE, OWN, World, copied, dataset


@pytest.fixture(scope="module")
def measured(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A copy with figures of every indicator on every date, served to this process."""
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


def limited(world: World) -> Viewer:
    """A viewer of two provinces whose role was given the page."""
    viewer = world.viewer("wilayah")
    return replace(viewer, role=viewer.role.model_copy(update={"pages": (*viewer.role.pages, door.PAGE)}))


def taking(world: World, name: str) -> Viewer:
    """A viewer whose role was given the right to take files along."""
    viewer = world.viewer(name)
    return replace(viewer, role=viewer.role.model_copy(update={"export_quality": True}))


def download(viewer: Viewer, dataset: str) -> door.Quality:
    return door.exported(viewer, dataset, "validitas", purpose=PURPOSE).quality


def test_a_download_holds_one_dimension(measured: World) -> None:
    viewer = taking(measured, "tim-data")
    whole, one = door.quality(viewer, "pegawai"), download(viewer, "pegawai")
    assert set(one.frame["indikator"]) == {"kode_tak_dikenal", "nip_bentuk", "bup_lampau"}
    assert one.frame.height < whole.frame.height


def newest(world: World, action: str) -> audit.Event:
    return audit.search(engine(world.settings.state), action=action)[0].event


@pytest.mark.parametrize("name", ["tim-data", "tim-teknis"])
def test_the_teams_read_all_of_it(measured: World, name: str) -> None:
    found = door.quality(measured.viewer(name), "pegawai")
    assert found.periods == (EARLY, MIDDLE, LATE)
    assert found.example
    people = measured.people[LATE]
    assert {share.agency for share in found.agencies("ganda", LATE)} == set(people["instansi"])
    assert [share.state for share in found.nation("kosong_lokasi")] == [State.SHOWN] * 3


def test_each_reading_and_each_download_is_recorded(measured: World) -> None:
    viewer = taking(measured, "tim-teknis")
    for read, action, asked in (
        (door.quality, "quality", '{"dataset": "pegawai"}'),
        (download, "quality-export", '{"dataset": "pegawai", "dimensi": "validitas"}'),
    ):
        found = read(viewer, "pegawai")
        event = newest(measured, action)
        assert (event.decision, event.account, event.role) == ("allowed", "tim-teknis", "tim_teknis")
        assert (event.rows, event.release) == (found.frame.height, found.release)
        assert event.suppressed == found.frame.filter(keadaan="suppressed").height
        assert event.grant and event.grant != "owner"
        assert event.query == asked
        assert event.detail == (None if read is door.quality else f'{{"purpose": "{PURPOSE}"}}')
        assert found.frame.height


@pytest.mark.parametrize("name", ["pimpinan", "analis", "wilayah", "pengelola", "pemilik"])
@pytest.mark.parametrize(("read", "action"), [(door.quality, "quality"), (download, "quality-export")])
def test_a_role_without_the_page_is_refused_and_that_is_recorded(measured: World, name: str, read, action: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as caught:
        read(measured.viewer(name), "pegawai")
    assert caught.value.reason == "quality-role"
    event = newest(measured, action)
    assert (event.decision, event.reason, event.account, event.rows) == ("refused", "quality-role", name, None)


def test_the_page_alone_is_no_right_to_data(measured: World) -> None:
    viewer = measured.viewer("pengelola")
    given = replace(viewer, role=viewer.role.model_copy(update={"pages": (*viewer.role.pages, door.PAGE)}))
    with pytest.raises(Refused) as caught:
        door.quality(given, "pegawai")
    assert caught.value.reason == "dataset-unknown"
    assert newest(measured, "quality").reason == "dataset-unknown"


def test_a_viewer_of_two_provinces_gets_their_agencies_and_the_nation(measured: World) -> None:
    whole, own = door.quality(measured.viewer("tim-data"), "pegawai"), door.quality(limited(measured), "pegawai")
    agencies = set(own.frame["instansi"]) - {""}
    known = dataset().levels["instansi"].by_code
    assert agencies
    assert {known[code].attributes.get("provinsi") for code in agencies} == set(OWN)
    assert own.nation("ganda") == whole.nation("ganda")
    assert agencies < set(whole.frame["instansi"])


def test_a_limited_viewer_without_a_place_gets_nothing(measured: World) -> None:
    with pytest.raises(Refused) as caught:
        door.quality(replace(limited(measured), provinces=None), "pegawai")
    assert caught.value.reason == "rows-missing"


def test_the_owner_reads_on_when_the_agreement_has_ended_and_the_other_party_does_not(own: World) -> None:
    end_agreement(own)
    assert door.quality(own.viewer("tim-data"), "pegawai").frame.height
    assert newest(own, "quality").grant == "owner"
    with pytest.raises(Refused):
        door.quality(own.viewer("tim-teknis"), "pegawai")
    assert newest(own, "quality").decision == "refused"


def test_a_release_of_before_has_no_figures_and_says_so(own: World) -> None:
    without_quality(own)
    with served(own):
        found = door.quality(own.viewer("tim-data"), "pegawai")
    assert found.frame.is_empty()
    assert found.on("ganda", LATE).state == State.UNAVAILABLE
    assert found.agencies("ganda", LATE) == []


def test_a_suppressed_share_holds_no_number_whatever_the_file_says(own: World) -> None:
    """As in charts: the state decides, not the value."""
    viewer = own.viewer("tim-data")
    frame = door.quality(viewer, "pegawai").frame
    assert frame.filter(keadaan="suppressed")["nilai"].null_count() == frame.filter(keadaan="suppressed").height
    odd = door.Quality("pegawai", frame.with_columns(nilai=pl.lit(0.5)), (LATE,), "1", example=True, sha256="")
    shares = odd.agencies("ganda", LATE)
    assert {share.value for share in shares if share.state == State.SUPPRESSED} == {None}


def test_dates_that_the_release_no_longer_holds_are_left_out(own: World) -> None:
    frame = door.quality(own.viewer("tim-data"), "pegawai").frame
    stray = frame.head(5).with_columns(periode=pl.lit(EARLY.replace(year=2019))).cast(quality_file.SCHEMA)  # type: ignore[arg-type]
    lay(own.settings, pl.concat([frame, stray]))
    with served(own):
        assert door.quality(own.viewer("tim-data"), "pegawai").frame.height == frame.height
