"""The measures of the explorer: what each is called, and the further dimension or date that it is computed from."""

from collections.abc import Mapping
from dataclasses import dataclass

from data_access.contract import Label
from data_access.words import mark as _
from data_access.words import text

PERSONS = "jumlah"
ROW_SHARE, COLUMN_SHARE, TOTAL_SHARE = "pangsa-baris", "pangsa-kolom", "pangsa-total"
CHANGE, GROWTH = "selisih", "pertumbuhan"
WOMEN, AGE, SERVICE = "perempuan", "umur", "masa-kerja"
FILLED, SCORE = "keterisian", "nilai"


@dataclass(frozen=True)
class Way:
    """`name` on the screen, `title` of the figure with {rows}, and the level that is asked for and then dropped."""

    name: str
    title: str
    extra: str = ""

    @property
    def label(self) -> Label:
        """The name in both languages, as the head of a column."""
        return Label(id=self.name, en=text(self.name, "en"))


MEASURES: Mapping[str, Way] = {
    PERSONS: Way(_("Jumlah"), _("Jumlah {what} menurut {rows}")),
    ROW_SHARE: Way(_("Pangsa dalam baris (%)"), _("Pangsa {what} dalam setiap baris menurut {rows}")),
    COLUMN_SHARE: Way(_("Pangsa dalam kolom (%)"), _("Pangsa {what} menurut {rows}")),
    TOTAL_SHARE: Way(_("Pangsa dari seluruhnya (%)"), _("Pangsa {what} dari seluruhnya menurut {rows}")),
    CHANGE: Way(_("Perubahan (jumlah)"), _("Perubahan jumlah {what} menurut {rows}")),
    GROWTH: Way(_("Perubahan (%)"), _("Perubahan {what} dalam persen menurut {rows}")),
    WOMEN: Way(
        _("Perempuan (%)"),
        _("Pangsa perempuan di antara {what} menurut {rows}"),
        "jenis_kelamin",
    ),
    AGE: Way(
        _("Umur rata-rata"),
        _("Umur rata-rata {what} menurut {rows}"),
        "umur_5",
    ),
    SERVICE: Way(
        _("Masa kerja rata-rata"),
        _("Masa kerja rata-rata {what} menurut {rows}"),
        "masa_kerja",
    ),
    FILLED: Way(_("Keterisian (%)"), _("Keterisian {what} menurut {rows}"), "tahap"),
    SCORE: Way(_("Nilai rata-rata"), _("Nilai rata-rata {what} menurut {rows}"), "ukuran"),
}
COMPARING = (CHANGE, GROWTH)
SHARES = (ROW_SHARE, COLUMN_SHARE, TOTAL_SHARE)
