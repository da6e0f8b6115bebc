"""What follows from `disclosure: tidak perlu`, and what a contract with levels that are never added up must say."""

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from data_access.contract import Dataset, contract
from data_access.contract.load import FOLDER, read_dataset
from data_access.release.lattice import wanted

EXACT = ("formasi", "indeks")


@pytest.mark.parametrize("name", EXACT)
def test_every_combination_is_exact_and_names_what_is_apart(name: str) -> None:
    dataset = contract().datasets[name]
    found = wanted(dataset)
    assert found
    assert all(combination.public and dataset.is_public(combination.levels) for combination in found)
    assert all(set(combination.levels) >= set(dataset.apart) for combination in found)
    # The limit of the agencies' level is one of cells of persons.
    assert max(len(c.levels) for c in found if "instansi" in c.levels) > dataset.levels["instansi"].max_dims


@pytest.mark.parametrize("name", ["pegawai", "arus"])
def test_datasets_of_persons_stay_protected(name: str) -> None:
    dataset = contract().datasets[name]
    assert not dataset.exact
    assert sum(combination.public for combination in wanted(dataset)) == len(dataset.public.all)
    assert not dataset.is_public(("instansi", "jenjang"))


def test_the_owner_is_the_first_party_and_the_second_has_the_grant() -> None:
    assert {contract().datasets[name].owner for name in EXACT} == {"kesatu"}
    for file in ("perjanjian.yaml", "perjanjian-contoh.yaml"):
        grants = yaml.safe_load((FOLDER.parent / "governance" / file).read_text("utf-8"))["grants"]
        parties = {grant["dataset"]: (grant["id"], grant["party"]) for grant in grants}
        assert {name: parties[name] for name in EXACT} == {name: (f"lampiran-1-{name}", "kedua") for name in EXACT}


@pytest.mark.parametrize(
    "changes",
    [
        {"headline": {}},
        {"headline": {"tahap": "lamaran"}},
        {"headline": {"tahap": "penetapan", "instansi": "KM01"}},
        {"apart": ["tahapan"]},
        {"apart": []},
    ],
)
def test_a_headline_that_does_not_fit_is_refused(changes: dict[str, Any]) -> None:
    raw = read_dataset(FOLDER / "formasi.yaml").model_dump()
    assert Dataset.model_validate(raw)
    with pytest.raises(ValidationError):
        Dataset.model_validate(raw | changes)
