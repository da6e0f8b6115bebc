"""The mapping of a source, as a data officer edits it: columns, labels with their close matches, or the whole as YAML.

Close matches are shown beside what was found and chosen by hand; nothing is applied before it is saved as a new version.
"""

from typing import Any

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.contract import Dataset, contract
from data_access.errors import AsnError
from data_access.governance import refresh_requests
from data_access.governance.refreshes import Refresh
from data_access.intake.mapping import register
from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.text import read_mapping, write_mapping
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from data_access.words import number
from ui.frame import failed
from ui.refreshing import choices
from ui.refreshing.following import follow
from ui.session import audit_key, event, language, t

NOT_NEEDED = _("Kiriman ini memakai nama kolom dan kode kontrak data; pemetaan tidak diperlukan.")
NOT_YET = _("Kiriman ini belum dapat dibaca, jadi pemetaannya belum dapat diusulkan. Sebabnya ada di tab Temuan.")
UNCHOSEN = _("belum dipilih")
EDITABLE = ("rejected", "ready", "failed")


def editor(viewer: Viewer, one: Refresh, content: dict[str, Any]) -> None:
    """The mapping of this delivery and what it leaves open; for a canonical delivery a sentence."""
    text = _text(one, content)
    if not text:
        st.info(t(NOT_NEEDED if content["total"] is not None else NOT_YET), icon=":material/info:")
        return
    known = read_mapping(text)
    if known.proposal:
        st.warning(
            t(_("Ini baru usulan dari kemiripan nama. Periksa setiap kolom, lalu simpan.")), icon=":material/draw:"
        )
    if one.mapping:
        name, _at, version = one.mapping.partition("@")
        st.markdown(t(_("Pemetaan {name}, versi {version}."), name=name, version=version))
    if one.state not in EDITABLE:
        st.code(text, language="yaml")
        return
    chosen = _labels(_columns(known, content, one.id), content, one.id)
    with st.expander(t(_("Seluruh pemetaan (YAML)")), icon=":material/code:"):
        st.caption(t(_("Untuk tabel melebar, nilai tetap, dan label. Perubahan di sini menggantikan pilihan di atas.")))
        written = st.text_area("YAML", text, height=360, label_visibility="collapsed", key=f"mapping_text_{one.id}")
    _save(viewer, one, chosen if written == text else None, written)


def _text(one: Refresh, content: dict[str, Any]) -> str:
    if one.mapping:
        name, _at, version = one.mapping.partition("@")
        return register.load(engine(settings().state), name, int(version)).content
    return str(content.get("proposed_mapping", ""))


def _columns(known: Mapping, content: dict[str, Any], number_of_it: int) -> Mapping:
    """Source columns and what each becomes; those that nobody has placed yet come first."""
    open_ones = {p["source"]: p["candidates"] for p in content["proposals"] if p["level"] == choices.COLUMN}
    targets = choices.targets(known.described, language())
    rows = [
        {"source": name, "target": None, "hint": choices.hint(candidates)} for name, candidates in open_ones.items()
    ]
    rows += [{"source": name, "target": targets[target], "hint": ""} for name, target in known.columns.items()]
    st.markdown(f"**{t(_('Kolom'))}**")
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=["source", "hint"],
        column_config={
            "source": st.column_config.TextColumn(t(_("Kolom di berkas"))),
            "target": st.column_config.SelectboxColumn(t(_("Menjadi")), options=list(targets.values())),
            "hint": st.column_config.TextColumn(t(_("Usulan"))) if open_ones else None,
        },
        height="content",
        placeholder=t(UNCHOSEN),
        key=f"mapping_columns_{number_of_it}",
    )
    if known.missing:
        names = [known.described.levels[level].label.text(language()) for level in known.missing]
        st.error(t(_("Belum ada sumbernya: {names}."), names=", ".join(names)), icon=":material/help:")
    if known.unpivot:
        st.caption(
            t(
                _("{count} kolom melebar dibaca sebagai rincian; lihat YAML."),
                count=number(len(known.unpivot), language()),
            )
        )
    names_back = {words: target for target, words in targets.items()}
    placed = {row["source"]: names_back[row["target"]] for row in edited if row["target"]}
    return known.model_copy(update={"columns": placed})


def _labels(known: Mapping, content: dict[str, Any], number_of_it: int) -> Mapping:
    """Labels that no code was found for, one table per level, each with its close matches."""
    by_level: dict[str, list[dict[str, Any]]] = {}
    for proposal in content["proposals"]:
        if proposal["level"] != choices.COLUMN:
            by_level.setdefault(proposal["level"], []).append(proposal)
    if not by_level:
        return known
    prefilled = st.toggle(t(_("Isi dengan usulan teratas")), key=f"mapping_prefill_{number_of_it}")
    found = {level: dict(codes) for level, codes in known.labels.items()}
    for level, open_ones in by_level.items():
        added = _level_labels(known.described, level, open_ones, f"{number_of_it}_{prefilled}", prefilled=prefilled)
        found[level] = found.get(level, {}) | added
    return known.model_copy(update={"labels": {level: codes for level, codes in found.items() if codes}})


def _level_labels(
    described: Dataset, level: str, open_ones: list[dict[str, Any]], key: str, *, prefilled: bool
) -> dict[str, str]:
    options = choices.codes(described, level, language())
    st.markdown(f"**{described.levels[level].label.text(language())}** – {t(_('label yang belum dikenal'))}")
    rows = [
        {
            "text": one["source"],
            "rows": one["rows"],
            "code": options.get(one["candidates"][0][0]) if prefilled and one["candidates"] else None,
            "hint": choices.hint(one["candidates"]),
        }
        for one in open_ones
    ]
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=["text", "rows", "hint"],
        column_config={
            "text": st.column_config.TextColumn(t(_("Teks di berkas"))),
            "rows": st.column_config.NumberColumn(t(_("Baris"))),
            "code": st.column_config.SelectboxColumn(t(_("Kode")), options=list(options.values())),
            "hint": st.column_config.TextColumn(t(_("Usulan"))),
        },
        placeholder=t(UNCHOSEN),
        key=f"mapping_labels_{level}_{key}",
    )
    back = {words: code for code, words in options.items()}
    return {row["text"]: back[row["code"]] for row in edited if row["code"]}


def _save(viewer: Viewer, one: Refresh, chosen: Mapping | None, written: str) -> None:
    """A new version of the mapping, and the delivery through the check again."""
    with st.form(f"mapping_save_{one.id}", border=False):
        left, right = st.columns(2)
        start = one.mapping.partition("@")[0] or (chosen.name if chosen else "")
        name = left.text_input(
            t(_("Nama pemetaan")), start, help=t(_("Satu nama per sumber, misalnya buku-statistik."))
        )
        note = right.text_input(t(_("Apa yang berubah?")), max_chars=200)
        if not st.form_submit_button(t(_("Simpan dan periksa lagi")), type="primary", icon=":material/save:"):
            return
    try:
        wanted = read_mapping(written) if chosen is None else chosen
        final = wanted.model_copy(update={"name": name.strip(), "proposal": False, "missing": ()})
        version = _stored(viewer, final, note)
        refresh_requests.check_again(
            engine(settings().state),
            audit_key(),
            event(viewer, "refresh-check"),
            one.id,
            mapping=f"{final.name}@{version}",
        )
    except AsnError as error:
        failed(error)
        return
    follow(one.id)


def _stored(viewer: Viewer, final: Mapping, note: str) -> int:
    return register.save(
        engine(settings().state),
        audit_key(),
        event(viewer, "mapping-save"),
        name=final.name,
        dataset=contract().datasets[final.dataset].name,
        content=write_mapping(final),
        note=note.strip(),
        by=viewer.account,
    )
