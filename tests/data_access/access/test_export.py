"""Exports: rule and action agree, names of files say what is inside, purposes are kept as typed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from data_access.access.derive import part_share
from data_access.access.export import LONGEST, check_purpose, may_export, stem
from data_access.access.gateway import ask
from data_access.access.query import Query
from data_access.errors import AsnError
from tests.exporting import newest, taken
from tests.ui_world import served
from tests.world import EARLY, LATE, OWN, World


@pytest.fixture(scope="module", autouse=True)
def stage(world: World) -> Iterator[World]:
    with served(world):
        yield world


@pytest.mark.parametrize(
    ("account", "allowed"),
    [
        ("pimpinan", True),
        ("analis", True),
        ("wilayah", True),
        ("pemilik", True),
        ("tim-data", False),  # "tanpa unduhan"
        ("tim-teknis", False),
    ],
)
def test_the_button_and_the_door_agree(stage: World, account: str, allowed: bool) -> None:
    seen = ask(stage.viewer(account), Query("pegawai", by=("status",), periods=(LATE,)))
    assert may_export(stage.viewer(account), seen) is allowed
    if allowed:
        assert taken(stage, account, seen).account == account
    else:
        with pytest.raises(AsnError):
            taken(stage, account, seen)


def test_a_derived_answer_can_be_taken_along(stage: World) -> None:
    seen = ask(stage.viewer("analis"), Query("pegawai", by=("provinsi", "jenis_kelamin"), periods=(LATE,)))
    women = part_share(seen, "jenis_kelamin", ["P"])
    export = taken(stage, "analis", women, seen)
    assert (newest(stage).rows, newest(stage).query) == (women.frame.height + seen.frame.height, seen.query)
    assert export.stem == "pangsa-dari-pegawai-asn-menurut-provinsi_2025-06-30_rilis-0003"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        (Query("pegawai", by=("provinsi",), periods=(LATE,)), "menurut-provinsi_2025-06-30_rilis-0003"),
        (Query("pegawai", by=("status",), periods=(EARLY, LATE)), "menurut-status_2022-06-30--2025-06-30_rilis-0003"),
        (Query("pegawai", periods=(LATE,)), "_2025-06-30_rilis-0003"),
        (
            Query("pegawai", by=("status", "jenis_kelamin"), where={"provinsi": OWN}, periods=(LATE,)),
            "menurut-status-dan-jenis-kelamin_provinsi-33-34_2025-06-30_rilis-0003",
        ),
        (
            Query("pegawai", by=("status",), where={"provinsi": ["11", "12", "13", "14"]}, periods=(LATE,)),
            "menurut-status_provinsi-4-kode_2025-06-30_rilis-0003",
        ),
    ],
)
def test_a_file_is_named_by_what_is_inside(stage: World, query: Query, name: str) -> None:
    found = stem(ask(stage.viewer("analis"), query))
    joiner = "" if name.startswith("_") else "-"
    assert found == f"pegawai-asn{joiner}{name}"


def test_a_name_of_a_file_never_leaves_its_folder(stage: World) -> None:
    seen = ask(stage.viewer("analis"), Query("pegawai", by=("status",), periods=(LATE,)))
    assert "/" not in stem(replace(seen, source=replace(seen.source, release="../../etc/x")))


@pytest.mark.parametrize(
    "purpose", ["Kajian formasi guru", "  kajian\tformasi \n guru ", "a" * LONGEST, "Rapat kerja: 2026 (ke-2), §5 é"]
)
def test_purposes_that_are_kept(purpose: str) -> None:
    assert check_purpose(purpose) == " ".join(purpose.split())
