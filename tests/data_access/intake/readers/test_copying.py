"""The copy that is read: the bytes that were hashed, private, gone afterwards, refused early where it is too large."""

import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

import pytest

from data_access.errors import Rejected
from data_access.intake import reading
from data_access.intake.readers import copying
from data_access.intake.readers.copying import copied, scratch_folder
from data_access.intake.readers.limits import USUAL, Limits
from tests.data_access.intake.odd_files import LONG, long_rows, mapped, report_on, same, text_file

GOOD = text_file(long_rows())


def test_the_copy_is_private_and_its_hash_that_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(GOOD)
    with scratch_folder(tmp_path) as private:
        copy = copied(tmp_path / "a.csv", private, USUAL)
        assert copy.sha256 == hashlib.sha256(GOOD).hexdigest()
        assert copy.path.read_bytes() == GOOD
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
        assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_nothing_is_left_in_the_scratch_folder_after_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(GOOD * 100)
    with pytest.raises(Rejected), scratch_folder(tmp_path) as private:
        copied(tmp_path / "a.csv", private, Limits(rows=50))
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_that_grows_while_it_is_copied_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(GOOD)
    real = copying._copy

    def slowly(source: BinaryIO, target: Path, watch: copying.Watch) -> str:
        digest = real(source, target, watch)
        with file.open("ab") as handle:
            handle.write(b"lagi\n")
        return digest

    monkeypatch.setattr(copying, "_copy", slowly)
    with pytest.raises(Rejected) as caught, scratch_folder(tmp_path) as private:
        copied(file, private, USUAL)
    assert caught.value.reason == "file-changed"


def test_a_file_that_changes_after_it_was_hashed_is_read_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sender writes into the file between hash and parser: what is read is what the manifest vouches for."""
    folder = mapped(tmp_path / "k", {"a.csv": GOOD}, LONG)

    def then_changed(file: Path, private: Path, limits: Limits) -> copying.Copy:
        copy = copied(file, private, limits)
        file.write_bytes(text_file(long_rows()[:3]))
        return copy

    monkeypatch.setattr(reading, "copied", then_changed)
    report = report_on(folder)
    assert report.accepted
    assert same(report.cube)


def test_lines_are_counted_across_blocks_and_the_longest_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = copying.Watch("a.csv", "text", Limits(rows=10**6, line=25))
    for block in (b"aaaa\nbbbb", b"bbbb\n", b"c" * 20):
        watch.see(block)
    assert watch.lines == 2
    with pytest.raises(Rejected) as caught:
        watch.see(b"c" * 6)
    assert (caught.value.reason, caught.value.facts["row"]) == ("line-length", 3)


def test_a_long_file_is_refused_before_it_is_copied_whole(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as handle:
        for _ in range(40):
            handle.write(b"x,1\n" * (1 << 18))
    with pytest.raises(Rejected) as caught, scratch_folder(tmp_path) as private:
        try:
            copied(tmp_path / "a.csv", private, Limits(rows=1_000_000))
        finally:
            held = sum(file.stat().st_size for file in private.iterdir())
    assert caught.value.reason == "too-many-rows"
    assert held < os.stat(tmp_path / "a.csv").st_size / 5  # noqa: PTH116 - one call is enough
