"""Every file of the contract loads, says what the law and the books say, and changes the hash when it changes."""

import shutil
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from data_access.contract import contract
from data_access.contract.load import FOLDER, read_dataset
from tests.world import dataset

FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=[f.stem for f in FILES])
def test_every_dataset_file_loads_under_its_own_name(file: Path) -> None:
    assert read_dataset(file).name == file.stem
    assert contract().datasets[file.stem] == read_dataset(file)


def test_every_code_has_a_label_in_both_languages() -> None:
    for level in dataset().levels.values():
        assert level.label.id
        assert level.label.en
        assert all(code.label.id and code.label.en for code in level.codes)


def test_codes_are_plain_text() -> None:
    """They go into file names, addresses and the code book: no blanks at the ends, no controls, no empty ones."""
    for level in dataset().levels.values():
        assert all(code.code and code.code == code.code.strip() and code.code.isprintable() for code in level.codes)


def test_there_are_38_provinces_and_abroad_four_of_them_new() -> None:
    codes = dataset().levels["provinsi"].codes
    assert len(codes) == 39
    new = {code.code: str(code.valid_from) for code in codes if code.valid_from}
    assert new == {"93": "2022-07-25", "94": "2022-07-25", "95": "2022-07-25", "96": "2022-12-08"}


def test_every_province_of_an_agency_is_a_province() -> None:
    known = set(dataset().levels["provinsi"].by_code)
    placed = [code for code in dataset().levels["instansi"].codes if "provinsi" in code.attributes]
    assert len(placed) > 500
    assert {code.attributes["provinsi"] for code in placed} == known - {"99"}


def test_regional_agencies_have_a_place_and_central_ones_have_none() -> None:
    group = dataset().mapping("instansi", "kelompok_instansi")
    for code in dataset().levels["instansi"].codes:
        assert ("provinsi" in code.attributes) == (group[code.code] == "daerah")


def test_years_are_under_their_five_years() -> None:
    above = dataset().mapping("tahun_bup", "tahun_bup_5")
    assert (above["2021"], above["2025"], above["2026"], above["2080"]) == (
        "2021-2025",
        "2021-2025",
        "2026-2030",
        "2076-2080",
    )
    assert len(above) == 60


def test_midpoints_lie_within_their_bands_and_grow() -> None:
    for name in ("umur_5", "masa_kerja"):
        points = [code.midpoint for code in dataset().levels[name].codes]
        known = [p for p in points if p is not None]
        assert len(known) == len(points)
        assert known == sorted(known)


def copied(folder: Path) -> Path:
    shutil.copytree(FOLDER / "kode", folder / "kode")
    return Path(shutil.copy(FOLDER / "pegawai.yaml", folder / "pegawai.yaml"))


def test_a_code_list_with_a_code_twice_is_refused(tmp_path: Path) -> None:
    file = copied(tmp_path)
    with (tmp_path / "kode" / "provinsi.csv").open("a", encoding="utf-8") as handle:
        handle.write("33,Jawa Tengah lagi,,I,33,\n")
    with pytest.raises(ValidationError, match="listed twice"):
        read_dataset(file)


def test_a_missing_code_list_stops_the_start(tmp_path: Path) -> None:
    file = copied(tmp_path)
    (tmp_path / "kode" / "provinsi.csv").unlink()
    with pytest.raises(FileNotFoundError):
        read_dataset(file)


def test_a_misspelt_key_is_refused(tmp_path: Path) -> None:
    file = copied(tmp_path)
    raw = yaml.safe_load(file.read_text("utf-8"))
    raw["publik"] = raw.pop("public")
    file.write_text(yaml.safe_dump(raw, allow_unicode=True), "utf-8")
    with pytest.raises(ValidationError, match="publik"):
        read_dataset(file)


def test_the_hash_is_that_of_these_files() -> None:
    assert len(contract().sha256) == 64
    assert contract() is contract()
