"""What a label means: exact code, the mapping's label, its normal form, a lost zero, in this order; else it is unknown."""

import polars as pl
import pytest

from data_access.contract import Level
from data_access.intake.findings import LISTED
from data_access.intake.labels import index, normal
from data_access.intake.mapping.candidates import band_behind, codes_like, likeliest
from data_access.intake.mapping.codes import coded, known
from tests.world import dataset

STUDY = dataset().levels["pendidikan"]

# level, text, labels of the mapping, code
MEANT: list[tuple[str, str, dict[str, str], str | None, str]] = [
    ("pendidikan", "05", {}, "05", "a code"),
    ("pendidikan", "5", {}, "05", "a code without its zero"),
    ("pendidikan", "S-1/Sarjana", {}, "40", "a label"),
    ("pendidikan", "s–1 / SARJANA", {}, "40", "a label, untidy"),
    ("pendidikan", "Bachelor", {}, "40", "an English label"),
    ("pendidikan", "Strata 1", {"strata  1": "40"}, "40", "a label of the mapping"),
    ("pendidikan", "S-2", {"S-2": "40"}, "40", "the mapping's word counts more than the contract's label"),
    ("pendidikan", "45", {"45": "40"}, "45", "a code counts more than the mapping"),
    ("pendidikan", "Sarjana", {}, None, "a part of a label is not enough"),
    ("pendidikan", "4", {}, None, "no code even with a zero"),
    ("instansi", "Kab. Bandung", {}, "KB3204", "a regency, shortened"),
    ("instansi", "Pemerintah Kota Bandung", {}, "KT3273", "a city, in full"),
    ("instansi", "Bandung", {}, None, "regency or city: nobody knows"),
    ("provinsi", "Provinsi Aceh", {}, "11", "the level before the label"),
    ("golongan_ruang", "III/A", {}, "III/a", "capitals"),
    ("masa_kerja", "6 - 10 tahun", {}, "6-10", "blanks around a dash"),
    ("masa_kerja", "06-Okt", {}, None, "a date is never applied"),
    ("masa_kerja", "06-Okt", {"06-Okt": "6-10"}, "6-10", "unless the mapping says so"),
]


@pytest.mark.parametrize(("level", "text", "labels", "code", "why"), MEANT, ids=[case[4] for case in MEANT])
def test_a_label_means_one_code_or_none(
    level: str, text: str, labels: dict[str, str], code: str | None, why: str
) -> None:
    found = known(dataset().levels[level], [text], labels)
    assert found.codes.get(text) == code
    assert (text in found.unknown) == (code is None)


BANDS = [
    ("masa_kerja", "10-Jun", "6-10"),
    ("masa_kerja", "2025-06-10 00:00:00", "6-10"),
    ("masa_kerja", "06/10/2025", "6-10"),
    ("masa_kerja", "Nov-15", "11-15"),
    ("masa_kerja", "15-Nov", "11-15"),
    ("masa_kerja", "2015-11-01 00:00:00", "11-15"),
    ("masa_kerja", "01-Jan", ""),
    ("masa_kerja", "6-10", ""),
    ("jenjang", "06-Okt", ""),
]


@pytest.mark.parametrize(("level", "text", "code"), BANDS)
def test_the_band_behind_a_date_is_guessed(level: str, text: str, code: str) -> None:
    assert band_behind(dataset().levels[level], text) == code


def test_at_most_three_close_matches_are_proposed_best_first() -> None:
    found = codes_like(dataset().levels["instansi"], "Bandung")
    assert {"KB3204", "KT3273"} <= {code for code, _label, _score in found}
    assert len(found) <= 3
    assert [score for *_rest, score in found] == sorted((score for *_rest, score in found), reverse=True)


def test_nothing_is_proposed_for_something_else() -> None:
    assert codes_like(dataset().levels["jenjang"], "qqqq wwww") == ()


def test_lost_zeros_are_told_once_with_their_number() -> None:
    made = coded(_column(["5", "40", "5", None]), "0", STUDY, {})
    assert made.codes.to_list() == ["05", "40", "05", None]
    (finding,) = made.findings
    assert (finding.rule, finding.row, finding.facts["rows"]) == ("zero-restored", 10, 2)


def test_each_unknown_text_is_told_once_with_its_first_row_and_number() -> None:
    made = coded(_column(["40", "S7", "S8", "S7"]), "0", STUDY, {})
    assert [(f.value, f.row, f.facts["rows"]) for f in made.findings] == [("S7", 11, 2), ("S8", 12, 1)]
    assert made.unknown.to_list() == [False, True, True, True]
    assert made.codes.to_list() == ["40", None, None, None]


def test_a_column_of_something_else_is_listed_up_to_a_limit() -> None:
    made = coded(_column([f"x{i}" for i in range(LISTED + 7)]), "0", _level("status"), {})
    assert len(made.findings) == LISTED + 1
    assert made.findings[-1].facts["count"] == 7


def test_every_row_of_an_unknown_text_can_be_listed() -> None:
    made = coded(_column([*(f"x{i}" for i in range(LISTED + 7)), "x3", None, "x1005"]), "0", _level("status"), {})
    every = [one for finding in made.findings for one in finding.every()]
    assert len(every) == LISTED + 9 == sum(finding.lines for finding in made.findings)
    assert [one.row for one in every if one.value == "x3"] == [13, 10 + LISTED + 7]
    assert sorted(one.row or 0 for one in every if one.value == "x1005") == [1015, 10 + LISTED + 9]
    assert every[-1].sentence("id").startswith("x100")


def _column(texts: list[str | None]) -> pl.DataFrame:
    return pl.DataFrame({"baris": range(10, 10 + len(texts)), "0": texts}, schema={"baris": pl.Int64, "0": pl.String})


def _level(name: str) -> Level:
    return dataset().levels[name]


def test_other_words_for_the_sexes_are_known_and_never_guessed() -> None:
    known_labels = index(dataset().levels["jenis_kelamin"])
    found = {word: known_labels.get(normal(word)) for word in ("Pria", "WANITA", "Lk", "Pr", "Laki - laki")}
    assert found == {"Pria": "L", "WANITA": "P", "Lk": "L", "Pr": "P", "Laki - laki": "L"}


SHORT_LISTS = [
    ("jenis_kelamin", "Lak"),
    ("jenis_kelamin", "Putra"),
    ("status", "PN"),
    ("status", "PNSD"),
    ("status", "Honor"),
]


@pytest.mark.parametrize(("level", "text"), SHORT_LISTS)
def test_on_a_short_list_nothing_is_guessed(level: str, text: str) -> None:
    assert likeliest(text, codes_like(_level(level), text)) == ""


# the text, what is known of it, what may stand there before somebody chooses
BEFOREHAND = [
    ("Kementerian Agamaa", [("A", "Kementerian Agama", 97), ("B", "Kementerian Sosial", 80)], "A"),
    ("Kementerian Agamaa", [("A", "Kementerian Agama", 97), ("B", "Kementerian Agraria", 93)], ""),
    ("Bandung", [("A", "Kabupaten Bandung", 90)], ""),
    ("Aceh", [("A", "Acehh", 95)], ""),
    ("6 Okt", [("6-10", "6 sampai 10", 100)], "6-10"),
    ("apa saja", [], ""),
]


@pytest.mark.parametrize(("text", "candidates", "code"), BEFOREHAND)
def test_only_what_is_close_long_and_alone_stands_there_beforehand(
    text: str, candidates: list[tuple[str, str, int]], code: str
) -> None:
    assert likeliest(text, candidates) == code
