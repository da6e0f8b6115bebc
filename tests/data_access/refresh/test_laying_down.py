"""What the worker tells about the drop folder: deliveries, what cannot be read and why, and nothing by way of a link."""

import os
from pathlib import Path

import pytest

from data_access.governance.laid_down import LaidDown, laid
from data_access.intake.manifest import LARGEST, NAME, read_manifest
from data_access.refresh.laying_down import look
from tests.data_access.refresh.conftest import NEXT, Office


def seen(office: Office) -> dict[str, LaidDown]:
    look(office.world.settings)
    return {one.name: one for one in laid(office.state)}


def test_a_delivery_is_told_by_its_manifest(office: Office) -> None:
    folder = office.lay_down()
    manifest, one = read_manifest(folder), seen(office)["kiriman"]
    assert (one.dataset, one.reference_date, one.total) == ("pegawai", NEXT, manifest.total)
    assert one.digests == set(manifest.files.values())
    assert int(one.written_at.timestamp()) == int((folder / NAME).stat().st_mtime)
    assert (one.failure, one.loose) == (None, False)


def test_what_is_gone_or_changed_is_told_anew(office: Office) -> None:
    first = office.lay_down("satu")
    assert set(seen(office)) == {"satu"}
    first.rename(first.with_name("dua"))
    office.lay_down("dua", total=123_456)
    assert {name: one.total for name, one in seen(office).items()} == {"dua": 123_456}


def test_a_loose_file_is_told_but_not_read(office: Office) -> None:
    (office.lay_down().parent / "rekap.csv").write_bytes(b"\xff\x00")
    assert seen(office)["rekap.csv"].loose


def large(folder: Path) -> None:
    with (folder / NAME).open("a") as handle:
        handle.write("#" * LARGEST)


def linked_manifest(folder: Path) -> None:
    (folder / NAME).rename(folder.parent / ".manifest-lain")
    (folder / NAME).symlink_to(folder.parent / ".manifest-lain")


def pipe(folder: Path) -> None:
    (folder / NAME).unlink()
    os.mkfifo(folder / NAME)


def no_yaml(folder: Path) -> None:
    (folder / NAME).write_text("dataset: [")


UNREADABLE = [
    (large, "manifest-large"),
    (linked_manifest, "manifest-unreadable"),
    (pipe, "manifest-invalid"),
    (no_yaml, "manifest-unreadable"),
]


@pytest.mark.parametrize(("spoil", "reason"), UNREADABLE, ids=[row[0].__name__ for row in UNREADABLE])
def test_a_manifest_that_cannot_be_read_is_told_with_its_reason(office: Office, spoil, reason: str) -> None:  # type: ignore[no-untyped-def]
    spoil(office.lay_down())
    one = seen(office)["kiriman"]
    assert (one.reference_date, one.loose, (one.failure or {})["reason"]) == (None, False, reason)
    assert one.failure is not None
    assert all(len(one.failure[language]) > 15 for language in ("id", "en"))


def test_links_hidden_and_unprintable_names_are_left_out(office: Office) -> None:
    folder = office.lay_down()
    (folder.parent / "tautan").symlink_to(folder)
    (folder.parent / "tautan.csv").symlink_to("/etc/passwd")
    office.lay_down(".agregasi-x")
    (folder.parent / os.fsdecode(b"\xff")).mkdir()
    (folder.parent / "tanpa-manifest").mkdir()
    assert set(seen(office)) == {"kiriman"}


def test_without_a_drop_folder_nothing_lies_there(office: Office) -> None:
    assert seen(office) == {}
