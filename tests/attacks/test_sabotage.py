"""A10: who breaks the ptable, a secret or a key stops the build; readers keep the release they had."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from data_access.access.query import Query
from data_access.errors import AsnError, Damaged, Misconfigured, Rejected
from data_access.intake.checks import check
from data_access.intake.manifest import sha256
from data_access.release import shelf
from data_access.release.build import build
from data_access.release.codebook import Codebook
from data_access.release.manifest import DATABASE
from data_access.release.ptable import ptable
from data_access.release.publish import publish, rollback
from data_access.release.record_keys import with_keys
from tests import world as worlds
from tests.attacks.values import asked, shown
from tests.world import EARLY, LATE, World, cube, dataset, deliver, delivered

FEW = worlds.persons(500, day=LATE, seed=11)
QUESTION = Query("pegawai", by=("provinsi", "jenjang"))


def served(world: World) -> tuple[str, str, object]:
    """What readers get: release, hash of its file, an answer."""
    folder = shelf.current(world.settings.releases)
    return folder.name, sha256(folder / DATABASE), shown(asked(world, "pemilik", QUESTION))


def record_key(world: World) -> Path:
    return world.settings.keys / "record.key"


def folder_instead(file: Path) -> None:
    file.unlink()
    file.mkdir()


SECRETS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda file: file.unlink(), "key-missing"),
    "short": (lambda file: file.write_bytes(b"x" * 31), "key-weak"),
    "empty": (lambda file: file.write_bytes(b""), "key-weak"),
    "readable by the group": (lambda file: file.chmod(0o640), "key-open"),
    "readable by all": (lambda file: file.chmod(0o604), "key-open"),
    "a folder": (folder_instead, "key-missing"),
}


@pytest.mark.parametrize("name", SECRETS)
def test_without_a_sound_secret_no_pseudo_keys_are_made(bare_world: World, tmp_path: Path, name: str) -> None:
    spoil, reason = SECRETS[name]
    spoil(record_key(bare_world))
    delivery = deliver(tmp_path / "kiriman", cube(FEW, keys=False), LATE)
    with pytest.raises(Misconfigured) as caught:
        publish([delivery], by="uji", settings=bare_world.settings, accept_warnings="uji")
    assert caught.value.reason == reason
    assert shelf.names(bare_world.settings.releases) == []


@pytest.mark.parametrize("name", SECRETS)
def test_without_a_sound_secret_nothing_is_built(own_world: World, tmp_path: Path, name: str) -> None:
    spoil, reason = SECRETS[name]
    before = served(own_world)
    spoil(record_key(own_world))
    delivery = deliver(tmp_path / "kiriman", cube(own_world.people[LATE]), LATE)
    with pytest.raises(Misconfigured) as caught:
        publish([delivery], by="uji", settings=own_world.settings, accept_warnings="uji")
    assert caught.value.reason == reason
    assert served(own_world) == before
    assert [f.name for f in own_world.settings.releases.iterdir() if f.name.startswith(shelf.BUILDING)] == []


def test_without_a_signing_key_nothing_is_published_or_shown(own_world: World, tmp_path: Path) -> None:
    (own_world.settings.keys / "manifest.key").write_bytes(b"q" * 32)
    delivery = deliver(tmp_path / "kiriman", cube(own_world.people[LATE]), LATE)
    with pytest.raises(Damaged):
        publish([delivery], by="uji", settings=own_world.settings, accept_warnings="uji")
    with pytest.raises(Damaged):
        asked(own_world, "pemilik", QUESTION)


def test_a_secret_from_the_environment_must_be_long_too(
    own_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = served(own_world)
    monkeypatch.setenv("ASN_KEY_RECORD", "ab" * 31)
    with pytest.raises(Misconfigured):
        publish(
            [deliver(tmp_path / "k", cube(own_world.people[LATE]), LATE)],
            by="uji",
            settings=own_world.settings,
            accept_warnings="uji",
        )
    assert served(own_world) == before


def shifted(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns((pl.col("perubahan") + (pl.col("n") == 6).cast(pl.Int16)).cast(pl.Int16))


TABLES: dict[str, tuple[Callable[[pl.DataFrame], pl.DataFrame], str]] = {
    "first row deleted": (lambda t: t[1:], "ptable-incomplete"),
    "last row deleted": (lambda t: t[:-1], "ptable-incomplete"),
    "a count's rows deleted": (lambda t: t.filter(pl.col("n") != 3), "ptable-incomplete"),
    "a row twice in place of another": (lambda t: pl.concat([t[:-1], t[:1]]), "ptable-incomplete"),
    "a row too many": (lambda t: pl.concat([t, t[:1]]), "ptable-incomplete"),
    "a change is null": (
        lambda t: t.with_columns(pl.when(pl.int_range(pl.len()) != 9_000).then("perubahan")),
        "ptable-incomplete",
    ),
    "biased upwards": (shifted, "ptable-biased"),
    "no noise": (lambda t: t.with_columns(pl.lit(0, dtype=pl.Int16).alias("perubahan")), "ptable-biased"),
    "zeros change": (
        lambda t: t.with_columns(
            pl.when(pl.col("n") == 0).then(pl.col("kunci") % 2 * 2 - 1).otherwise("perubahan").alias("perubahan")
        ),
        "ptable-biased",
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_damaged_ptable_stops_the_build(name: str) -> None:
    spoil, reason = TABLES[name]
    with pytest.raises(Damaged) as caught:
        build(dataset(), Codebook({}).extended(dataset()), cube(FEW), spoil(ptable()))
    assert caught.value.reason == reason


def test_a_null_key_stops_the_build() -> None:
    frame = cube(FEW).with_columns(pl.when(pl.int_range(pl.len()) != 7).then("kunci"))
    with pytest.raises(Damaged) as caught:
        build(dataset(), Codebook({}).extended(dataset()), with_keys(frame, delivered(), b"s" * 32), ptable())
    assert caught.value.reason == "key-null"


def test_a_delivery_with_a_null_key_is_rejected_and_the_old_release_stays(own_world: World, tmp_path: Path) -> None:
    before = served(own_world)
    frame = cube(own_world.people[LATE]).with_columns(pl.when(pl.int_range(pl.len()) != 7).then("kunci"))
    with pytest.raises(Rejected):
        publish(
            [deliver(tmp_path / "kiriman", frame, LATE)], by="uji", settings=own_world.settings, accept_warnings="uji"
        )
    assert served(own_world) == before


def test_a_publish_that_cannot_be_recorded_changes_nothing(own_world: World, tmp_path: Path) -> None:
    before = served(own_world)
    (own_world.settings.keys / "audit.key").chmod(0o644)
    delivery = deliver(tmp_path / "kiriman", cube(own_world.people[LATE]), LATE)
    with pytest.raises(AsnError):
        publish([delivery], by="uji", settings=own_world.settings, accept_warnings="uji")
    (own_world.settings.keys / "audit.key").chmod(0o600)
    assert served(own_world) == before


@pytest.mark.parametrize("victim", [DATABASE, "manifest.json"])
def test_publishing_on_top_of_a_damaged_release_is_refused(own_world: World, tmp_path: Path, victim: str) -> None:
    """Its cells would be carried over into the new one."""
    file = shelf.current(own_world.settings.releases) / victim
    file.write_bytes(file.read_bytes().replace(b"0", b"1", 1))
    with pytest.raises(Damaged):
        publish(
            [deliver(tmp_path / "k", cube(FEW), EARLY)], by="uji", settings=own_world.settings, accept_warnings="uji"
        )
    assert shelf.names(own_world.settings.releases) == ["0001", "0002", "0003"]


MADE_UP_KEYS = {
    "zero everywhere": (pl.lit(0), "key-range"),
    "one everywhere": (pl.lit(1), "key-spread"),
    "the number of persons": (pl.col("jumlah"), "key-spread"),
    "more than so many persons can have": (pl.col("jumlah") * 2**32, "key-range"),
}


@pytest.mark.parametrize("name", MADE_UP_KEYS)
def test_keys_that_give_no_protection_are_refused(own_world: World, tmp_path: Path, name: str) -> None:
    keys, rule = MADE_UP_KEYS[name]
    before = served(own_world)
    made_up = cube(own_world.people[LATE]).with_columns(keys.cast(pl.Int64).alias("kunci"))
    delivery = deliver(tmp_path / "kiriman", made_up, LATE)
    report = check(delivery, today=LATE, published={}, change_warning=1.0)
    assert rule in {finding.rule for finding in report.of("error")}
    with pytest.raises(Rejected):
        publish([delivery], by="uji", settings=own_world.settings, accept_warnings="uji")
    assert served(own_world) == before


def test_another_record_key_is_never_taken_silently(own_world: World, tmp_path: Path) -> None:
    before = served(own_world)
    record_key(own_world).write_bytes(b"another key of thirty-two bytes!")
    delivery = deliver(tmp_path / "kiriman", cube(own_world.people[LATE]), LATE)
    with pytest.raises(Misconfigured) as caught:
        publish([delivery], by="uji", settings=own_world.settings, accept_warnings="uji")
    assert caught.value.reason == "key-replaced"
    assert served(own_world) == before


def test_a_lost_pointer_does_not_lose_the_history(own_world: World, tmp_path: Path) -> None:
    last = shelf.names(own_world.settings.releases)[-1]
    (own_world.settings.releases / shelf.POINTER).unlink()
    delivery = deliver(tmp_path / "kiriman", cube(own_world.people[LATE]), LATE)
    with pytest.raises(Damaged) as caught:
        publish([delivery], by="uji", settings=own_world.settings, accept_warnings="uji")
    assert caught.value.reason == "release-pointer"
    rollback(last, by="uji", settings=own_world.settings)
    assert shelf.current(own_world.settings.releases).name == last


def test_a_release_that_could_not_be_served_is_not_left_on_the_shelf(
    own_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, names = served(own_world), shelf.names(own_world.settings.releases)

    def full(*_anything: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shelf, "point", full)
    delivery = deliver(tmp_path / "kiriman", cube(own_world.people[LATE]), LATE)
    with pytest.raises(Damaged) as caught:
        publish([delivery], by="uji", settings=own_world.settings, accept_warnings="uji")
    assert caught.value.reason == "release-unwritten"
    assert (served(own_world), shelf.names(own_world.settings.releases)) == (before, names)
