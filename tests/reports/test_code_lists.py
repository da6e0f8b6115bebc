"""Code lists as files: every code once, in both languages, readable by Excel, and no cell that is a formula."""

import csv
import io

import pytest

from data_access.contract import Code, Label, contract
from data_access.harmless import harmless
from reports import code_lists
from tests.world import dataset


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_one_level_holds_each_code_in_the_order_of_the_contract() -> None:
    provinces = dataset().levels["provinsi"]
    written = rows(code_lists.one_level(dataset(), provinces))
    assert [row["kode"] for row in written] == [code.code for code in provinces.codes]
    assert written[34] == {
        "dataset": "pegawai",
        "dimensi": "wilayah",
        "level": "provinsi",
        "kode": "93",
        "label_id": "Papua Selatan",
        "label_en": "Papua Selatan",
        "induk": "IX",
        "berlaku_sejak": "2022-07-25",
    }


def test_all_levels_hold_every_code_of_every_level() -> None:
    written = rows(code_lists.all_levels(list(contract().datasets.values())))
    assert tuple(written[0]) == code_lists.COLUMNS
    datasets = contract().datasets.values()
    expected = [(level.name, code.code) for d in datasets for level in d.levels.values() for code in level.codes]
    assert [(row["level"], row["kode"]) for row in written] == expected


def test_the_file_begins_with_the_mark_that_excel_looks_for() -> None:
    content = code_lists.one_level(dataset(), dataset().levels["status"])
    assert content.startswith(b"\xef\xbb\xbfdataset,")


def test_leading_zeros_stay() -> None:
    assert rows(code_lists.one_level(dataset(), dataset().levels["pendidikan"]))[0]["kode"] == "05"


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_looks_like_a_formula_is_text(cell: str) -> None:
    level = (
        dataset()
        .levels["status"]
        .model_copy(update={"codes": (Code(code=cell, label=Label(id=cell, en="x"), parent=cell),)})
    )
    [row] = rows(code_lists.one_level(dataset(), level))
    assert [row["kode"], row["label_id"], row["induk"]] == [f"'{cell}"] * 3


def test_ordinary_codes_are_written_as_they_are() -> None:
    for code in (">60", "I/a", "18-20", "PPPK-PW", "D4/S1"):
        assert harmless(code) == code


def test_a_file_is_called_by_what_is_inside() -> None:
    assert code_lists.file_name(dataset(), dataset().levels["instansi"]) == "kode-pegawai-instansi-v1.1.csv"
