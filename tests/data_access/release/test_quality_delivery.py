"""The owner's counts beside a cube: read if they are sound, else refused with a finding that tells no number."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from data_access.errors import Rejected
from data_access.intake.manifest import Manifest, read_manifest, sha256
from data_access.release import quality_delivery
from tests import world as worlds
from tests.quality_world import found
from tests.world import EARLY, deliver

FILE = "mutu.parquet"
PEOPLE = worlds.persons(2_000, day=EARLY)
SOUND = found(PEOPLE)
Change = Callable[[pl.DataFrame], pl.DataFrame]


def delivery(folder: Path, counts: pl.DataFrame) -> tuple[Path, Manifest]:
    made = folder / "kiriman"
    made.mkdir()
    counts.write_parquet(made / FILE)
    deliver(made, worlds.cube(PEOPLE), EARLY, quality={FILE: sha256(made / FILE)})
    return made, read_manifest(made)


def test_sound_counts_are_read_as_they_are(tmp_path: Path) -> None:
    assert quality_delivery.delivered(*delivery(tmp_path, SOUND)).equals(SOUND)
    assert quality_delivery.findings(*_again(tmp_path)) == []


def _again(tmp_path: Path) -> tuple[Path, Manifest]:
    return tmp_path / "kiriman", read_manifest(tmp_path / "kiriman")


def test_a_delivery_without_counts_has_none(tmp_path: Path) -> None:
    folder = deliver(tmp_path / "kiriman", worlds.cube(PEOPLE), EARLY)
    assert quality_delivery.delivered(folder, read_manifest(folder)).is_empty()


def first(column: str, value: object) -> Change:
    """The sound counts with one value of the first row changed."""
    return lambda frame: (
        frame.with_row_index("n")
        .with_columns(pl.when(pl.col("n") == 0).then(pl.lit(value)).otherwise(pl.col(column)).alias(column))
        .drop("n")
    )


# what is wrong, the rule that says so, a word of the sentence
WRONG: dict[str, tuple[Change, str, str]] = {
    "an unknown indicator": (first("indikator", "gaji_rendah"), "quality-unknown", "gaji_rendah"),
    "an indicator that is counted from cells": (first("indikator", "bup_lampau"), "quality-unknown", "bup_lampau"),
    "an empty indicator": (first("indikator", None), "quality-unknown", "indikator"),
    "an unknown agency": (first("instansi", "KM99"), "quality-unknown", "KM99"),
    "more that fail than were examined": (first("jumlah", 10**9), "quality-counts", "dasar"),
    "a negative count": (first("jumlah", -1), "quality-counts", "dasar"),
    "no count": (first("jumlah", None), "quality-counts", "dasar"),
    "half a person": (lambda f: f.with_columns(pl.col("jumlah") + 0.5), "quality-counts", "dasar"),
    "words for numbers": (lambda f: f.with_columns(pl.lit("banyak").alias("dasar")), "quality-counts", "dasar"),
    "the same twice": (lambda f: pl.concat([f, f.head(1)]), "quality-twice", "dua kali"),
    "a column too many": (lambda f: f.with_columns(nip=pl.lit("1")), "quality-columns", "instansi"),
    "a column too few": (lambda f: f.drop("dasar"), "quality-columns", "instansi"),
}


@pytest.mark.parametrize(("change", "rule", "word"), WRONG.values(), ids=list(WRONG))
def test_what_cannot_be_is_refused(tmp_path: Path, change: Change, rule: str, word: str) -> None:
    folder, manifest = delivery(tmp_path, change(SOUND))
    with pytest.raises(Rejected) as caught:
        quality_delivery.delivered(folder, manifest)
    assert caught.value.reason == rule
    [finding] = quality_delivery.findings(folder, manifest)
    assert (finding.severity, finding.rule, finding.file) == ("error", rule, FILE)
    assert word in finding.sentence("id")
    assert str(10**9) not in finding.sentence("id"), "a count never stands in a sentence"


def test_a_file_that_was_changed_after_the_manifest_is_refused(tmp_path: Path) -> None:
    folder, manifest = delivery(tmp_path, SOUND)
    SOUND.head(3).write_parquet(folder / FILE)
    assert [one.rule for one in quality_delivery.findings(folder, manifest)] == ["hash-mismatch"]


@pytest.mark.parametrize(
    ("name", "rule"),
    [("tidak-ada.parquet", "file-missing"), ("../mutu.parquet", "file-name"), ("a/b.parquet", "file-name")],
)
def test_names_that_lead_nowhere_or_elsewhere(tmp_path: Path, name: str, rule: str) -> None:
    folder, manifest = delivery(tmp_path, SOUND)
    other = manifest.model_copy(update={"quality": {name: "0" * 64}})
    assert [one.rule for one in quality_delivery.findings(folder, other)] == [rule]


def test_a_text_file_is_no_counts(tmp_path: Path) -> None:
    folder, manifest = delivery(tmp_path, SOUND)
    SOUND.write_csv(folder / "mutu.csv")
    other = manifest.model_copy(update={"quality": {"mutu.csv": sha256(folder / "mutu.csv")}})
    assert [one.rule for one in quality_delivery.findings(folder, other)] == ["quality-kind"]


def test_two_files_are_one_too_many(tmp_path: Path) -> None:
    folder, manifest = delivery(tmp_path, SOUND)
    other = manifest.model_copy(update={"quality": {FILE: "0" * 64, "lain.parquet": "0" * 64}})
    assert [one.rule for one in quality_delivery.findings(folder, other)] == ["quality-files"]


def test_damaged_parquet_is_a_finding(tmp_path: Path) -> None:
    folder, manifest = delivery(tmp_path, SOUND)
    (folder / FILE).write_bytes(b"PAR1" + b"\0" * 50 + b"PAR1")
    other = manifest.model_copy(update={"quality": {FILE: sha256(folder / FILE)}})
    assert [one.rule for one in quality_delivery.findings(folder, other)] == ["file-unreadable"]
