"""A small workbook whose one long text stands in many cells would be written out for each of them."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from data_access.errors import Rejected
from data_access.intake.readers.copying import copied, scratch_folder
from data_access.intake.readers.limits import USUAL, Limits
from data_access.intake.readers.unpacking import check_workbook


def written(folder: Path, text: str, cells: int) -> Path:
    file = folder / "rekap.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        for row in range(cells):
            sheet.write_string(row, 0, text)
    return file


def test_a_long_text_in_many_cells_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    file = written(tmp_path, "x" * 32_000, 20_000)
    assert file.stat().st_size < 200_000
    with scratch_folder(None) as private, pytest.raises(Rejected) as caught:
        check_workbook(copied(file, private, USUAL), USUAL)
    assert caught.value.reason == "workbook-swells"


def test_a_long_note_in_one_cell_is_no_harm(tmp_path: Path) -> None:
    file = written(tmp_path, "catatan " * 1_000, 3)
    with scratch_folder(None) as private:
        assert check_workbook(copied(file, private, USUAL), USUAL) == 0


def sheet(folder: Path, rows: str, *, place: str = "xl/worksheets/sheet1.xml") -> Path:
    """A workbook whose sheet holds the given rows, perhaps under another name."""
    whole, file = written(folder, "x", 1), folder / "lain.xlsx"
    with ZipFile(whole) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content, name = source.read(entry).decode(), entry.filename
            if name == "xl/worksheets/sheet1.xml":
                content, name = f'<worksheet xmlns="urn:x"><sheetData>{rows}</sheetData></worksheet>', place
            content = content.replace("worksheets/sheet1.xml", place.removeprefix("xl/"))
            target.writestr(name, content)
    return file


FEW = Limits(columns=50, cells=10_000)
CELL = "<c><v>1</v></c>"
# what reaches too far, the rows of the sheet
FAR = [
    ("cells without an address", f"<row>{CELL * 60}</row>"),
    ("rows without an address", f"<row>{CELL * 20}</row>" * 600),
    ("a cell behind one with an address", f'<row><c r="AX1"/>{CELL}</row>'),
    ("a row that alone has the address", f'<row r="900000">{CELL}</row>'),
    ("an address behind a sign of the end of a tag", '<row><c s="&gt;>" r="XFD1048576"/></row>'),
    ("an address of another name before it", "<row><c xmlns:x='urn:x' x:r='A1' r = 'XFD1'/></row>"),
    ("a tag with a prefix", '<x:row xmlns:x="urn:x-y"><x:c r="XFD1"/></x:row>'),
    ("tags over several lines", '<row\n><c\n\tr="XFD1"\n/></row>'),
]


@pytest.mark.parametrize(("name", "rows"), FAR, ids=[case[0] for case in FAR])
def test_cells_that_reach_too_far_are_counted_however_they_are_written(tmp_path: Path, name: str, rows: str) -> None:
    with scratch_folder(None) as private, pytest.raises(Rejected) as caught:
        check_workbook(copied(sheet(tmp_path, rows), private, FEW), FEW)
    assert caught.value.reason == "sheet-extent"


def test_a_sheet_under_another_name_is_looked_at_too(tmp_path: Path) -> None:
    file = sheet(tmp_path, f"<row>{CELL * 60}</row>", place="xl/lain/data.bin")
    with scratch_folder(None) as private, pytest.raises(Rejected) as caught:
        check_workbook(copied(file, private, FEW), FEW)
    assert caught.value.reason == "sheet-extent"


def test_a_sheet_that_is_no_sound_xml_is_damaged(tmp_path: Path) -> None:
    with scratch_folder(None) as private, pytest.raises(Rejected) as caught:
        check_workbook(copied(sheet(tmp_path, "<row><c></row>"), private, FEW), FEW)
    assert caught.value.reason == "file-unreadable"


def test_a_table_without_addresses_is_no_harm(tmp_path: Path) -> None:
    rows = f"<row>{CELL * 40}</row><row hidden='1'>{CELL * 40}</row>"
    with scratch_folder(None) as private:
        assert check_workbook(copied(sheet(tmp_path, rows), private, FEW), FEW) == 1
