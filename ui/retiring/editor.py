"""The fields of one scenario. Whatever is typed is kept as typed; the engine says what it cannot compute with."""

import re
from typing import TypeVar

import streamlit as st

from data_access.access.result import Protected
from data_access.contract import contract
from data_access.projection.base import LONGEST
from data_access.projection.rates import Rates
from data_access.projection.scenario import GROUP, EarlyRetirement, Inflow, Scenario, Shift
from data_access.words import mark as _
from data_access.words import percent
from ui.retiring import filling
from ui.session import language, t

WAYS: dict[Inflow, str] = {
    "tanpa": _("Tanpa pengadaan"),
    "penggantian": _("Sebagian yang keluar"),
    "tetap": _("Jumlah seluruhnya tetap"),
    "rencana": _("Rencana per tahun"),
}
MOST_SHIFTS = 3
WHOLE = re.compile(r"\d{1,9}|\d{1,3}([.,])\d{3}(\1\d{3})?")  # 10000, 10.000, 1,000,000
Part = TypeVar("Part")
USUAL_SHARE = 0.8
BAND = (55, 57)
MOST_TYPED = 1e6  # per cent; the engine tells what it cannot compute with


def edited(
    number: int, scenario: Scenario, rates: Rates, *, year: int, grouped: bool, posts: Protected | None = None
) -> Scenario:
    """The scenario as its fields stand now. `year` is that of the reference date; `grouped`: the base is by group; a plan may
    be filled from `posts` by stage (and group)."""
    key = f"scenario_{number}"
    groups = _groups() if grouped else {}
    name = st.text_input(t(_("Nama skenario")), scenario.name, key=f"{key}_name")
    left, middle, right = st.columns(3)
    with left:
        hiring = _hiring(key, scenario, rates, groups, posts)
    with middle:
        shifts = _shifts(key, scenario, groups, year)
    with right:
        leaving = _leaving(key, scenario, rates, groups, year)
    return Scenario.model_validate({"name": name, **hiring, "shifts": shifts, **leaving})


def _groups() -> dict[str, str]:
    known = contract().datasets["pegawai"].levels[GROUP].codes
    return {code.code: code.label.text(language()) for code in known}


def _hiring(
    key: str, scenario: Scenario, rates: Rates, groups: dict[str, str], posts: Protected | None
) -> dict[str, object]:
    """How those who leave are replaced, and by whom."""
    st.markdown(f"**{t(_('Pengadaan'))}**")
    ways = list(WAYS)
    inflow = st.selectbox(
        t(_("Yang masuk")), ways, ways.index(scenario.inflow), format_func=lambda way: t(WAYS[way]), key=f"{key}_inflow"
    )
    made: dict[str, object] = {"inflow": inflow}
    if inflow == "penggantian":
        made["replacement"] = _replacement(key, scenario, groups)
    if inflow == "rencana":
        made["plan_source"] = filling.offer(key, scenario, posts, list(groups))
        made["plan"] = _plan(key, scenario, groups)
    if inflow != "tanpa":
        known = "–" if rates.pppk_share is None else percent(rates.pppk_share, language())
        made["pppk_share"] = _share(
            t(_("PPPK di antara yang masuk (%)")),
            scenario.pppk_share,
            key=f"{key}_pppk",
            empty=t(_("taksiran {share}"), share=known),
        )
    return made


def _replacement(key: str, scenario: Scenario, groups: dict[str, str]) -> dict[str, float]:
    every = _share(t(_("Diganti (%)")), scenario.replacement.get("", USUAL_SHARE), key=f"{key}_replaced", empty="0")
    return {"": every or 0.0} | _by_group(f"{key}_replaced", scenario.replacement, groups, "%")


def _by_group(key: str, known: dict[str, float], groups: dict[str, str], unit: str) -> dict[str, float]:
    """Shares of single groups where they differ from that of all; as they are where the base is not split by group."""
    if not groups:
        return _of_groups(known)
    with st.expander(t(_("Lain menurut kelompok jabatan"))):
        typed = {
            code: _share(f"{name} ({unit})", known.get(code), key=f"{key}_{code}", empty=t(_("sama")))
            for code, name in groups.items()
        }
    return {code: share for code, share in typed.items() if share is not None}


def _plan(key: str, scenario: Scenario, groups: dict[str, str]) -> dict[str, tuple[int, ...]]:
    """Persons a year by group: the same in every year up to the longest horizon, or as typed year by year."""
    made: dict[str, tuple[int, ...]] = {} if groups else _of_groups(scenario.plan)
    for code, name in (groups or {"": t(_("Semua kelompok jabatan"))}).items():
        known = scenario.plan.get(code, ())
        always = len(known) == LONGEST and len(set(known)) == 1
        # No default of the field itself, so that it can be filled from posts.
        st.session_state.setdefault(filling.field(key, code), " ".join(map(str, known[:1] if always else known)))
        typed = st.text_input(
            name,
            key=filling.field(key, code),
            placeholder=t(_("orang per tahun, mis. {example}"), example="10000 8000 6000"),
        )
        if numbers := _numbers(typed):
            made[code] = numbers if len(numbers) > 1 else numbers * LONGEST
    st.caption(t(_("Satu angka berlaku setiap tahun; beberapa angka dipisah spasi berlaku berturut-turut.")))
    return made


def _of_groups(known: dict[str, Part]) -> dict[str, Part]:
    """What a scenario says of single groups: kept while the place that is looked at is not split by group."""
    return {group: part for group, part in known.items() if group}


def _numbers(typed: str) -> tuple[int, ...]:
    """Whole numbers apart by spaces or semicolons, thousands grouped or not; -1 for a word that is none."""
    words = typed.replace(";", " ").split()
    return tuple(int(re.sub(r"[.,]", "", word)) if WHOLE.fullmatch(word) else -1 for word in words)


def _shifts(key: str, scenario: Scenario, groups: dict[str, str], year: int) -> list[dict[str, object]]:
    """Changes of the retirement age; a further one appears once the last one moves anything."""
    st.markdown(f"**{t(_('Batas usia pensiun'))}**")
    made: list[dict[str, object]] = []
    for place in range(MOST_SHIFTS):
        known = scenario.shifts[place] if place < len(scenario.shifts) else Shift(years=0, since=year + 1)
        years = st.number_input(t(_("BUP bergeser (tahun)")), value=known.years, step=1, key=f"{key}_shift_{place}")
        if not years:
            break
        since = st.number_input(t(_("Mulai tahun")), value=known.since, step=1, format="%d", key=f"{key}_since_{place}")
        chosen = _chosen(key, f"shift_{place}", known.groups, groups)
        made.append({"years": years, "since": since, "groups": chosen})
    return made


def _leaving(key: str, scenario: Scenario, rates: Rates, groups: dict[str, str], year: int) -> dict[str, object]:
    """Who leaves before BUP: of themselves, with their contract, by a programme."""
    st.markdown(f"**{t(_('Keluar sebelum BUP'))}**")
    empty, label = _estimated(rates.of("PNS", "").yearly), t(_("Keluar karena sebab lain (% per tahun)"))
    every = _share(label, scenario.attrition.get(""), key=f"{key}_other", empty=empty)
    attrition = {} if every is None else {"": every}
    attrition |= _by_group(f"{key}_other", scenario.attrition, groups, t(_("% per tahun")))
    ends = _share(
        t(_("Kontrak PPPK tidak diperpanjang (% per tahun)")), scenario.contract_ends, key=f"{key}_ends", empty="0"
    )
    return {"attrition": attrition, "contract_ends": ends or 0.0, "early": _early(key, scenario, groups, year)}


def _early(key: str, scenario: Scenario, groups: dict[str, str], year: int) -> list[dict[str, object]]:
    known = scenario.early[0] if scenario.early else EarlyRetirement(share=0.1, ages=BAND, year=year + 2)
    if not st.toggle(t(_("Program pensiun dini")), bool(scenario.early), key=f"{key}_early"):
        return []
    share = _share(t(_("Bagian yang ikut (%)")), known.share, key=f"{key}_early_share", empty="0")
    low, high = st.columns(2)
    ages = (
        low.number_input(t(_("Dari umur")), value=known.ages[0], step=1, key=f"{key}_early_low"),
        high.number_input(t(_("Sampai umur")), value=known.ages[1], step=1, key=f"{key}_early_high"),
    )
    on = st.number_input(t(_("Pada tahun")), value=known.year, step=1, format="%d", key=f"{key}_early_year")
    chosen = _chosen(key, "early", known.groups, groups)
    return [{"share": share or 0.0, "ages": ages, "year": on, "groups": chosen}]


def _chosen(key: str, name: str, known: tuple[str, ...], groups: dict[str, str]) -> tuple[str, ...]:
    """Some groups, or none for all of them."""
    if not groups:
        return known
    return tuple(
        st.multiselect(
            t(_("Kelompok jabatan")),
            list(groups),
            [code for code in known if code in groups],
            format_func=groups.__getitem__,
            placeholder=t(_("semua")),
            key=f"{key}_{name}_groups",
        )
    )


def _estimated(share: float | None) -> str:
    """What stands in an empty field: the estimate that holds as long as nothing is typed."""
    known = "–" if share is None else percent(share, language())
    return t(_("taksiran {share}"), share=known)


def _share(label: str, known: float | None, *, key: str, empty: str) -> float | None:
    """A share typed as per cent; None where the field is empty. The field has no default, so that it can be emptied again."""
    if key not in st.session_state and known is not None:
        st.session_state[key] = round(known * 100, 4)
    typed = st.number_input(
        label,
        value=None,
        step=1.0,
        format="%g",
        key=key,
        placeholder=empty,
        min_value=-MOST_TYPED,
        max_value=MOST_TYPED,
    )
    return None if typed is None else typed / 100
