"""The source of an answer in words: what is counted, what broke the series, what was revised, what comes next."""

from datetime import UTC, date, datetime

from data_access.access.provenance import Provenance, Publication
from data_access.access.timeliness import Expected
from data_access.words import text
from reports import origin
from tests.charts.factory import protected

FIRST, LAST = date(2021, 6, 30), date(2022, 12, 31)
AT = datetime(2026, 11, 12, 3, tzinfo=UTC)
ONCE, AGAIN = Publication("0002", AT, "", 0), Publication("0004", AT, "berkas keliru", 1)


def told(known: Provenance, *days: date, language: str = "id") -> dict[str, str]:
    return dict(origin.facts(protected(["jenjang"], periods=days or (LAST,)), known, language))


def test_breaks_of_the_time_shown_name_their_source_and_how_sure_their_dates_are() -> None:
    found = told(Provenance(), FIRST, LAST)["Yang memutus deret"]
    assert found.startswith("31 Des 2021, 30 Jun 2022: Penyetaraan jabatan")
    assert "(Permen PANRB 17/2021; BKN, Buku Statistik ASN 2021 dan 2022)" in found
    assert "Tanggal disimpulkan" in found
    assert "Yang memutus deret" not in told(Provenance(), LAST)


def test_the_period_of_a_flow_is_told_and_what_broke_the_series_within_it() -> None:
    found = told(Provenance(since=((LAST, FIRST),)))
    assert found["Periode"] == "1 Juli 2021 – 31 Desember 2022"
    assert "Penyetaraan" in found["Yang memutus deret"]


def test_what_is_not_counted_is_told() -> None:
    assert "pegawai non-ASN" in told(Provenance())["Tidak dihitung"]
    assert "not ASN" in told(Provenance(), language="en")[text("Tidak dihitung", "en")]


def test_a_revision_names_releases_days_and_reason() -> None:
    assert told(Provenance(published=((LAST, (ONCE,)),)))["Revisi"] == "Setiap tanggal baru satu kali terbit."
    assert told(Provenance(published=((LAST, (ONCE, AGAIN)),)))["Revisi"] == (
        "31 Des 2022: terbit di rilis 0002 (12 Nov 2026); diganti di rilis 0004 (12 Nov 2026), alasan: berkas keliru."
    )


def test_the_calendar_tells_the_last_release_and_the_next() -> None:
    coming = Expected(date(2025, 12, 31), date(2026, 1, 30), 0, 0)
    found = told(Provenance(release="0004", at=AT, coming=coming))["Jadwal rilis"]
    assert found == "Terakhir: rilis 0004, 12 Nov 2026. Berikutnya: 31 Des 2025, paling lambat 30 Jan 2026."


def test_where_no_manifest_can_be_read_the_rest_is_told() -> None:
    assert not {"Revisi", "Jadwal rilis", "Periode"} & told(Provenance()).keys()
    assert "Perlindungan" in told(Provenance())
