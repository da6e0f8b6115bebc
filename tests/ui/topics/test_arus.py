"""What the page on movements says: numbers, titles and the difference to the stock, from displayed values only."""

from datetime import date

import pytest

from data_access.access.result import Protected, State
from data_access.release.manifest import Snapshot
from tests.charts.factory import DAY, YEARS, protected
from ui.topics import arus
from ui.topics.arus import Balance

SINCE = YEARS[1]


def snapshot(since: date | None = SINCE) -> Snapshot:
    return Snapshot.model_construct(dataset="arus", reference_date=DAY, since=since)


def directions(joined: int | State, left: int | State) -> Protected:
    cells = {"masuk": joined, "keluar": left, "pindah": 10}
    return protected(["arah"], lambda _day, codes: cells[codes[0]])


def stock(before: int | State, now: int | State) -> Protected:
    return protected([], lambda day, _codes: now if day == DAY else before, periods=(SINCE, DAY))


def test_net_and_difference_leave_transfers_out() -> None:
    found = arus.balance(directions(500, 200), snapshot(), stock(1_000, 1_350))
    assert (found.joined, found.left, found.net, found.stock, found.difference) == (500, 200, 300, 350, 50)


@pytest.mark.parametrize(
    ("found", "net", "difference"),
    [
        (arus.balance(directions(State.SUPPRESSED, 200), snapshot(), stock(1_000, 1_350)), None, None),
        (arus.balance(directions(500, 200), snapshot(), stock(State.SUPPRESSED, 1_350)), 300, None),
        (arus.balance(directions(500, 200), snapshot(), None), 300, None),
        (arus.balance(directions(500, 200), snapshot(since=None), stock(1_000, 1_350)), 300, None),
        (arus.balance(None, snapshot(), stock(1_000, 1_350)), None, None),
    ],
)
def test_what_is_hidden_or_not_held_is_not_computed(found: Balance, net: int | None, difference: int | None) -> None:
    assert (found.net, found.difference) == (net, difference)


def test_a_period_begins_on_the_day_after_the_snapshot_before() -> None:
    assert arus.span(snapshot(), "id") == "1 Januari 2025 – 31 Desember 2025"
    assert arus.span(snapshot(since=None), "id") == "31 Desember 2025"


def test_title_tells_the_three_numbers_or_is_a_noun() -> None:
    assert arus.flows_title(Balance(1_500, 2_000), "id") == "Periode ini 1.500 masuk dan 2.000 keluar: bersih −500"
    assert arus.flows_title(Balance(None, 2_000), "id") == "Masuk dan keluar menurut peristiwa"


def test_the_difference_is_explained_where_it_is_known() -> None:
    known, hidden, none = Balance(500, 200, 350), Balance(None, 200, 350), Balance(500, 200)
    assert arus.difference_words(known, "id", place=False).startswith("Selisih +50 berasal dari peristiwa")
    assert "antarprovinsi" in arus.difference_words(known, "id", place=True)
    assert "tidak dihitung" in arus.difference_words(hidden, "id", place=False)
    assert "snapshot pegawai" in arus.difference_words(none, "id", place=False)
    assert (
        arus.difference_words(Balance(500, 200, 300), "id", place=False)
        == "Arus tercatat menjelaskan seluruh perubahan."
    )


def test_title_names_the_member_that_changed_most_in_either_direction() -> None:
    cells = {"guru": 100, "dosen": -400, "nakes": 0}
    result = protected(
        ["kelompok_jabatan"], lambda _day, codes: cells[codes[0]], members={"kelompok_jabatan": list(cells)}
    )
    title = arus.largest_title("Kata benda", "{name}: {value}", "id")
    assert title(result) == "Dosen: −400"
    hidden = protected(["kelompok_jabatan"], lambda _day, _codes: State.SUPPRESSED)
    assert title(hidden) == "Kata benda"


def test_events_of_each_direction_come_from_the_contract() -> None:
    assert arus.events("masuk") == ("cpns", "pppk")
    assert len(arus.events("keluar")) == 5


def test_the_difference_of_two_directions_names_what_it_is() -> None:
    net = arus.difference(lambda: directions(500, 200), "arah", arus.IN, arus.OUT)()
    assert net.frame["nilai"].to_list() == [300.0]
    assert net.measure.label == arus.NET
