"""The figures of others: complete, with a source each, and of the right size."""

from data_access.access.benchmarks import benchmarks
from data_access.contract import contract


def test_every_province_has_inhabitants_from_a_named_source() -> None:
    found = benchmarks()
    provinces = {code.code for code in contract().datasets["pegawai"].levels["provinsi"].codes} - {"99"}
    assert set(found.population) == provinces
    assert {one.sumber for one in found.inhabitants} == set(found.sources)
    assert 275_000_000 < sum(found.population.values()) < 285_000_000


def test_sources_are_told_with_the_provinces_that_differ_from_most() -> None:
    told = benchmarks().told("id")
    assert told.startswith("BPS")
    assert "(Papua Selatan, Papua Barat Daya)" in told


def test_oecd_shares_are_shares() -> None:
    women = benchmarks().women
    assert 0 < women.manajemen_senior < women.manajemen_menengah < women.semua < 1


def test_inhabitants_quoted_at_second_hand_are_provisional_and_name_their_source() -> None:
    found = benchmarks()
    assert found.provisional == ("91", "94", "95")
    for language, word in (("id", "angka sementara"), ("en", "provisional")):
        assert word in found.told(language)
        assert "Wikipedia" in found.told(language)
