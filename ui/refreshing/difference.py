"""What a delivery would change, in official figures: totals by each dimension, the largest movers, new and vanished codes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from charts.changes import signed
from charts.quality_words import signed_rate
from data_access.access import measures
from data_access.contract import Dataset, contract
from data_access.words import mark as _
from data_access.words import number
from ui.session import language, t

Row = Sequence[Any]
MOVERS, NAMED = 15, 8
CARRIED = "instansi"
COUNTED = {"stock": _("Jumlah ASN dalam kiriman"), "flow": _("Jumlah peristiwa dalam kiriman")}
AGAINST = {
    "stock": _("Dibandingkan dengan snapshot {day}"),
    "flow": _("Dibandingkan dengan periode yang berakhir {day}; panjang kedua periode dapat berbeda"),
}


def differences(content: dict[str, Any], dataset: str) -> None:
    """The differences as the check kept them; a first snapshot has nothing to be compared with."""
    found = content["difference"]
    if not found:
        st.info(t(_("Perbedaan dihitung setelah tidak ada galat.")), icon=":material/info:")
        return
    described = contract().datasets[dataset]
    before, after = found["total"]
    counted = _counted(described)
    if before is None:
        st.metric(counted, number(after, language()))
        st.info(t(_("Snapshot pertama: belum ada pembanding.")), icon=":material/info:")
        return
    against = t(AGAINST[described.time], day=date.fromisoformat(found["against"]["day"]))
    if found["against"]["revision"]:
        against += " " + t(_("(revisi {number})"), number=found["against"]["revision"])
    _headline(found, counted, before, after)
    st.caption(against)
    levels = [level for level in found["levels"] if level != CARRIED]
    names = {level: described.levels[level].label.text(language()) for level in found["levels"]}
    if CARRIED in found["levels"]:
        st.markdown(f"**{t(_('Instansi yang paling berubah'))}**")
        _table(described, CARRIED, _largest(found["levels"][CARRIED]), "movers")
        _come_and_gone(described, found["levels"][CARRIED])
    level = st.selectbox(t(_("Jumlah menurut")), levels, format_func=names.__getitem__, key="difference_level")
    _table(described, level or levels[0], found["levels"][level or levels[0]], "levels")
    st.caption(
        t(_("Hanya angka yang menjadi angka resmi yang dibandingkan; rincian lebih halus tidak keluar dari brankas."))
    )


def _counted(described: Dataset) -> str:
    """What the one number counts; of levels whose codes are never added up, the code that stands for the dataset."""
    if not described.headline:
        return t(COUNTED[described.time])
    return ", ".join(_label(described, level, code) for level, code in described.headline.items())


def _headline(found: dict[str, Any], counted: str, before: int, after: int) -> None:
    """The total and, where the agencies are official figures, how many are new and gone."""
    columns = st.columns(3)
    change = signed(after - before, language())
    columns[0].metric(
        counted,
        number(after, language()),
        f"{change} ({_share(before, after)})",
        delta_color="off",
        delta_arrow="off" if after == before else "up" if after > before else "down",  # the sign is a typographic one
    )
    if CARRIED not in found["levels"]:
        return
    agencies = found["levels"][CARRIED]
    columns[1].metric(t(_("Instansi baru")), number(sum(not was for _code, was, _now in agencies), language()))
    columns[2].metric(t(_("Instansi yang hilang")), number(sum(not now for _code, _was, now in agencies), language()))


def _largest(rows: Sequence[Row]) -> list[Row]:
    return sorted((row for row in rows if row[1] != row[2]), key=lambda row: -abs(row[2] - row[1]))[:MOVERS]


def _come_and_gone(described: Dataset, rows: Sequence[Row]) -> None:
    new = [code for code, before, _after in rows if not before]
    gone = [code for code, _before, after in rows if not after]
    for template, codes in ((_("Baru: {names}."), new), (_("Hilang: {names}."), gone)):
        if codes:
            named = ", ".join(_label(described, CARRIED, code) for code in codes[:NAMED])
            if len(codes) > NAMED:
                named = t(_("{names} dan {count} lainnya"), names=named, count=len(codes) - NAMED)
            st.markdown(t(template, names=named))


def _table(described: Dataset, level: str, rows: Sequence[Row], key: str) -> None:
    if not rows:
        st.caption(t(_("Tidak ada perubahan.")))
        return
    shown = [
        {
            described.levels[level].label.text(language()): _label(described, level, code),
            t(_("Sebelum")): number(before, language()),
            t(_("Sesudah")): number(after, language()),
            t(_("Perubahan")): signed(after - before, language()),
            "%": _share(before, after),
        }
        for code, before, after in rows
    ]
    numeric = {name: st.column_config.TextColumn(name, alignment="right") for name in list(shown[0])[1:]}
    st.dataframe(shown, hide_index=True, column_config=numeric, key=f"difference_{key}")


def _label(described: Dataset, level: str, code: str) -> str:
    return described.levels[level].by_code[code].label.text(language())


def _share(before: int, after: int) -> str:
    """The change as a percentage; a dash below the smallest base."""
    change = measures.change(after, before)
    return signed_rate(change.share, language()) if change and change.share is not None else "–"
