"""aggregate: what the data owner sees, and that a refusal leaves nothing but the list of rows."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from data_access.governance.agreement import today
from data_access.intake.microdata.made_up import write_export
from data_access.words import LANGUAGES, text
from tests.data_access.commands.conftest import Run
from tests.world import World

DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ekspor") / "ekspor.txt"
    write_export(file, persons=4_000, day=DAY, seed=3, dirt=0.01)
    return file


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_export_becomes_a_delivery_that_is_accepted(
    bare_stage: World, run: Run, export: Path, tmp_path: Path, language: str
) -> None:
    arguments = ("--date", DAY, "--out", tmp_path / "kiriman", "--max-excluded", "0.05", "--example")
    outcome = run("aggregate", export, *arguments, language=language)
    assert outcome.code == 0, outcome.err
    for msgid in ("Temuan mutu", "Sebab disisihkan", "NIP ganda", "Kode tidak dikenal"):
        assert text(msgid, language) in outcome.out
    assert "kiriman.disisihkan.csv" in outcome.out
    checked = run("check", tmp_path / "kiriman")
    assert (checked.code, checked.out.count("\n")) == (0, 1)
    assert run("publish", tmp_path / "kiriman").code == 0


def test_too_many_rows_set_aside(bare_stage: World, run: Run, export: Path, tmp_path: Path) -> None:
    outcome = run("aggregate", export, "--date", DAY, "--out", tmp_path / "kiriman")
    assert (outcome.code, outcome.out) == (1, "")
    assert "Terlalu banyak baris yang tidak dapat digolongkan" in outcome.err
    assert "Lihat kiriman.disisihkan.csv." in outcome.err
    assert [file.name for file in tmp_path.glob("*kiriman*")] == ["kiriman.disisihkan.csv"]


def test_options_reach_the_aggregation(bare_stage: World, run: Run, export: Path, tmp_path: Path) -> None:
    reference = tmp_path / "acuan.csv"
    reference.write_text("id,kode\nA1,LB01\n", "utf-8")
    options = ("--date", DAY, "--max-excluded", "0.05", "--active", "01, 71", "--instansi", reference)
    outcome = run("aggregate", export, *options, "--out", tmp_path / "kiriman")
    assert outcome.code == 0, outcome.err
    assert "01 Aktif, 71 PPPK aktif" in (tmp_path / "kiriman" / "manifest.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"--date": today() + timedelta(days=1)}, "ada di masa depan"),
        ({"--active": "01,abc"}, "tidak dikenal: abc"),
        ({"--instansi": "tiada.csv"}, "tidak dapat dibaca"),
        ({"--out": "tiada/kiriman"}, "tidak ada. Buat dahulu"),
    ],
)
def test_wrong_options_are_refused_in_one_sentence(
    bare_stage: World, run: Run, export: Path, tmp_path: Path, change: dict[str, object], words: str
) -> None:
    options = {"--date": DAY, "--out": tmp_path / "kiriman"} | change
    outcome = run("aggregate", export, *(part for option in options.items() for part in option))
    assert (outcome.code, outcome.out) == (1, "")
    assert words in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1


def test_without_the_record_key_nothing_is_aggregated(
    bare_stage: World, run: Run, export: Path, tmp_path: Path
) -> None:
    (bare_stage.settings.keys / "record.key").unlink()
    outcome = run("aggregate", export, "--date", DAY, "--out", tmp_path / "kiriman")
    assert outcome.code == 1
    assert "Kunci record tidak ada" in outcome.err
    assert list(tmp_path.glob("kiriman*")) == []
