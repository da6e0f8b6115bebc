"""The profile of one instansi: its peers, where it stands among them, and the choosers that keep it in the address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts import strip
from charts.strip import quartiles
from data_access.access import derive
from data_access.access.result import Measure, Protected, State
from data_access.access.scope import Scope
from data_access.access.written import UNAVAILABLE, written
from data_access.contract import Label, contract
from data_access.words import inside, number, text
from data_access.words import mark as _
from ui import filters
from ui.result import show
from ui.session import language, t
from ui.topics.door import Door
from ui.topics.figures import tried
from ui.topics.terms import FEMALE, PPPK, years_ahead

LEVEL, PARAMETER, KEY, READ = "instansi", "instansi", "profile_agency", "asn_profile_read"
LOW, HIGH = 0.5, 2.0
SHARES = {"women": Label(id="Perempuan", en="Women"), "pppk": Label(id="PPPK", en="PPPK")}
AGE, LEAVING = Label(id="Umur rata-rata", en="Mean age"), Label(id="Mencapai BUP", en="Reaching BUP")


@dataclass(frozen=True)
class Standing:
    """Where a member stands: its value with its base, its rank from the largest, how many are shown, and their median."""

    value: float
    base: int | None
    rank: int
    of: int
    median: float
    measure: Measure

    def told(self, language: str) -> str:
        return written(self.value, State.SHOWN, self.measure, language, base=self.base)

    def beside(self, language: str) -> str:
        """Rank and median in words."""
        median = written(self.median, State.SHOWN, self.measure, language, base=self.base)
        words = _("ke-{rank} dari {of}, median {median}")
        return text(words, language, rank=self.rank, of=self.of, median=median)


def values(result: Protected) -> dict[str, float]:
    """Code -> displayed value of the only axis at the last date."""
    [axis] = result.axes
    last = result.frame.filter((pl.col("periode") == pl.col("periode").max()) & (pl.col("keadaan") == State.SHOWN))
    return dict(last.select(axis.level, "nilai").iter_rows())


def peers(sizes: Protected, chosen: str) -> tuple[str, ...]:
    """The chosen one and those of the same kind with half to double its displayed size; only itself if that is hidden."""
    kind, size = contract().datasets["pegawai"].mapping(LEVEL, "jenis_instansi"), values(sizes)
    own = size.get(chosen)
    if not own:
        return (chosen,)
    near = (code for code, persons in size.items() if own * LOW <= persons <= own * HIGH)
    return tuple(code for code in near if kind[code] == kind[chosen])


def standing(result: Protected | None, chosen: str) -> Standing | None:
    """None where the chosen one is not shown."""
    if result is None:
        return None
    shown = values(result)
    if chosen not in shown:
        return None
    own = shown[chosen]
    bases = dict(result.frame.select(LEVEL, "dasar").iter_rows()) if "dasar" in result.frame.columns else {}
    rank = 1 + sum(value > own for value in shown.values())
    return Standing(own, bases.get(chosen), rank, len(shown), quartiles(list(shown.values()))[1], result.measure)


def peers_words(found: tuple[str, ...], chosen: str, language: str) -> str:
    """Whom the figures compare with."""
    kinds = contract().datasets["pegawai"]
    kind = kinds.levels["jenis_instansi"].by_code[kinds.mapping(LEVEL, "jenis_instansi")[chosen]].label.text(language)
    if len(found) < 2:
        words = _("Tidak ada {kind} lain dengan setengah sampai dua kali jumlah ASN-nya untuk dibandingkan.")
        return text(words, language, kind=inside(kind))
    words = _("Dibandingkan dengan {count} {kind} lain yang jumlah ASN-nya setengah sampai dua kali instansi ini.")
    return text(words, language, count=number(len(found) - 1, language), kind=inside(kind))


def base(scope: Scope) -> str:
    """Whose number a share of the profile is of: all ASN of the instansi, or those in the provinces within reach."""
    return t(_("ASN instansi ini di provinsi Anda")) if scope.rows else t(_("ASN instansi ini"))


def largest(sizes: Protected, known: Mapping[str, str]) -> str:
    """The one to start with: the largest shown, else the first within reach."""
    shown = {code: value for code, value in values(sizes).items() if code in known}
    return max(shown, key=lambda code: (shown[code], code)) if shown else next(iter(known))


def choose(known: Mapping[str, str], start: str, note: DeltaGenerator) -> str:
    """One instansi within reach, kept in the address; an unknown or hidden one falls back, which `note` tells alike."""
    given = st.query_params.get(PARAMETER, "")
    if given != st.session_state.get(READ):
        filters.put(KEY, given if given in known else start)
        if given not in ("", *known):
            words = _("Sebagian pilihan di alamat tidak tersedia; ditampilkan pilihan terdekat.")
            note.info(t(words), icon=":material/info:")
    chosen = filters.one_of(t(_("Instansi")), list(known), known.__getitem__, key=KEY, usual=start)
    if given != chosen:
        st.query_params[PARAMETER] = chosen
    st.session_state[READ] = chosen
    return chosen


def measured(door: Door, sizes: Protected, among: tuple[str, ...], period: date) -> dict[str, Protected | None]:
    """What the peers are compared in, by a short name; None where the question is not admitted."""

    asked = partial(door, LEVEL, periods=(period,), instansi=among)
    years = years_ahead(period)
    women, pppk = SHARES["women"], SHARES["pppk"]
    return {
        "size": derive.only(sizes, LEVEL, among),
        "pppk": tried(lambda: derive.share_of(asked(status=PPPK), sizes, label=pppk)),
        "women": tried(lambda: derive.share_of(asked(jenis_kelamin=FEMALE), sizes, label=women)),
        "age": tried(
            lambda: derive.mean(door(LEVEL, "umur_5", periods=(period,), instansi=among), "umur_5", label=AGE)
        ),
        "leaving": tried(lambda: derive.share_of(asked(tahun_bup=years), sizes, label=LEAVING)),
    }


def headline(found: Mapping[str, Protected | None], chosen: str, period: date) -> None:
    """Five numbers, each with its rank and the median of the peers."""
    years = years_ahead(period)
    labels = {
        "size": (t(_("Jumlah ASN")), t(_("PNS, CPNS, PPPK, dan PPPK paruh waktu yang aktif."))),
        "pppk": (t(_("PPPK")), t(_("Bagian PPPK, termasuk paruh waktu; sisanya PNS dan CPNS."))),
        "women": (t(_("Perempuan")), t(_("Bagian perempuan dari jumlah ASN."))),
        "age": (t(_("Umur rata-rata")), t(_("Dari titik tengah kelompok umur."))),
        "leaving": (
            t(_("BUP {first}–{last}"), first=years[0], last=years[-1]),
            t(_("Bagian yang mencapai batas usia pensiun.")),
        ),
    }
    for column, (name, (label, why)) in zip(st.columns(len(labels)), labels.items(), strict=True):
        place = standing(found[name], chosen)
        with column.container(border=True, height="stretch"):
            st.metric(label, place.told(language()) if place else not_shown(found[name], chosen, language()), help=why)
            if place and place.of > 1:
                st.caption(place.beside(language()))


def not_shown(result: Protected | None, chosen: str, language: str) -> str:
    """Why the chosen one has no number, as its own cell tells: suppressed, or not available."""
    if result is None:
        return UNAVAILABLE
    last = result.frame.filter((pl.col("periode") == pl.col("periode").max()) & (pl.col(LEVEL) == chosen))
    state = State(next(iter(last["keadaan"]), State.UNAVAILABLE))
    return written(None, state, result.measure, language)


def strips(found: Mapping[str, Protected | None], chosen: str) -> None:
    """The distribution of the peers in each measure, with the chosen one marked."""
    nouns = {"women": _("Pangsa perempuan"), "age": _("Umur rata-rata"), "pppk": _("Pangsa PPPK")}
    drawn = [(name, result) for name, result in _known(found) if name in nouns and len(values(result)) > 1]
    for column, (name, result) in zip(st.columns(max(len(drawn), 1)), drawn, strict=False):
        with column:
            title = _strip_title(nouns[name], standing(result, chosen))
            show(result, partial(strip.distribution, chosen=chosen), title=title, key=f"strip_{name}")


def _known(found: Mapping[str, Protected | None]) -> Iterator[tuple[str, Protected]]:
    return ((name, result) for name, result in found.items() if result is not None)


def _strip_title(noun: str, place: Standing | None) -> str:
    if place is None:
        return t(noun)
    side = _("sama dengan median")
    if place.value != place.median:
        side = _("di atas median") if place.value > place.median else _("di bawah median")
    return t(_("{noun} {side} instansi sejenis"), noun=t(noun), side=t(side))
