"""Sentences for those who do not see the figure."""

import re
from datetime import date

from charts import alt_text
from data_access.access.result import State
from tests.charts.cases import CASES, patchy, shown_values
from tests.charts.factory import HIDDEN, YEARS, protected

GROUPS: dict[str, int | State] = {
    "guru": 1_500,
    "dosen": 900,
    "teknis": State.SUPPRESSED,
    "penyuluh": State.UNAVAILABLE,
}


def test_what_when_largest_smallest_and_what_is_not_shown() -> None:
    result = protected(["kelompok_jabatan"], lambda _period, codes: GROUPS.get(codes[0], 1_000))
    assert alt_text(result, language="id") == (
        "Pegawai ASN menurut kelompok jabatan, per 31 Desember 2025. Terbesar: Guru, 1.500 orang. "
        "Terkecil yang ditampilkan: Dosen, 900 orang. 1 sel ditekan demi kerahasiaan (<10). 1 sel tidak tersedia."
    )


def test_only_the_period_of_the_figure_is_told() -> None:
    size = {"L": 1_000, "P": 500}
    result = protected(["jenis_kelamin"], lambda day, codes: _early(day, size[codes[0]]), periods=YEARS)
    assert alt_text(result, language="id", period=YEARS[0]) == (
        "Pegawai ASN menurut jenis kelamin, per 31 Desember 2023. Terbesar: Laki-laki, 3.000 orang. "
        "Terkecil yang ditampilkan: Perempuan, 1.500 orang."
    )
    assert "sampai 31 Desember 2025" in alt_text(result, language="id")


def _early(day: date, size: int) -> int | State:
    return size * 3 if day == YEARS[0] else State.SUPPRESSED


def test_a_series_tells_where_it_began_and_ended() -> None:
    result = protected([], lambda period, _codes: period.year * 1_000, periods=YEARS)
    assert alt_text(result, language="id").endswith(
        "Dari 2.023.000 orang pada 31 Desember 2023 menjadi 2.025.000 orang pada 31 Desember 2025."
    )


def test_a_single_number() -> None:
    assert alt_text(protected(), language="id") == "Pegawai ASN, per 31 Desember 2025. 1.250 orang."


def test_nothing_shown_and_nothing_at_all() -> None:
    hidden = alt_text(protected(["status"], lambda _period, _codes: State.SUPPRESSED), language="id")
    assert "Tidak ada angka yang ditampilkan. 4 sel ditekan" in hidden
    empty = alt_text(protected(["status"], members={"status": ()}), language="id")
    assert empty == "Pegawai ASN menurut status ASN, tanpa periode. Tidak ada angka yang ditampilkan."


def test_numbers_in_the_sentences_are_displayed_values() -> None:
    for case in CASES.values():
        result = case.result(patchy)
        words = alt_text(result, language="id")
        allowed = {f"{n:,}".replace(",", ".") for n in shown_values(result)}
        assert set(re.findall(r"[\d.]+(?= orang)", words)) <= allowed
        assert str(HIDDEN) not in words.replace(".", "")
