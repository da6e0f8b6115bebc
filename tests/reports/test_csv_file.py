"""The CSV as programs read it: data without any other line, a description beside it, numbers with a decimal point."""

import io
import zipfile
from dataclasses import replace

import polars as pl

from data_access.access.derive import share_of
from data_access.access.export import Form
from data_access.access.result import Protected, State
from reports import csv_file
from tests.charts.cases import spread
from tests.charts.factory import Value, protected
from tests.exporting import parts
from tests.reports.exports import export

CELLS: dict[str, int | State] = {"PNS": 1_234_565, "CPNS": State.SUPPRESSED, "PPPK": State.UNAVAILABLE, "PPPK-PW": 0}
QUERY = '{"by":["status"],"dataset":"pegawai","measure":"jumlah","order":"kode","periods":[],"where":{}}'


def by_status(value: Value = spread) -> Protected:
    return replace(protected(["status"], value), query=QUERY)


def test_two_files_named_by_what_is_inside() -> None:
    result = by_status(lambda _period, codes: CELLS[codes[0]])
    found = parts(csv_file.written(export(result, form=Form.CSV), "id"))
    stem = "pegawai-asn-menurut-status_2025-12-31_rilis-r1"
    assert list(found) == [f"{stem}.csv", f"{stem}_keterangan.csv"]
    data = pl.read_csv(found[f"{stem}.csv"].encode(), infer_schema=False)
    assert data["nilai"].to_list() == ["1234565", None, None, "0"]
    assert data["keadaan"].to_list() == ["ditampilkan", "kurang dari 10", "tidak tersedia", "ditampilkan"]
    assert data["kode_status"].to_list() == list(CELLS)
    told = pl.read_csv(found[f"{stem}_keterangan.csv"].encode(), infer_schema=False)
    assert told.filter(hal="Tujuan")["isi"].item() == "bahan rapat formasi 2026"


def test_shares_have_a_decimal_point_and_the_decimals_of_the_screen() -> None:
    shares = share_of(by_status(), protected([], lambda _p, _c: 50_000))
    data = pl.read_csv(next(iter(parts(csv_file.written(export(shares), "id")).values())).encode())
    assert data["nilai"].to_list() == [round(value, 3) for value in shares.frame["nilai"]]


def test_the_same_export_gives_the_same_bytes() -> None:
    made = export(by_status())
    assert csv_file.written(made, "id") == csv_file.written(made, "id")


def test_excel_reads_it_as_utf_8() -> None:
    with zipfile.ZipFile(io.BytesIO(csv_file.written(export(by_status()), "id"))) as archive:
        assert all(archive.read(name).startswith(b"\xef\xbb\xbf") for name in archive.namelist())
