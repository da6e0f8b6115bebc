"""Tables and CSV of quality figures: what stands in them, in which order, and that no hidden number does."""

from datetime import date

import polars as pl

from data_access.access.quality import QualityExport
from data_access.access.reconciliation import Match
from data_access.access.result import State
from data_access.access.roles import role
from data_access.access.timeliness import Timing
from data_access.access.volatility import Move
from data_access.contract import Label
from data_access.intake.published import Published
from data_access.release.indicators import indicators
from reports import quality
from tests.charts.quality import HIDDEN, LAST, MIDDLE, Cells, made
from tests.exporting import parts
from tests.reports.exports import AT

PLACE = indicators().by_key["kosong_lokasi"]
CELLS: Cells = {
    (LAST, "", "kosong_lokasi"): 0.02,
    (LAST, "KM01", "kosong_lokasi"): 0.004,
    (LAST, "KM02", "kosong_lokasi"): State.SUPPRESSED,
    (LAST, "KM03", "kosong_lokasi"): 0.25,
    (LAST, "KM03", "kosong_jabatan"): State.SUPPRESSED,
    (LAST, "KM03", "ganda"): 0.5,
    (MIDDLE, "KM03", "kosong_lokasi"): 0.3,
}
NAME = Label(id="Badan", en="Body")


def taken() -> QualityExport:
    purpose = "surat ke instansi tentang lokasi kosong"
    return QualityExport(made(CELLS), "kelengkapan", purpose, "analis", role("analis").label, AT, 41)


def test_agencies_stand_by_the_chosen_indicator_with_the_others_beside() -> None:
    table = quality.agencies(made(CELLS), PLACE, LAST, language="id")
    assert table.columns[:3] == ["Instansi", "Lokasi kerja kosong", "Diperiksa"]
    assert table["Lokasi kerja kosong"].to_list() == ["25,0%", "0,40%", "<10"]
    assert table["Jabatan kosong"].to_list() == ["<10", "–", "–"]
    assert table["Kode"].to_list() == ["KM03", "KM01", "KM02"]
    assert "NIP ganda" not in table.columns


def test_nothing_measured_gives_an_empty_table() -> None:
    assert quality.agencies(made({}), PLACE, LAST, language="id").is_empty()


def test_the_file_holds_one_dimension_on_every_date_with_codes() -> None:
    files = parts(quality.csv(taken(), "id"))
    assert list(files) == [
        "mutu-pegawai-kelengkapan_rilis-0007.csv",
        "mutu-pegawai-kelengkapan_rilis-0007_keterangan.csv",
    ]
    data, told = files.values()
    assert "Tujuan,surat ke instansi tentang lokasi kosong" in told
    assert "Nomor catatan audit,41" in told
    rows = pl.read_csv(data.encode(), infer_schema=False).rows(named=True)
    assert len(rows) == 6
    assert {row["indikator"] for row in rows} == {"kosong_lokasi", "kosong_jabatan"}
    nation = next(row for row in rows if row["nama_instansi"] == "Nasional")
    assert (nation["tanggal_acuan"], nation["bagian_gagal"], nation["dasar"]) == ("2025-06-30", "0.02", "1000")
    assert (nation["rilis"], nation["sifat"], nation["instansi"] or "") == ("0007", "DATA CONTOH", "")


def test_a_hidden_number_is_in_no_file_and_no_table() -> None:
    found = made(CELLS)
    written = (
        "".join(parts(quality.csv(taken(), "en")).values())
        + quality.agencies(found, PLACE, LAST, language="en").write_csv()
    )
    assert f"{HIDDEN}"[:5] not in written
    assert "77.8" not in written


def test_moves_tell_what_to_look_at() -> None:
    rows = [Move("a", NAME, 100, 150), Move("b", NAME, 0, 7), Move("c", NAME, 100, 99), Move("d", NAME, 60, 0)]
    table = quality.moves(rows, MIDDLE, LAST, limit=0.25, language="id")
    assert table["Keterangan"].to_list() == ["perlu dilihat", "baru", "", "hilang"]
    assert table["Perubahan (%)"].to_list() == ["+50,0%", "–", "−1,0%", "−100,0%"]
    assert table["Perubahan"].to_list() == ["+50", "+7", "−1", "−60"]
    assert table["31 Des 2024"].to_list() == ["100", "0", "100", "60"]


def test_matches_name_their_source_and_say_where_it_was_rounded() -> None:
    exact = Match(Published(LAST, "semua", NAME, {}, 1_000, 1, "BKN via A"), 990)
    about = Match(Published(LAST, "pns", NAME, {}, 250_000, 10_000, "BKN via B"), 246_000)
    none = Match(Published(LAST, "pppk", NAME, {}, 500, 1, "BKN via C"), None)
    table = quality.matches([exact, about, none], limit=0.001, language="id")
    assert table["Angka terbit"].to_list() == ["1.000", "sekitar 250.000", "500"]
    assert table["Selisih"].to_list() == ["−10", "−4.000", "–"]
    assert table["Penilaian"].to_list() == ["berbeda", "cocok", "tidak dapat dibandingkan"]
    assert quality.sources([exact, about, about, none]) == {LAST: ["BKN via A", "BKN via B", "BKN via C"]}


def test_timings_stand_newest_first() -> None:
    rows = [
        Timing(MIDDLE, 0, None, date(2025, 1, 20), None, initial=True),
        Timing(LAST, 2, date(2025, 7, 1), date(2025, 8, 20), date(2025, 9, 1), initial=False),
    ]
    table = quality.timings(rows, limit=30, language="id")
    assert table["Tanggal acuan"].to_list() == ["30 Jun 2025", "31 Des 2024"]
    assert table["Hari sampai terbit"].to_list() == ["51", "–"]
    assert table["Keterangan"].to_list() == ["terlambat", "muatan awal"]
    assert table["Revisi terakhir"].to_list() == ["1 Sep 2025", "–"]


def test_every_indicator_of_a_dimension_is_defined() -> None:
    for dimension in ("kelengkapan", "validitas", "konsistensi"):
        assert len(quality.definitions(dimension, "en")) == len(indicators().of(dimension))
