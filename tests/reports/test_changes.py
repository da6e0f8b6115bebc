"""The comparison in words: what changed, what did not, and the table beside it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from charts.change_rows import change_rows
from data_access.access.result import Protected, State
from reports import changes
from tests.charts.factory import protected

BEFORE = {"PNS": 3_000, "CPNS": 40, "PPPK": 1_000, "PPPK-PW": 0}


def official(values: Mapping[str, int | State], release: str) -> Protected:
    result = protected(["status"], lambda _period, codes: values[codes[0]])
    return replace(result, official=True, source=replace(result.source, release=release))


def told(after: Mapping[str, int | State], language: str = "id") -> str:
    was, now = official(BEFORE, "0001"), official(after, "0002")
    return changes.summary(was, now, change_rows(was, now, language), language)


SUMMARIES: list[tuple[dict[str, int | State], str]] = [
    ({}, "Tidak ada perbedaan pada angka resmi: 4.040 orang pada kedua rilis, juga menurut status ASN."),
    ({"PNS": 2_960}, "Total berubah dari 4.040 menjadi 4.000 orang (−40, −0,99%). 1 dari 4 kode status ASN berubah."),
    ({"PNS": 2_960, "PPPK-PW": 40}, "Total tetap 4.040 orang, tetapi 2 dari 4 kode status ASN berubah."),
]


@pytest.mark.parametrize(("change", "sentence"), SUMMARIES, ids=["nothing", "the total", "only within"])
def test_the_sentence_tells_total_and_codes(change: dict[str, int | State], sentence: str) -> None:
    assert told(BEFORE | change) == sentence


def test_a_small_total_gets_no_percentage() -> None:
    small = {"PNS": 10, "CPNS": 0, "PPPK": 0, "PPPK-PW": 0}
    was, now = official(small, "0001"), official(small | {"PNS": 12}, "0002")
    assert "(+2)" in changes.summary(was, now, change_rows(was, now, "id"), "id")


def test_the_table_has_a_row_for_each_code_with_both_releases_named() -> None:
    was = official(BEFORE | {"CPNS": State.UNAVAILABLE}, "0001")
    now = official(BEFORE | {"PNS": 2_970, "PPPK-PW": 25, "CPNS": State.UNAVAILABLE}, "0002")
    frame = changes.table(was, now, change_rows(was, now, "id"), "id")
    assert frame.columns == [
        "Status ASN",
        "Perubahan",
        "Perubahan (%)",
        "Rilis 0001, 31 Des 2025",
        "Rilis 0002, 31 Des 2025",
        "Keterangan",
        "Kode",
    ]
    assert frame.rows() == [
        ("PNS", "−30", "−1,00", "3.000", "2.970", "", "PNS"),
        ("PPPK paruh waktu", "+25", "–", "0", "25", "baru", "PPPK-PW"),
        ("CPNS", "0", "–", "–", "–", "", "CPNS"),
        ("PPPK", "0", "0,00", "1.000", "1.000", "", "PPPK"),
    ]


def test_a_table_without_rows_keeps_its_columns() -> None:
    was = official(BEFORE, "0001")
    assert changes.table(was, was, [], "en").height == 0
