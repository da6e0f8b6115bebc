"""The workbook as a spreadsheet reads it: three sheets, numbers as numbers with the screen's decimals, and ready for paper."""

import zipfile
from io import BytesIO

import pytest

from data_access.access.derive import share_of
from data_access.access.result import Kind, Measure, State
from data_access.contract import Label
from data_access.words import LANGUAGES
from reports import workbook
from reports.table import Row, Table, of, table_cell
from tests.charts.cases import spread
from tests.charts.factory import protected
from tests.exporting import inside, sheet
from tests.reports.exports import export

CELLS: dict[str, int | State] = {"PNS": 1_234_565, "CPNS": State.SUPPRESSED, "PPPK": State.UNAVAILABLE, "PPPK-PW": 0}
RESULT = protected(["status"], lambda _period, codes: CELLS[codes[0]])


def styles(book: bytes) -> str:
    with zipfile.ZipFile(BytesIO(book)) as archive:
        return archive.read("xl/styles.xml").decode()


def test_the_table_stands_as_on_the_screen() -> None:
    rows = sheet(workbook.written(export(RESULT), of(RESULT, "", "id", title="ASN menurut status"), "id"), 1)
    assert rows[0][0] == "ASN menurut status"
    assert "DATA CONTOH" in rows[1][0]
    found = [row for row in rows if row[0] == "31 Des 2025"]
    assert [row[1:] for row in found] == [
        ["PNS", "1234565"],
        ["CPNS", "<10"],
        ["PPPK", "–"],
        ["PPPK paruh waktu", "0"],
    ]
    assert "Angka terlindung" in rows[-1][0]


def test_the_second_sheet_has_codes_and_labels() -> None:
    heads, *rows = sheet(workbook.written(export(RESULT), of(RESULT, "", "id"), "id"), 2)
    assert heads == ["tanggal_acuan", "kode_status", "nama_status", "ukuran", "nilai", "keadaan", "tertulis"]
    assert rows[0] == ["2025-12-31", "PNS", "PNS", "Jumlah", "1234565", "ditampilkan", "1.234.565"]
    assert rows[1][4:] == ["<10", "kurang dari 10", "<10"]
    assert rows[2][4:] == ["–", "tidak tersedia", "–"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_third_sheet_says_where_from_for_whom_and_what_for(language: str) -> None:
    told = [row[1] for row in sheet(workbook.written(export(RESULT), of(RESULT, "", language), language), 3)]
    joined = "\n".join(told)
    time = "27 Nov 2026 14.05 WIB"
    for fact in (
        "BKN",
        "r1",
        "1.0",
        "analis",
        time,
        "bahan rapat formasi 2026",
        "41",
        "DATA CONTOH",
        RESULT.query_sha256,
    ):
        assert fact in joined, fact


def test_answers_of_different_axes_share_the_second_sheet() -> None:
    whole = protected([], spread)
    rows = sheet(workbook.written(export(RESULT, whole), of(RESULT, "", "id"), "id"), 2)
    assert rows[-1][1:3] == ["", "semua"]


def test_shares_are_numbers_with_the_decimals_of_the_screen() -> None:
    shares = share_of(protected(["status"], spread), protected([], lambda _p, _c: 50_000))
    book = workbook.written(export(shares), of(shares, "", "id"), "id")
    values = [float(row[2]) for row in sheet(book, 1) if row[0] == "31 Des 2025"]
    assert values == [round(value, 3) for value in shares.frame["nilai"]]
    assert 'formatCode="0.0%"' in styles(book)


@pytest.mark.parametrize(
    ("kind", "decimals", "shown"),
    [
        (Kind.PERSONS, 0, "#,##0"),
        (Kind.SHARE, 0, "0%"),
        (Kind.GROWTH, 1, "+0.0%;-0.0%;0.0%"),
        (Kind.CHANGE, 0, "+#,##0;-#,##0;#,##0"),
        (Kind.YEARS, 1, "#,##0.0"),
    ],
)
def test_number_formats(kind: Kind, decimals: int, shown: str) -> None:
    assert workbook.number_format(kind, decimals) == shown


def test_ready_for_reading_and_for_paper() -> None:
    xml = inside(workbook.written(export(RESULT), of(RESULT, "", "id"), "id"))
    assert xml.count('paperSize="9"') == xml.count('orientation="landscape"') == xml.count("fitToPage") == 3
    assert xml.count('state="frozen"') == 2


def test_totals_stand_out_and_two_rows_of_heads_fit() -> None:
    persons = Measure(Kind.PERSONS, Label(id="x", en="x"))
    cells = tuple(table_cell(n, State.SHOWN, persons, "id") for n in (10, 20))
    rows = (Row(("Guru",), cells), Row(("Jumlah",), cells, total=True))
    table = Table(
        "Judul", ("Jenis kelamin: Perempuan",), (("", "2025", "2025"), ("Jabatan", "L", "P")), rows, ("catatan",)
    )
    book = workbook.written(export(RESULT), table, "id")
    found = [row for row in sheet(book, 1) if row[1] or row[2]]
    assert [row[:3] for row in found] == [
        ["", "2025", "2025"],
        ["Jabatan", "L", "P"],
        ["Guru", "10", "20"],
        ["Jumlah", "10", "20"],
    ]


def test_an_empty_answer_makes_a_workbook_too() -> None:
    nobody = protected(["provinsi"], members={"provinsi": ()})
    assert sheet(workbook.written(export(nobody), of(nobody, "", "id"), "id"), 2)[0][0] == "tanggal_acuan"
