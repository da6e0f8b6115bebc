"""A release's manifest is believed only with its signature, under its own name, and with the file it describes."""

import hmac
import json
from pathlib import Path

import pytest

from data_access.errors import Damaged
from data_access.keys import key
from data_access.release import manifest as manifests
from data_access.release.manifest import DATABASE, NAME
from tests.world import World


def folder_and_key(world: World) -> tuple[Path, bytes]:
    return world.settings.releases / "0003", key(world.settings.keys, "manifest")


def test_a_sound_release_is_verified(world: World) -> None:
    folder, secret = folder_and_key(world)
    assert manifests.verify(folder, secret).id == "0003"


def fields(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The address of every single value in a JSON document."""
    if isinstance(value, dict):
        return [found for name, part in value.items() for found in fields(part, (*path, name))]
    if isinstance(value, list):
        return [found for i, part in enumerate(value) for found in fields(part, (*path, i))]
    return [path]


def test_every_single_field_is_signed(own_world: World) -> None:
    """Each value is changed alone; none may go unnoticed."""
    folder, secret = folder_and_key(own_world)
    sound = json.loads((folder / NAME).read_text("utf-8"))
    addresses = fields(sound)
    assert len(addresses) > 30
    for path in addresses:
        changed = json.loads(json.dumps(sound))
        place = changed
        for step in path[:-1]:
            place = place[step]
        before = place[path[-1]]
        place[path[-1]] = (
            (not before) if isinstance(before, bool) else before + 1 if isinstance(before, int) else f"{before}0"
        )
        (folder / NAME).write_text(json.dumps(changed), "utf-8")
        with pytest.raises(Damaged):
            manifests.read(folder, secret)


def test_a_release_under_another_name_is_not_believed(own_world: World) -> None:
    folder, secret = folder_and_key(own_world)
    moved = folder.rename(folder.parent / "0009")
    with pytest.raises(Damaged):
        manifests.verify(moved, secret)


@pytest.mark.parametrize("name", [f"{DATABASE}.wal", f"{DATABASE}.wal.checkpoint", f"{DATABASE}.tmp"])
def test_nothing_may_lie_beside_the_database_under_its_name(own_world: World, name: str) -> None:
    folder, secret = folder_and_key(own_world)
    (folder / name).touch()
    with pytest.raises(Damaged):
        manifests.verify(folder, secret)


def test_a_release_of_an_older_version_stays_verifiable(own_world: World) -> None:
    """A field that a later version added is not in the text that was signed."""
    folder, secret = folder_and_key(own_world)
    content = json.loads((folder / NAME).read_text("utf-8"))
    older = {name: value for name, value in content.items() if name not in ("mac", "record_key")}
    mac = hmac.new(secret, json.dumps(older, sort_keys=True).encode(), "sha256").hexdigest()
    (folder / NAME).write_text(json.dumps(older | {"mac": mac}), "utf-8")
    assert manifests.verify(folder, secret).record_key == ""
