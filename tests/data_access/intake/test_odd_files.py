"""Source files as people really export them: each gives the same cube as the canonical delivery, and says what was odd."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from data_access.intake.mapping.model import Mapping
from tests.data_access.intake.odd_files import (
    CUBE,
    HEADINGS,
    LONG,
    ROWED,
    WIDE,
    Rows,
    label,
    long_rows,
    mapped,
    report_on,
    same,
    text_file,
    wide_rows,
    workbook,
)
from tests.world import EARLY, dataset

CODES, LABELS = long_rows(), long_rows(labels=True)
COUNT = HEADINGS["jumlah"]
TOTAL = int(CUBE["jumlah"].sum())
BIG = CUBE.with_columns(jumlah=CUBE["jumlah"] * 1234)  # every cell has thousands


@dataclass(frozen=True)
class Odd:
    """A file, the mapping that explains it, and the rules of the findings that go with it (none is an error)."""

    name: str
    file: str
    content: bytes
    mapping: Mapping = LONG
    rules: tuple[str, ...] = ()
    cube: Any = field(default_factory=lambda: CUBE)


def changed(rows: Rows, heading: str, change: Callable[[Any], Any]) -> Rows:
    """The rows with one column written otherwise."""
    place = rows[0].index(heading)
    return [rows[0], *([*row[:place], change(row[place]), *row[place + 1 :]] for row in rows[1:])]


def grouped(mark: str) -> Rows:
    return changed(long_rows(BIG), COUNT, lambda n: f"{n:,}".replace(",", mark))


def titled(rows: Rows, *titles: str) -> Rows:
    return [*([title] for title in titles), [], *rows]


def total(rows: Rows, word: str, place: int = 0, *, number: Any = TOTAL) -> list[Any]:
    return ["" if i != place else word for i in range(len(rows[0]) - 1)] + [number]


def with_subtotals(rows: Rows) -> Rows:
    """A subtotal after the first ten rows, one after the rest, and the total of all."""
    first = sum(row[-1] for row in rows[1:11])
    rest = sum(row[-1] for row in rows[11:])
    sub = [total(rows, "Sub Total", 1, number=first), total(rows, "Subtotal", 1, number=rest)]
    return [*rows[:11], sub[0], *rows[11:], sub[1], total(rows, "Jumlah Seluruhnya")]


def wide_total(rows: Rows) -> list[Any]:
    numbers = [sum(int(row[i] or 0) for row in rows[2:]) for i in range(len(ROWED), len(rows[0]))]
    return ["JUMLAH", *[""] * (len(ROWED) - 1), *numbers]


def merged_labels() -> tuple[Rows, Mapping]:
    """Rows sorted by agency, whose name stands in the first row of its block only."""
    place = LABELS[0].index(HEADINGS["instansi"])
    body = sorted((list(row) for row in LABELS[1:]), key=lambda row: str(row[place]))
    names = [row[place] for row in body]
    for i, row in enumerate(body):
        row[place] = names[i] if i == 0 or names[i] != names[i - 1] else ""
    return [LABELS[0], *body], LONG.model_copy(update={"fill_down": (HEADINGS["instansi"],)})


def constant() -> tuple[Rows, Mapping, Any]:
    """A file of women only: the column is not there, the mapping says so."""
    women = CUBE.filter(jenis_kelamin="P")
    place = LABELS[0].index(HEADINGS["jenis_kelamin"])
    rows = [[cell for i, cell in enumerate(row) if i != place] for row in long_rows(women, labels=True)]
    columns = {heading: level for heading, level in LONG.columns.items() if level != "jenis_kelamin"}
    return rows, LONG.model_copy(update={"columns": columns, "constants": {"jenis_kelamin": "P"}}), women


def split_cells() -> Rows:
    """Every cell in two rows."""
    doubled = [[*row[:-1], row[-1] + 3] for row in CODES[1:]]
    return [CODES[0], *doubled, *([*row[:-1], -3 + 3 + 1] for row in CODES[1:])]


def as_dates(day: Any) -> Rows:
    return [[*CODES[0], "Tanggal"], *([*row, day] for row in CODES[1:])]


def with_column(mapping: Mapping, **columns: str) -> Mapping:
    return mapping.model_copy(update={"columns": mapping.columns | columns})


FILLED, CONSTANT = merged_labels(), constant()
SUMMED = LONG.model_copy(update={"sum_duplicates": True})
DATED = with_column(LONG, Tanggal="tanggal_acuan")
NUMBERED = with_column(LONG, No="abaikan")
MORE = CUBE.with_columns(jumlah=CUBE["jumlah"] + 4)
PLACES = [f"({i})" for i in range(1, len(CODES[0]) + 1)]
UPPER_CASE = [[str(name).upper() for name in LABELS[0]], *LABELS[1:]]
NBSP = changed(LABELS, HEADINGS["pendidikan"], lambda text: f"\u00a0{text.replace(' ', chr(0xA0))}\u200b")
DASHED = [[cell if cell != "" else "-" for cell in row] for row in wide_rows()[2:]]
SHORT_WIDE = WIDE.model_copy(
    update={"unpivot": {name.replace(" | ", " "): codes for name, codes in WIDE.unpivot.items()}}
)
ONE_HEADER = [[*wide_rows()[0][: len(ROWED)], *SHORT_WIDE.unpivot], *wide_rows()[2:]]
LOST_ZERO = changed(CODES, HEADINGS["pendidikan"], lambda code: code.lstrip("0"))
HAS_ZERO = any(str(code).startswith("0") for code in CUBE["pendidikan"])
NAMED = LONG.model_copy(
    update={"labels": {"jenis_kelamin": {"Cowok": "L", "Cewek": "P"}}},
)
OWN_WORDS = changed(CODES, HEADINGS["jenis_kelamin"], lambda code: {"L": "cowok ", "P": "CEWEK"}[code])


def kab(text: str) -> str:
    """The names of regional governments as people shorten them."""
    return str(text).replace("Pemkab ", "Kab. ").replace("Pemkot ", "Pemerintah Kota ").replace("Pemprov ", "Prov.  ")


CASES = [
    Odd("comma", "a.csv", text_file(LABELS)),
    Odd("semicolon", "a.csv", text_file(LABELS, delimiter=";")),
    Odd("bar", "a.txt", text_file(LABELS, delimiter="|")),
    Odd("tab", "a.tsv", text_file(LABELS, delimiter="\t")),
    Odd("UTF-8 with a mark", "a.csv", text_file(LABELS, encoding="utf-8-sig")),
    Odd("UTF-16 with a mark", "a.csv", text_file(LABELS, delimiter="\t", encoding="utf-16")),
    Odd("UTF-16 little end first, no mark", "a.csv", text_file(LABELS, encoding="utf-16-le")),
    Odd("UTF-16 big end first, no mark", "a.csv", text_file(LABELS, encoding="utf-16-be")),
    Odd("Windows-1252", "a.csv", text_file(LABELS, delimiter=";", encoding="cp1252"), rules=("encoding",)),
    Odd("Windows line ends", "a.csv", text_file(LABELS, end="\r\n")),
    Odd("old Mac line ends", "a.csv", text_file(LABELS, end="\r")),
    Odd("no line end at the end", "a.csv", text_file(LABELS).rstrip(b"\n")),
    Odd("empty lines at the end", "a.csv", text_file(LABELS) + b"\n\n,,,\n"),
    Odd("an empty line in between", "a.csv", text_file([*LABELS[:5], [], *LABELS[5:]])),
    Odd("the hint of a spreadsheet", "a.csv", b"sep=;\n" + text_file(LABELS, delimiter=";")),
    Odd("delimiter at the end of each line", "a.csv", text_file([[*row, ""] for row in LABELS], delimiter=";")),
    Odd("a heading over two lines", "a.csv", text_file([[*LABELS[0][:-1], "Jumlah\nPegawai"], *LABELS[1:]])),
    Odd("suffix in capitals", "A.CSV", text_file(LABELS)),
    Odd("titles above", "a.csv", text_file(titled(LABELS, "REKAPITULASI ASN", "Per 30 Juni 2022"), delimiter=";")),
    Odd("headings in capitals", "a.csv", text_file(UPPER_CASE)),
    Odd("codes and labels mixed", "a.csv", text_file([*CODES[:9], *LABELS[9:]])),
    Odd("invisible marks and hard spaces", "a.csv", text_file(NBSP)),
    Odd("codes behind apostrophes", "a.csv", text_file(changed(CODES, HEADINGS["pendidikan"], lambda c: f"'{c}"))),
    Odd("double spaces", "a.csv", text_file(changed(LABELS, HEADINGS["jenjang"], lambda t: t.replace(" ", "  ")))),
    Odd("labels in small letters", "a.csv", text_file(changed(LABELS, HEADINGS["jenjang"], str.lower))),
    Odd("S-1 / Sarjana", "a.csv", text_file(changed(LABELS, HEADINGS["pendidikan"], lambda t: t.replace("/", " / ")))),
    Odd("Kab. and Pemerintah Kota", "a.csv", text_file(changed(LABELS, HEADINGS["instansi"], kab))),
    Odd("Provinsi before its name", "a.csv", text_file(changed(LABELS, HEADINGS["provinsi"], lambda t: f"Provinsi {t}"))),
    Odd("labels of the mapping", "a.csv", text_file(OWN_WORDS), NAMED),
    Odd("lost leading zeros", "a.csv", text_file(LOST_ZERO), rules=("zero-restored",)),
    Odd("points of thousands", "a.csv", text_file(grouped("."), delimiter=";"), cube=BIG),
    Odd("commas of thousands", "a.csv", text_file(grouped(","), delimiter=";"), cube=BIG),
    Odd("spaces of thousands", "a.csv", text_file(grouped(" ")), cube=BIG),
    Odd("hard spaces of thousands", "a.csv", text_file(grouped("\u202f")), cube=BIG),
    Odd("decimals of zero", "a.csv", text_file(changed(CODES, COUNT, lambda n: f"{n},00"))),
    Odd("floats of a program", "a.csv", text_file(changed(CODES, COUNT, lambda n: f"{n}.0"))),
    Odd("texts of numbers in a workbook", "a.xlsx", workbook({"S": grouped(".")}), cube=BIG),
    Odd("a total at the end", "a.csv", text_file([*CODES, total(CODES, "Jumlah")]), rules=("total-row",)),
    Odd("a total in another column", "a.csv", text_file([*CODES, total(CODES, "GRAND TOTAL", 3)]), rules=("total-row",)),
    Odd("subtotals", "a.csv", text_file(with_subtotals(CODES)), rules=("total-row",)),
    Odd("header again after a page", "a.csv", text_file([*CODES[:20], CODES[0], *CODES[20:]]), rules=("header-repeated",)),
    Odd("row numbers", "a.csv", text_file([["No", *CODES[0]], *([i, *r] for i, r in enumerate(CODES[1:]))]), NUMBERED),
    Odd("numbered columns", "a.csv", text_file([CODES[0], PLACES, *CODES[1:]])),
    Odd("merged row labels", "a.xlsx", workbook({"S": FILLED[0]}), FILLED[1]),
    Odd("a level that the file does not carry", "a.csv", text_file(CONSTANT[0]), CONSTANT[1], cube=CONSTANT[2]),
    Odd("a cell in two rows, to be added", "a.csv", text_file(split_cells()), SUMMED, ("rows-summed",), MORE),
    Odd("a column of dates", "a.csv", text_file(as_dates("30 Juni 2022")), DATED),
    Odd("a column of dates of a workbook", "a.xlsx", workbook({"S": as_dates(datetime(2022, 6, 30))}), DATED),
    Odd("a workbook", "a.xlsx", workbook({"Sheet1": LABELS})),
    Odd("a workbook with titles", "a.xlsx", workbook({"S": titled(LABELS, "REKAP", "Posisi 30-06-2022")})),
    Odd("a table that begins in column C", "a.xlsx", workbook({"S": [["", "", *row] for row in LABELS]})),
    Odd("a cover sheet", "a.xlsx", workbook({"Sampul": [["Rekap ASN"]], "Data": LABELS}), rules=("sheet-skipped",)),
    Odd("an empty sheet", "a.xlsx", workbook({"Kosong": [], "Data": LABELS})),
    Odd("a table over two sheets", "a.xlsx", workbook({"A": CODES[:20], "B": [CODES[0], *CODES[20:]]})),
    Odd("sheets by name", "a.xlsx", workbook({"A": CODES, "B": CODES}), LONG.model_copy(update={"sheets": ("b ",)})),
    Odd("two heading rows", "a.xlsx", workbook({"S": wide_rows(labels=True)}), WIDE),
    Odd("two heading rows below titles", "a.xlsx", workbook({"S": titled(wide_rows(), "REKAP", "30/06/2022")}), WIDE),
    Odd("two heading rows as CSV", "a.csv", text_file(wide_rows(), delimiter=";"), WIDE),
    Odd("one heading row, wide", "a.csv", text_file(ONE_HEADER), SHORT_WIDE),
    Odd("a dash for nobody", "a.csv", text_file([*wide_rows()[:2], *DASHED]), WIDE),
    Odd("a total below a wide table", "a.xlsx", workbook({"S": [*wide_rows(), wide_total(wide_rows())]}), WIDE, ("total-row",)),
    Odd("header again in a wide table", "a.csv", text_file([*wide_rows()[:9], *wide_rows()[:2], *wide_rows()[9:]]), WIDE,
        ("header-repeated",)),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_an_odd_file_gives_the_same_cube(tmp_path: Path, case: Odd) -> None:
    report = report_on(mapped(tmp_path / "k", {case.file: case.content}, case.mapping))
    assert report.accepted, report.findings[:5]
    assert same(report.cube, case.cube)
    assert report.total == int(case.cube["jumlah"].sum())
    assert tuple(finding.rule for finding in report.findings) == case.rules
    assert all("{" not in f.sentence(language) for f in report.findings for language in ("id", "en"))


def test_the_example_has_codes_that_can_lose_a_zero() -> None:
    """Without one, the case of lost zeros would prove nothing."""
    assert HAS_ZERO


def test_a_parquet_file_of_a_program_is_mapped_like_any_other(tmp_path: Path) -> None:
    frame = CUBE.rename(HEADINGS)
    frame.write_parquet(tmp_path / "a.parquet")
    content = (tmp_path / "a.parquet").read_bytes()
    report = report_on(mapped(tmp_path / "k", {"a.parquet": content}, LONG))
    assert report.accepted
    assert same(report.cube)


def test_several_files_of_several_kinds_are_one_delivery(tmp_path: Path) -> None:
    files = {"a.csv": text_file(CODES[:30], delimiter=";"), "b.xlsx": workbook({"S": [LABELS[0], *LABELS[30:]]})}
    report = report_on(mapped(tmp_path / "k", files, LONG, rows=CUBE.height, total=TOTAL))
    assert report.accepted
    assert same(report.cube)


def test_a_label_of_every_level_reads_as_its_code() -> None:
    """The labels that the cases above are made of are not the codes themselves."""
    assert [
        level.name for level in dataset().delivered if label(level.name, level.codes[0].code) != level.codes[0].code
    ]
    assert date(2022, 6, 30) == EARLY
