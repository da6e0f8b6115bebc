"""A small workbook whose one long text stands in many cells would be written out for each of them."""

from pathlib import Path

import pytest
import xlsxwriter

from data_access.errors import Rejected
from data_access.intake.readers.copying import copied, scratch_folder
from data_access.intake.readers.limits import USUAL
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
