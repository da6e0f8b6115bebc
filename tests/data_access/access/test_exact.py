"""Datasets about posts and institutions answer with the delivered sums themselves, and rows are guarded all the same."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import polars as pl
import pytest
import yaml

from data_access.access.derive import quotient
from data_access.access.export import check_may_export
from data_access.access.query import Query
from data_access.access.result import Kind, Measure, Protected, State
from data_access.contract import Label, contract
from data_access.errors import AsnError, InvalidQuery, Refused
from data_access.release import shelf
from data_access.state import engine
from tests.ui_world import served
from tests.world import OWN, World, copied
from tests.yearly import EARLIER, LATER, Delivered, publish_yearly

ONE = {"formasi": {}, "indeks": {"indeks": ["merit"], "ukuran": ["nilai"]}}


@pytest.fixture(scope="module")
def yearly(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Delivered]]:
    made = copied(world, tmp_path_factory.mktemp("yearly") / "var")
    yield made, publish_yearly(made, tmp_path_factory.mktemp("deliveries"))
    engine(made.settings.state).dispose()


def asked(world: World, account: str, query: Query, **more: Any) -> Protected:
    return world.gateway().ask(world.viewer(account), query, **more)


def counted(rows: pl.DataFrame, dataset: str, query: Query) -> dict[tuple[str, ...], int]:
    """The delivered numbers added up again, row by row."""
    described = contract().datasets[dataset]
    found: dict[tuple[str, ...], int] = {}

    def code(row: dict[str, Any], level: str) -> str:
        carrier = described.carrier(level).name
        return described.mapping(carrier, level)[row[carrier]]

    for row in rows.iter_rows(named=True):
        if all(code(row, level) in codes for level, codes in query.filters.items()):
            codes = tuple(code(row, level) for level in query.by)
            found[codes] = found.get(codes, 0) + row["jumlah"]
    return found


QUESTIONS = [
    ("formasi", Query("formasi", by=("tahap",))),
    ("formasi", Query("formasi", by=("tahap", "instansi"))),
    ("formasi", Query("formasi", by=("tahap", "kelompok_jabatan", "jenis_pengadaan"))),
    ("formasi", Query("formasi", by=("instansi",), where={"tahap": ["terisi"], "provinsi": ["33", "91"]})),
    ("formasi", Query("formasi", by=("kelompok_instansi",), where={"tahap": ["pelamar"]})),
    ("formasi", Query("formasi", by=("kanreg",), where={"tahap": ["kebutuhan"]})),
    ("indeks", Query("indeks", by=("indeks", "ukuran"))),
    ("indeks", Query("indeks", by=("instansi", "ukuran"), where={"indeks": ["ip_asn"]})),
    ("indeks", Query("indeks", by=("predikat",), where={"indeks": ["rb"], "ukuran": ["wajib"]})),
    ("indeks", Query("indeks", by=("instansi", "predikat"), where=ONE["indeks"] | {"provinsi": ["33"]})),
]


@pytest.mark.parametrize(("dataset", "query"), QUESTIONS, ids=[query.canonical for _name, query in QUESTIONS])
def test_answers_are_the_delivered_sums(yearly: tuple[World, Delivered], dataset: str, query: Query) -> None:
    world, delivered = yearly
    result = asked(world, "analis", query)
    truth = counted(delivered[dataset, LATER], dataset, query)
    assert result.official
    assert result.margin == 0.0
    assert result.suppressed == 0
    rows = result.frame.filter(pl.col("keadaan") == State.SHOWN).select(*query.by, "nilai").rows()
    assert {codes: value for *some, value in rows if value for codes in [tuple(some)]} == truth
    unavailable = result.frame.filter(pl.col("keadaan") != State.SHOWN)
    assert set(unavailable["keadaan"]) <= {State.UNAVAILABLE}
    assert not set(unavailable.select(query.by).rows()) & truth.keys()


def test_snapshots_need_no_keys_and_nothing_is_refused_for_small_cells(yearly: tuple[World, Delivered]) -> None:
    world, delivered = yearly
    assert all("kunci" not in frame.columns for frame in delivered.values())
    held = [s for s in world.gateway().reader().manifest.snapshots if contract().datasets[s.dataset].exact]
    assert len(held) == 4
    assert {(s.keys, s.refused) for s in held} == {("none", 0)}


@pytest.mark.parametrize(
    "query",
    [
        Query("formasi"),
        Query("formasi", by=("instansi",)),
        Query("formasi", by=("instansi",), where={"tahap": ["penetapan", "terisi"]}),
        Query("formasi", where={"tahap": list(contract().datasets["formasi"].levels["tahap"].by_code)}),
        Query("indeks", by=("ukuran",)),
        Query("indeks", by=("instansi",), where={"indeks": ["rb"]}),
        Query("indeks", by=("instansi", "indeks"), where={"ukuran": ["nilai", "dinilai"]}),
    ],
    ids=lambda query: query.canonical,
)
def test_what_means_different_things_is_never_added_up(yearly: tuple[World, Delivered], query: Query) -> None:
    for account in ("analis", "pemilik", "pimpinan"):
        with pytest.raises(InvalidQuery) as caught:
            asked(yearly[0], account, query)
        assert caught.value.reason == "level-needed"


def test_a_limited_viewer_finds_own_agencies_and_no_other(yearly: tuple[World, Delivered]) -> None:
    world, delivered = yearly
    query = Query("formasi", by=("instansi",), where={"tahap": ["terisi"], "provinsi": OWN})
    result = asked(world, "wilayah", query)
    places = {c.code: c.attributes.get("provinsi") for c in contract().datasets["formasi"].levels["instansi"].codes}
    assert {places[code] for code in result.frame["instansi"]} == {*OWN, None}
    rows = result.frame.filter(pl.col("nilai") > 0).select("instansi", "nilai").rows()
    truth = counted(delivered["formasi", LATER], "formasi", query)
    assert {(code,): value for code, value in rows} == {c: n for c, n in truth.items() if places[c[0]] in (*OWN, None)}


FOREIGN = "KB1201"
ESCAPES: list[tuple[str, dict[str, Any], str]] = [
    ("formasi", {"by": ("tahap", "instansi")}, "place-needed"),
    ("formasi", {"by": ("tahap", "kelompok_jabatan", "jenis_pengadaan")}, "place-needed"),
    ("formasi", {"by": ("tahap",), "where": {"provinsi": ["12"]}}, "code-unknown"),
    ("formasi", {"by": ("tahap",), "where": {"kanreg": ["VI"]}}, "level-unknown"),
    ("formasi", {"by": ("tahap",), "where": {"instansi": ["PV12"]}}, "code-unknown"),
    ("indeks", {"by": ("instansi",), "where": {"indeks": ["ip_asn"], "ukuran": ["nilai"]}}, "place-needed"),
    ("indeks", {"by": ("jenis_instansi", "predikat"), "where": ONE["indeks"]}, "place-needed"),
    ("indeks", {"by": ("predikat",), "where": ONE["indeks"] | {"instansi": ["PV12"]}}, "code-unknown"),
]


@pytest.mark.parametrize(("dataset", "question", "reason"), ESCAPES)
def test_exactness_opens_no_other_place(
    yearly: tuple[World, Delivered], dataset: str, question: dict[str, Any], reason: str
) -> None:
    with pytest.raises(AsnError) as caught:
        asked(yearly[0], "wilayah", Query(dataset, **question))
    assert caught.value.reason == reason


def test_every_combination_answers_a_limited_viewer_in_own_places_or_as_the_baseline(
    yearly: tuple[World, Delivered],
) -> None:
    """All pairs of levels beside what is apart: within reach, refused, or one of the national ones of the contract."""
    world, _delivered = yearly
    described = contract().datasets["formasi"]
    national = [set(levels) for levels in described.public.national]
    names = [level for level in described.levels if level not in ("tahap", "kanreg")]
    for some in (*combinations(names, 1), *combinations(names, 2)):
        if len({described.dimension_of[level] for level in some}) < len(some):
            continue
        query = Query("formasi", by=("tahap", *some))
        if "provinsi" in some:
            assert set(asked(world, "wilayah", query).frame["provinsi"]) == set(OWN)
        elif any(all(any(described.refines(h, level) for h in n) for level in ("tahap", *some)) for n in national):
            assert asked(world, "wilayah", query).official
        else:
            with pytest.raises(InvalidQuery, match="wilayah"):
                asked(world, "wilayah", query)


def test_the_baseline_is_the_national_figure(yearly: tuple[World, Delivered]) -> None:
    query = Query("formasi", by=("tahap", "kelompok_jabatan"))
    assert asked(yearly[0], "wilayah", query).frame.equals(asked(yearly[0], "analis", query).frame)


@pytest.mark.parametrize("dataset", ["formasi", "indeks"])
def test_the_other_party_needs_its_grant(
    yearly: tuple[World, Delivered], dataset: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    world = copied(yearly[0], tmp_path_factory.mktemp("grant") / "var")
    query = Query(dataset, where={name: [code] for name, code in contract().datasets[dataset].headline.items()})
    assert asked(world, "pemilik", query).official  # BKN
    register = yaml.safe_load(world.settings.agreement.read_text("utf-8"))
    register["grants"] = [grant for grant in register["grants"] if grant["dataset"] != dataset]
    world.settings.agreement.write_text(yaml.safe_dump(register), "utf-8")
    with pytest.raises(Refused):
        asked(world, "pemilik", query)
    assert asked(world, "analis", query).official  # KemenPANRB owns them


def test_an_older_release_answers_with_exact_figures(yearly: tuple[World, Delivered], tmp_path: Any) -> None:
    world = copied(yearly[0], tmp_path / "var")
    before = shelf.pointer(world.settings.releases) or ""
    publish_yearly(world, tmp_path / "again")
    query = Query("formasi", by=("tahap", "instansi"), periods=(EARLIER,))
    old, new = asked(world, "analis", query, release=before), asked(world, "analis", query)
    assert old.source.release == before != new.source.release
    assert old.frame.equals(new.frame)


def test_an_answer_of_all_places_is_not_taken_along_by_who_is_limited_now(yearly: tuple[World, Delivered]) -> None:
    world, _delivered = yearly
    wide = asked(world, "analis", Query("formasi", by=("tahap", "jenis_pengadaan", "kelompok_jabatan")))
    baseline = asked(world, "analis", Query("formasi", by=("tahap", "jenis_pengadaan")))
    with served(world):
        limited = world.viewer("wilayah")
        assert check_may_export(limited, baseline).rows is not None
        with pytest.raises(Refused) as caught:
            check_may_export(limited, wide)
    assert caught.value.reason == "export-reach"


def test_a_quotient_is_made_of_exact_sums(yearly: tuple[World, Delivered]) -> None:
    world, delivered = yearly
    query = Query("indeks", by=("jenis_instansi", "ukuran"), where={"indeks": ["merit"]})
    measure = Measure(Kind.SCORE, Label(id="Nilai", en="Score"))
    means = quotient(asked(world, "analis", query), "ukuran", "nilai", "dinilai", measure=measure, scale=100)
    truth = counted(delivered["indeks", LATER], "indeks", query)
    for code, value, base in means.frame.select("jenis_instansi", "nilai", "dasar").iter_rows():
        assert base == truth[code, "dinilai"]
        assert value == pytest.approx(truth[code, "nilai"] / base / 100)


def test_a_quotient_over_nothing_is_not_available(yearly: tuple[World, Delivered]) -> None:
    answer = asked(yearly[0], "analis", Query("formasi", by=("tahap",)))
    nothing = replace(answer, frame=answer.frame.with_columns(pl.lit(0, pl.Int64).alias("nilai")))
    measure = Measure(Kind.SHARE, Label(id="x", en="x"))
    [row] = quotient(nothing, "tahap", "terisi", "penetapan", measure=measure).frame.iter_rows(named=True)
    assert (row["nilai"], row["keadaan"], row["dasar"]) == (None, State.UNAVAILABLE, None)
