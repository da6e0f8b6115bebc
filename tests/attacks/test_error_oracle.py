"""Who reads error messages learns neither what exists behind the scope nor any value, and leaves a record."""

from datetime import date
from typing import Any

import pytest

from data_access.access.query import Query
from data_access.errors import AsnError, Refused
from data_access.governance import audit
from data_access.state import engine
from tests.attacks.values import asked
from tests.world import FOREIGN, World, dataset

# account, a level that its role does not see
HIDDEN = [
    ("pimpinan", "pendidikan"),
    ("pimpinan", "golongan_ruang"),
    ("wilayah", "kanreg"),
    ("tim-teknis", "golongan"),
    ("tim-teknis", "masa_kerja"),
]
UNKNOWN = "tidak_pernah_ada"

CLAUSES: dict[str, Any] = {
    "group": lambda name: {"by": (name,)},
    "second group": lambda name: {"by": ("provinsi", name)},
    "filter": lambda name: {"where": {name: ["33"]}},
    "filter with a code of the hidden level": lambda name: {"where": {name: ["VI", "45", "I/a", "PPPK"]}},
    "filter without codes": lambda name: {"where": {name: []}},
    "group and filter": lambda name: {"by": ("status",), "where": {name: ["x"]}},
    "too many groups": lambda name: {"by": ("provinsi", "status", "jenis_kelamin", "umur_5", name)},
    "twice": lambda name: {"by": (name, name)},
    "ordered": lambda name: {"by": (name,), "order": "nilai"},
    "another date": lambda name: {"by": (name,), "periods": (date(1999, 1, 1),)},
}


def refusal(world: World, account: str, query: Query) -> AsnError:
    with pytest.raises(AsnError) as caught:
        asked(world, account, query)
    return caught.value


@pytest.mark.parametrize("clause", CLAUSES)
@pytest.mark.parametrize(("account", "level"), HIDDEN)
def test_a_hidden_level_and_one_that_does_not_exist_give_the_same_answer(
    world: World, account: str, level: str, clause: str
) -> None:
    hidden, unknown = (refusal(world, account, Query("pegawai", **CLAUSES[clause](n))) for n in (level, UNKNOWN))
    assert type(hidden) is type(unknown) is Refused
    assert hidden.reason == unknown.reason == "level-unknown"
    for language in ("id", "en"):
        assert hidden.sentence(language).replace(level, "…") == unknown.sentence(language).replace(UNKNOWN, "…")


@pytest.mark.parametrize("clause", [{}, {"by": ("provinsi",)}, {"by": ("umur_5", "provinsi")}])
def test_a_foreign_code_and_one_that_does_not_exist_give_the_same_answer(world: World, clause: dict[str, Any]) -> None:
    foreign, unknown = (
        refusal(world, "wilayah", Query("pegawai", where={"provinsi": ["33", code]}, **clause))
        for code in (FOREIGN, "00")
    )
    assert foreign.reason == unknown.reason == "code-unknown"
    assert foreign.sentence("id").replace(FOREIGN, "…") == unknown.sentence("id").replace("00", "…")


def test_a_dataset_without_a_right_and_one_that_does_not_exist_give_the_same_answer(world: World) -> None:
    known, unknown = (refusal(world, "pengelola", Query(name)) for name in ("pegawai", "gaji"))
    assert known.reason == unknown.reason == "dataset-unknown"
    assert known.sentence("id").replace("pegawai", "…") == unknown.sentence("id").replace("gaji", "…")


def test_combinations_named_as_near_are_within_the_scope(world: World) -> None:
    """The help for a question that is not admitted must not list columns that the role does not see."""
    told = 0
    for account in ("pimpinan", "tim-teknis", "wilayah"):
        levels = world.viewer(account).role.datasets["pegawai"].levels
        for by in (("instansi", "tahun_bup"), ("instansi", "jenjang"), ("umur_5", "instansi")):
            try:
                asked(world, account, Query("pegawai", by=by, where={"provinsi": ["33"], "status": ["PNS"]}))
            except AsnError as error:
                if error.reason != "not-admitted":
                    continue
                told += 1
                near = error.sentence("id").split("Yang terdekat: ")[1].rstrip(".")
                known = {dataset().levels[level].label.id for level in levels}
                assert {name for combination in near.split("; ") for name in combination.split(" × ")} <= known
    assert told >= 3


PROBES: list[dict[str, Any]] = [
    {"by": ("instansi", "tahun_bup", "jenjang")},
    {"by": ("instansi", "provinsi", "umur_5")},
    {"by": ("jenjang", "golongan_ruang", "pendidikan")},
    {"by": ("umur_5", "umur_bkn")},
    {"where": {"provinsi": []}},
    {"where": {"provinsi": ["00"]}},
    {"by": ("a",)},
]


@pytest.mark.parametrize("probe", PROBES, ids=str)
def test_an_error_names_nothing_that_was_counted(world: World, probe: dict[str, Any]) -> None:
    """Facts are names, limits and the size of the grid, which follows from the question alone."""
    error = refusal(world, "analis", Query("pegawai", **probe))
    assert set(error.facts) <= {"level", "code", "limit", "rows", "nearby", "day", "latest", "measure", "order"}
    for language in ("id", "en"):
        assert "{" not in error.sentence(language)
        assert "Traceback" not in error.sentence(language)


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("wilayah", {"where": {"provinsi": [FOREIGN]}}, "code-unknown"),
    ("wilayah", {"by": ("instansi",)}, "place-needed"),
    ("pimpinan", {"by": ("pendidikan",)}, "level-unknown"),
    ("pimpinan", {"by": ("status", "jenis_kelamin", "umur_5")}, "too-many-dimensions"),
    ("pengelola", {}, "dataset-unknown"),
    ("analis", {"by": ("umur_5", "umur_bkn")}, "dimension-twice"),
    ("analis", {"by": ("instansi", "tahun_bup", "jenjang")}, "not-admitted"),
    ("analis", {"where": {"status": []}}, "filter-empty"),
    ("tanpa-wilayah", {}, "rows-missing"),
]


@pytest.mark.parametrize(("account", "question", "reason"), REFUSED, ids=[r[2] for r in REFUSED])
def test_every_refusal_is_recorded_with_its_reason(
    world: World, account: str, question: dict[str, Any], reason: str
) -> None:
    query = Query("pegawai", **question)
    assert refusal(world, account, query).reason == reason
    newest = audit.search(engine(world.settings.state), limit=1)[0].event
    assert (newest.action, newest.decision, newest.reason) == ("ask", "refused", reason)
    assert (newest.account, newest.query) == (account, query.canonical)
    assert (newest.rows, newest.result_sha256, newest.release) == (None, None, None)


def test_text_without_a_written_form_is_refused_recorded_and_told(world: World) -> None:
    """A lone surrogate has no UTF-8 form; it reaches neither the record nor the sentence as it is."""
    error = refusal(world, "analis", Query("pegawai", where={"provinsi": ["\ud800"]}))
    assert isinstance(error, Refused)
    assert error.sentence("id").encode()
