"""check, publish, releases, rollback: what is refused changes nothing that readers see."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data_access.folders import private_folder
from data_access.governance import audit
from data_access.governance.audit import Event
from data_access.governance.refresh_requests import Delivered, receive
from data_access.intake.manifest import NAME, sha256
from data_access.release import shelf
from data_access.release.manifest import DATABASE
from data_access.state import engine
from data_access.words import LANGUAGES, text
from tests import world as worlds
from tests.data_access.commands.conftest import Run
from tests.world import FILE, LATE, World, cube, deliver, moved_on

NEXT = date(2025, 11, 1)


def served_release(world: World) -> tuple[str, str, list[str]]:
    """Number and hash of the release that readers get, and what lies on the shelf."""
    folder = shelf.current(world.settings.releases)
    return folder.name, sha256(folder / DATABASE), shelf.names(world.settings.releases)


def good(world: World, folder: Path) -> Path:
    return deliver(folder / "kiriman", cube(moved_on(world.people[LATE], day=NEXT)), NEXT)


def few(world: World, folder: Path) -> Path:
    """Far fewer persons than before: a warning, no error."""
    return deliver(folder / "sedikit", cube(worlds.persons(20_000, day=NEXT)), NEXT)


def without_manifest(folder: Path) -> None:
    (folder / NAME).unlink()


def without_data(folder: Path) -> None:
    (folder / FILE).unlink()


def half_a_file(folder: Path) -> None:
    content = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(content[: len(content) // 2])


def changed_after_signing(folder: Path) -> None:
    content = bytearray((folder / FILE).read_bytes())
    content[100] ^= 1
    (folder / FILE).write_bytes(content)


def manifest_that_is_no_yaml(folder: Path) -> None:
    (folder / NAME).write_text("dataset: [")


def nothing_at_all(folder: Path) -> None:
    shutil.rmtree(folder)


def folder_is_a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("x")


def wrong_total(folder: Path) -> None:
    text_of = (folder / NAME).read_text("utf-8")
    (folder / NAME).write_text(text_of.replace("total: ", "total: 9"), "utf-8")


BROKEN = [
    without_manifest,
    without_data,
    half_a_file,
    changed_after_signing,
    manifest_that_is_no_yaml,
    nothing_at_all,
    folder_is_a_file,
    wrong_total,
]


@pytest.mark.parametrize("command", ["check", "publish"])
@pytest.mark.parametrize("spoil", BROKEN)
def test_half_written_or_changed_delivery_is_refused_and_nothing_changes(
    own_stage: World, run: Run, tmp_path: Path, spoil: Callable[[Path], None], command: str
) -> None:
    delivery, before = good(own_stage, tmp_path), served_release(own_stage)
    spoil(delivery)
    outcome = run(command, delivery)
    assert outcome.code == 1
    assert "Traceback" not in outcome.out + outcome.err
    assert bool(outcome.err.strip()) or "ditolak" in outcome.out
    assert len(outcome.err.strip().splitlines()) <= 1
    assert served_release(own_stage) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_tells_what_would_be_accepted_and_changes_nothing(
    own_stage: World, run: Run, tmp_path: Path, language: str
) -> None:
    before = served_release(own_stage)
    outcome = run("check", good(own_stage, tmp_path), language=language)
    assert (outcome.code, outcome.err) == (0, "")
    template = text("{day}: diterima, {total} orang.", language)
    assert template.split("{total}")[-1] in outcome.out
    assert served_release(own_stage) == before


@pytest.mark.parametrize("reason", ["", "   "])
def test_warnings_need_a_reason(own_stage: World, run: Run, tmp_path: Path, reason: str) -> None:
    before = served_release(own_stage)
    outcome = run("publish", few(own_stage, tmp_path), "--accept-warnings", reason)
    assert outcome.code == 1
    assert outcome.out.startswith("! ")
    assert 'Ada 1 peringatan. Terbitkan dengan alasan: --accept-warnings "alasan".' in outcome.err
    assert served_release(own_stage) == before
    assert not audit.search(engine(own_stage.settings.state), action="publish", since=None, text="keliru")


def test_publish_rollback_and_list(own_stage: World, run: Run, tmp_path: Path) -> None:
    """One journey: warned and accepted, listed, rolled back, forward again; each step recorded, audit sound."""
    state = engine(own_stage.settings.state)
    outcome = run("publish", few(own_stage, tmp_path), "--accept-warnings", "pensiun massal")
    assert outcome.code == 0, outcome.err
    assert "Rilis 0004 terbit dengan 4 snapshot." in outcome.out
    assert "kombinasi diterbitkan" in outcome.out
    assert served_release(own_stage)[0] == "0004"
    newest = audit.search(state, limit=1)[0].event
    assert (newest.action, newest.release, newest.reason) == ("publish", "0004", "pensiun massal")
    assert str(newest.account).startswith("cli:")

    listed = run("releases").out
    assert "→ 0004" in listed
    assert "pensiun massal" in listed
    assert run("ask", "pegawai", "--as", "analis", "--period", "2025-11-01").code == 0

    assert "Rilis 0002 kini disajikan." in run("rollback", "0002", "--reason", "salah kirim").out
    assert served_release(own_stage)[0] == "0002"
    assert "→ 0002" in run("releases").out
    newest = audit.search(state, limit=1)[0].event
    assert (newest.action, newest.release, newest.reason) == ("rollback", "0002", "salah kirim")
    assert newest.detail == "rilis 0002"
    assert "rilis 0002" in run("audit", "search", "--action", "rollback").out
    assert run("ask", "pegawai", "--as", "analis", "--period", "2025-11-01").code == 1
    assert run("rollback", "0004", "--reason", "ternyata benar").code == 0
    assert run("audit", "verify").code == 0


@pytest.mark.parametrize("reason", [(), ("--reason", "   "), ("--reason", "singkat")], ids=["none", "blank", "short"])
def test_rollback_needs_a_reason(own_stage: World, run: Run, reason: tuple[str, ...]) -> None:
    before = served_release(own_stage)
    outcome = run("rollback", "0002", *reason)
    assert (outcome.code, outcome.out) == (1, "")
    assert "--reason" in outcome.err
    assert served_release(own_stage) == before


@pytest.mark.parametrize("command", ["publish", "rollback"])
def test_where_two_accounts_must_sign_the_command_line_publishes_nothing(
    own_stage: World, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    before = served_release(own_stage)
    monkeypatch.setenv("ASN_FOUR_EYES", "true")
    back = ["0002", "--reason", "rilis terakhir keliru"]
    what: list[object] = [good(own_stage, tmp_path)] if command == "publish" else [*back]
    outcome = run(command, *what)
    assert (outcome.code, outcome.out) == (1, "")
    assert "persetujuan dua akun" in outcome.err
    assert served_release(own_stage) == before


@pytest.mark.parametrize("name", ["9999", "x", "../..", "", "0003/.."])
def test_rollback_to_a_release_that_is_not_there(own_stage: World, run: Run, name: str) -> None:
    before = served_release(own_stage)
    outcome = run("rollback", name, "--reason", "rilis terakhir keliru")
    assert (outcome.code, outcome.out) == (1, "")
    assert "tidak ada. Lihat daftar rilis" in outcome.err
    assert served_release(own_stage) == before


def test_rollback_to_a_damaged_release_keeps_the_one_served(own_stage: World, run: Run) -> None:
    before = served_release(own_stage)
    (own_stage.settings.releases / "0001" / DATABASE).write_bytes(b"x")
    outcome = run("rollback", "0001", "--reason", "rilis terakhir keliru")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("Rilis 0001 rusak")
    assert served_release(own_stage) == before


def test_publish_without_its_secret_leaves_readers_what_they_had(own_stage: World, run: Run, tmp_path: Path) -> None:
    before = served_release(own_stage)
    (own_stage.settings.keys / "record.key").unlink()
    outcome = run("publish", good(own_stage, tmp_path))
    assert outcome.code == 1
    assert "Kunci record tidak ada" in outcome.err
    assert served_release(own_stage) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_releases_of_an_empty_shelf_is_an_empty_table(bare_stage: World, run: Run, language: str) -> None:
    outcome = run("releases", language=language)
    assert outcome.code == 0
    assert text("Catatan", language) in outcome.out


def test_check_goes_on_past_a_delivery_that_cannot_be_read(own_stage: World, run: Run, tmp_path: Path) -> None:
    broken, sound = good(own_stage, tmp_path / "1"), good(own_stage, tmp_path / "2")
    without_manifest(broken)
    outcome = run("check", broken, sound)
    assert outcome.code == 1
    assert "kiriman: ditolak, tidak terbaca." in outcome.out
    assert "1 November 2025: diterima" in outcome.out


def test_the_very_files_that_are_served_are_warned_about(own_stage: World, run: Run, tmp_path: Path) -> None:
    delivery = good(own_stage, tmp_path)
    assert run("publish", delivery).code == 0
    assert "(identical)" in run("check", delivery).out
    assert run("publish", delivery).code == 1
    assert run("publish", delivery, "--accept-warnings", "memang sengaja").code == 0


def test_who_holds_the_shelf_is_told_and_can_be_waited_for(own_stage: World, run: Run, tmp_path: Path) -> None:
    delivery = good(own_stage, tmp_path)
    with shelf.refreshing(own_stage.settings.releases, "data.bkn"):
        outcome = run("publish", delivery)
        assert outcome.code == 1
        assert "data.bkn, sejak pukul" in outcome.err
        assert run("publish", delivery, "--wait", "0.3").code == 1
    assert run("publish", delivery, "--wait", "5").code == 0


def test_the_whole_list_of_findings_is_copied_once_and_recorded(own_stage: World, run: Run, tmp_path: Path) -> None:
    state, settings = engine(own_stage.settings.state), own_stage.settings
    frame = cube(moved_on(own_stage.people[LATE], day=NEXT)).with_columns(pl.lit("77").alias("provinsi"))
    deliver(private_folder(settings.drop) / "kiriman", frame, NEXT)
    brought = Delivered(dataset="pegawai", reference_date=NEXT, origin="drop", delivery="kiriman", title="kiriman")
    event = Event(action="uji", decision="allowed", account="tim-data")
    number, out = receive(state, own_stage.audit_key, event, brought), tmp_path / "temuan.csv"
    assert "belum diperiksa" in run("findings", number, "--out", out).err
    assert run("work").code == 0
    outcome = run("findings", number, "--out", out)
    assert (outcome.code, "data pribadi" in outcome.out) == (0, True)
    assert len(out.read_text("utf-8-sig").splitlines()) == frame.height + 1
    assert out.stat().st_mode & 0o777 == 0o600
    newest = audit.search(state, limit=1)[0].event
    assert (newest.action, newest.detail) == ("findings", f"penyegaran {number}: temuan lengkap")
    assert run("findings", number, "--out", out).code == 1
    assert run("findings", 999, "--out", tmp_path / "lain.csv").code == 1
