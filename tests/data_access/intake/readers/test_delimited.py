"""Delimited text: what is written in any delimiter and encoding is read again, each row with its line."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.intake.readers.copying import copied, scratch_folder
from data_access.intake.readers.delimiter import DELIMITERS, delimiter_of
from data_access.intake.readers.encoding import encoding_of
from data_access.intake.readers.limits import USUAL
from data_access.intake.readers.sources import tables
from data_access.intake.readers.table import Table

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
# What a cell may hold: also every delimiter, quotation marks and line ends.
LETTERS = st.characters(codec="utf-8", exclude_characters="\ufeff", exclude_categories=("Cs", "Cc", "Zl", "Zp"))
CELLS = st.text(LETTERS | st.just("\n"), max_size=12)
HEADINGS = ["Nama Instansi", "Jenis Jabatan", "Jumlah"]


def read(content: bytes, folder: Path, wanted: tuple[str, ...] = ()) -> Table:
    (folder / "a.csv").write_bytes(content)
    with scratch_folder(folder) as private:
        (table,) = tables(copied(folder / "a.csv", private, USUAL), USUAL, wanted=wanted)
        return table


def written(rows: list[list[str]], delimiter: str, encoding: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue().encode(encoding)


@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8), st.sampled_from(DELIMITERS), st.sampled_from(ENCODINGS)
)
def test_what_is_written_is_read_again(cells: list[tuple[str, str]], delimiter: str, encoding: str) -> None:
    rows = [["x" + first, "y" + second, str(i)] for i, (first, second) in enumerate(cells)]
    with tempfile.TemporaryDirectory() as folder:
        table = read(written([HEADINGS, *rows], delimiter, encoding), Path(folder), tuple(HEADINGS))
    assert list(table.names) == HEADINGS
    assert [list(row) for row in table.cells.select("0", "1", "2").rows()] == rows
    lines = [2]
    for row in rows[:-1]:
        lines.append(lines[-1] + 1 + sum(cell.count("\n") for cell in row))
    assert table.cells["baris"].to_list() == lines


SPLIT = [
    ("a,b,c\n1,2,3\n", ",", "commas"),
    ("a;b;c\n1,5;2,5;3\n", ";", "commas within numbers"),
    ("a\tb\n1,2\t3\n", "\t", "tabs"),
    ("a|b|c\nx;y|2|3\n", "|", "a semicolon in a cell"),
    ('a;b\n"x,y;z";2\n', ";", "a quoted cell with both"),
    ("Rekap\nPer 30 Juni 2022, sementara\n\na;b;c\n1;2;3\n4;5;6\n7;8;9\n", ";", "titles with a comma"),
    ("sep=|\na|b\n1|2\n", "|", "the hint of a spreadsheet"),
    ("a\n1\n", ",", "one column"),
]


@pytest.mark.parametrize(("text", "delimiter", "why"), SPLIT, ids=[case[2] for case in SPLIT])
def test_the_delimiter_is_found(text: str, delimiter: str, why: str) -> None:
    assert delimiter_of(text) == delimiter


def test_wanted_headings_decide_where_both_would_do() -> None:
    text = "Nama, lengkap;Jumlah, orang\nA, b;1\n"
    assert delimiter_of(text, {"nama, lengkap", "jumlah, orang"}) == ";"
    assert delimiter_of(text, {"lengkap;jumlah"}) == ","


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-8"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a").write_bytes(("Nama;Jumlah\nSão – Tomé;1\n" * 20).encode(encoding))
    assert encoding_of(tmp_path / "a") == encoding


def test_a_letter_cut_by_the_end_of_a_block_is_no_other_encoding(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * ((1 << 20) - 1) + "é".encode())
    assert encoding_of(tmp_path / "a") == "utf-8"
