"""Sentences on what has changed: from displayed values only, each with its base, none about what is hidden."""

from datetime import date

import pytest

from data_access.access.result import Protected, State
from tests.charts.factory import YEARS, protected
from ui.topics.changes import MOST, Facts, sentences

BEFORE, NOW = YEARS[1], YEARS[2]
SUPPRESSED = State.SUPPRESSED


def by(level: str, now: dict[str, int | State], before: dict[str, int | State]) -> Protected:
    cells = {NOW: now, BEFORE: before}
    return protected(
        [level], lambda day, codes: cells[day][codes[0]], periods=(BEFORE, NOW), members={level: list(now)}
    )


def facts(status: Protected | None = None, places: Protected | None = None, flows: Protected | None = None) -> Facts:
    years = [str(NOW.year + 1 + i) for i in range(5)]
    return Facts(
        status=status or by("status", {"PNS": 3_000, "PPPK": 2_000}, {"PNS": 3_500, "PPPK": 1_000}),
        sex=by("jenis_kelamin", {"L": 2_200, "P": 2_800}, {"L": 2_200, "P": 2_300}),
        leaving=by("tahun_bup", dict.fromkeys(years, 100), dict.fromkeys(years, 90)),
        places=places,
        flows=flows,
    )


def test_each_sentence_names_its_base() -> None:
    found = sentences(facts(), NOW, BEFORE, "seluruh ASN", "id")
    assert found == [
        "Jumlah ASN naik 500 (11,1%) sejak 31 Des 2024, menjadi 5.000.",
        "PPPK (termasuk paruh waktu) kini 40,0% dari seluruh ASN; pada 31 Des 2024 22,2%.",
        "Perempuan kini 56,0% dari seluruh ASN; pada 31 Des 2024 51,1%.",
        "Pada 2026–2030, 500 ASN (10,0% dari jumlah sekarang) mencapai batas usia pensiun.",
    ]


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (4_000, "Jumlah ASN turun 500 (11,1%) sejak 31 Des 2024, menjadi 4.000."),
        (4_500, "Jumlah ASN sama dengan 31 Des 2024: 4.500."),
    ],
)
def test_a_fall_and_a_standstill_have_words_of_their_own(now: int, sentence: str) -> None:
    status = by("status", {"PNS": now}, {"PNS": 4_500})
    assert sentences(facts(status), NOW, BEFORE, "seluruh ASN", "id")[0] == sentence


def test_nothing_is_said_of_what_is_hidden_on_either_date() -> None:
    status = by("status", {"PNS": 3_000, "PPPK": SUPPRESSED}, {"PNS": 3_500, "PPPK": 1_000})
    found = " ".join(sentences(facts(status), NOW, BEFORE, "seluruh ASN", "id"))
    assert "Jumlah ASN" not in found
    assert "PPPK" not in found
    assert "Perempuan" in found


def test_the_province_that_moved_most_either_way_is_named() -> None:
    places = by("provinsi", {"33": 1_100, "34": 500, "95": SUPPRESSED}, {"33": 1_000, "34": 1_000, "95": 100})
    found = " ".join(sentences(facts(places=places), NOW, BEFORE, "seluruh ASN", "id"))
    assert "Perubahan terbesar menurut provinsi: DI Yogyakarta, −50,0% terhadap 31 Des 2024." in found


def test_at_most_five_and_in_english_too() -> None:
    places = by("provinsi", {"33": 1_100, "34": 500}, {"33": 1_000, "34": 1_000})
    found = sentences(facts(places=places), NOW, BEFORE, "all ASN", "en")
    assert len(found) <= MOST
    assert found[0] == "The number of ASN rose by 500 (11.1%) since 31 Dec 2024, to 5,000."


def test_an_earlier_date_without_an_answer_says_nothing_of_change() -> None:
    found = sentences(facts(), NOW, date(2001, 1, 1), "seluruh ASN", "id")
    assert [sentence for sentence in found if "2001" in sentence] == []


def test_shares_of_a_place_are_of_the_asn_there() -> None:
    found = " ".join(sentences(facts(), NOW, BEFORE, "ASN di Aceh", "id"))
    assert "40,0% dari ASN di Aceh;" in found
    assert "56,0% dari ASN di Aceh;" in found
    assert "seluruh ASN" not in found


def test_movements_are_events_not_persons() -> None:
    moves = by("arah", {"masuk": 700, "keluar": 200}, {"masuk": 0, "keluar": 0})
    found = sentences(facts(flows=moves), NOW, BEFORE, "seluruh ASN", "id")
    assert "Sejak 31 Des 2024 tercatat 700 pengangkatan dan 200 peristiwa keluar dari ASN." in found
