"""Why a cell is hidden: from public rules alone, and the same sentence for every cell below the threshold."""

from datetime import date

import pytest

from data_access.access.hidden import why
from data_access.access.query import Query
from data_access.access.result import Kind, State

DAY, EARLY = date(2025, 6, 30), date(2021, 6, 30)
SUPPRESSED, UNAVAILABLE = State.SUPPRESSED, State.UNAVAILABLE


def reason(where: dict[str, tuple[str, ...]], state: State, kind: Kind = Kind.PERSONS, day: date = DAY) -> str:
    found = why(Query("pegawai", where=where), state, kind, day, admitted=True)
    return found.template.format(**{name: getattr(fact, "id", fact) for name, fact in found.facts.items()})


@pytest.mark.parametrize(
    ("where", "state", "kind", "day", "words"),
    [
        ({"status": ("PNS",)}, SUPPRESSED, Kind.PERSONS, DAY, "mungkin nol"),
        ({"status": ("PNS",)}, SUPPRESSED, Kind.SHARE, DAY, "tidak dihitung"),
        ({"status": ("PNS",), "golongan": ("PPPK",)}, UNAVAILABLE, Kind.PERSONS, DAY, "PNS dan CPNS tidak memakai"),
        (
            {"status": ("CPNS",), "golongan_ruang": ("PPPK-IX",)},
            UNAVAILABLE,
            Kind.PERSONS,
            DAY,
            "tidak memakai golongan",
        ),
        ({"provinsi": ("93",)}, UNAVAILABLE, Kind.PERSONS, EARLY, "baru berlaku sejak"),
        ({"provinsi": ("93",)}, UNAVAILABLE, Kind.GROWTH, DAY, "paling sedikit 50"),
        ({"provinsi": ("93",)}, UNAVAILABLE, Kind.YEARS, DAY, "paling sedikit 30"),
        ({"provinsi": ("93",)}, UNAVAILABLE, Kind.SHARE, DAY, "pembandingnya"),
    ],
)
def test_the_reason_of_a_cell(
    where: dict[str, tuple[str, ...]], state: State, kind: Kind, day: date, words: str
) -> None:
    assert words in reason(where, state, kind, day)


def test_a_combination_that_the_date_lacks_is_told() -> None:
    found = why(Query("pegawai", where={"status": ("PNS",)}), UNAVAILABLE, Kind.PERSONS, DAY, admitted=False)
    assert "tidak diterbitkan" in found.template


def test_cells_below_the_threshold_get_one_sentence() -> None:
    """Whether it holds nobody or a few, and whether it lies in an agency or a province, is not told apart."""
    cells: list[dict[str, tuple[str, ...]]] = [
        {"status": ("PNS",)},
        {"provinsi": ("33",), "jenis_kelamin": ("P",)},
        {"status": ("PNS",), "golongan": ("PPPK",)},
        {},
    ]
    assert len({reason(where, SUPPRESSED) for where in cells}) == 1
