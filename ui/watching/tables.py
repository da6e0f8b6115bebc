"""Who used what: by dataset, role and account; files with their purposes; refused tries with their reasons."""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

from data_access.governance.watching import MOST_EXPORTS, Tally, Use
from data_access.words import mark as _
from data_access.words import moment, number, short_day
from ui.session import language, t
from ui.watching import words

Row = dict[str, str]
Key = TypeVar("Key")


def by_whom(use: Use) -> None:
    """Three tables of the same sums."""
    left, right = st.columns(2)
    datasets = [
        {t(_("Himpunan data")): words.dataset(name)} | _numbers(tally) for name, tally in _sorted(use.by_dataset)
    ]
    roles = [{t(_("Peran")): words.role(name)} | _numbers(tally) for name, tally in _sorted(use.by_role)]
    with left:
        _table(t(_("Menurut himpunan data")), datasets, "dataset")
    with right:
        _table(t(_("Menurut peran")), roles, "role")
    accounts = [
        {t(_("Akun")): account, t(_("Peran")): words.role(role)} | _numbers(tally)
        for (account, role), tally in _sorted(use.by_account)
    ]
    _table(t(_("Menurut akun")), accounts, "account")


def files(use: Use) -> None:
    """Each file taken along with its purpose, the newest first."""
    rows = [
        {
            t(_("Waktu")): moment(one.at, language()),
            t(_("Tujuan")): one.purpose,
            t(_("Akun")): one.account,
            t(_("Peran")): words.role(one.role),
            t(_("Himpunan data")): ", ".join(words.dataset(name) for name in one.datasets),
            t(_("Bentuk")): one.form or "–",
            t(_("No. catatan")): number(one.seq, language()),
        }
        for one in use.taken
    ]
    _table(t(_("Unduhan dan tujuannya")), rows, "files", empty=t(_("Tidak ada unduhan dalam masa ini.")))
    if len(use.taken) == MOST_EXPORTS:
        st.caption(
            t(_("Hanya {count} unduhan terbaru yang didaftar; jumlah di atas mencakup semuanya."), count=MOST_EXPORTS)
        )


def refused(use: Use) -> None:
    """Refused tries by reason and account, the most frequent first."""
    rows = [
        {
            t(_("Alasan")): words.reason(one.reason),
            t(_("Akun")): one.account,
            t(_("Himpunan data")): words.dataset(one.dataset),
            t(_("Kali")): number(one.number, language()),
            t(_("Terakhir")): short_day(one.last, language()),
        }
        for one in use.refusals
    ]
    _table(
        t(_("Percobaan yang ditolak")), rows, "refused", empty=t(_("Tidak ada percobaan yang ditolak dalam masa ini."))
    )


def _sorted(tallies: Mapping[Key, Tally]) -> list[tuple[Key, Tally]]:
    """The most active first."""
    return sorted(tallies.items(), key=lambda pair: -(pair[1].questions + pair[1].exports + pair[1].refused))


def _numbers(tally: Tally) -> Row:
    return {
        t(_("Pertanyaan")): number(tally.questions, language()),
        t(_("Unduhan")): number(tally.exports, language()),
        t(_("Ditolak")): number(tally.refused, language()),
    }


def _table(title: str, rows: list[Row], key: str, *, empty: str = "") -> None:
    st.subheader(title, anchor=False)
    if not rows:
        st.caption(empty)
        return
    numeric = {t(_("Pertanyaan")), t(_("Unduhan")), t(_("Ditolak")), t(_("Kali")), t(_("No. catatan"))}
    config = {name: st.column_config.TextColumn(name, alignment="right") for name in rows[0] if name in numeric}
    st.dataframe(rows, hide_index=True, column_config=config, key=f"watch_{key}")
