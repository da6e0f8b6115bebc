"""Damaged deliveries: each is refused with file, row, column, value and rule, and nothing that is served changes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data_access.errors import Rejected
from data_access.intake.findings import Finding
from data_access.intake.manifest import NAME, sha256
from data_access.release import shelf
from data_access.release.manifest import DATABASE
from data_access.release.publish import publish
from tests.data_access.intake.spoiling import CELLS, CLAIMS, FOLDERS, FRAME, IDS, REJECTED, Spoil, report_on, row_of
from tests.world import EARLY, World, deliver


@pytest.mark.parametrize(("name", "spoil", "file", "rule", "column", "value"), CELLS, ids=IDS)
def test_a_damaged_cell_is_found_and_named(
    tmp_path: Path, name: str, spoil: Spoil, file: str, rule: str, column: str, value: str
) -> None:
    report = report_on(deliver(tmp_path / "k", spoil(FRAME), EARLY, file=file, total=FRAME.height))
    assert not report.accepted
    assert report.cube.is_empty()
    found = [f for f in report.of("error") if f.rule == rule]
    assert found
    assert {f.file for f in found} == {file}
    assert (found[0].column, found[0].value) == (column, value)
    if rule != "cell-twice":
        assert [f.row for f in found] == [row_of(spoil, file)]
    else:
        assert sorted(f.row or 0 for f in found) == [7, FRAME.height + 1]
    assert all(
        "{" not in f.sentence(language) and len(f.sentence(language)) > 15 for f in found for language in ("id", "en")
    )


@pytest.mark.parametrize(("name", "spoil", "reason"), FOLDERS, ids=[f[0] for f in FOLDERS])
def test_a_delivery_that_cannot_be_read_is_rejected_with_a_sentence(
    tmp_path: Path, name: str, spoil: Callable[[Path], object], reason: str
) -> None:
    folder = deliver(tmp_path / "k", FRAME, EARLY)
    spoil(folder)
    if reason == "delivery-rejected":
        assert {f.rule for f in report_on(folder).of("error")} == {"unknown-code"}
        return
    with pytest.raises(Rejected) as caught:
        report_on(folder)
    assert caught.value.reason == reason
    assert all("{" not in caught.value.sentence(language) for language in ("id", "en"))


@pytest.mark.parametrize(("name", "claim", "rule"), CLAIMS, ids=[c[0] for c in CLAIMS])
def test_a_manifest_that_claims_something_else_is_found(
    tmp_path: Path, name: str, claim: dict[str, Any], rule: str
) -> None:
    report = report_on(deliver(tmp_path / "k", FRAME, EARLY, **claim))
    (finding,) = report.of("error")
    assert (finding.rule, finding.file) == (rule, NAME)
    assert "{" not in finding.sentence("en")


def test_no_rejected_delivery_changes_what_is_served(own_world: World, tmp_path: Path) -> None:
    """All of the deliveries above, one after another, against one shelf."""
    settings = own_world.settings

    def served() -> tuple[str, str, str, list[str], int]:
        folder = shelf.current(settings.releases)
        vault = sum(1 for _file in settings.vault.rglob("*"))
        pointer = (settings.releases / shelf.POINTER).read_text()
        return (
            folder.name,
            pointer,
            sha256(folder / DATABASE),
            sorted(f.name for f in settings.releases.iterdir()),
            vault,
        )

    before = served()
    for i, (name, make) in enumerate(REJECTED):
        delivery = make(tmp_path / f"k{i}", FRAME)
        with pytest.raises(Rejected):
            publish([delivery], by="uji", settings=settings, accept_warnings="uji")
        assert served() == before, name


def test_a_finding_reads_in_both_languages() -> None:
    finding = Finding("error", "x", "Kolom {column} kosong.", {"column": "status"})
    assert finding.sentence("id") == "Kolom status kosong."
    assert "status" in finding.sentence("en")
