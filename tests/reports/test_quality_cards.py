"""The six judgements: figure, sentence and verdict, each from its limits."""

from datetime import date

import pytest

from data_access.access.reconciliation import Match
from data_access.access.result import State
from data_access.access.timeliness import Expected, Timing
from data_access.access.volatility import Move
from data_access.contract import Label
from data_access.intake.published import Published
from data_access.release.indicators import indicators
from reports import quality_cards
from reports.quality_cards import Presence, Verdict
from tests.charts.quality import FIRST, LAST, MIDDLE, Cells, made

LIMITS = indicators().limits
NAME = Label(id="ASN", en="ASN")
ALL_THERE, SOME_MISS = Presence(639, 639), Presence(639, 636)
FINE: Cells = {(LAST, "", "kosong_lokasi"): 0.004, (LAST, "", "kosong_jabatan"): State.SUPPRESSED}
POOR: Cells = {(LAST, "", "kosong_lokasi"): 0.04, (LAST, "", "kosong_jabatan"): 0.002}
FEW: Cells = {(LAST, "", "kosong_lokasi"): State.SUPPRESSED, (LAST, "", "kosong_jabatan"): State.SUPPRESSED}

# cells, agencies, figure, verdict, words
RECORDS = [
    (
        FINE,
        ALL_THERE,
        "0,40%",
        Verdict.GOOD,
        ["lokasi kerja kosong", "Semua 2 pemeriksaan dalam batas", "3 pemeriksaan lain tidak diukur", "Semua 639"],
    ),
    (POOR, ALL_THERE, "4,0%", Verdict.ATTENTION, ["1 dari 2 pemeriksaan melewati batas"]),
    (FINE, SOME_MISS, "0,40%", Verdict.ATTENTION, ["3 dari 639 instansi tidak ada"]),
    (FEW, ALL_THERE, "<10", Verdict.GOOD, ["Kurang dari 10 catatan pada masing-masing dari 2 pemeriksaan"]),
    ({}, ALL_THERE, "639/639", Verdict.NONE, ["tidak menyertakan temuan"]),
    ({}, SOME_MISS, "636/639", Verdict.ATTENTION, ["3 dari 639 instansi tidak ada"]),
    ({}, None, "–", Verdict.NONE, ["tidak menyertakan temuan"]),
]


@pytest.mark.parametrize(("cells", "presence", "figure", "verdict", "said"), RECORDS)
def test_records(cells: Cells, presence: Presence | None, figure: str, verdict: Verdict, said: list[str]) -> None:
    card = quality_cards.records(made(cells), "kelengkapan", LAST, language="id", presence=presence)
    assert (card.title.lower(), card.figure, card.verdict) == ("kelengkapan", figure, verdict)
    assert all(words.lower() in card.told.lower() for words in said), card.told


def test_a_date_without_counts_names_the_nearest_one_that_has_some() -> None:
    earlier = made({(MIDDLE, "", "kosong_lokasi"): 0.02, (FIRST, "", "kosong_lokasi"): 0.03})
    card = quality_cards.records(earlier, "kelengkapan", LAST, language="id")
    assert "tidak menyertakan temuan" in card.told
    assert "Temuan terdekat: 31 Des 2024." in card.told


def test_an_indicator_at_its_limit_needs_attention_and_just_below_does_not() -> None:
    limit = indicators().by_key["kosong_lokasi"].attention
    for share, verdict in ((limit, Verdict.ATTENTION), (limit - 0.0001, Verdict.GOOD)):
        card = quality_cards.records(made({(LAST, "", "kosong_lokasi"): share}), "kelengkapan", LAST, language="id")
        assert card.verdict == verdict


def timing(days: int | None, *, initial: bool = False) -> Timing:
    published = None if days is None else date.fromordinal(LAST.toordinal() + days)
    return Timing(LAST, 0, None, published, None, initial)


IN_TIME = Expected(date(2025, 12, 31), date(2026, 1, 30), late=0, overdue=0)
LATE = Expected(date(2025, 12, 31), date(2026, 1, 30), late=12, overdue=1)


@pytest.mark.parametrize(
    ("one", "coming", "figure", "verdict", "said"),
    [
        (timing(30), IN_TIME, "30 hari", Verdict.GOOD, "Berikutnya: 31 Des 2025, paling lambat 30 Jan 2026."),
        (timing(31), IN_TIME, "31 hari", Verdict.ATTENTION, "batasnya 30 hari"),
        (
            timing(20),
            LATE,
            "20 hari",
            Verdict.ATTENTION,
            "Snapshot 31 Des 2025 terlambat 12 hari (ditunggu 30 Jan 2026).",
        ),
        (timing(900, initial=True), IN_TIME, "–", Verdict.NONE, "muatan awal"),
        (timing(900, initial=True), LATE, "–", Verdict.ATTENTION, "terlambat 12 hari"),
        (timing(None), IN_TIME, "–", Verdict.NONE, "tidak diketahui"),
    ],
)
def test_timeliness(one: Timing, coming: Expected, figure: str, verdict: Verdict, said: str) -> None:
    card = quality_cards.timeliness(one, coming, delivery_days=30, language="id")
    assert (card.figure, card.verdict) == (figure, verdict)
    assert said in card.told


CALM, JUMP, BORN = Move("a", NAME, 100, 110), Move("b", NAME, 100, 160), Move("c", NAME, 0, 40)


@pytest.mark.parametrize(
    ("total", "agencies", "figure", "verdict", "said"),
    [
        (
            Move("", NAME, 1_000, 1_050),
            [CALM],
            "+5,0%",
            Verdict.GOOD,
            "0 instansi berubah lebih dari 25%; 0 baru, 0 hilang",
        ),
        (Move("", NAME, 1_000, 1_050), [CALM, JUMP], "+5,0%", Verdict.ATTENTION, "1 instansi berubah"),
        (Move("", NAME, 1_000, 1_050), [CALM, BORN], "+5,0%", Verdict.ATTENTION, "1 baru"),
        (Move("", NAME, 1_000, 850), [CALM], "−15,0%", Verdict.ATTENTION, "31 Des 2024"),
    ],
)
def test_volatility(total: Move, agencies: list[Move], figure: str, verdict: Verdict, said: str) -> None:
    card = quality_cards.volatility(total, agencies, before=MIDDLE, limits=LIMITS, language="id")
    assert (card.figure, card.verdict) == (figure, verdict)
    assert said in card.told


@pytest.mark.parametrize(
    ("total", "before"), [(None, MIDDLE), (Move("", NAME, 10, 20), None), (Move("", NAME, 10, 20), MIDDLE)]
)
def test_without_anything_to_compare_with_there_is_no_change(total: Move | None, before: date | None) -> None:
    card = quality_cards.volatility(total, [], before=before, limits=LIMITS, language="id")
    assert (card.figure, card.verdict) == ("–", Verdict.NONE)


def test_the_change_of_a_total_needs_both() -> None:
    totals = {MIDDLE: 100, LAST: 120, date(2020, 1, 1): None}
    assert quality_cards.total_move(NAME, totals, MIDDLE, LAST) == Move("", NAME, 100, 120)
    assert quality_cards.total_move(NAME, totals, date(2020, 1, 1), LAST) is None
    assert quality_cards.total_move(NAME, totals, None, LAST) is None


def match(printed: int, value: int | None) -> Match:
    return Match(Published(LAST, "semua", NAME, {}, printed, 1, "BKN"), value)


@pytest.mark.parametrize(
    ("matches", "figure", "verdict", "said"),
    [
        ([match(1_000, 1_000), match(500, 500)], "0,0%", Verdict.GOOD, "semua 2 angka pokok BKN cocok"),
        ([match(1_000, 1_010), match(500, 500)], "+1,0%", Verdict.ATTENTION, "1 dari 2 angka pokok BKN cocok"),
        ([match(1_000, 980), match(500, None)], "−2,0%", Verdict.ATTENTION, "0 dari 1"),
        ([match(1_000, None)], "–", Verdict.NONE, "Tidak ada angka terbit"),
        ([], "–", Verdict.NONE, "Tidak ada angka terbit"),
    ],
)
def test_reconciliation(matches: list[Match], figure: str, verdict: Verdict, said: str) -> None:
    card = quality_cards.reconciliation(matches, limits=LIMITS, language="id")
    assert (card.figure, card.verdict) == (figure, verdict)
    assert said in card.told
