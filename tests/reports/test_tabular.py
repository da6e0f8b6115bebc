"""Tables as text: the three states look different, labels for codes, nothing lost in a pivot."""

from datetime import date
from itertools import permutations

import polars as pl
import pytest

from data_access.access.result import PERSONS, Protected, State
from data_access.contract import contract
from data_access.words import LANGUAGES, text
from reports import tabular
from reports.table import of, table_cell
from tests.charts.cases import patchy, spread
from tests.charts.factory import DAY, HIDDEN, YEARS, protected

LEVELS = contract().datasets["pegawai"].levels
DIMENSION_OF = contract().datasets["pegawai"].dimension_of
PAIRS = [pair for pair in permutations(LEVELS, 2) if DIMENSION_OF[pair[0]] != DIMENSION_OF[pair[1]]]


def shown(value: int | None, state: str, language: str) -> str:
    return table_cell(value, state, PERSONS, language).text


def tidy(result: Protected, language: str) -> pl.DataFrame:
    return tabular.frame(of(result, "", language))


def crossed(result: Protected, columns: str, language: str) -> pl.DataFrame:
    return tabular.frame(of(result, columns, language))


CELLS: dict[str, int | State] = {"PNS": 1_234_565, "CPNS": State.SUPPRESSED, "PPPK": State.UNAVAILABLE, "PPPK-PW": 0}


@pytest.mark.parametrize(
    ("value", "state", "language", "sign"),
    [
        (0, State.SHOWN, "id", "0"),  # an official nobody is a number
        (10, State.SHOWN, "id", "10"),
        (1_234_565, State.SHOWN, "id", "1.234.565"),
        (1_234_565, State.SHOWN, "en", "1,234,565"),
        (None, State.SUPPRESSED, "id", "<10"),
        (None, State.UNAVAILABLE, "id", "–"),
        (HIDDEN, State.SUPPRESSED, "id", "<10"),  # the state decides, whatever a broken step left behind it
        (HIDDEN, State.UNAVAILABLE, "en", "–"),
    ],
)
def test_number_suppressed_and_not_available_look_different(
    value: int | None, state: State, language: str, sign: str
) -> None:
    assert shown(value, state.value, language) == sign


@pytest.mark.parametrize("language", LANGUAGES)
def test_tidy_has_one_row_per_date_and_combination_with_labels(language: str) -> None:
    table = tidy(protected(["status"], lambda _period, codes: CELLS[codes[0]]), language)
    status = LEVELS["status"]
    dot = "." if language == "id" else ","
    assert table.columns == [text("Tanggal acuan", language), status.label.text(language), text("Jumlah", language)]
    assert table[table.columns[1]].to_list() == [code.label.text(language) for code in status.codes]
    assert table[table.columns[2]].to_list() == [f"1{dot}234{dot}565", "<10", "–", "0"]
    assert set(table.dtypes) == {pl.String}


def test_dates_are_written_in_the_language() -> None:
    long_month = protected([], periods=(date(2025, 8, 31),))
    assert tidy(long_month, "id").row(0)[0] == "31 Agu 2025"
    assert tidy(long_month, "en").row(0)[0] == "31 Aug 2025"


def test_crossed_puts_the_members_side_by_side() -> None:
    result = protected(["kelompok_jabatan", "jenis_kelamin"], spread)
    table = crossed(result, "jenis_kelamin", "id")
    assert table.columns == ["Tanggal acuan", "Kelompok jabatan", "Laki-laki", "Perempuan"]
    assert table.height == len(result.axes[0].members)
    first = result.frame.filter(pl.col("kelompok_jabatan") == result.axes[0].members[0][0])
    assert list(table.row(0)[2:]) == [shown(value, "shown", "id") for value in first["nilai"]]


def test_crossed_by_date_and_without_any_rows() -> None:
    series = protected(["status"], spread, periods=YEARS)
    assert crossed(series, "periode", "id").columns == [
        "Status ASN",
        "31 Des 2023",
        "31 Des 2024",
        "31 Des 2025",
    ]
    whole = crossed(protected([], spread, periods=YEARS), "periode", "id")
    assert (whole.height, whole.columns) == (1, ["31 Des 2023", "31 Des 2024", "31 Des 2025"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_members_of_one_name_keep_a_column_each(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    result = protected(["jenis_kelamin", "status"], spread)
    same = result.axes[1].members[0][1]
    axis = result.axes[1]
    twins = tuple((code, same if code in ("PNS", "PPPK") else label) for code, label in axis.members)
    object.__setattr__(axis, "members", twins)
    table = crossed(result, "status", language)
    assert table.columns[2:] == [
        f"{same.text(language)} ({code})" if code in ("PNS", "PPPK") else label.text(language) for code, label in twins
    ]
    written = [cell for row in table.iter_rows() for cell in row[2:]]
    assert sorted(written) == sorted(shown(value, "shown", language) for value in result.frame["nilai"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_is_lost_or_shown_twice_for_any_two_levels(language: str) -> None:
    """Labels of the contract may meet: a member of one level may be called like another level."""
    few = {name: [code.code for code in level.codes[:4]] for name, level in LEVELS.items()}
    for rows, columns in PAIRS:
        result = protected([rows, columns], patchy, members=few)
        cells = sorted(
            shown(value, state, language)
            for value, state in zip(result.frame["nilai"], result.frame["keadaan"], strict=True)
        )
        long, wide = tidy(result, language), crossed(result, columns, language)
        assert sorted(long[long.columns[-1]]) == cells, (rows, columns)
        assert sorted(cell for row in wide.iter_rows() for cell in row[2:]) == cells, (rows, columns)
        assert str(HIDDEN) not in str(wide.rows()).replace(".", "").replace(",", "")


def test_a_member_called_like_a_heading_keeps_its_column() -> None:
    table = crossed(protected(["provinsi", "jenis_instansi"], spread), "jenis_instansi", "en")
    assert table.columns[1] == "Province"
    assert "Province (Kind of agency)" in table.columns


def test_every_member_of_every_level_keeps_its_column() -> None:
    for name, level in LEVELS.items():
        wide = crossed(protected([name], spread), name, "en")
        assert wide.width == 1 + len(level.codes), name


def test_an_answer_without_members_is_an_empty_table() -> None:
    nobody = protected(["provinsi", "status"], members={"provinsi": ()})
    assert tidy(nobody, "id").is_empty()
    assert crossed(nobody, "status", "id").is_empty()
    assert crossed(protected(["provinsi"], members={"provinsi": ()}), "provinsi", "id").is_empty()


def test_order_of_rows_is_that_of_the_answer() -> None:
    result = protected(["provinsi"], spread)
    assert tidy(result, "id")["Provinsi"].to_list() == [label.id for _code, label in result.axes[0].members]
    assert DAY in result.source.periods
