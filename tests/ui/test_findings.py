"""The table of findings and long names: what a data officer needs comes first and fits the screen."""

from typing import Any

import pytest

from ui.frame import shortened
from ui.receiving import safe_name
from ui.refreshing.findings import _rows, _sentence

LONG = "rekapitulasi-pegawai-asn-nasional-per-instansi-dan-golongan-2026-09-30.csv"


def finding(**facts: Any) -> dict[str, Any]:
    usual = {"file": "a.csv", "row": 2, "column": "status", "value": "X", "id": "Kode tidak dikenal.", "en": "Unknown."}
    return usual | facts


def test_the_explanation_comes_first_and_a_single_file_takes_no_column() -> None:
    assert list(_rows([finding(), finding(row=3)])[0]) == ["Penjelasan", "Baris", "Kolom", "Nilai"]
    assert list(_rows([finding(), finding(file="b.csv")])[0])[-1] == "Berkas"


def test_what_is_empty_everywhere_takes_no_column() -> None:
    assert _rows([finding(row=None, column="", value="")] * 2) == [{"Penjelasan": "Kode tidak dikenal."}] * 2
    assert _rows([finding(row=None), finding()])[0]["Baris"] is None  # shown as a dash


def test_a_long_name_is_cut_in_its_middle() -> None:
    cut = shortened(LONG)
    assert len(cut) == 40
    assert cut.startswith("rekapitulasi-")
    assert cut.endswith("2026-09-30.csv")
    assert shortened("rekap.csv") == "rekap.csv"
    assert _sentence(finding(file=LONG, id=f"{LONG} kosong.")) == f"{cut} kosong."


@pytest.mark.parametrize("name", [LONG, f"folder/{LONG}", f"{'x' * 300}-2026-09-30.csv"])
def test_an_upload_with_a_long_name_keeps_the_date_at_its_end(name: str) -> None:
    kept = safe_name(name)
    assert len(kept) <= 54
    assert kept.endswith("2026-09-30.csv")
