"""The table that screen and files share: numbers as in the words, whatever is measured, and columns that cannot be mixed up."""

from dataclasses import replace

import polars as pl
import pytest

from data_access.access.derive import growth, share_of
from data_access.access.result import Kind, Measure, State
from data_access.contract import Label
from reports.table import Row, Table, of, table_cell
from tests.charts.cases import spread
from tests.charts.factory import HIDDEN, YEARS, protected


def measure(kind: Kind) -> Measure:
    return Measure(kind, Label(id="x", en="x"))


@pytest.mark.parametrize(
    ("kind", "value", "base", "text", "number", "decimals"),
    [
        (Kind.PERSONS, 1_235, None, "1.235", 1_235, 0),
        (Kind.SHARE, 0.123456, 5_000, "12,3%", 0.123, 1),
        (Kind.SHARE, 0.123456, 500, "12%", 0.12, 0),  # a small base has no decimals, on the screen and in the file
        (Kind.GROWTH, -0.04567, 5_000, "−4,6%", -0.046, 1),
        (Kind.CHANGE, -120, 500, "−120", -120, 0),
        (Kind.YEARS, 41.2678, 500, "41,3 tahun", 41.3, 1),
        (Kind.RATE, 17.249, 5_000, "17,2", 17.2, 1),
    ],
)
def test_a_number_is_as_exact_as_its_words(
    kind: Kind, value: float, base: int | None, text: str, number: float, decimals: int
) -> None:
    cell = table_cell(value, State.SHOWN, measure(kind), "id", base)
    assert (cell.text, cell.decimals, cell.kind) == (text, decimals, kind)
    assert cell.value == pytest.approx(number)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("state", [State.SUPPRESSED, State.UNAVAILABLE])
def test_a_cell_that_is_not_shown_has_no_number_whatever_stands_in_it(kind: Kind, state: State) -> None:
    cell = table_cell(HIDDEN, state, measure(kind), "id", HIDDEN)
    assert cell.value is None
    assert "7" not in cell.text


def test_filters_and_protection_stand_beside_the_rows() -> None:
    asked = '{"where":{"jenis_kelamin":["P"]}}'
    table = of(replace(protected(["status"], spread), query=asked), "", "id", title="Judul")
    assert table.title == "Judul"
    assert table.filters == ("Jenis kelamin: Perempuan",)
    assert len(table.notes) == 1
    assert table.heads == (("Tanggal acuan", "Status ASN", "Jumlah"),)
    assert not any(row.total for row in table.rows)


def test_heads_are_as_wide_as_the_rows() -> None:
    for levels, columns in (([], ""), (["status"], ""), (["status", "jenis_kelamin"], "status"), ([], "periode")):
        table = of(protected(levels, spread, periods=YEARS), columns, "en")
        assert {len(row.heads) + len(row.cells) for row in table.rows} == {len(head) for head in table.heads}
        assert len(set(table.columns)) == len(table.columns)


def test_a_derived_answer_is_named_by_its_measure() -> None:
    whole = protected([], spread)
    shares = of(share_of(protected(["status"], spread), whole), "", "id")
    assert shares.heads[0][-1] == "Pangsa"
    assert all(cell.text.endswith("%") for row in shares.rows for cell in row.cells)
    changed = growth(protected(["status"], spread, periods=YEARS), YEARS[-1], YEARS[0])
    assert of(changed, "", "id").rows[0].cells[0].kind == Kind.GROWTH


def test_two_rows_of_heads_are_one_name_for_a_column() -> None:
    cells = tuple(table_cell(n, State.SHOWN, measure(Kind.PERSONS), "id") for n in (1, 2, 3))
    row = Row(("Guru",), cells, total=True)
    table = Table("", (), (("", "2024", "2025", "2025"), ("Jabatan", "L", "L", "L")), (row,), ())
    assert table.columns == ("Jabatan", "2024 · L", "2025 · L (3)", "2025 · L (4)")
    assert table.leading == 1


def test_an_empty_answer_keeps_its_heads() -> None:
    nobody = protected(["provinsi"], members={"provinsi": ()})
    assert of(nobody, "", "id").columns == ("Tanggal acuan", "Provinsi", "Jumlah")
    assert nobody.frame.schema["nilai"] == pl.Int64
