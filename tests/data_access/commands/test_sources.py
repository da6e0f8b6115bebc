"""prepare and mapping: from a file on a desk to a delivery that is accepted, by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from data_access.commands import sources
from data_access.commands.output import refusing
from data_access.governance import audit
from data_access.intake.mapping import register
from data_access.intake.mapping.text import read_mapping, write_mapping
from data_access.state import engine
from tests.data_access.intake.odd_files import LONG, long_rows, report_on, same, text_file
from tests.world import World

GOOD = text_file(long_rows(labels=True), delimiter=";")
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(bare_stage: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    app = typer.Typer()
    app.command("prepare")(sources.prepare)
    app.add_typer(sources.app, name="mapping")

    def once(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["data_access", *(str(argument) for argument in arguments)])
        capsys.readouterr()
        code = refusing(app)
        return (code, *capsys.readouterr())

    return once


def test_from_a_file_to_an_accepted_delivery(command: Command, bare_stage: World, tmp_path: Path) -> None:
    file, yaml = tmp_path / "Rekap Juni.csv", tmp_path / "rekap.yaml"
    file.write_bytes(GOOD)
    assert command("mapping", "propose", file, "--out", yaml)[0] == 0
    assert read_mapping(yaml.read_text("utf-8")).proposal
    assert command("mapping", "save", yaml, "--name", "rekap", "--note", "pertama")[0] == 0
    code, out, err = command(
        "prepare", file, "--date", "2022-06-30", "--mapping", "rekap@1", "--out", tmp_path / "k", "--total", "60"
    )
    assert (code, err) == (0, "")
    assert str(tmp_path / "k") in out
    report = report_on(tmp_path / "k")
    assert report.accepted
    assert report.findings == ()
    assert same(report.cube)


def test_a_saved_mapping_is_listed_shown_and_recorded(command: Command, bare_stage: World, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(write_mapping(LONG), "utf-8")
    command("mapping", "save", tmp_path / "m.yaml", "--note", "semester satu")
    listed = command("mapping", "list")[1]
    assert "rekap@1" in listed
    assert "semester satu" in listed
    assert read_mapping(command("mapping", "show", "rekap")[1]) == LONG
    state = engine(bare_stage.settings.state)
    event = audit.search(state, limit=1)[0].event
    assert (event.action, event.detail) == ("mapping-save", "rekap@1")
    assert (event.account or "").startswith("cli:")
    assert register.load(state, "rekap").created_by == event.account


def test_a_mapping_may_come_from_a_file(command: Command, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(write_mapping(LONG), "utf-8")
    (tmp_path / "a.csv").write_bytes(GOOD)
    found = command(
        "prepare", tmp_path / "a.csv", "--date", "2022-06-30", "--mapping", tmp_path / "m.yaml", "--out", tmp_path / "k"
    )
    assert found[0] == 0
    assert report_on(tmp_path / "k").accepted


def test_a_proposal_can_be_looked_at_first(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(GOOD)
    code, out, _err = command("mapping", "propose", tmp_path / "a.csv")
    assert code == 0
    assert read_mapping(out).proposal


def test_what_is_missing_in_a_proposal_is_said(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"Instansi;Jumlah\nKab. Bandung;12\n")
    _code, out, _err = command("mapping", "propose", tmp_path / "a.csv", "--out", tmp_path / "m.yaml")
    assert "jenjang" in out


REFUSED = [
    (("mapping", "show", "lain"), "lain"),
    (("mapping", "show", "rekap@baru"), "rekap@3"),
    (("mapping", "show", "tidak-ada.yaml"), "tidak-ada.yaml"),
    (("mapping", "propose", "tidak-ada.csv"), "tidak-ada.csv"),
    (("mapping", "propose", "a.csv", "--dataset", "gaji"), "gaji"),
    (("mapping", "propose", "laporan.csv"), "PDF"),
    (("mapping", "propose", "gaji.csv"), "gaji.csv"),
    (("prepare", "kosong.csv", "--date", "2022-06-30", "--out", "k"), "kosong.csv"),
    (("prepare", "tidak-ada.csv", "--date", "2022-06-30", "--out", "k"), "tidak-ada.csv"),
    (("mapping", "propose", "a.csv", "--out", "a.csv"), "a.csv"),
]


@pytest.mark.parametrize(("arguments", "named"), REFUSED)
def test_a_refusal_is_one_sentence(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], named: str
) -> None:
    (tmp_path / "a.csv").write_bytes(GOOD)
    (tmp_path / "laporan.csv").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    (tmp_path / "gaji.csv").write_bytes(b"nama;gaji\nbudi;12\nsari;13\n")
    (tmp_path / "kosong.csv").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    code, out, err = command(*arguments)
    assert (code, out) == (1, "")
    assert named in err
    assert "Traceback" not in err
