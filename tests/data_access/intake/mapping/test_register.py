"""Versions of a mapping: only ever added, each with its record, none that is invalid or says nothing new."""

from typing import Any

import pytest

from data_access.errors import Rejected
from data_access.governance import audit
from data_access.governance.audit import Event
from data_access.intake.mapping import register
from data_access.intake.mapping.text import with_labels, write_mapping
from data_access.state import engine
from tests.data_access.intake.odd_files import LONG
from tests.world import World

EVENT = Event(action="mapping-save", decision="allowed", account="tim-data")
OTHER = with_labels(LONG, {"status": {"Honor": "PPPK-PW"}})


def saved(world: World, content: str, *, name: str = "rekap", dataset: str = "pegawai", **more: Any) -> int:
    state = engine(world.settings.state)
    return register.save(
        state, world.audit_key, EVENT, name=name, dataset=dataset, content=content, note="uji", by="tim-data", **more
    )


def records(world: World) -> list[str | None]:
    return [one.event.detail for one in audit.search(engine(world.settings.state), action="mapping-save")]


def test_each_version_is_kept_with_who_and_why(bare_world: World) -> None:
    assert [saved(bare_world, write_mapping(one)) for one in (LONG, OTHER, LONG)] == [1, 2, 3]
    assert saved(bare_world, write_mapping(LONG), name="lain") == 1
    state = engine(bare_world.settings.state)
    assert [(v.name, v.version) for v in register.versions(state)] == [
        ("lain", 1),
        ("rekap", 3),
        ("rekap", 2),
        ("rekap", 1),
    ]
    assert [v.version for v in register.versions(state, "rekap")] == [3, 2, 1]
    second = register.load(state, "rekap", 2)
    assert (second.mapping, second.note, second.created_by) == (OTHER, "uji", "tim-data")
    assert register.load(state, "rekap").version == 3
    assert register.load(state, "lain").mapping.name == "lain"
    assert records(bare_world) == ["lain@1", "rekap@3", "rekap@2", "rekap@1"]


def test_a_version_is_held_against_the_one_it_was_made_from(bare_world: World) -> None:
    for one in (LONG, OTHER):
        saved(bare_world, write_mapping(one))
    with pytest.raises(Rejected) as caught:
        saved(bare_world, write_mapping(LONG), base=1)
    assert (caught.value.reason, caught.value.facts["version"]) == ("mapping-same", 1)
    assert saved(bare_world, write_mapping(OTHER), base=1) == 3  # back from version 1 to what version 2 said


def test_an_incomplete_mapping_is_kept_as_a_draft_only(bare_world: World) -> None:
    columns = {name: target for name, target in LONG.columns.items() if target != "jenjang"}
    lacking = write_mapping(LONG.model_copy(update={"columns": columns}))
    with pytest.raises(Rejected) as caught:
        saved(bare_world, lacking)
    assert (caught.value.reason, caught.value.facts["columns"]) == ("mapping-incomplete", "jenjang")
    saved(bare_world, lacking, draft=True)
    kept = register.load(engine(bare_world.settings.state), "rekap").mapping
    assert (kept.proposal, kept.missing) == (True, ("jenjang",))


def test_who_saves_a_proposal_stands_by_it(bare_world: World) -> None:
    saved(bare_world, write_mapping(LONG.model_copy(update={"proposal": True, "missing": ("jenjang",)})))
    assert register.load(engine(bare_world.settings.state), "rekap").mapping == LONG


REFUSED = [
    ("the same again", write_mapping(LONG), {}, "mapping-same"),
    ("invalid", "columns: []", {}, "mapping-invalid"),
    ("for another dataset", write_mapping(OTHER), {"dataset": "gaji"}, "mapping-dataset"),
    ("a name with a path", write_mapping(OTHER), {"name": "../x"}, "mapping-name"),
    ("a name like a version", write_mapping(OTHER), {"name": "rekap@2"}, "mapping-name"),
]


@pytest.mark.parametrize(("why", "content", "other", "reason"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_refused_version_leaves_nothing_behind(
    bare_world: World, why: str, content: str, other: dict[str, str], reason: str
) -> None:
    saved(bare_world, write_mapping(LONG))
    with pytest.raises(Rejected) as caught:
        saved(bare_world, content, **other)
    assert caught.value.reason == reason
    assert len(register.versions(engine(bare_world.settings.state))) == len(records(bare_world)) == 1


@pytest.mark.parametrize(("name", "version"), [("lain", None), ("rekap", 7)])
def test_a_version_that_is_not_there_is_refused(bare_world: World, name: str, version: int | None) -> None:
    saved(bare_world, write_mapping(LONG))
    with pytest.raises(Rejected) as caught:
        register.load(engine(bare_world.settings.state), name, version)
    assert caught.value.reason == "mapping-unknown"
