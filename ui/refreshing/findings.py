"""What the check found: errors first, grouped by rule, with their rows to look at and to take away."""

from collections import Counter
from typing import Any, Literal

import streamlit as st

from data_access.words import mark as _
from data_access.words import number
from reports.findings import findings_csv
from ui.frame import plain, shortened
from ui.session import language, t

Color = Literal["red", "orange", "blue"]
SEVERITIES: tuple[tuple[str, str, str, str, Color], ...] = (
    ("error", _("Galat"), _("harus diperbaiki sebelum terbit"), ":material/block:", "red"),
    ("warning", _("Peringatan"), _("perlu alasan untuk menerbitkan"), ":material/warning:", "orange"),
    ("info", _("Catatan"), _("untuk diketahui"), ":material/info:", "blue"),
)
ROWS_SHOWN = 100
HEAD = 110  # letters of a sentence above its rows


def findings(content: dict[str, Any], *, title: str, number_of_it: int) -> None:
    """All findings of a check; says so where there are none."""
    found = content["findings"]
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
            lambda: findings_csv(found, language()),
            f"temuan-{number_of_it}-{_file_name(title)}.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="findings_csv",
        )
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


def _group(of_rule: list[dict[str, Any]], count: int, *, opened: bool) -> None:
    """One rule: a sentence alone where it speaks of the whole delivery, else a table of its rows."""
    first = _sentence(of_rule[0])
    if count == 1 and of_rule[0]["row"] is None:
        st.markdown(f"- {plain(first)}")
        return
    head = first if len(first) <= HEAD else f"{first[:HEAD].rsplit(' ', 1)[0]} …"
    with st.expander(f"{plain(head)} ({number(count, language())})", expanded=opened and count <= ROWS_SHOWN):
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
            t(_("Nilai")): finding["value"] or None,
            t(_("Berkas")): shortened(finding["file"]) or None,
        }
        for finding in shown
    ]
    telling = [name for name in rows[0] if any(row[name] is not None for row in rows)]
    if len({finding["file"] for finding in shown}) == 1 and t(_("Berkas")) in telling:
        telling.remove(t(_("Berkas")))
    return [{name: row[name] for name in telling} for row in rows]


def _file_name(title: str) -> str:
    return "".join(c if c.isalnum() or c in "-." else "-" for c in title)[:60]
