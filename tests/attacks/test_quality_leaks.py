"""Quality figures as a way to single persons: the file, the reader, the download, and what happens when something is broken."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from data_access.access import quality as door
from data_access.access.result import State
from data_access.access.viewer import Viewer
from data_access.errors import AsnError, Damaged, Misconfigured, Refused
from data_access.governance import audit
from data_access.keys import key
from data_access.release import manifest as manifests
from data_access.release import quality_cube, quality_file, shelf
from data_access.release.policy import POLICY
from data_access.release.ptable import DESIGN
from data_access.state import engine
from reports import quality as words
from tests import world as worlds
from tests.exporting import PURPOSE, parts
from tests.quality_world import NONE_DELIVERED, figures, found, measured, with_quality
from tests.ui_world import end_agreement, served
from tests.world import LATE, World, copied, dataset


@pytest.fixture
def own(world: World, tmp_path: Path) -> Iterator[World]:
    made = with_quality(copied(world, tmp_path / "var"))
    with served(made):
        yield made
    engine(made.settings.state).dispose()


def folder(world: World) -> Path:
    return shelf.current(world.settings.releases)


def stolen(world: World) -> pl.DataFrame:
    """The file as a thief reads it, without the product."""
    return pl.read_parquet(folder(world) / quality_file.NAME)


def test_the_file_holds_these_columns_and_no_count(own: World) -> None:
    frame = stolen(own)
    assert dict(frame.schema) == quality_file.SCHEMA
    suppressed = frame.filter(keadaan="suppressed")
    assert suppressed.height > 1_000
    assert suppressed["nilai"].null_count() == suppressed.height
    assert set(frame["keadaan"]) == {"shown", "suppressed"}


def test_no_share_leads_back_to_a_few_persons(own: World) -> None:
    """Neither to few who fail, nor to few who pass: what a share times its base gives is a multiple of the rounding base."""
    shown = stolen(own).filter((pl.col("keadaan") == "shown") & (pl.col("nilai") < 1))
    failing = (shown["nilai"] * shown["dasar"]).round(6)
    assert failing.min() >= POLICY.threshold  # type: ignore[operator]
    assert ((failing % POLICY.rounding).abs() < 1e-6).all()


FEW = POLICY.threshold - DESIGN.largest - 1  # the largest count that no noise lifts to the threshold


def test_zero_and_a_few_look_the_same(own: World) -> None:
    people = own.people[LATE]
    agency = people["instansi"].value_counts(sort=True)["instansi"][0]
    files = []
    for failing in (0, 1, FEW):
        counts = found(people).with_columns(
            jumlah=pl.when(pl.col("instansi") == agency).then(pl.lit(failing)).otherwise("jumlah")
        )
        files.append(figures(worlds.cube(people), counts, LATE).filter(instansi=agency).write_csv())
    assert len(set(files)) == 1


def test_raw_counts_of_small_agencies_are_nowhere_in_the_release(own: World) -> None:
    """The bytes of the release hold neither the owner's counts nor the raw counts of the cells."""
    raw = quality_cube.counted(dataset(), worlds.cube(own.people[LATE]), LATE)
    assert raw.filter(pl.col("jumlah").is_between(1, 9)).height, "there are small counts to be found"
    stored = stolen(own).filter((pl.col("periode") == LATE) & (pl.col("instansi") != ""))
    both = raw.join(stored, on=["instansi", "indikator"], suffix="_rilis")
    few, some = (both.filter(pl.col("jumlah").is_between(*span)) for span in ((1, FEW), (FEW + 1, 9)))
    assert few["nilai"].null_count() == few.height > 0
    exact = some.filter(pl.col("nilai") == pl.col("jumlah") / pl.col("dasar"))
    assert exact.is_empty()
    assert not [file.name for file in folder(own).iterdir() if "mutu" in file.name]


def test_the_download_holds_what_the_screen_may_show(own: World) -> None:
    for dimension in ("kelengkapan", "validitas", "konsistensi"):
        made = door.exported(taking(own.viewer("tim-data")), "pegawai", dimension, purpose=PURPOSE)
        text = parts(words.csv(made, "id"))[f"{made.stem}.csv"]
        table = pl.read_csv(text.encode(), infer_schema=False)
        assert "jumlah" not in table.columns
        assert set(table.filter(keadaan="suppressed")["bagian_gagal"]) == {None}
        assert not [line for line in text.splitlines() if line.startswith(("=", "+", "-", "@"))]


def test_a_changed_file_is_not_read_and_the_refusal_is_recorded(own: World) -> None:
    file = folder(own) / quality_file.NAME
    altered = stolen(own).with_columns(nilai=pl.lit(0.0))
    altered.write_parquet(file)
    with pytest.raises(Damaged) as caught:
        door.quality(own.viewer("tim-data"), "pegawai")
    assert caught.value.reason == "quality-damaged"
    last = audit.search(engine(own.settings.state), action="quality")[0].event
    assert (last.decision, last.reason, last.rows) == ("refused", "quality-damaged", None)


def test_a_file_of_another_release_is_not_read(own: World) -> None:
    quality_file.write(folder(own), measured(own.people, {}))
    with pytest.raises(Damaged):
        door.quality(own.viewer("tim-data"), "pegawai")


def test_a_hash_put_into_the_manifest_without_the_key_is_found(own: World) -> None:
    digest = quality_file.write(folder(own), stolen(own).with_columns(nilai=pl.lit(0.0)))
    secret = key(own.settings.keys, "manifest")
    forged = manifests.read(folder(own), secret).model_copy(update={"quality": digest})
    manifests.write(folder(own), forged)  # with the old signature
    with served(own), pytest.raises(Damaged) as caught:
        door.quality(own.viewer("tim-data"), "pegawai")
    assert caught.value.reason == "release-damaged"


def taking(viewer: Viewer) -> Viewer:
    """The same viewer with the right to take files along."""
    return replace(viewer, role=viewer.role.model_copy(update={"export_quality": True}))


def download(viewer: Viewer, name: str) -> door.Quality:
    return door.exported(taking(viewer), name, "validitas", purpose=PURPOSE).quality


@pytest.mark.parametrize("read", [door.quality, download])
def test_without_an_audit_there_is_nothing(own: World, read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    viewer = own.viewer("tim-data")
    engine(own.settings.state).dispose()
    state = own.settings.var / "state.db"
    for file in (state, Path(f"{state}-wal"), Path(f"{state}-shm")):
        file.unlink(missing_ok=True)
    with pytest.raises(Misconfigured) as caught:
        read(viewer, "pegawai")
    assert caught.value.reason == "audit-unwritable"


def test_the_end_of_the_agreement_ends_the_download_too(own: World) -> None:
    viewer = own.viewer("tim-teknis")
    download(viewer, "pegawai")
    end_agreement(own)
    with pytest.raises(Refused):
        download(viewer, "pegawai")


@pytest.mark.parametrize("dataset_name", ["arsip", "", "pegawai ", "Pegawai", "../pegawai"])
def test_names_that_are_no_dataset(own: World, dataset_name: str) -> None:
    with pytest.raises(AsnError) as caught:
        door.quality(own.viewer("tim-data"), dataset_name)
    assert caught.value.reason == "dataset-unknown"


def test_an_agency_of_a_few_persons_tells_nothing_of_them() -> None:
    """All of them fail, none fails: the same row, with a base only where the book prints it."""
    few = worlds.persons(4_000, day=LATE)
    agency = few["instansi"][0]
    rest = few.filter(pl.col("instansi") != agency)
    for size in (1, 5, 9):
        some = few.filter(instansi=agency).head(size)
        people = pl.concat([rest, some])
        counts = found(people)
        made = []
        for failing in (0, some.height):
            each = counts.with_columns(
                jumlah=pl.when(pl.col("instansi") == agency).then(pl.lit(failing)).otherwise("jumlah")
            )
            made.append(figures(worlds.cube(people), each, LATE).filter(instansi=agency))
        delivered = made[0].filter(pl.col("indikator") == "ganda")
        assert made[0].equals(made[1])
        assert (delivered["dasar"].item(), delivered["keadaan"].item()) == (None, State.SUPPRESSED.value)
    assert NONE_DELIVERED.is_empty()
