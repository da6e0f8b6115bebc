"""Every file of the contract loads, says what the law and the books say, and changes the hash when it changes."""

import shutil
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from data_access.contract import contract
from data_access.contract.load import FOLDER, VERSIONS, read_contract, read_dataset
from tests.world import dataset

FILES = sorted(file for file in FOLDER.glob("*.yaml") if file.name != VERSIONS)


@pytest.mark.parametrize("file", FILES, ids=[f.stem for f in FILES])
def test_every_dataset_file_loads_under_its_own_name(file: Path) -> None:
    assert read_dataset(file).name == file.stem
    assert contract().datasets[file.stem] == read_dataset(file)


def test_every_code_has_a_label_in_both_languages() -> None:
    for level in dataset().levels.values():
        assert level.label.id
        assert level.label.en
        assert all(code.label.id and code.label.en for code in level.codes)


def test_every_level_says_what_it_counts_in_both_languages() -> None:
    for level in dataset().levels.values():
        for language in ("id", "en"):
            definition = level.definition.text(language)
            assert len(definition) > 25, level.name
            assert definition.endswith("."), level.name
            assert definition != level.label.text(language)
            # What is no column of a delivery says what it follows from.
            derived = {"id": "Diturunkan dari", "en": "Derived from"}[language] in definition
            assert derived == (not level.delivered), level.name


# level, what its definition must say (docs/domain.md)
LEGAL_BASES = [
    ("status", "UU 20/2023"),
    ("sifat_jabatan", "UU 20/2023"),
    ("tahun_bup", "PP 11/2017"),
    ("golongan_ruang", "Permen PANRB 72/2020"),
    ("generasi", "1977–1994"),
    ("masa_kerja", "TMT"),
    ("umur_5", "tahun penuh pada tanggal acuan"),
    ("tahun_bup", "hari pertama bulan sesudah"),
    ("pendidikan", "SIASN"),
    ("provinsi", "Kemendagri"),
]


@pytest.mark.parametrize(("level", "base"), LEGAL_BASES, ids=[f"{level}: {base}" for level, base in LEGAL_BASES])
def test_definitions_name_their_rule(level: str, base: str) -> None:
    assert base in dataset().levels[level].definition.id


def test_the_newest_version_told_is_the_one_in_force() -> None:
    for name, described in contract().datasets.items():
        assert contract().history(name)[0].version == described.version


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


def whole(folder: Path) -> Path:
    """A copy of all files of the contract."""
    shutil.copytree(FOLDER, folder / "contract", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder / "contract"


def test_the_folder_read_again_is_the_contract(tmp_path: Path) -> None:
    assert read_contract(whole(tmp_path)) == contract()


def retold(folder: Path, **changes: object) -> Path:
    """The contract with its newest version told otherwise."""
    made = whole(folder)
    [newest, *older] = yaml.safe_load((made / VERSIONS).read_text("utf-8"))
    (made / VERSIONS).write_text(yaml.safe_dump([newest | changes, *older], allow_unicode=True), "utf-8")
    return made


TEXT = {"id": "x", "en": "x"}
# what is told of the newest version, what the refusal says
MISTOLD: list[tuple[dict[str, object], str]] = [
    ({"version": "0.9"}, "not 1.1"),
    ({"dataset": "gaji"}, "unknown datasets"),
    ({"changes": []}, "at least 1"),
    ({"changes": [{"text": {"id": "x"}}]}, "en"),
    ({"changes": [{"text": TEXT, "levels": ["gaji"]}]}, "unknown levels"),
    ({"oleh": "x"}, "oleh"),
]


@pytest.mark.parametrize(("change", "told"), MISTOLD, ids=[told for _change, told in MISTOLD])
def test_versions_told_wrongly_stop_the_start(tmp_path: Path, change: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        read_contract(retold(tmp_path, **change))


@pytest.mark.parametrize(
    ("older", "told"),
    [
        ({"version": "1.0", "date": "2020-01-01"}, "told twice"),
        ({"version": "0.9", "date": "2999-01-01"}, "newest first"),
    ],
    ids=["a version twice", "out of order"],
)
def test_older_versions_come_after_and_once(tmp_path: Path, older: dict[str, str], told: str) -> None:
    made = whole(tmp_path)
    told_now = yaml.safe_load((made / VERSIONS).read_text("utf-8"))
    changed = [*told_now, {"dataset": "pegawai", "changes": [{"text": TEXT}]} | older]
    (made / VERSIONS).write_text(yaml.safe_dump(changed, allow_unicode=True), "utf-8")
    with pytest.raises(ValidationError, match=told):
        read_contract(made)


def test_a_changed_definition_changes_the_hash(tmp_path: Path) -> None:
    made = whole(tmp_path)
    file = made / "pegawai.yaml"
    file.write_text(file.read_text("utf-8").replace("UU 20/2023", "UU 21/2023", 1), "utf-8")
    assert read_contract(made).sha256 != contract().sha256


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
