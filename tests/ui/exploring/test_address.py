"""The view in the address: read back as it was written, and never beyond the scope, whatever the address says."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.access.check import check, chosen_periods
from data_access.access.roles import roles
from data_access.access.scope import RowRule, Scope
from data_access.contract import Label, contract
from data_access.errors import InvalidQuery
from ui.exploring.address import read
from ui.exploring.measures import MEASURES
from ui.exploring.view import BY_TOTAL, CHARTS, TOPS, View, default, home, settled

DATASET = contract().datasets["pegawai"]
HELD = (date(2022, 6, 30), date(2023, 6, 30), date(2025, 6, 30))
OWN, FOREIGN = ("33", "34"), "12"
EXPLORING = [name for name, role in roles().roles.items() if "analisis/eksplorasi" in role.pages]


def reach(role: str) -> Scope:
    """The scope of an account of that role; two provinces where the role has a row rule."""
    right = roles().roles[role].datasets["pegawai"]
    rows = RowRule(right.rows, OWN) if right.rows else None
    levels = frozenset(DATASET.levels if right.levels == "all" else right.levels)
    return Scope("pegawai", levels, right.max_dims, rows, "uji", True, Label(id="", en=""))


SCOPES = {role: reach(role) for role in EXPLORING}
ANALYST, REGIONAL = SCOPES["analis"], SCOPES["analis_wilayah"]

names = st.one_of(st.sampled_from(list(DATASET.levels)), st.text(max_size=12))
codes = st.one_of(
    st.sampled_from([code.code for level in DATASET.levels.values() for code in level.codes]), st.text(max_size=6)
)
filters = st.one_of(
    st.builds("{}:{}".format, names, st.lists(codes, max_size=4).map(",".join)), st.text(max_size=20), names
)
periods = st.one_of(st.sampled_from([day.isoformat() for day in HELD]), st.just("semua"), st.text(max_size=12))
anything = st.lists(st.one_of(names, codes, filters, periods), max_size=3)
addresses = st.fixed_dictionaries(
    {},
    optional={
        "baris": st.one_of(st.lists(names, max_size=2), anything),
        "kolom": st.one_of(st.lists(names, max_size=2), anything),
        "saring": st.one_of(st.lists(filters, max_size=4), anything),
        "periode": st.one_of(st.lists(periods, max_size=4), anything),
        "grafik": st.one_of(st.lists(st.sampled_from(CHARTS), max_size=1), anything),
        "ukuran": st.one_of(st.lists(st.sampled_from(list(MEASURES)), max_size=1), anything),
        "banding": st.one_of(st.lists(periods, max_size=1), anything),
        "urut": st.one_of(st.lists(codes, max_size=1), st.just([BY_TOTAL]), anything),
        "teratas": st.one_of(st.lists(st.sampled_from(["5", "10", "0", "-1", "1e9"]), max_size=1), anything),
        "data": anything,
        "lain": anything,
    },
)


def given_as(view: View) -> dict[str, list[str]]:
    """The address of the view as the browser hands it back: each name with all of its values."""
    return {name: [value] if isinstance(value, str) else value for name, value in view.params().items()}


@st.composite
def views(draw: st.DrawFn, scope: Scope) -> View:
    crossed: dict[str, str] = {}
    for name in draw(st.lists(st.sampled_from(sorted(scope.levels)), min_size=1, max_size=4)):
        crossed.setdefault(DATASET.dimension_of[name], name)
    first, *more = list(crossed.values())[:3]
    chosen = draw(st.lists(st.sampled_from(sorted(scope.levels)), max_size=3, unique=True))
    picked = {
        name: draw(st.lists(st.sampled_from(scope.members(name)), min_size=1, max_size=4, unique=True))
        for name in chosen
    }
    view = View(
        rows=(first, *more[1:]),
        columns=more[0] if more else "",
        filters={name: tuple(codes) for name, codes in picked.items()},
        periods=tuple(sorted(draw(st.sets(st.sampled_from(HELD))))),
        measure=draw(st.sampled_from(list(MEASURES))),
        against=draw(st.sampled_from([None, *HELD])),
        sort=draw(st.sampled_from(["", BY_TOTAL, "P", "PNS"])),
        top=draw(st.sampled_from(TOPS)),
        chart=draw(st.sampled_from(["", *CHARTS])),
    )
    return settled(view, scope, HELD)


@pytest.mark.parametrize("role", EXPLORING)
@given(data=st.data())
def test_a_view_survives_the_address(role: str, data: st.DataObject) -> None:
    scope = SCOPES[role]
    view = data.draw(views(scope))
    again, kept = read(given_as(view), scope, HELD)
    assert kept
    if view.filters or scope.rows is None:
        assert again == view
    else:  # a regional analyst without a filter starts at home
        assert again.filters == home(scope)


@pytest.mark.parametrize("role", EXPLORING)
@given(address=addresses)
def test_no_address_raises_or_leads_out_of_the_scope(role: str, address: dict[str, list[str]]) -> None:
    scope = SCOPES[role]
    view, _kept = read(address, scope, HELD)
    assert view.rows
    assert set(view.rows) <= scope.levels
    assert len(view.crossed) == len({DATASET.dimension_of[name] for name in view.crossed})
    assert view.columns in {"", *scope.levels}
    assert len(view.query().by) == len({DATASET.dimension_of[name] for name in view.query().by})
    for level, codes in view.filters.items():
        assert level in scope.levels
        assert codes
        assert set(codes) <= set(scope.members(level))
        assert len(codes) == len(set(codes)), "a chooser refuses a choice that is listed twice"
    assert set(view.periods) <= set(HELD)
    assert len(view.periods) == len(set(view.periods))
    assert view.chart in {"", *CHARTS}
    assert view == settled(view, scope, HELD)
    assert view.sort in {"", BY_TOTAL} or (view.columns and view.sort in scope.members(view.columns))
    assert view.top in TOPS


@pytest.mark.parametrize("role", EXPLORING)
@given(address=addresses)
def test_no_address_names_what_is_out_of_reach(role: str, address: dict[str, list[str]]) -> None:
    """A question may still be too large for the role, which is said in place of the figure; it is never refused a name."""
    scope = SCOPES[role]
    query = read(address, scope, HELD)[0].query()
    try:
        check(query, scope)
    except InvalidQuery as error:
        assert error.reason == "too-many-dimensions"
    assert chosen_periods(query, HELD)


@pytest.mark.parametrize("role", EXPLORING)
@given(address=addresses)
def test_what_was_kept_is_kept_again(role: str, address: dict[str, list[str]]) -> None:
    """The view of any address has an address of its own that is kept as it is: no note comes twice."""
    view, _kept = read(address, SCOPES[role], HELD)
    assert read(given_as(view), SCOPES[role], HELD) == (view, True)


# what the address asks for: something that exists but is hidden, and the same that nobody has
PAIRS: list[tuple[str, Mapping[str, list[str]], Mapping[str, list[str]]]] = [
    ("rows", {"baris": ["kanreg"]}, {"baris": ["rahasia"]}),
    ("columns", {"baris": ["status"], "kolom": ["kanreg"]}, {"baris": ["status"], "kolom": ["rahasia"]}),
    ("filter level", {"baris": ["status"], "saring": ["kanreg:I"]}, {"baris": ["status"], "saring": ["rahasia:I"]}),
    (
        "foreign code",
        {"baris": ["status"], "saring": ["provinsi:12"]},
        {"baris": ["status"], "saring": ["provinsi:00"]},
    ),
    (
        "foreign code beside an own one",
        {"baris": ["status"], "saring": ["provinsi:12,33"]},
        {"baris": ["status"], "saring": ["provinsi:00,33"]},
    ),
    (
        "foreign agency",
        {"baris": ["status"], "saring": [f"instansi:{FOREIGN}"]},
        {"baris": ["status"], "saring": ["instansi:x"]},
    ),
    (
        "period without a snapshot",
        {"baris": ["status"], "periode": ["2024-12-31"]},
        {"baris": ["status"], "periode": ["kemarin"]},
    ),
]


@pytest.mark.parametrize(("what", "hidden", "unknown"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_hidden_and_unknown_fall_back_alike(
    what: str, hidden: Mapping[str, list[str]], unknown: Mapping[str, list[str]]
) -> None:
    assert read(hidden, REGIONAL, HELD) == read(unknown, REGIONAL, HELD)
    assert read(hidden, REGIONAL, HELD)[1] is False


@pytest.mark.parametrize(
    ("address", "kept", "why"),
    [
        ({}, True, "nothing was asked"),
        ({"baris": ["status"]}, True, "all was kept"),
        ({"baris": ["status"], "periode": ["semua"]}, True, "all dates were asked for and given"),
        ({"baris": ["status"], "saring": ["provinsi:34,33"]}, True, "the order of codes says nothing"),
        ({"baris": ["status"], "grafik": ["kue"]}, False, "no such chart"),
        ({"baris": ["status"], "kolom": ["status"]}, False, "one dimension twice"),
        ({"kolom": ["status"]}, False, "columns without rows"),
        ({"baris": ["status", "provinsi"], "teratas": ["5"], "urut": ["total"]}, True, "two levels and an order"),
        ({"baris": ["umur_5", "umur_bkn"]}, False, "one dimension twice on the rows"),
        ({"baris": ["status", "provinsi", "golongan"]}, False, "three levels on the rows"),
        ({"baris": ["provinsi"], "ukuran": ["pangsa-baris"]}, False, "a share of a row that has one cell"),
        ({"baris": ["jenis_kelamin"], "ukuran": ["perempuan"]}, False, "women among women"),
        ({"baris": ["status"], "ukuran": ["selisih"], "banding": ["2022-06-30"]}, True, "a chosen date"),
        ({"baris": ["status"], "ukuran": ["selisih"], "banding": ["2025-06-30"]}, False, "a date against itself"),
        ({"baris": ["status"], "ukuran": ["selisih"], "periode": ["2022-06-30"]}, False, "nothing before the first"),
        ({"baris": ["status"], "urut": ["L"]}, False, "ordered by a column that is not there"),
        ({"baris": ["status"], "teratas": ["7"]}, False, "no such number"),
        ({"utm_source": ["surat"]}, False, "not ours"),
    ],
)
def test_the_note_comes_only_where_something_was_lost(address: dict[str, list[str]], kept: bool, why: str) -> None:
    assert read(address, ANALYST, HELD)[1] is kept


def test_all_dates() -> None:
    assert read({"baris": ["status"], "periode": ["semua"]}, ANALYST, HELD)[0].periods == HELD


@pytest.mark.parametrize("role", EXPLORING)
def test_every_role_starts_where_it_may_be(role: str) -> None:
    start = default(SCOPES[role])
    check(start.query(), SCOPES[role])
    assert start.filters == ({"provinsi": OWN} if role == "analis_wilayah" else {})


def test_default_is_left_out_of_the_address() -> None:
    assert View(rows=("status",)).params() == {"baris": ["status"]}
