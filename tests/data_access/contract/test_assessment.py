"""Bands and weights of the indices: no gap between two bands, weights that make a whole, and each year under its own law."""

import pytest

from data_access.contract import contract
from data_access.contract.assessment import BREAK_RB, band_of, bands, weights

YEARS = range(2019, 2027)
INDICES = tuple(contract().datasets["indeks"].levels["indeks"].by_code)


@pytest.mark.parametrize("index", INDICES)
def test_bands_follow_each_other_without_gap_and_are_those_of_the_contract(index: str) -> None:
    known = contract().datasets["indeks"].levels["predikat"].by_code
    for year in YEARS:
        found = bands(index, year)
        assert bool(found) == (index != "nspk" or year >= 2022)
        assert all(known[band.code].attributes["indeks"] == index for band in found)
        assert [band.high for band in found[1:]] == [band.low for band in found[:-1]]
        assert len({band.code for band in found}) == len(found)


@pytest.mark.parametrize(
    ("index", "year", "score", "band"),
    [
        ("ip_asn", 2021, 90.0, "ip_tinggi"),  # 81-90 in print
        ("ip_asn", 2021, 90.5, "ip_sangat_tinggi"),  # between two printed bands
        ("ip_asn", 2021, 0.0, "ip_sangat_rendah"),
        ("merit", 2021, 362.5, "merit_iv"),  # KPK
        ("merit", 2022, 325.0, "merit_iv"),
        ("merit", 2022, 324.99, "merit_iii"),
        ("merit", 2022, 100.0, "merit_i"),
        ("rb", 2022, 80.0, "rb_bb"),
        ("rb", 2022, 80.01, "rb_a"),
        ("rb", 2024, 29.0, "rb_d"),
        ("nspk", 2023, 90.01, "nspk_a"),
    ],
)
def test_a_score_has_one_band(index: str, year: int, score: float, band: str) -> None:
    assert band_of(index, year, score) == band


@pytest.mark.parametrize(("index", "year", "score"), [("nspk", 2021, 80.0), ("merit", 2022, 99.0), ("rb", 2000, 50.0)])
def test_what_no_band_holds_has_none(index: str, year: int, score: float) -> None:
    with pytest.raises(KeyError):
        band_of(index, year, score)


def test_weights_of_ip_asn_are_those_of_the_regulation() -> None:
    for year in YEARS:
        assert [one.weight for one in weights("ip_asn", year)] == [25, 40, 30, 5]
    assert len(weights("merit", 2022)) == 8


def test_every_rule_names_its_law_and_rb_changes_with_it() -> None:
    assert all(
        one.source for index in INDICES for year in YEARS for one in (*bands(index, year), *weights(index, year))
    )
    before, after = bands("rb", BREAK_RB - 1)[0], bands("rb", BREAK_RB)[0]
    assert before.source != after.source
    assert "3/2023" in after.source
    assert {one.label.id for one in weights("rb", BREAK_RB)} == {"RB general", "RB tematik"}
