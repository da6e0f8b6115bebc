"""Peers of an instansi and where it stands among them, from displayed values only."""

from collections.abc import Mapping

from data_access.access import derive
from data_access.access.result import Protected, State
from tests.charts.factory import protected
from ui.topics import instansi as topic

SIZES: Mapping[str, int | State] = {
    "KB1101": 1_000,
    "KB1102": 500,  # half: still a peer
    "KB1103": 2_000,  # double: still a peer
    "KB1104": 495,
    "KB1105": 2_005,
    "KB1106": State.SUPPRESSED,
    "KM02": 1_000,  # of another kind
}


def sizes(cells: Mapping[str, int | State] = SIZES) -> Protected:
    return protected(["instansi"], lambda _day, codes: cells[codes[0]], members={"instansi": list(cells)})


def test_peers_are_of_the_same_kind_and_half_to_double_the_size() -> None:
    assert topic.peers(sizes(), "KB1101") == ("KB1101", "KB1102", "KB1103")


def test_an_instansi_whose_size_is_hidden_has_no_peers() -> None:
    assert topic.peers(sizes(), "KB1106") == ("KB1106",)


def test_rank_and_median_count_only_what_is_shown() -> None:
    found = topic.standing(derive.only(sizes(), "instansi", ("KB1101", "KB1102", "KB1103", "KB1106")), "KB1101")
    assert found is not None
    assert (found.value, found.rank, found.of, found.median) == (1_000, 2, 3, 1_000)
    assert found.told("id") == "1.000"
    assert found.beside("id") == "ke-2 dari 3, median 1.000"


def test_what_is_hidden_or_not_admitted_has_no_standing() -> None:
    assert topic.standing(sizes(), "KB1106") is None
    assert topic.standing(None, "KB1101") is None


def test_a_share_is_written_by_its_own_base() -> None:
    women = sizes({"KB1101": 400, "KB1102": 300})
    found = topic.standing(derive.share_of(women, sizes()), "KB1101")
    assert found is not None
    assert (found.told("id"), found.rank) == ("40,0%", 2)


def test_words_tell_how_many_peers_there_are() -> None:
    some = topic.peers_words(("KB1101", "KB1102", "KB1103"), "KB1101", "id")
    assert some.startswith("Dibandingkan dengan 2 pemerintah kabupaten lain")
    assert topic.peers_words(("KB1101",), "KB1101", "id").startswith("Tidak ada pemerintah kabupaten lain")


def test_the_largest_within_reach_is_where_a_reader_starts() -> None:
    assert topic.largest(sizes(), {"KB1101": "a", "KB1104": "b", "KB1106": "c"}) == "KB1101"
    hidden = sizes({"KB1106": State.SUPPRESSED})
    assert topic.largest(hidden, {"KB1106": "c", "KB1107": "d"}) == "KB1106"


def test_what_has_no_number_says_why_by_its_own_cell() -> None:
    cells = sizes({**SIZES, "KB1105": State.UNAVAILABLE})
    share = derive.share_of(cells, cells)
    assert (topic.not_shown(cells, "KB1106", "id"), topic.not_shown(cells, "KB1105", "id")) == ("<10", "–")
    assert (topic.not_shown(share, "KB1106", "id"), topic.not_shown(share, "KB1105", "id")) == ("n<10", "–")
    assert topic.not_shown(cells, "XX99", "id") == topic.not_shown(None, "KB1101", "id") == "–"
