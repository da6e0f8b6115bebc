"""Columns of the explorer's table are as wide as their words, within bounds."""

from data_access.access.result import Kind
from reports.table import Row, Table, TableCell
from ui.exploring import spread


def table(head: str, name: str, told: str) -> Table:
    return Table("", (), ((head, "Jumlah"),), (Row((name,), (TableCell(told, 1.0, Kind.PERSONS),)),), ())


def widths(made: Table) -> list[int]:
    return [column["width"] for column in spread._columns(made, plain=False).values()]


def test_a_name_has_room_and_a_number_no_more_than_it_needs() -> None:
    names, numbers = widths(table("Provinsi", "Kepulauan Bangka Belitung", "49.018"))
    assert names >= spread.LETTER * len("Kepulauan Bangka Belitung")
    assert numbers == spread.NUMBERS[0]


def test_long_words_do_not_push_the_numbers_out_of_view() -> None:
    names, numbers = widths(table("Instansi", "Kementerian " * 20, "1" * 80))
    assert (names, numbers) == (spread.NAMES[1], spread.NUMBERS[1])


def test_names_stay_in_view_and_plain_numbers_stand_to_the_right() -> None:
    made = spread._columns(table("Provinsi", "Aceh", "1"), plain=True)
    assert made["Provinsi"]["pinned"]
    assert made["Jumlah"]["alignment"] == "right"
