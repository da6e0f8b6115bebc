"""Making a delivery of source files: whole or not at all, under names that nobody can misuse."""

from pathlib import Path
from typing import Any

import pytest

from data_access.errors import Rejected
from data_access.intake.manifest import NAME, read_manifest, sha256
from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.text import read_mapping
from data_access.intake.preparing import MAPPING, prepare
from data_access.intake.readers.limits import Limits
from tests.data_access.intake.odd_files import CUBE, LONG, long_rows, report_on, same, text_file
from tests.world import EARLY, dataset, delivered

GOOD = text_file(long_rows(labels=True), delimiter=";")


def prepared(files: list[Path], out: Path, mapping: Mapping | None = LONG, **claims: Any) -> Path:
    described = dataset()
    return prepare(
        files,
        out,
        dataset=described.name,
        reference_date=EARLY,
        owner=described.owner,
        contract=described.version,
        active="ASN aktif",
        mapping=mapping,
        **claims,
    )


def written(folder: Path, name: str = "rekap.csv", content: bytes = GOOD) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def test_a_prepared_delivery_is_accepted(tmp_path: Path) -> None:
    folder = prepared([written(tmp_path)], tmp_path / "k", total=60, rows=CUBE.height)
    assert sorted(file.name for file in folder.iterdir()) == [NAME, MAPPING, "rekap.csv"]
    assert read_manifest(folder).files == {"rekap.csv": sha256(tmp_path / "rekap.csv")}
    assert read_mapping((folder / MAPPING).read_text("utf-8")) == LONG
    assert folder.stat().st_mode & 0o777 == 0o700
    report = report_on(folder)
    assert report.accepted
    assert same(report.cube)


def test_without_a_mapping_the_files_are_canonical(tmp_path: Path) -> None:
    CUBE.select(*delivered(), "jumlah").write_csv(tmp_path / "p.csv")
    folder = prepared([tmp_path / "p.csv"], tmp_path / "k", None)
    assert read_manifest(folder).mapping == ""
    assert report_on(folder).accepted


def test_a_claim_that_does_not_hold_is_found(tmp_path: Path) -> None:
    folder = prepared([written(tmp_path)], tmp_path / "k", total=61, rows=1)
    assert [f.rule for f in report_on(folder).of("error")] == ["manifest-rows", "manifest-total"]


NAMES = [
    (".rekap.csv", "file-name"),
    ("manifest.yaml", "file-kind"),
    ("mapping.yaml", "file-kind"),
    ("x" * 70 + ".csv", "file-name"),
    ("rekap.xls", "file-kind"),
    ("rekap", "file-kind"),
]


@pytest.mark.parametrize(("name", "reason"), NAMES)
def test_a_name_that_could_be_misused_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(Rejected) as caught:
        prepared([written(tmp_path, name)], tmp_path / "k")
    assert caught.value.reason == reason
    assert not (tmp_path / "k").exists()


def test_what_cannot_be_prepared_leaves_no_folder(tmp_path: Path) -> None:
    first, twice = written(tmp_path), tmp_path / "lain"
    twice.mkdir()
    (tmp_path / "tautan.csv").symlink_to(first)
    cases: list[tuple[list[Path], dict[str, Any], str]] = [
        ([], {}, "file-twice"),
        ([first, written(twice)], {}, "file-twice"),
        ([first, tmp_path / "hilang.csv"], {}, "file-missing"),
        ([tmp_path / "tautan.csv"], {}, "file-name"),
        ([first], {"limits": Limits(bytes=100)}, "file-size"),
        ([written(tmp_path, "kosong.csv", b"")], {}, "file-empty"),
        ([written(tmp_path, "spasi.csv", b" \n\n")], {}, "file-empty"),
        ([written(tmp_path, "judul.csv", GOOD.splitlines(keepends=True)[0])], {}, "file-empty"),
        ([written(tmp_path, "pdf.csv", b"%PDF-1.7\n1 0 obj\n")], {}, "file-content"),
    ]
    for files, more, reason in cases:
        with pytest.raises(Rejected) as caught:
            prepared(files, tmp_path / "k", **more)
        assert caught.value.reason == reason
        assert not (tmp_path / "k").exists()


def test_a_folder_that_exists_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "k").mkdir()
    (tmp_path / "k" / "milik-orang.txt").write_text("x")
    with pytest.raises(Rejected) as caught:
        prepared([written(tmp_path)], tmp_path / "k")
    assert caught.value.reason == "folder-exists"
    assert [file.name for file in (tmp_path / "k").iterdir()] == ["milik-orang.txt"]
