"""An older release, asked by name, must be no way around: not to protected cells, nor past role, place, agreement or audit."""

from pathlib import Path
from typing import Any

import pytest

from data_access.access import releases
from data_access.access.query import Query
from data_access.access.result import Protected
from data_access.contract import contract
from data_access.contract.model import PublicCells
from data_access.errors import AsnError, Damaged, Refused
from data_access.governance import audit
from data_access.release import shelf
from data_access.release.manifest import DATABASE
from data_access.state import engine
from tests import oracle
from tests.attacks.values import shown
from tests.ui_world import end_agreement
from tests.world import EARLY, FOREIGN, LATE, MIDDLE, NATIONWIDE, OWN, World, dataset

OLD, OLDER, SERVED = "0002", "0001", "0003"
EVERY_AGE = list(dataset().levels["umur_5"].by_code)


def asked_of(world: World, release: str, name: str, query: Query) -> Protected:
    return world.gateway().ask(world.viewer(name), query, release=release)


def reason(world: World, release: str, name: str, query: Query) -> str:
    with pytest.raises(AsnError) as caught:
        asked_of(world, release, name, query)
    return caught.value.reason


PROTECTED: list[tuple[dict[str, Any], str]] = [
    ({"by": ("umur_5", "jenis_kelamin")}, "two groups"),
    ({"by": ("umur_5",), "where": {"jenis_kelamin": ["P"]}}, "a filter in place of a group"),
    ({"where": {"umur_5": ["21-25"], "jenis_kelamin": ["P"]}}, "one cell"),
    ({"where": {"umur_5": EVERY_AGE[1:], "jenis_kelamin": ["P"]}}, "all but one"),
    ({"by": ("umur_bkn",), "where": {"status": ["PNS"]}}, "a level summed from a finer one"),
    ({"by": ("tahun_bup",)}, "one dimension that the books do not print"),
    ({"by": ("provinsi", "jenis_kelamin")}, "by place"),
    ({"by": ("instansi", "status")}, "by agency"),
    ({"by": ("status", "jenis_kelamin", "kelompok_instansi")}, "two official tables crossed"),
    ({"by": ("generasi",), "where": {"umur_5": ["21-25"]}}, "two levels of one dimension"),
]


@pytest.mark.parametrize("release", [OLD, OLDER])
@pytest.mark.parametrize(("question", "why"), PROTECTED, ids=[why for _question, why in PROTECTED])
def test_an_older_release_gives_no_protected_cell(
    world: World, release: str, question: dict[str, Any], why: str
) -> None:
    for name in ("analis", "pemilik"):
        assert reason(world, release, name, Query("pegawai", **question)) == "release-not-served"


@pytest.mark.parametrize("levels", dataset().public.all, ids=lambda levels: "-".join(levels) or "total")
def test_official_figures_of_an_older_release_are_exact(world: World, levels: tuple[str, ...]) -> None:
    answer = asked_of(world, OLDER, "analis", Query("pegawai", by=levels))
    assert answer.official
    assert answer.margin == 0
    assert (answer.source.release, answer.source.periods) == (OLDER, (EARLY,))
    true = oracle.counted(world.people[EARLY], levels, {})
    displayed = {row[1:]: value for row, value in shown(answer).items() if value}
    assert displayed == true


def test_a_choice_of_all_codes_brings_nothing_but_the_official_figure(world: World) -> None:
    """Read as a filter it would need a protected table; it is none."""
    whole = asked_of(world, OLD, "analis", Query("pegawai", by=("status",)))
    chosen = asked_of(world, OLD, "analis", Query("pegawai", by=("status",), where={"umur_5": EVERY_AGE}))
    assert chosen.official
    assert shown(chosen) == shown(whole)


def test_what_a_release_answered_while_it_was_served_is_not_found_again(own_world: World) -> None:
    gateway, viewer = own_world.gateway(), own_world.viewer("analis")
    question = Query("pegawai", by=("umur_5", "jenis_kelamin"), periods=(MIDDLE,))
    shelf.point(own_world.settings.releases, OLD)
    for named in ("", OLD):
        assert gateway.ask(viewer, question, release=named).source.release == OLD
    shelf.point(own_world.settings.releases, SERVED)
    with pytest.raises(Refused) as caught:
        gateway.ask(viewer, question, release=OLD)
    assert caught.value.reason == "release-not-served"
    shelf.point(own_world.settings.releases, OLD)
    assert gateway.ask(viewer, question, release=OLD).source.release == OLD


def test_the_served_release_by_its_name_answers_as_without(world: World) -> None:
    question = Query("pegawai", by=("provinsi", "umur_5"))
    assert shown(asked_of(world, SERVED, "analis", question)) == shown(asked_of(world, "", "analis", question))


# account, question, reason of the refusal, why it is worth a try
SAME_RULES: list[tuple[str, dict[str, Any], str, str]] = [
    ("pimpinan", {"by": ("pendidikan",)}, "level-unknown", "a column hidden from the role"),
    ("pimpinan", {"by": ("golongan_ruang",)}, "level-unknown", "official, but hidden from the role"),
    ("pimpinan", {"where": {"pendidikan": ["45"]}}, "level-unknown", "hidden, as a filter"),
    ("pengelola", {}, "dataset-unknown", "a role without data"),
    ("tanpa-wilayah", {}, "rows-missing", "a limited role without a place"),
    ("wilayah", {"where": {"provinsi": [FOREIGN]}}, "code-unknown", "another province"),
    ("wilayah", {"by": ("kanreg",)}, "level-unknown", "the parent of the provinces"),
    ("wilayah", {"by": ("instansi",)}, "place-needed", "official, but not of the baseline"),
    ("analis", {"by": ("status", "status")}, "dimension-twice", "no question at all"),
    ("analis", {"by": ("status",), "periods": (LATE,)}, "period-unknown", "a date that came later"),
]


@pytest.mark.parametrize(("name", "question", "expected", "why"), SAME_RULES, ids=[row[3] for row in SAME_RULES])
def test_role_place_and_question_are_checked_as_for_the_served_release(
    world: World, name: str, question: dict[str, Any], expected: str, why: str
) -> None:
    assert reason(world, OLD, name, Query("pegawai", **question)) == expected


def test_a_limited_viewer_sees_own_provinces_of_an_older_release(world: World) -> None:
    answer = asked_of(world, OLD, "wilayah", Query("pegawai", by=("provinsi", "status")))
    assert set(answer.frame["provinsi"]) == set(OWN)
    assert asked_of(world, OLD, "wilayah", Query("pegawai", by=("status",))).official


def test_the_end_of_the_agreement_ends_older_releases_too(own_world: World) -> None:
    gateway, viewer = own_world.gateway(), own_world.viewer("analis")
    gateway.ask(viewer, Query("pegawai"), release=OLD)
    end_agreement(own_world)
    with pytest.raises(Refused):
        gateway.ask(viewer, Query("pegawai"), release=OLD)
    assert gateway.ask(own_world.viewer("pemilik"), Query("pegawai"), release=OLD).official


def test_figures_that_are_no_longer_official_are_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The release still marks them; the contract of today decides."""
    question = Query("pegawai", by=("jenjang",))
    assert asked_of(world, OLD, "analis", question).official
    described = dataset().model_copy(update={"public": PublicCells(national=((),))})
    today = contract().model_copy(update={"datasets": {"pegawai": described}})
    monkeypatch.setattr(releases, "contract", lambda: today)
    assert reason(world, OLD, "analis", question) == "release-not-served"
    assert asked_of(world, OLD, "analis", Query("pegawai")).official


PATHS = [".", "..", "../0001", "0001/", ".building-0004", "current"]
STRANGE = [*PATHS, "0009", "1", " 0001", "0001\n", "٠٠٠١", "\ud800", "0" * 500]


def recorded(world: World, name: str, since: int) -> list[audit.Event]:
    """What the audit holds of the account's questions after record `since`."""
    found = audit.search(engine(world.settings.state), account=name, action="ask")
    return [entry.event for entry in found if entry.seq > since]


@pytest.mark.parametrize("release", STRANGE, ids=ascii)
def test_a_name_that_is_no_release_is_refused_and_recorded(own_world: World, release: str) -> None:
    (own_world.settings.releases / ".building-0004").mkdir()
    since, _mac = audit.anchor(engine(own_world.settings.state))
    assert reason(own_world, release, "analis", Query("pegawai")) == "release-unknown"
    [event] = recorded(own_world, "analis", since)
    assert (event.decision, event.reason) == ("refused", "release-unknown")
    assert str(event.release) == release[:80].encode("ascii", "backslashreplace").decode()


@pytest.mark.parametrize("name", NATIONWIDE)
def test_every_answer_and_refusal_is_recorded_with_the_release_it_was_asked_of(own_world: World, name: str) -> None:
    since, _mac = audit.anchor(engine(own_world.settings.state))
    asked_of(own_world, OLDER, name, Query("pegawai", by=("status",)))
    reason(own_world, OLD, name, Query("pegawai", by=("status", "umur_5")))
    asked_of(own_world, "", name, Query("pegawai"))
    told = {(event.release, event.decision, event.reason) for event in recorded(own_world, name, since)}
    grant = {"pemilik": "owner", "tim-data": "owner"}.get(name, "lampiran-1-pegawai")
    assert told == {
        (OLDER, "allowed", grant),
        (OLD, "refused", "release-not-served"),
        (SERVED, "allowed", grant),
    }


def spoiled(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_a_damaged_older_release_is_not_opened_and_the_served_one_goes_on(own_world: World) -> None:
    spoiled(own_world.settings.releases / OLD / DATABASE)
    with pytest.raises(Damaged) as caught:
        asked_of(own_world, OLD, "analis", Query("pegawai"))
    assert caught.value.reason == "release-damaged"
    assert asked_of(own_world, "", "analis", Query("pegawai")).source.release == SERVED


def test_without_a_release_being_served_no_older_one_answers(own_world: World) -> None:
    (own_world.settings.releases / shelf.POINTER).unlink()
    assert reason(own_world, OLD, "analis", Query("pegawai")) == "release-none"
