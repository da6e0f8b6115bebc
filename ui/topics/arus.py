"""What the page on movements says and asks: who came in, who went out, and how that meets the change of the stock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl
import streamlit as st

from data_access import words
from data_access.access import derive, measures
from data_access.access.derive import CHANGE
from data_access.access.result import Protected, State
from data_access.access.written import UNAVAILABLE, written
from data_access.contract import Label, contract
from data_access.release.manifest import Snapshot
from data_access.words import mark as _
from data_access.words import number as written_number
from data_access.words import text
from ui.session import language, t
from ui.topics.door import Door
from ui.topics.figures import Asking

DATASET, DIRECTION = "arus", "arah"
IN, OUT = ("masuk",), ("keluar",)
TRANSFER_IN, TRANSFER_OUT = ("mutasi_masuk",), ("mutasi_keluar",)
NET = Label(id="Masuk − keluar", en="In − out")
TRANSFERS = Label(id="Mutasi masuk − keluar", en="Transfers in − out")


@dataclass(frozen=True)
class Balance:
    """Of one period, None where hidden: events in and out, and the change of the stock between its two ends."""

    joined: int | None
    left: int | None
    stock: int | None = None

    @property
    def net(self) -> int | None:
        return None if self.joined is None or self.left is None else self.joined - self.left

    @property
    def difference(self) -> int | None:
        """The change of the stock that the recorded events do not tell."""
        return None if self.net is None or self.stock is None else self.stock - self.net


def events(direction: str) -> tuple[str, ...]:
    """The events of a direction."""
    above = contract().datasets[DATASET].mapping("peristiwa", DIRECTION)
    return tuple(code for code, way in above.items() if way == direction)


def span(snapshot: Snapshot, language: str) -> str:
    """First and last day of the period: 1 Juli 2025 – 31 Desember 2025."""
    return words.span(snapshot.since, snapshot.reference_date, language)


def balance(directions: Protected | None, snapshot: Snapshot, stock: Protected | None) -> Balance:
    """From displayed values: `directions` by arah, `stock` the persons at both ends of the period; None if not known."""
    period, since = snapshot.reference_date, snapshot.since
    joined, left = (
        None if directions is None else measures.total(directions, period, {DIRECTION: way}) for way in (IN, OUT)
    )
    if stock is None or since is None:
        return Balance(joined, left)
    change = measures.change(measures.total(stock, period), measures.total(stock, since))
    return Balance(joined, left, change.persons if change else None)


def stock_at_both_ends(door: Door, snapshot: Snapshot, held: tuple[date, ...]) -> Protected | None:
    """The persons at both ends of the period; None where one of the two snapshots is not held."""
    ends = (snapshot.since, snapshot.reference_date)
    if not set(ends) <= set(held):
        return None
    return door(periods=tuple(end for end in ends if end))


def flows_title(found: Balance, language: str) -> str:
    """The finding on the whole period."""
    if found.net is None or found.joined is None or found.left is None:
        return text(_("Masuk dan keluar menurut peristiwa"), language)
    template = _("Periode ini {joined} masuk dan {left} keluar: bersih {net}")
    facts = {"joined": written_number(found.joined, language), "left": written_number(found.left, language)}
    return text(template, language, **facts, net=signed(found.net, language))


def difference(ask: Asking, level: str, plus: tuple[str, ...], minus: tuple[str, ...]) -> Asking:
    """The question whose answer is the difference of two directions of another's answer."""
    label = NET if level == DIRECTION else TRANSFERS
    return lambda: derive.net(ask(), level, plus, minus, label=label)


def largest_title(noun: str, template: str, language: str) -> Callable[[Protected], str]:
    """`template` with {name} and {value} of the member that changed most, or `noun` where none is shown."""

    def title(result: Protected) -> str:
        shown = result.frame.filter((pl.col("keadaan") == State.SHOWN) & (pl.col("nilai") != 0))
        if shown.is_empty():
            return noun
        level = result.axes[0].level
        row = max(shown.iter_rows(named=True), key=lambda one: (abs(one["nilai"]), one[level]))
        name = result.axes[0].labels(language)[row[level]]
        return text(template, language, name=name, value=signed(row["nilai"], language))

    return title


def difference_words(found: Balance, language: str, *, place: bool) -> str:
    """How the recorded events meet the change of the stock, and why they may differ."""
    if found.stock is None:
        return text(
            _(
                "Perubahan jumlah ASN tidak dapat disandingkan: snapshot pegawai pada salah satu ujung periode tidak ada."
            ),
            language,
        )
    if found.difference is None:
        return text(_("Selisih tidak dihitung karena sebagian angkanya ditekan atau tidak diterbitkan."), language)
    if found.difference == 0:
        return text(_("Arus tercatat menjelaskan seluruh perubahan."), language)
    words = _(
        "Selisih {difference} berasal dari peristiwa yang dicatat terlambat, koreksi data, dan peristiwa di luar daftar ini."
    )
    if place:
        words = _(
            "Selisih {difference} berasal dari pegawai yang pindah tempat kerja antarprovinsi, peristiwa yang dicatat "
            "terlambat, dan koreksi data."
        )
    return text(words, language, difference=signed(found.difference, language))


def signed(value: float | None, language: str) -> str:
    """+1.234, −1.234, 0 or –."""
    return UNAVAILABLE if value is None else written(value, State.SHOWN, CHANGE, language)


def headline(found: Balance, period: str) -> None:
    """Three numbers of the period, which they name."""
    st.markdown(t(_("**Periode {period}**"), period=period))
    cards = (
        (_("Masuk ASN"), _count(found.joined), _("Pengangkatan CPNS dan PPPK.")),
        (_("Keluar dari ASN"), _count(found.left), _("Pensiun, meninggal, berhenti, dan pemberhentian.")),
        (
            _("Arus bersih"),
            signed(found.net, language()),
            _("Masuk dikurangi keluar; mutasi antarinstansi tidak ikut."),
        ),
    )
    for column, (label, value, why) in zip(st.columns(len(cards)), cards, strict=True):
        column.metric(t(label), value, help=t(why), border=True)


def beside_stock(found: Balance, *, place: bool) -> None:
    """The net of the events beside the change of the stock, with the difference explained."""
    with st.container(border=True, key="figure_stock"):
        st.subheader(t(_("Apakah arus menjelaskan perubahan jumlah ASN?")), anchor=False)
        numbers = (
            (_("Arus bersih tercatat"), found.net),
            (_("Perubahan jumlah ASN"), found.stock),
            (_("Selisih"), found.difference),
        )
        for column, (label, value) in zip(st.columns(len(numbers)), numbers, strict=True):
            column.metric(t(label), signed(value, language()))
        st.caption(difference_words(found, language(), place=place))


def nothing_yet() -> None:
    """The page of a release that holds no movements."""
    words = _("Belum ada data arus pada rilis ini. Tim data dapat menerbitkan himpunan data arus di Penyegaran data.")
    st.info(t(words), icon=":material/info:")


def _count(value: int | None) -> str:
    return UNAVAILABLE if value is None else written_number(value, language())
