"""A pivot table: each subtotal and total is the cell that was asked for, never a sum; order and top follow what is displayed."""

from collections.abc import Mapping
from datetime import date

import pytest

from data_access.access.result import Protected, State
from reports.pivot import BY_TOTAL, Order, Piece, Pivot, layout, table
from tests.charts.factory import DAY, YEARS, protected

Cells = Mapping[tuple[str, ...], int | State]
ROWS = {"status": ["PNS", "CPNS", "PPPK"], "jenis_kelamin": ["L", "P"]}
BODY: Cells = {
    ("PNS", "L"): 500,
    ("PNS", "P"): 600,
    ("CPNS", "L"): State.SUPPRESSED,
    ("CPNS", "P"): 40,
    ("PPPK", "L"): 700,
    ("PPPK", "P"): 100,
}
# Not the sums of the cells: what is shown must be these.
TOTALS: Cells = {("PNS",): 1_103, ("CPNS",): 47, ("PPPK",): 802}
COLUMNS: Cells = {("L",): 1_204, ("P",): 741}
WHOLE = 1_949


def of(levels: list[str], cells: Cells, periods: tuple[date, ...] = (DAY,)) -> Protected:
    return protected(levels, lambda _day, codes: cells[codes], members=ROWS, periods=periods)


PIECES = {
    Piece(("status",), ("jenis_kelamin",)): of(["status", "jenis_kelamin"], BODY),
    Piece(("status",)): of(["status"], TOTALS),
    Piece((), ("jenis_kelamin",)): of(["jenis_kelamin"], COLUMNS),
    Piece(): protected([], lambda _day, _codes: WHOLE),
}


def words(pivot: Pivot) -> list[tuple[str, ...]]:
    return [(*row.heads, *(cell.text for cell in row.cells)) for row in pivot.table.rows]


def test_cells_and_totals_are_those_that_were_asked_for() -> None:
    found = table(PIECES, {}, Order(), "id", title="Uji")
    assert found.table.columns == ("Status ASN", "Laki-laki", "Perempuan", "Jumlah")
    assert words(found) == [
        ("PNS", "500", "600", "1.103"),
        ("CPNS", "<10", "40", "47"),
        ("PPPK", "700", "100", "802"),
        ("Jumlah", "1.204", "741", "1.949"),
    ]
    assert [row.total for row in found.table.rows] == [False, False, False, True]


def test_a_total_that_is_not_published_is_not_available_instead_of_added_up() -> None:
    body = Piece(("status",), ("jenis_kelamin",))
    found = table({body: PIECES[body]}, {}, Order(), "id", title="Uji")
    assert words(found)[-1] == ("Jumlah", "–", "–", "–")
    assert words(found)[0] == ("PNS", "500", "600", "–")


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["PNS", "CPNS", "PPPK"]),
        (BY_TOTAL, ["PNS", "PPPK", "CPNS"]),
        ("L", ["PPPK", "PNS", "CPNS"]),
        ("P", ["PNS", "PPPK", "CPNS"]),
    ],
)
def test_rows_are_ordered_by_displayed_value(sort: str, order: list[str]) -> None:
    """A cell that is not shown comes last, whatever the frame holds behind it."""
    assert [row[0] for row in words(table(PIECES, {}, Order(sort), "id", title=""))[:-1]] == order


def test_the_rest_beside_the_top_is_a_question_of_its_own() -> None:
    four: Cells = {("PNS",): 900, ("CPNS",): 50, ("PPPK",): 300, ("PPPK-PW",): 20}
    pieces = {
        Piece(("status",)): protected(["status"], lambda _day, codes: four[codes]),
        Piece(): protected([], lambda _day, _codes: 1_281),
    }
    order = Order(top=2)
    assert layout(pieces, order).rest == ("CPNS", "PPPK-PW")
    rest = {Piece(): protected([], lambda _day, _codes: 65)}
    found = table(pieces, rest, order, "id", title="")
    assert words(found) == [("PNS", "900"), ("PPPK", "300"), ("2 lainnya", "65"), ("Jumlah", "1.281")]


def test_a_rest_of_one_member_is_that_member() -> None:
    assert layout(PIECES, Order(top=2)).rest == ()


def test_two_levels_on_the_rows_have_subtotals() -> None:
    pieces = {
        Piece(("status", "jenis_kelamin")): of(["status", "jenis_kelamin"], BODY),
        Piece(("status",)): of(["status"], TOTALS),
        Piece(): protected([], lambda _day, _codes: WHOLE),
    }
    assert words(table(pieces, {}, Order(), "id", title=""))[:3] == [
        ("PNS", "Laki-laki", "500"),
        ("PNS", "Perempuan", "600"),
        ("PNS", "Jumlah", "1.103"),
    ]


def test_dates_stand_side_by_side_or_before_the_rows_where_columns_are_taken() -> None:
    alone = {Piece(("status",)): of(["status"], TOTALS, YEARS)}
    assert table(alone, {}, Order(), "id", title="").table.columns[1:] == ("31 Des 2023", "31 Des 2024", "31 Des 2025")
    crossed = {Piece(("status",), ("jenis_kelamin",)): of(["status", "jenis_kelamin"], BODY, YEARS)}
    found = table(crossed, {}, Order(), "id", title="")
    assert found.table.columns[:2] == ("Tanggal acuan", "Status ASN")
    assert len(found.table.rows) == 3 * (3 + 1)


def test_a_cell_is_found_again_by_its_place() -> None:
    found = table(PIECES, {}, Order("L"), "id", title="")
    assert found.place(0, 0) == (DAY, {"status": "PPPK", "jenis_kelamin": "L"})
    assert found.place(0, 2) == (DAY, {"status": "PPPK"})
    assert found.place(3, 1) == (DAY, {"jenis_kelamin": "P"})


def test_rows_without_any_number_leave_a_long_table_with_a_note() -> None:
    cells = protected(["instansi"], lambda _day, codes: 25 if codes[0].endswith("1") else State.SUPPRESSED)
    found = table({Piece(("instansi",)): cells}, {}, Order(), "id", title="")
    assert all(row.total or row.cells[0].value == 25 for row in found.table.rows)
    assert any("tidak ditampilkan" in note for note in found.table.notes)
