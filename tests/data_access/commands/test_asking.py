"""ask: the same door as the pages; a refusal is one sentence, a record, and no data."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from data_access.access.result import State
from data_access.commands.asking import _cell
from data_access.commands.operator import operator
from data_access.governance import accounts, audit
from data_access.governance.audit import Event
from data_access.release import shelf
from data_access.state import engine
from data_access.words import LANGUAGES, text
from tests.data_access.commands.conftest import Run
from tests.ui_world import damage, end_agreement, set_account
from tests.world import World

ALL_SHOWN = ("pegawai", "--as", "analis", "--by", "status")


def newest(world: World) -> audit.Event:
    return audit.search(engine(world.settings.state), limit=1)[0].event


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_has_labels_numbers_and_notes_of_the_language(stage: World, run: Run, language: str) -> None:
    outcome = run("ask", *ALL_SHOWN, language=language)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith({"id": "DATA CONTOH", "en": "EXAMPLE DATA"}[language])
    heading = [text("Tanggal acuan", language), text("Status ASN", language), text("Jumlah", language)]
    assert [part for part in heading[::2] if part not in outcome.out] == []
    assert "PPPK paruh waktu" in outcome.out or language == "en"
    dot = "." if language == "id" else ","
    assert f"{dot}" in outcome.out
    assert newest(stage).decision == "allowed"
    assert (newest(stage).account, newest(stage).address) == ("analis", operator())


def test_csv_is_read_back_with_its_states(stage: World, run: Run) -> None:
    outcome = run("ask", "pegawai", "--as", "analis", "--by", "provinsi,jenjang", "--format", "csv")
    comments = [line for line in outcome.out.splitlines() if line.startswith("#")]
    rows = list(csv.DictReader(line for line in outcome.out.splitlines() if not line.startswith("#")))
    assert any(comment.startswith("# DATA CONTOH") for comment in comments)
    assert list(rows[0]) == ["periode", "provinsi", "jenjang", "nilai", "keadaan"]
    assert {row["keadaan"] for row in rows} >= {"shown", "suppressed"}
    assert all((row["nilai"] == "") == (row["keadaan"] != "shown") for row in rows)
    assert all(int(row["nilai"]) % 5 == 0 and int(row["nilai"]) >= 10 for row in rows if row["nilai"])


def test_json_is_one_object_a_line(stage: World, run: Run) -> None:
    where = ("--where", "provinsi=33,34", "--period", "all", "--order", "nilai")
    source, *rows = [json.loads(line) for line in run("ask", *ALL_SHOWN, *where, "--format", "json").out.splitlines()]
    assert (source["dataset"], source["example"], source["official"]) == ("pegawai", True, True)
    assert source["query"]["where"] == {"provinsi": ["33", "34"]}
    assert len(rows) == 3 * 4
    values = [row["nilai"] for row in rows if row["periode"] == "2025-06-30"]
    assert values == sorted(values, reverse=True)


def test_official_figures_say_that_they_are_exact(stage: World, run: Run) -> None:
    assert "Angka resmi." in run("ask", "pegawai", "--as", "wilayah", "--by", "jenis_kelamin").out
    assert "dibulatkan" in run("ask", "pegawai", "--as", "analis", "--by", "provinsi,jenjang").out


def test_filter_given_twice_keeps_both_choices(stage: World, run: Run) -> None:
    """The last one must not silently win: the answer would be to another question."""
    twice = run("ask", *ALL_SHOWN, "--where", "provinsi=33", "--where", "provinsi=34", "--format", "csv")
    once = run("ask", *ALL_SHOWN, "--where", "provinsi=33,34", "--format", "csv")
    assert twice.out == once.out


@pytest.mark.parametrize(
    ("value", "state", "sign"),
    [
        (1_250, State.SHOWN, "1.250"),
        (None, State.SUPPRESSED, "<10"),
        (None, State.UNAVAILABLE, "–"),
        (7, State.SUPPRESSED, "<10"),
    ],
)
def test_cells_look_as_on_the_screen(stage: World, value: int | None, state: State, sign: str) -> None:
    assert _cell(value, state.value) == sign


@dataclass(frozen=True)
class Bad:
    """A question that gets no answer: who asks what, the reason recorded, and the sentence that is printed."""

    account: str
    options: tuple[str, ...]
    reason: str
    sentence: str
    facts: tuple[tuple[str, object], ...] = ()


BAD = {
    "unknown dimension": Bad(
        "analis", ("--by", "gaji"), "level-unknown", "Dimensi {level} tidak tersedia untuk Anda.", (("level", "gaji"),)
    ),
    "hidden dimension": Bad(
        "pimpinan",
        ("--by", "golongan_ruang"),
        "level-unknown",
        "Dimensi {level} tidak tersedia untuk Anda.",
        (("level", "golongan_ruang"),),
    ),
    "hidden filter": Bad(
        "pimpinan",
        ("--where", "golongan_ruang=III/a"),
        "level-unknown",
        "Dimensi {level} tidak tersedia untuk Anda.",
        (("level", "golongan_ruang"),),
    ),
    "unknown code": Bad(
        "analis",
        ("--where", "provinsi=00"),
        "code-unknown",
        "Kode {code} tidak tersedia untuk Anda pada dimensi {level}.",
        (("code", "00"), ("level", "provinsi")),
    ),
    "foreign code": Bad(
        "wilayah",
        ("--where", "provinsi=12"),
        "code-unknown",
        "Kode {code} tidak tersedia untuk Anda pada dimensi {level}.",
        (("code", "12"), ("level", "provinsi")),
    ),
    "too many dimensions": Bad(
        "analis",
        ("--by", "provinsi,status,jenis_kelamin,umur_5"),
        "too-many-dimensions",
        "Terlalu banyak dimensi: paling banyak {limit} sekaligus untuk peran Anda.",
        (("limit", 3),),
    ),
    "filter without codes": Bad(
        "analis",
        ("--where", "provinsi="),
        "filter-empty",
        "Saringan {level} kosong: pilih paling sedikit satu kode.",
        (("level", "provinsi"),),
    ),
    "filter that is none": Bad(
        "analis",
        ("--where", "provinsi"),
        "filter-form",
        "Saringan {filter} keliru: tulis dimensi=kode,kode.",
        (("filter", "provinsi"),),
    ),
    "period that is none": Bad(
        "analis",
        ("--period", "kemarin"),
        "period-form",
        "Periode {period} keliru: tulis tanggal seperti 2025-11-01, latest, atau all.",
        (("period", "kemarin"),),
    ),
    "unknown account": Bad(
        "siapa-ini", (), "account-unknown", "Tidak ada akun bernama {name}.", (("name", "siapa-ini"),)
    ),
    "no right to any data": Bad(
        "pengelola",
        (),
        "dataset-unknown",
        "Himpunan data {dataset} tidak tersedia untuk Anda.",
        (("dataset", "pegawai"),),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", BAD)
def test_bad_question_is_one_sentence_and_one_record(stage: World, run: Run, case: str, language: str) -> None:
    bad = BAD[case]
    before = audit.anchor(engine(stage.settings.state))[0]
    outcome = run("ask", "pegawai", "--as", bad.account, *bad.options, language=language)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == text(bad.sentence, language, **dict(bad.facts)) + "\n"
    assert audit.anchor(engine(stage.settings.state))[0] == before + 1
    event = newest(stage)
    assert (event.action, event.decision, event.reason, event.account) == ("ask", "refused", bad.reason, bad.account)
    assert (event.rows, event.result_sha256) == (None, None)


def test_period_without_a_snapshot(stage: World, run: Run) -> None:
    outcome = run("ask", *ALL_SHOWN, "--period", "2024-12-31")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == "Tidak ada snapshot untuk 31 Desember 2024. Snapshot terbaru: 30 Juni 2025.\n"
    assert newest(stage).reason == "period-unknown"


def disable(world: World) -> None:
    event = Event(action="uji", decision="allowed")
    accounts.disable(engine(world.settings.state), world.audit_key, event, name="analis")


def no_release(world: World) -> None:
    (world.settings.releases / shelf.POINTER).unlink()


def unknown_role(world: World) -> None:
    set_account(world, "analis", role="raja")


def no_manifest_key(world: World) -> None:
    (world.settings.keys / "manifest.key").unlink()


def open_key(world: World) -> None:
    (world.settings.keys / "manifest.key").chmod(0o644)


SPOILED: list[tuple[Callable[[World], None], str, str]] = [
    (disable, "account-disabled", "Akun analis dinonaktifkan."),
    (unknown_role, "role-unknown", "Peran raja tidak dikenal. Hubungi administrator."),
    (end_agreement, "grant-none", "Perjanjian Kerja Sama berakhir pada 31-01-2023."),
    (damage, "release-damaged", "Rilis 0003 rusak atau tanda tangannya tidak cocok."),
    (no_release, "release-none", "Belum ada rilis."),
    (no_manifest_key, "key-missing", "Kunci manifest tidak ada atau tidak terbaca."),
    (open_key, "key-open", "Kunci manifest terbuka bagi akun lain"),
]


@pytest.mark.parametrize(("spoil", "reason", "sentence"), SPOILED, ids=[case[1] for case in SPOILED])
@pytest.mark.parametrize("period", ["latest", "all"])
def test_what_went_wrong_behind_the_question(
    own_stage: World, run: Run, spoil: Callable[[World], None], reason: str, sentence: str, period: str
) -> None:
    spoil(own_stage)
    outcome = run("ask", *ALL_SHOWN, "--period", period)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(sentence)
    assert outcome.err.count("\n") == 1
    assert (newest(own_stage).decision, newest(own_stage).reason) == ("refused", reason)


def test_without_the_audit_key_there_is_no_answer(own_stage: World, run: Run) -> None:
    (own_stage.settings.keys / "audit.key").unlink()
    for account in ("analis", "siapa-ini"):
        outcome = run("ask", "pegawai", "--as", account)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.startswith("Kunci audit tidak ada")


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "pegawai"),
        ("ask", "pegawai", "--as", "analis", "--format", "xlsx"),
        ("ask", "pegawai", "--as", "analis", "--order", "acak"),
        ("hapus",),
        ("users", "add", "x"),
        ("audit", "search", "--since", "kemarin"),
    ],
    ids=" ".join,
)
def test_usage_is_exit_code_two(stage: World, run: Run, arguments: tuple[str, ...]) -> None:
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err
    assert "Traceback" not in outcome.err


def test_help_names_every_command(stage: World, run: Run) -> None:
    outcome = run("--help")
    assert outcome.code == 0
    for name in ("demo", "keys", "check", "publish", "releases", "rollback", "ask", "users", "audit"):
        assert f"  {name}" in outcome.out
