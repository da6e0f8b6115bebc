"""The mapping of a source, as a data officer edits it: columns, labels with their close matches, or the whole as YAML.

Close matches are shown beside what was found and chosen by hand; nothing is applied before it is saved as a new version.
"""

from typing import Any

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.errors import AsnError
from data_access.governance import refresh_requests
from data_access.governance.refreshes import Refresh
from data_access.intake.mapping import register
from data_access.intake.mapping.completeness import Open, open_points
from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.text import read_mapping, write_mapping
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from ui.frame import failed, plain
from ui.refreshing import choices
from ui.refreshing import mapping_columns as tables
from ui.refreshing.following import follow
from ui.session import audit_key, event, language, t

NOT_NEEDED = _("Kiriman ini memakai nama kolom dan kode kontrak data; pemetaan tidak diperlukan.")
NOT_YET = _("Kiriman ini belum dapat dibaca, jadi pemetaannya belum dapat diusulkan. Sebabnya ada di tab Temuan.")
EDITABLE = ("rejected", "ready", "failed")
KEYS_FIRST = "key-kind"  # no mending of columns helps a delivery without the record keys that it needs
UNKNOWN = ("columns-missing", "unknown-code", "unknown-label", "code-as-date", "column-unmapped")
NAMED = 12  # labels that a warning names


def speaks_to(content: dict[str, Any]) -> bool:
    """Whether a mapping is proposed that may mend what was found; a wrong total or a PDF needs something else."""
    return bool(content["proposed_mapping"]) and any(finding["rule"] in UNKNOWN for finding in content["findings"])


def editor(viewer: Viewer, one: Refresh, content: dict[str, Any]) -> None:
    """The mapping of this delivery and what it leaves open; for a canonical delivery a sentence. A saved one may be applied."""
    for finding in content["findings"]:
        if finding["rule"] == KEYS_FIRST:
            st.error(finding[language()], icon=":material/key_off:")
    if one.state in EDITABLE:
        _other_version(viewer, one)
    text = _text(one, content)
    if not text:
        st.info(t(NOT_NEEDED if content["total"] is not None else NOT_YET), icon=":material/info:")
        return
    known = read_mapping(text)
    if one.mapping:
        name, _at, version = one.mapping.partition("@")
        st.markdown(t(_("Pemetaan {name}, versi {version}."), name=name, version=version))
    if one.state not in EDITABLE:
        st.code(text, language=None)
        return
    place = st.container()  # what is left open is known after the tables, and stands above them
    # Another key for each check, so that no edit of the tables before is laid over other rows.
    key = f"{one.id}_{one.changed_at:%H%M%S}"
    chosen = tables.labels(tables.columns(known, content, key), content, key)
    with st.expander(t(_("Seluruh pemetaan (YAML)")), icon=":material/code:"):
        st.caption(t(_("Untuk tabel melebar, nilai tetap, dan label. Perubahan di sini menggantikan pilihan di atas.")))
        written = st.text_area("YAML", text, height=360, label_visibility="collapsed", key=f"mapping_text_{key}")
    left = open_points(chosen, known, content.get("columns", ()), content["proposals"])
    with place:
        _left_open(known, left)
    _save(viewer, one, known, content, chosen if written == text else None, written)


def _left_open(known: Mapping, left: Open) -> None:
    """What is missing before the mapping is done, and that a proposal is one."""
    levels, described = [], known.described
    for name in left.levels:
        levels.append(described.levels[name].label.text(language()) if name in described.levels else name)
    told = [
        t(_("Belum ada sumbernya: {names}."), names=plain(", ".join(levels))) if levels else "",
        t(_("Kolom yang belum diberi arti: {names}."), names=plain(", ".join(left.columns))) if left.columns else "",
        t(_("Label tanpa kode: {names}."), names=plain(_some([text for _level, text in left.labels])))
        if left.labels
        else "",
    ]
    lines = [f"- {sentence}" for sentence in told if sentence]
    if lines:
        head = t(_("Pemetaan ini belum lengkap. Bila disimpan sekarang, ia tetap usulan."))
        st.warning("\n".join([head, "", *lines]), icon=":material/draw:")
    elif known.proposal:
        sentence = t(_("Ini baru usulan dari kemiripan nama. Periksa setiap kolom, lalu simpan."))
        st.warning(sentence, icon=":material/draw:")


def _some(texts: list[str]) -> str:
    more = len(texts) - NAMED
    return ", ".join(texts[:NAMED]) + (t(_(" dan {count} lainnya"), count=more) if more > 0 else "")


def _other_version(viewer: Viewer, one: Refresh) -> None:
    """A saved mapping, in any of its versions, for this delivery, however it was brought in."""
    saved = {key: words for key, words in choices.versions(one.dataset, language()).items() if key != one.mapping}
    if not saved:
        return
    with st.form(f"mapping_apply_{one.id}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox(
            t(_("Pakai pemetaan tersimpan")),
            list(saved),
            format_func=saved.__getitem__,
            index=None,
            placeholder=t(_("Pilih nama dan versinya")),
        )
        asked = st.form_submit_button(t(_("Pakai dan periksa lagi")), icon=":material/refresh:")
    if asked and key is not None:
        try:
            _check_with(viewer, one, key)
        except AsnError as error:
            failed(error)
            return
        follow(one.id)


def _text(one: Refresh, content: dict[str, Any]) -> str:
    if one.mapping:
        name, _at, version = one.mapping.partition("@")
        return register.load(engine(settings().state), name, int(version)).content
    return str(content.get("proposed_mapping", ""))


def _save(
    viewer: Viewer, one: Refresh, known: Mapping, content: dict[str, Any], chosen: Mapping | None, written: str
) -> None:
    """A new version of the mapping, and the delivery through the check again; what leaves something open stays a draft."""
    with st.form(f"mapping_save_{one.id}", border=False):
        left, right = st.columns(2)
        start = one.mapping.partition("@")[0] or known.name
        name = left.text_input(
            t(_("Nama pemetaan")), start, help=t(_("Satu nama per sumber, misalnya buku-statistik."))
        )
        note = right.text_input(t(_("Apa yang berubah?")), max_chars=200)
        if not st.form_submit_button(t(_("Simpan dan periksa lagi")), type="primary", icon=":material/save:"):
            return
    try:
        wanted = (read_mapping(written) if chosen is None else chosen).model_copy(update={"name": name.strip()})
        wanted = read_mapping(write_mapping(wanted))  # says what does not fit together
        draft = bool(open_points(wanted, known, content.get("columns", ()), content["proposals"]))
        version = _stored(viewer, one, wanted, note, draft=draft)
        _check_with(viewer, one, f"{wanted.name}@{version}")
    except AsnError as error:
        failed(error)
        return
    follow(one.id)


def _check_with(viewer: Viewer, one: Refresh, mapping: str) -> None:
    act = event(viewer, "refresh-check")
    refresh_requests.check_again(engine(settings().state), audit_key(), act, one.id, mapping=mapping)


def _stored(viewer: Viewer, one: Refresh, final: Mapping, note: str, *, draft: bool) -> int:
    """The number of the version; it is held against the one that the delivery was checked with."""
    name, _at, version = one.mapping.partition("@")
    return register.save(
        engine(settings().state),
        audit_key(),
        event(viewer, "mapping-save"),
        name=final.name,
        dataset=contract().datasets[final.dataset].name,
        content=write_mapping(final),
        note=note.strip(),
        by=viewer.account,
        base=int(version) if version and name == final.name else None,
        draft=draft,
    )
