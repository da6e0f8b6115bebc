"""Source files and folders that nobody should open: refused before they are parsed, each with a sentence that says why."""

import os
import shutil
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from data_access.errors import Rejected
from data_access.intake.readers.limits import USUAL, Limits
from tests.data_access.intake.odd_files import (
    LONG,
    long_rows,
    mapped,
    report_on,
    text_file,
    workbook,
)

CODES, LABELS = long_rows(), long_rows(labels=True)
CSV, XLSX = "a.csv", "a.xlsx"


def bomb(entries: int = 1, size: int = 1_000) -> bytes:
    """A workbook whose sheets swell."""
    made = BytesIO(workbook({"S": LABELS}))
    with ZipFile(made, "a", ZIP_DEFLATED) as archive:
        for i in range(entries):
            archive.writestr(f"xl/media/{i}.bin", b"\0" * size)
    return made.getvalue()


def with_entry(name: str, content: bytes = b"x") -> bytes:
    made = BytesIO(workbook({"S": LABELS}))
    with ZipFile(made, "a") as archive:
        archive.writestr(name, content)
    return made.getvalue()


def far_away() -> bytes:
    """One more cell, in the last row and column that a sheet can have."""
    rows = BytesIO()
    with ZipFile(BytesIO(workbook({"S": CODES}))) as source, ZipFile(rows, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", cell)
            target.writestr(entry, content)
    return rows.getvalue()


def locked() -> bytes:
    """A workbook whose entries are marked as encrypted."""
    content = bytearray(workbook({"S": LABELS}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


SMALL = Limits(rows=40, bytes=1_000_000, columns=20, line=2_000, unpacked=2_000_000, entries=50, cells=100_000)
ENOUGH = Limits(unpacked=3_000_000)
GOOD = text_file(CODES)

# what is wrong, the file, its content, the limits, the reason
REFUSED: list[tuple[str, str, bytes, Limits, str]] = [
    ("empty file", CSV, b"", USUAL, "file-empty"),
    ("only blanks", CSV, b" \n \n", USUAL, "file-empty"),
    ("an empty workbook", XLSX, workbook({"S": []}), USUAL, "file-empty"),
    ("no heading that is known", CSV, b"a,b\n1,2\n", USUAL, "columns-missing"),
    ("a heading missing", CSV, text_file([row[1:] for row in CODES]), USUAL, "columns-missing"),
    ("only titles", XLSX, workbook({"S": [["Rekapitulasi"]]}), USUAL, "columns-missing"),
    ("quotes that do not end", CSV, GOOD.replace(b"PNS", b'"PNS', 1), USUAL, "quotes"),
    ("zero bytes", CSV, GOOD.replace(b"PNS", b"P\0S", 1), USUAL, "nul-bytes"),
    ("half a character at the end of UTF-16", CSV, text_file(CODES, encoding="utf-16") + b"\n", USUAL, "file-unreadable"),
    ("bytes of no encoding", CSV, GOOD + b"\x81\x8d\x8f\n", USUAL, "file-unreadable"),
    ("too many rows", CSV, text_file([*CODES, *CODES[1:] * 4]), SMALL, "too-many-rows"),
    ("too many rows in a workbook", XLSX, workbook({"S": LABELS}), SMALL, "too-many-rows"),
    ("too many columns", CSV, text_file([list(range(30)), list(range(30))]), SMALL, "too-many-columns"),
    ("a line without end", CSV, text_file(CODES) + b"x" * 3_000, SMALL, "line-length"),
    ("too large", CSV, b"x\n" * 600_000, SMALL, "file-size"),
    ("compressed", "a.csv.gz", b"\x1f\x8b" + GOOD, USUAL, "file-kind"),
    ("an archive", "a.zip", b"PK\x03\x04", USUAL, "file-kind"),
    ("an archive named as CSV", CSV, b"PK\x03\x04" + GOOD, USUAL, "file-content"),
    ("compressed and named as CSV", CSV, b"\x1f\x8b" + GOOD, USUAL, "file-content"),
    ("an old workbook", "a.xls", b"\xd0\xcf\x11\xe0", USUAL, "file-kind"),
    ("an open document", "a.ods", b"PK\x03\x04", USUAL, "file-kind"),
    ("a workbook with macros", "a.xlsm", workbook({"S": LABELS}), USUAL, "file-kind"),
    ("macros under another name", XLSX, with_entry("xl/vbaProject.bin"), USUAL, "file-kind"),
    ("a password, or an old workbook renamed", XLSX, b"\xd0\xcf\x11\xe0" + b"\0" * 600, USUAL, "file-content"),
    ("entries that are locked", XLSX, locked(), USUAL, "file-content"),
    ("a page of the web named as a workbook", XLSX, b"<html><table><tr><td>1</td></tr></table></html>", USUAL, "file-content"),
    ("a page of the web named as CSV", CSV, b"\n<!DOCTYPE html><table></table>", USUAL, "file-content"),
    ("text named as a workbook", XLSX, GOOD, USUAL, "file-content"),
    ("half a workbook", XLSX, workbook({"S": LABELS})[:3_000], USUAL, "file-unreadable"),
    ("an archive that is no workbook", XLSX, b"PK\x05\x06" + b"\0" * 18, USUAL, "file-unreadable"),
    ("a workbook that swells", XLSX, bomb(size=4_000_000), ENOUGH, "workbook-swells"),
    ("a workbook that swells too densely", XLSX, bomb(size=30_000_000), USUAL, "workbook-swells"),
    ("a workbook of many entries", XLSX, bomb(entries=60), SMALL, "workbook-swells"),
    ("a cell far away", XLSX, far_away(), USUAL, "sheet-extent"),
    ("no Parquet", "a.parquet", GOOD, USUAL, "file-unreadable"),
    ("no suffix", "rekap", GOOD, USUAL, "file-kind"),
    ("a hidden name", ".a.csv", GOOD, USUAL, "file-name"),
    ("a PDF named as CSV", CSV, b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n", USUAL, "file-content"),
    ("a PDF named as Parquet", "a.parquet", b"%PDF-1.7\n", USUAL, "file-content"),
    ("a picture", "a.png", b"\x89PNG", USUAL, "file-kind"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "file", "content", "limits", "reason"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_file_that_nobody_should_open_is_refused_with_a_sentence(
    tmp_path: Path, name: str, file: str, content: bytes, limits: Limits, reason: str
) -> None:
    folder = mapped(tmp_path / "k", {file: content}, LONG)
    with pytest.raises(Rejected) as caught:
        report_on(folder, limits)
    assert caught.value.reason == reason
    assert all("{" not in caught.value.sentence(language) for language in ("id", "en"))


def linked(folder: Path) -> None:
    (folder / CSV).rename(folder.parent / "elsewhere.csv")
    (folder / CSV).symlink_to(folder.parent / "elsewhere.csv")


def piped(folder: Path) -> None:
    (folder / CSV).unlink()
    os.mkfifo(folder / CSV)


def without_mapping(folder: Path) -> None:
    (folder / "mapping.yaml").unlink()


def linked_mapping(folder: Path) -> None:
    (folder / "mapping.yaml").rename(folder.parent / "elsewhere.yaml")
    (folder / "mapping.yaml").symlink_to(folder.parent / "elsewhere.yaml")


def altered(folder: Path) -> None:
    (folder / CSV).write_bytes(GOOD + b"\n")


FOLDERS: list[tuple[str, Callable[[Path], None], str]] = [
    ("a link", linked, "file-name"),
    ("a pipe that never ends", piped, "file-missing"),
    ("altered after the manifest", altered, "hash-mismatch"),
    ("no mapping", without_mapping, "mapping-missing"),
    ("the mapping is a link", linked_mapping, "mapping-missing"),
]


@pytest.mark.parametrize(("name", "spoil", "reason"), FOLDERS, ids=[case[0] for case in FOLDERS])
def test_a_folder_that_is_not_what_it_seems_is_refused(
    tmp_path: Path, name: str, spoil: Callable[[Path], None], reason: str
) -> None:
    folder = mapped(tmp_path / "k", {CSV: GOOD}, LONG)
    spoil(folder)
    with pytest.raises(Rejected) as caught:
        report_on(folder)
    assert caught.value.reason == reason


def test_a_file_that_may_not_be_read_is_refused_with_a_sentence() -> None:
    """Also where the tests run as root, who may read everything: then as somebody else."""
    above = Path(tempfile.mkdtemp(prefix="asn-izin-"))
    try:
        folder = mapped(above / "k", {CSV: GOOD}, LONG)
        for path in (above, folder):
            path.chmod(0o755)
        for file in folder.iterdir():
            file.chmod(0o644)
        (folder / CSV).chmod(0o000)
        me = os.geteuid()
        if me == 0:
            os.seteuid(65534)
        try:
            with pytest.raises(Rejected) as caught:
                report_on(folder)
        finally:
            os.seteuid(me)
        assert caught.value.reason == "file-forbidden"
    finally:
        shutil.rmtree(above)
