"""What the check found: errors first, grouped by rule, with their rows to look at and to take away."""

from collections import Counter
from functools import partial
from typing import Any, Literal

import streamlit as st

from data_access.access.recording import event_of, refusals
from data_access.access.refreshing import check_may_refresh_any
from data_access.settings import settings
from data_access.words import mark as _
from data_access.words import number
from reports.findings import findings_csv, value_of
from ui.downloading import holder
from ui.frame import plain, shortened
from ui.session import FETCH, Bearer, bearer, language, t

Color = Literal["red", "orange", "blue"]
SEVERITIES: tuple[tuple[str, str, str, str, Color], ...] = (
    ("error", _("Galat"), _("harus diperbaiki sebelum terbit"), ":material/block:", "red"),
    ("warning", _("Peringatan"), _("perlu alasan untuk menerbitkan"), ":material/warning:", "orange"),
    ("info", _("Catatan"), _("untuk diketahui"), ":material/info:", "blue"),
)
ROWS_SHOWN = 100
# What the rows of one rule have in common.
TITLES = {
    "unknown-label": _("Teks yang belum dikenal"),
    "unknown-code": _("Kode yang tidak ada di kamus data"),
    "code-as-date": _("Kode yang diubah spreadsheet menjadi tanggal"),
    "empty": _("Sel yang kosong"),
    "negative": _("Bilangan negatif"),
    "not-whole": _("Isi yang bukan bilangan bulat"),
    "schema": _("Isi yang tidak sesuai kontrak data"),
    "cell-twice": _("Rincian yang muncul lebih dari sekali"),
    "impossible": _("Kombinasi yang tidak mungkin"),
    "outside-parent": _("Kolom yang tidak sesuai dengan kolom lain di barisnya"),
    "not-valid": _("Kode yang belum berlaku pada tanggal acuan"),
    "key-range": _("Kunci rekaman yang tidak mungkin"),
    "cell-outside": _("Isi di luar tabel"),
    "total-row": _("Baris jumlah"),
    "total-row-differs": _("Baris jumlah yang tidak cocok dengan baris di atasnya"),
    "total-column-differs": _("Kolom jumlah yang tidak cocok dengan rinciannya"),
    "header-repeated": _("Judul tabel yang berulang"),
    "number-styles": _("Penulisan ribuan yang bercampur"),
    "date-differs": _("Tanggal yang bukan tanggal acuan"),
    "date-unreadable": _("Tanggal yang tidak terbaca"),
    "column-unmapped": _("Kolom yang tidak dimuat"),
    "column-twice": _("Judul kolom yang muncul lebih dari sekali"),
    "zero-restored": _("Kode yang nol di depannya dilengkapi"),
    "sheet-skipped": _("Lembar yang tidak dibaca"),
    "sheet-hidden": _("Lembar tersembunyi"),
    "rows-hidden": _("Baris tersembunyi"),
    "encoding": _("Huruf yang dibaca sebagai Windows-1252"),
}
OTHER_TITLE = _("Temuan lain")


def findings(content: dict[str, Any], *, title: str, number_of_it: int) -> None:
    """All findings of a check; says so where there are none."""
    found, note = content["findings"], _note(content, number_of_it)
    if not found:
        st.success(t(_("Tidak ada temuan.")), icon=":material/check_circle:")
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(horizontal=True, gap="small", width="content"):
            for severity, name, _meaning, icon, color in SEVERITIES:
                count = content["counts"][severity]
                if count:
                    st.badge(f"{t(name)}: {number(count, language())}", icon=icon, color=color)
        st.download_button(
            t(_("Unduh temuan (CSV)")),
            partial(_csv, bearer(), found, language(), note),
            f"temuan-{number_of_it}-{_file_name(title)}.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="findings_csv",
        )
    if note:
        st.caption(note)
    for severity, name, meaning, _icon, _color in SEVERITIES:
        of_it = [finding for finding in found if finding["severity"] == severity]
        if of_it:
            st.markdown(f"**{t(name)}** – {t(meaning)}")
        for rule, count in Counter(finding["rule"] for finding in of_it).most_common():
            _group([finding for finding in of_it if finding["rule"] == rule], count, opened=severity == "error")


def _sentence(finding: dict[str, Any]) -> str:
    """What is wrong, with a long name of the file cut in its middle."""
    told, file = str(finding[language()]), str(finding["file"])
    return told.replace(file, shortened(file)) if file else told


def _note(content: dict[str, Any], number_of_it: int) -> str:
    """How much of the whole list is shown here; empty where that is all and as it was read."""
    kept, lines = content.get("kept", 0), content.get("lines", 0)
    if not lines or (kept == lines and all(finding["value"] is not None for finding in content["findings"])):
        return ""
    sentence = _(
        "Halaman dan unduhan ini memuat {kept} dari {lines} baris temuan, tanpa nilai yang mungkin nama orang. "
        "Daftar lengkap disalin di sisi pemilik data dengan: {command}"
    )
    return t(
        sentence, kept=kept, lines=lines, command=f"python -m data_access findings {number_of_it} --out temuan.csv"
    )


def _group(of_rule: list[dict[str, Any]], count: int, *, opened: bool) -> None:
    """One rule: a sentence alone where it speaks of the whole delivery, else a table of its rows."""
    first = _sentence(of_rule[0])
    if count == 1 and of_rule[0]["row"] is None:
        st.markdown(f"- {plain(first)}")
        return
    head = heading(of_rule[0]["rule"])
    with st.expander(f"{t(head)} ({number(count, language())})", expanded=opened and count <= ROWS_SHOWN):
        key = f"findings_{of_rule[0]['severity']}_{of_rule[0]['rule']}"
        st.dataframe(_rows(of_rule[:ROWS_SHOWN]), hide_index=True, placeholder="–", key=key)
        if count > ROWS_SHOWN:
            st.caption(
                t(_("{shown} baris pertama dari {count}; semuanya ada di unduhan."), shown=ROWS_SHOWN, count=count)
            )


def _rows(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is wrong comes first; a column that is empty, or names one file only, would just take the width."""
    rows = [
        {
            t(_("Penjelasan")): _sentence(finding),
            t(_("Baris")): finding["row"],
            t(_("Kolom")): finding["column"] or None,
            t(_("Nilai")): value_of(finding, language()) or None,
            t(_("Berkas")): shortened(finding["file"]) or None,
        }
        for finding in shown
    ]
    telling = [name for name in rows[0] if any(row[name] is not None for row in rows)]
    if len({finding["file"] for finding in shown}) == 1 and t(_("Berkas")) in telling:
        telling.remove(t(_("Berkas")))
    return [{name: row[name] for name in telling} for row in rows]


def heading(rule: str) -> str:
    """What stands above the rows of a rule."""
    return TITLES.get(rule, OTHER_TITLE)


def _file_name(title: str) -> str:
    return "".join(c if c.isalnum() or c in "-." else "-" for c in title)[:60]


def _csv(bearer: Bearer, found: list[dict[str, Any]], tongue: str, note: str) -> bytes:
    """Made at the click, for whoever may open the page then."""
    viewer = holder(bearer)
    with refusals(settings(), event_of(viewer, FETCH, "")):
        check_may_refresh_any(viewer)
    return findings_csv(found, tongue, note=note)
