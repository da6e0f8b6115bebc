"""Published totals: every one has a source, adds up where the source says so, and can be asked of the contract."""

from datetime import date
from pathlib import Path

import pytest

from data_access.contract import contract
from data_access.intake.published import published, read_published
from tests.world import dataset

DATES = sorted({one.day for one in published()})


def figure(day: date, key: str) -> int:
    [found] = [one.persons for one in published() if (one.day, one.key) == (day, key)]
    return found


def test_each_has_a_source_both_labels_and_a_place_in_the_contract() -> None:
    for one in published():
        assert one.source.startswith(("BKN", "BPS"))
        assert one.label.id and one.label.en
        assert one.persons > 0
        for level, codes in one.where.items():
            assert set(codes) <= set(dataset().levels[level].by_code)


def test_each_can_be_answered_with_an_official_figure() -> None:
    """Else the reconciliation could never compare it: some official combination is as fine as what it asks for."""
    official = contract().datasets["pegawai"].public.all
    for one in published():
        assert any(
            len(levels) == len(one.levels)
            and all(any(dataset().refines(fine, level) for fine in levels) for level in one.levels)
            for levels in official
        ), one.key


def test_none_is_printed_twice() -> None:
    keys = [(one.day, one.key) for one in published()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("day", "parts"),
    [
        (date(2022, 6, 30), ["pns", "pppk"]),
        (date(2022, 6, 30), ["kelompok_instansi=pusat", "kelompok_instansi=daerah"]),
        (date(2022, 12, 31), ["jenis_kelamin=L", "jenis_kelamin=P"]),
        (date(2023, 12, 31), ["pns", "pppk"]),
        (date(2024, 7, 1), ["jenis_jabatan=fungsional", "jenis_jabatan=pelaksana", "struktural"]),
        (date(2025, 11, 1), ["jenis_kelamin=L", "jenis_kelamin=P"]),
        (date(2025, 11, 1), [f"kelompok_pendidikan={k}" for k in ("SD-SMA", "D1-D3", "D4/S1", "S2", "S3")]),
        (date(2025, 11, 1), ["jenis_jabatan=fungsional", "jenis_jabatan=pelaksana", "struktural"]),
    ],
)
def test_parts_of_a_margin_sum_to_the_total(day: date, parts: list[str]) -> None:
    assert sum(figure(day, part) for part in parts) == figure(day, "semua")


def test_provinces_sum_to_all_pns() -> None:
    day = date(2023, 12, 31)
    provinces = [one.persons for one in published() if one.day == day and "provinsi" in one.where]
    assert len(provinces) == 39
    assert sum(provinces) == figure(day, "pns")


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("status=XYZ", "no such code"),
        ("gaji=1", "no such level"),
        ("entah", "neither group nor level"),
        ("status=", "no code"),
    ],
)
def test_an_unknown_name_stops_the_reading(tmp_path: Path, key: str, why: str) -> None:
    file = tmp_path / "terbit.yaml"
    file.write_text(
        f"groups: {{}}\nfigures:\n  - date: 2025-11-01\n    source: BKN\n    persons: {{'{key}': 5}}\n", "utf-8"
    )
    with pytest.raises(ValueError, match="no code"):
        read_published(file)
