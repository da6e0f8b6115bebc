"""No damaged file changes what is served: pointer, release and vault are the same after each of them."""

from pathlib import Path

import pytest

from data_access.errors import Rejected
from data_access.intake.mapping.model import Mapping
from data_access.intake.readers.limits import USUAL
from data_access.release import shelf
from data_access.release.manifest import DATABASE
from data_access.release.publish import publish
from tests.data_access.intake.mapping.test_text import MAPPINGS
from tests.data_access.intake.odd_files import (
    LONG,
    long_rows,
    mapped,
    workbook,
)
from tests.data_access.intake.test_damaged_files import FOUND
from tests.data_access.intake.test_refused_files import REFUSED
from tests.world import World

LABELS = long_rows(labels=True)
XLSX = "a.xlsx"


def test_no_damaged_file_changes_what_is_served(own_world: World, tmp_path: Path) -> None:
    """All of the deliveries above that are no use under the usual limits, one after another, against one shelf."""
    settings = own_world.settings
    wrong: list[tuple[str, dict[str, bytes], Mapping | str]] = [
        *((c.name, {c.file: c.content}, c.mapping) for c in FOUND if c.severity == "error"),
        *((name, {file: content}, LONG) for name, file, content, limits, _reason in REFUSED if limits == USUAL),
        *((name, {XLSX: workbook({"S": LABELS})}, text) for name, text, _reason in MAPPINGS),
    ]

    def served() -> tuple[str, bytes, list[str], list[tuple[str, int]]]:
        pointer = (settings.releases / shelf.POINTER).read_text()
        database = (shelf.current(settings.releases) / DATABASE).read_bytes()
        vault = sorted((str(file), file.stat().st_size) for file in settings.vault.rglob("*"))
        return pointer, database, sorted(file.name for file in settings.releases.iterdir()), vault

    before = served()
    for i, (name, files, mapping) in enumerate(wrong):
        delivery = mapped(tmp_path / f"k{i}", files, mapping)
        with pytest.raises(Rejected):
            publish([delivery], by="uji", settings=settings, accept_warnings="uji")
        assert served() == before, name
