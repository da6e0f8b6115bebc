"""Every column of a file with what it becomes, and every label with its code: the tables in which a mapping is edited."""

from typing import Any

import streamlit as st

from data_access.intake.labels import normal
from data_access.intake.mapping.candidates import levels_like
from data_access.intake.mapping.model import Mapping
from data_access.words import mark as _
from data_access.words import number
from ui.refreshing import choices
from ui.session import language, t

Content = dict[str, Any]
EMPTY = ""  # what an empty cell shows


def columns(known: Mapping, content: Content, key: str) -> Mapping:
    """The mapping with the meanings chosen for its columns; those that nobody has decided on come first."""
    held = choices.meaning(known, language())
    forms = {normal(name) for name in held}
    open_ones = [name for name in content.get("columns", ()) if normal(name) not in forms]
    rows = [{"source": name, "target": None, "hint": _near(known, name)} for name in open_ones]
    rows += [{"source": name, "target": words, "hint": ""} for name, words in held.items()]
    st.markdown(f"**{t(_('Kolom'))}**")
    st.caption(t(_("Beri setiap kolom sebuah arti; yang tidak perlu dimuat: “tidak dipakai”.")))
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=["source", "hint"],
        column_config={
            "source": st.column_config.TextColumn(t(_("Kolom di berkas"))),
            "target": st.column_config.SelectboxColumn(t(_("Menjadi")), options=choices.meanings(known, language())),
            "hint": st.column_config.TextColumn(t(_("Usulan"))) if open_ones else None,
        },
        height="content",
        placeholder=EMPTY,
        key=f"mapping_columns_{key}",
    )
    return choices.meant(known, {row["source"]: row["target"] for row in edited if row["target"]}, language())


def _near(known: Mapping, name: str) -> str:
    return choices.hint(levels_like(known.described, name))


def labels(known: Mapping, content: Content, key: str) -> Mapping:
    """The mapping with the codes chosen: for labels that are not known yet, and for those that it holds already."""
    open_ones: dict[str, list[dict[str, Any]]] = {}
    for proposal in content["proposals"]:
        if proposal["level"] != choices.COLUMN:
            open_ones.setdefault(proposal["level"], []).append(proposal)
    found = _saved(known, key)
    if content.get("unproposed"):
        hidden = _("{count} teks tidak ditampilkan karena mungkin nama orang; lihat baris dan kolomnya di tab Temuan.")
        st.caption(t(hidden, count=content["unproposed"]))
    if open_ones:
        prefilled = st.toggle(t(_("Isi usulan yang hampir pasti")), key=f"mapping_prefill_{key}")
        for level, proposals in open_ones.items():
            added = _new(known, level, proposals, f"{key}_{prefilled}", prefilled=prefilled)
            found[level] = found.get(level, {}) | added
    return known.model_copy(update={"labels": {level: codes for level, codes in found.items() if codes}})


def _saved(known: Mapping, key: str) -> dict[str, dict[str, str]]:
    """The pairs that the mapping holds, by level, after changes; what is emptied is taken out."""
    if not known.labels:
        return {}
    with st.expander(t(_("Label yang sudah tersimpan")), icon=":material/label:"):
        st.caption(t(_("Ubah kodenya, atau kosongkan (tombol Delete) untuk menghapus labelnya.")))
        return {
            level: _table(known, level, [{"text": text, "code": code} for text, code in codes.items()], key)
            for level, codes in known.labels.items()
        }


def _table(known: Mapping, level: str, rows: list[dict[str, Any]], key: str) -> dict[str, str]:
    options = choices.codes(known.described, level, language())
    st.markdown(f"**{known.described.levels[level].label.text(language())}**")
    shown = [row | {"code": options[row["code"]]} for row in rows]
    return _codes(shown, options, f"mapping_saved_{level}_{key}")


def _new(known: Mapping, level: str, proposals: list[dict[str, Any]], key: str, *, prefilled: bool) -> dict[str, str]:
    options = choices.codes(known.described, level, language())
    st.markdown(f"**{known.described.levels[level].label.text(language())}** – {t(_('label yang belum dikenal'))}")
    rows = [
        {
            "text": one["source"],
            "rows": number(one["rows"], language()),
            "code": choices.first(one["source"], one["candidates"], options) if prefilled else None,
            "hint": choices.hint(one["candidates"]),
        }
        for one in proposals
    ]
    return _codes(rows, options, f"mapping_labels_{level}_{key}")


def _codes(rows: list[dict[str, Any]], options: dict[str, str], key: str) -> dict[str, str]:
    """Text -> code as they stand in the table after editing."""
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=["text", "rows", "hint"],
        column_config={
            "text": st.column_config.TextColumn(t(_("Teks di berkas"))),
            "rows": st.column_config.TextColumn(t(_("Baris")), alignment="right"),
            "code": st.column_config.SelectboxColumn(t(_("Kode")), options=list(options.values())),
            "hint": st.column_config.TextColumn(t(_("Usulan"))),
        },
        placeholder=EMPTY,
        key=key,
    )
    back = {words: code for code, words in options.items()}
    return {row["text"]: back[row["code"]] for row in edited if row["code"]}
