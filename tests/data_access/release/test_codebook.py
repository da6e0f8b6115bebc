"""Numbers in a release keep their meaning when the contract grows, shrinks or is put in another order."""

from data_access.contract import Dataset
from data_access.release.codebook import Codebook
from tests.world import dataset


def reordered(level: str, *, without: str = "") -> Dataset:
    """The contract with the codes of one level in reverse, perhaps without one of them."""
    raw = dataset().model_dump()
    for dimension in raw["dimensions"]:
        for found in dimension["levels"]:
            if found["name"] == level:
                found["codes"] = [code for code in reversed(found["codes"]) if code["code"] != without]
    return Dataset.model_validate(raw)


def test_an_old_number_keeps_its_code_and_new_codes_come_last() -> None:
    old = Codebook({"provinsi": ("33", "34")}).extended(dataset())
    assert old.codes["provinsi"][:2] == ("33", "34")
    assert sorted(old.codes["provinsi"]) == sorted(dataset().levels["provinsi"].by_code)
    assert len(set(old.codes["provinsi"])) == len(old.codes["provinsi"])


def test_another_order_in_the_contract_changes_no_number() -> None:
    book = Codebook({}).extended(dataset())
    assert book.extended(reordered("provinsi")) == book


def test_a_code_that_the_contract_drops_keeps_its_number() -> None:
    book = Codebook({}).extended(dataset())
    assert book.extended(reordered("provinsi", without="11")).ordinals("provinsi")["11"] == 0


def test_levels_of_another_dataset_stay() -> None:
    assert Codebook({"jenis_arus": ("masuk",)}).extended(dataset()).codes["jenis_arus"] == ("masuk",)
