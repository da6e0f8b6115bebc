"""What a question may say: every rule with a question just inside and just outside of it."""

from datetime import date
from typing import Any

import pytest

from data_access.access.check import check, chosen_periods
from data_access.access.query import Query
from data_access.access.scope import scope
from data_access.errors import AsnError, InvalidQuery, Refused
from tests.world import EARLY, LATE, World

ALLOWED: list[tuple[str, dict[str, Any], str]] = [
    ("analis", {}, "the total"),
    ("analis", {"by": ("status", "provinsi", "umur_5")}, "three dimensions"),
    ("analis", {"by": ("status",), "where": {"status": ["PNS"], "umur_5": ["21-25"]}}, "filters do not count"),
    ("pimpinan", {"by": ("status", "provinsi")}, "two dimensions"),
    ("wilayah", {"by": ("instansi",), "where": {"provinsi": ["33"]}}, "an own province"),
    ("tim-data", {"by": ("kanreg",), "order": "nilai"}, "ordered by value"),
    ("analis", {"by": ("umur_5",), "where": {"umur_bkn": ["21-30"]}}, "group and filter in one dimension"),
]  # fmt: skip

NOT_ALLOWED: list[tuple[str, dict[str, Any], type[AsnError], str]] = [
    ("analis", {"by": ("gaji",)}, Refused, "level-unknown"),
    ("pimpinan", {"where": {"pendidikan": ["45"]}}, Refused, "level-unknown"),
    ("analis", {"measure": "kunci"}, Refused, "measure-unknown"),
    ("analis", {"order": "acak"}, InvalidQuery, "order-unknown"),
    ("analis", {"by": ("umur_5", "generasi")}, InvalidQuery, "dimension-twice"),
    ("analis", {"by": ("status", "status")}, InvalidQuery, "dimension-twice"),
    ("analis", {"by": ("status", "provinsi", "umur_5", "jenis_kelamin")}, InvalidQuery, "too-many-dimensions"),
    ("pimpinan", {"by": ("status", "provinsi", "umur_5")}, InvalidQuery, "too-many-dimensions"),
    ("pimpinan", {"by": ("status", "umur_5"), "where": {"jenis_kelamin": ["L"]}}, InvalidQuery, "too-many-dimensions"),
    ("analis", {"where": {"status": []}}, InvalidQuery, "filter-empty"),
    ("analis", {"where": {"status": ["PNS", "TNI"]}}, Refused, "code-unknown"),
    ("analis", {"where": {"status": "PNS"}}, Refused, "code-unknown"),
    ("wilayah", {"where": {"provinsi": ["12"]}}, Refused, "code-unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("account", "question", "why"), ALLOWED, ids=[a[2] for a in ALLOWED])
def test_a_question_within_the_scope_is_allowed(world: World, account: str, question: dict[str, Any], why: str) -> None:
    check(Query("pegawai", **question), scope(world.viewer(account), "pegawai"))


@pytest.mark.parametrize(
    ("account", "question", "kind", "reason"), NOT_ALLOWED, ids=[f"{i}-{n[3]}" for i, n in enumerate(NOT_ALLOWED)]
)
def test_a_question_outside_the_scope_is_not(
    world: World, account: str, question: dict[str, Any], kind: type[AsnError], reason: str
) -> None:
    with pytest.raises(kind) as caught:
        check(Query("pegawai", **question), scope(world.viewer(account), "pegawai"))
    assert caught.value.reason == reason


def test_the_latest_snapshot_answers_if_no_date_is_named() -> None:
    assert chosen_periods(Query("pegawai"), (EARLY, LATE)) == (LATE,)
    assert chosen_periods(Query("pegawai", periods=(LATE, EARLY)), (EARLY, LATE)) == (EARLY, LATE)


def test_a_date_without_a_snapshot_is_refused_and_the_latest_is_named() -> None:
    with pytest.raises(InvalidQuery) as caught:
        chosen_periods(Query("pegawai", periods=(EARLY, date(2024, 2, 29))), (EARLY, LATE))
    assert (caught.value.reason, caught.value.facts["latest"]) == ("period-unknown", LATE)
