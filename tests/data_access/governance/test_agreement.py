"""The register: the life of the agreement day by day, and that whatever is unclear opens nothing."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from data_access.errors import Misconfigured, Refused
from data_access.governance.agreement import (
    EXAMPLE,
    TEMPLATE,
    Register,
    grants_for,
    in_force,
    register,
    today,
)

SIGNED, LAST = date(2022, 2, 9), date(2024, 2, 8)
DAY = timedelta(days=1)


def _register(**changes: Any) -> Register:
    """The real register with changes."""
    content = yaml.safe_load(TEMPLATE.read_text("utf-8"))
    content["agreement"] |= changes.pop("agreement", {})
    return Register.model_validate(content | changes)


def _extension(first: date, last: date) -> dict[str, Any]:
    return {"document": "1/X", "from": first, "until": last, "note": {"id": "perpanjangan", "en": "extension"}}


def _grant(**changes: Any) -> dict[str, Any]:
    return {"id": "g", "dataset": "pegawai", "party": "kesatu", "document": "Adendum 1", "from": SIGNED} | changes


GAP = _register(extensions=[_extension(date(2024, 3, 1), date(2025, 2, 28))])


@pytest.mark.parametrize(
    ("day", "document"),
    [
        (SIGNED - DAY, None),  # not signed yet
        (SIGNED, "14/KS.00/2022 / 3/HM.04.01/2022"),  # "sejak tanggal ditandatangani"
        (LAST, "14/KS.00/2022 / 3/HM.04.01/2022"),  # the last day of two years
        (LAST + DAY, None),  # the anniversary
        (date(2024, 2, 29), None),  # the gap
        (date(2024, 3, 1), "1/X"),
        (date(2025, 2, 28), "1/X"),
        (date(2025, 3, 1), None),
    ],
)
def test_life_of_the_agreement(day: date, document: str | None) -> None:
    period = in_force(GAP, day)
    assert (period.document if period else None) == document


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (SIGNED - DAY, "baru berlaku mulai 09-02-2022"),
        (date(2024, 2, 20), "baru berlaku mulai 01-03-2024"),  # in the gap: when it goes on
        (date(2026, 11, 23), "berakhir pada 28-02-2025"),
    ],
)
def test_refusal_says_when_and_what_to_do(day: date, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        grants_for(GAP, dataset="pegawai", party="kesatu", day=day)
    assert caught.value.reason == "grant-none"
    assert sentence in caught.value.sentence("id")


@pytest.mark.parametrize("day", [SIGNED, LAST, date(2024, 3, 1)])
def test_grant_opens_while_the_agreement_is_in_force(day: date) -> None:
    assert grants_for(GAP, dataset="pegawai", party="kesatu", day=day)[0].id == "lampiran-1-pegawai"


@pytest.mark.parametrize(
    ("grants", "sentence"),
    [
        ([], "tidak dibuka"),
        ([_grant(dataset="arus")], "tidak dibuka"),  # another dataset
        ([_grant(party="kedua")], "tidak dibuka"),  # the other party
        ([_grant(**{"from": date(2023, 1, 2)})], "baru dibuka bagi pihak Anda mulai 02-01-2023"),
        ([_grant(until=date(2022, 12, 31))], "sampai 31-12-2022"),
    ],
)
def test_without_a_grant_for_it_nothing_opens(grants: list[dict[str, Any]], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        grants_for(_register(grants=grants), dataset="pegawai", party="kesatu", day=date(2023, 1, 1))


def test_later_grant_follows_an_ended_one() -> None:
    both = [_grant(until=date(2022, 12, 31)), _grant(id="h", **{"from": date(2023, 1, 1)})]
    assert grants_for(_register(grants=both), dataset="pegawai", party="kesatu", day=date(2023, 1, 1))[0].id == "h"


def test_ending_early_ends_everything() -> None:
    end = date(2023, 6, 30)
    ended = _register(agreement={"ended_early": end}, extensions=[_extension(LAST + DAY, date(2028, 1, 1))])
    assert in_force(ended, end)
    assert not in_force(ended, end + DAY)
    assert not in_force(ended, date(2025, 1, 1))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 10))
def test_years_are_whole(signed: date, years: int) -> None:
    period = _register(agreement={"signed": signed, "years": years}).agreement.period
    after = period.last + DAY
    assert after.year - signed.year == years
    assert (after.month, after.day) in {(signed.month, signed.day), (3, 1)}


@pytest.mark.parametrize(
    "content",
    [
        "",  # empty
        "agreement: [",  # no YAML
        "just text",
        "agreement: {numbers: [], signed: 2022-02-09}",  # incomplete
        TEMPLATE.read_text("utf-8") + "unknown: 1\n",  # a typing error must not pass for silence
        TEMPLATE.read_text("utf-8").replace("party: kesatu", "party: ketiga"),
        TEMPLATE.read_text("utf-8").replace("signed: 2022-02-09", "signed: kemarin"),
        TEMPLATE.read_text("utf-8").replace("ended_early: null", "ended_early: 2021-01-01"),
        EXAMPLE.read_text("utf-8").replace("until: 2028-02-08", "until: 2023-02-08"),  # ends before it begins
        TEMPLATE.read_text("utf-8")
        + "  - {id: lampiran-1-pegawai, dataset: a, party: kesatu, document: b, from: 2022-02-09}\n",
        "!!python/object/apply:os.getcwd []",  # no objects from YAML
        b"\xff\xfe\x00",
    ],
)
def test_faulty_register_opens_nothing(tmp_path: Path, content: str | bytes) -> None:
    file = tmp_path / "perjanjian.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(Misconfigured) as caught:
        register(file)
    assert caught.value.reason == "agreement-unreadable"
    assert str(tmp_path) not in caught.value.sentence("id")


def test_missing_register_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured) as caught:
        register(tmp_path / "perjanjian.yaml")
    assert caught.value.reason == "agreement-missing"


def test_change_of_the_file_takes_effect_at_once(tmp_path: Path) -> None:
    file = tmp_path / "perjanjian.yaml"
    file.write_bytes(EXAMPLE.read_bytes())
    assert register(file) is register(file)
    assert in_force(register(file), date(2026, 1, 1))
    file.write_bytes(TEMPLATE.read_bytes())
    assert not in_force(register(file), date(2026, 1, 1))
    file.unlink()
    with pytest.raises(Misconfigured):
        register(file)


def test_change_within_the_same_tick_and_size_takes_effect(tmp_path: Path) -> None:
    file, aside = tmp_path / "perjanjian.yaml", tmp_path / "new.yaml"
    file.write_bytes(EXAMPLE.read_bytes())
    register(file)
    aside.write_bytes(EXAMPLE.read_bytes().replace(b"2028-02-08", b"2024-02-10"))
    state = file.stat()
    os.utime(aside, ns=(state.st_atime_ns, state.st_mtime_ns))
    aside.replace(file)
    assert not in_force(register(file), date(2026, 1, 1))


def test_shipped_register_holds_the_real_agreement_only() -> None:
    real = register(TEMPLATE)
    assert [(p.first, p.last, p.example) for p in real.periods] == [(SIGNED, LAST, False)]


def test_example_register_adds_one_extension_that_says_so() -> None:
    real, example = register(TEMPLATE), register(EXAMPLE)
    assert (example.agreement, example.grants) == (real.agreement, real.grants)
    [_real, added] = example.periods
    assert (added.first, added.last, added.example) == (LAST + DAY, date(2028, 2, 8), True)
    assert "CONTOH – bukan dokumen nyata" in added.document


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2024, 2, 8, 16, 59, tzinfo=UTC), date(2024, 2, 8)),  # 23.59 in Jakarta
        (datetime(2024, 2, 8, 17, 0, tzinfo=UTC), date(2024, 2, 9)),  # midnight there, still the 8th in UTC
    ],
)
def test_day_is_that_of_jakarta(moment: datetime, day: date) -> None:
    assert today(moment) == day
