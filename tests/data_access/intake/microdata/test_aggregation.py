"""Whole aggregations of made-up exports: against the slow oracle, into the intake, and every way of being refused."""

import os
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data_access.errors import Rejected
from data_access.intake.checks import check
from data_access.intake.manifest import read_manifest, sha256
from data_access.intake.microdata import INDICATORS, Outcome, Task, aggregate, export, writing
from data_access.intake.microdata.made_up import write_export
from data_access.keys import key
from data_access.release.publish import publish
from tests.data_access.intake.microdata import oracle
from tests.world import World, delivered

DAY = date(2025, 6, 30)
SECRET = b"k" * 32


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ekspor") / "bersih.txt"
    write_export(file, persons=3_000, day=DAY, seed=5)
    return file


@pytest.fixture(scope="module")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ekspor") / "kotor.txt"
    write_export(file, persons=20_000, day=DAY, seed=6, dirt=0.1)
    return file


def run(out: Path, *files: Path, **changes: object) -> Outcome:
    task = {"files": files, "day": DAY, "out": out} | changes
    return aggregate(Task(**task), SECRET)  # type: ignore[arg-type]


@pytest.mark.parametrize("block", [export.BLOCK, 100_000])
def test_every_cell_and_finding_is_what_the_oracle_counts_person_by_person(
    dirty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(export, "BLOCK", block)
    outcome = run(tmp_path / "kiriman", dirty, most_aside=1.0)
    truth = oracle.answer(dirty, day=DAY, secret=SECRET)

    cube = pl.read_parquet(tmp_path / "kiriman" / writing.CUBE)
    assert cube.columns == [*delivered(), "jumlah", "kunci"]
    assert {tuple(row[:-2]): list(row[-2:]) for row in cube.iter_rows()} == truth.cells
    assert len(truth.cells) > 10_000

    listed = pl.read_csv(outcome.listing).with_columns(pl.col("kolom").fill_null(""))
    assert sorted(listed.select("baris", "kolom", "aturan").iter_rows()) == sorted(truth.aside)
    assert outcome.aside == truth.rules
    assert set(truth.rules) == {"jumlah_kolom", "kosong", "kode_tak_dikenal", "di_luar_kontrak", "ganda"}

    quality = pl.read_parquet(tmp_path / "kiriman" / writing.QUALITY)
    expected = {pair: sums for pair, sums in truth.findings.items() if pair[0]}
    got = {(agency, name): [failing, examined] for agency, name, failing, examined in quality.iter_rows()}
    assert {pair: sums for pair, sums in got.items() if sums != [0, 0]} == {
        pair: sums for pair, sums in expected.items() if sums != [0, 0]
    }
    national: Counter[str] = Counter()
    for (_agency, name), (failing, _examined) in truth.findings.items():
        national[name] += failing
    assert {name: failing for name, (failing, _examined) in outcome.findings.items()} == dict(national)
    assert all(national[name] > 0 for name in INDICATORS), "every fault occurs, or this proves nothing"
    assert outcome.rows == truth.rows == 20_000


def test_findings_are_told_for_every_agency_also_where_nothing_fails(clean: Path, tmp_path: Path) -> None:
    run(tmp_path / "kiriman", clean)
    quality = pl.read_parquet(tmp_path / "kiriman" / writing.QUALITY)
    assert quality.schema == {"instansi": pl.String, "indikator": pl.String, "jumlah": pl.Int64, "dasar": pl.Int64}
    per_agency = quality.group_by("instansi").agg(pl.col("indikator"))
    assert all(list(names) == list(INDICATORS) for names in per_agency["indikator"])
    failing = quality.filter(pl.col("indikator") != "kosong_lokasi")["jumlah"]
    assert failing.sum() == 0


def test_a_clean_export_passes_the_intake_and_is_published(clean: Path, bare_world: World, tmp_path: Path) -> None:
    settings = bare_world.settings
    folder = tmp_path / "kiriman"
    outcome = aggregate(Task((clean,), DAY, folder), key(settings.owner_keys, "record"))
    report = check(folder, today=DAY, published={}, change_warning=0.1)
    assert report.findings == ()
    assert report.total == outcome.persons
    made = publish([folder], by="uji", settings=settings)
    assert made.manifest.snapshots[0].reference_date == DAY


def test_the_manifest_names_hashes_totals_and_what_is_active(clean: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    outcome = run(folder, clean, example=True)
    manifest = read_manifest(folder)
    assert manifest.quality == {writing.QUALITY: sha256(folder / writing.QUALITY)}
    assert manifest.files == {writing.CUBE: sha256(folder / writing.CUBE)}
    assert (manifest.total, manifest.rows) == (outcome.persons, outcome.cells)
    assert manifest.example
    assert "kode 01, 02, 03, 04, 11, 13, 15" in manifest.active
    assert {file.name for file in folder.iterdir()} == {writing.CUBE, writing.QUALITY, "manifest.yaml"}
    assert all(file.stat().st_mode & 0o077 == 0 for file in [folder, folder / writing.CUBE, outcome.listing])


def test_another_active_set_counts_others_and_is_named(clean: Path, tmp_path: Path) -> None:
    everyone = run(tmp_path / "semua", clean)
    some = run(tmp_path / "sebagian", clean, active=("01", "71"))
    assert 0 < some.persons < everyone.persons
    assert read_manifest(tmp_path / "sebagian").active == (
        "ASN dengan kedudukan hukum 01 Aktif, 71 PPPK aktif pada tanggal acuan."
    )


def test_the_same_export_gives_the_same_files_whatever_the_order_of_rows(clean: Path, tmp_path: Path) -> None:
    header, *lines = clean.read_bytes().rstrip(b"\n").split(b"\n")
    turned = tmp_path / "terbalik.txt"
    turned.write_bytes(b"\n".join([header, *lines[::-1]]))
    run(tmp_path / "a", clean)
    run(tmp_path / "b", turned)
    assert (tmp_path / "a" / writing.CUBE).read_bytes() == (tmp_path / "b" / writing.CUBE).read_bytes()


def test_a_person_in_two_files_counts_once_and_the_first_is_kept(clean: Path, tmp_path: Path) -> None:
    lines = clean.read_bytes().split(b"\n")
    second = tmp_path / "susulan.txt"
    second.write_bytes(b"\n".join([lines[0], *lines[5:15]]) + b"\n")
    alone = run(tmp_path / "sendiri", clean)
    both = run(tmp_path / "berdua", clean, second, most_aside=1.0)
    assert both.persons == alone.persons
    assert both.rows == alone.rows + 10
    assert set(pl.read_csv(both.listing)["berkas"]) == {"susulan.txt"}


def test_rows_that_cannot_be_placed_are_accepted_up_to_the_limit_only(dirty: Path, tmp_path: Path) -> None:
    out = tmp_path / "kiriman"
    with pytest.raises(Rejected, match="Terlalu banyak baris") as caught:
        run(out, dirty)
    assert caught.value.reason == "too-many-aside"
    assert not out.exists()
    assert {file.name for file in tmp_path.iterdir()} == {"kiriman.disisihkan.csv"}
    rows = pl.read_csv(tmp_path / "kiriman.disisihkan.csv")
    assert rows.columns == ["berkas", "baris", "kolom", "aturan"]
    aside, active = rows.height, int(caught.value.facts["active"])  # type: ignore[call-overload]
    assert run(tmp_path / "tepat", dirty, most_aside=aside / active).persons > 0
    with pytest.raises(Rejected):
        run(tmp_path / "kurang", dirty, most_aside=(aside - 1) / active)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def blank(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf\n\n")


def only_a_header(file: Path) -> None:
    file.write_bytes(file.read_bytes().split(b"\n")[0] + b"\n")


def utf16(file: Path) -> None:
    file.write_bytes(file.read_bytes().decode("utf-8-sig").encode("utf-16"))


def utf16_without_mark(file: Path) -> None:
    file.write_bytes(file.read_bytes().decode("utf-8-sig").encode("utf-16-le"))


def other_separator(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"|", b";"))


def no_header(file: Path) -> None:
    file.write_bytes(file.read_bytes().split(b"\n", 1)[1])


def binary(file: Path) -> None:
    file.write_bytes(os.urandom(100_000))


def gone(file: Path) -> None:
    file.unlink()


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def nobody_active(file: Path) -> None:
    header, *lines = file.read_bytes().split(b"\n")
    place = header.split(b"|").index(b"kedudukan_hukum_id")
    rows = [line.split(b"|") for line in lines if line]
    file.write_bytes(b"\n".join([header, *(b"|".join([*r[:place], b"'99", *r[place + 1 :]]) for r in rows)]))


REFUSED: list[tuple[Callable[[Path], None], str]] = [
    (empty, "export-empty"),
    (blank, "export-empty"),
    (only_a_header, "nobody"),
    (utf16, "export-encoding"),
    (utf16_without_mark, "export-encoding"),
    (binary, "export-encoding"),
    (other_separator, "export-columns"),
    (no_header, "export-columns"),
    (gone, "export-unreadable"),
    (a_folder, "export-unreadable"),
    (nobody_active, "nobody"),
]


@pytest.mark.parametrize(("spoil", "reason"), REFUSED)
def test_what_is_no_export_is_refused_and_nothing_is_written(
    clean: Path, tmp_path: Path, spoil: Callable[[Path], None], reason: str
) -> None:
    file = tmp_path / "masuk" / "ekspor.txt"
    file.parent.mkdir()
    file.write_bytes(clean.read_bytes())
    spoil(file)
    out = tmp_path / "keluar" / "kiriman"
    out.parent.mkdir()
    with pytest.raises(Rejected) as caught:
        run(out, clean, file) if reason != "nobody" else run(out, file)
    assert caught.value.reason == reason
    assert list(out.parent.iterdir()) == []


def test_missing_columns_are_named(clean: Path, tmp_path: Path) -> None:
    file = tmp_path / "ekspor.txt"
    content = clean.read_bytes()
    file.write_bytes(content.replace(b"|tmt_cpns|", b"|lain|", 1).replace(b"|nip_baru|", b"|nomor|", 1))
    with pytest.raises(Rejected, match="kolom nip_baru, tmt_cpns tidak ada"):
        run(tmp_path / "kiriman", file)


@pytest.mark.parametrize("change", ["longer", "touched"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    file = tmp_path / "ekspor.txt"
    file.write_bytes(clean.read_bytes())
    monkeypatch.setattr(export, "BLOCK", 500_000)

    def progress(_step: str, _share: float) -> None:
        with file.open("ab") as handle:
            handle.write(b"\n" if change == "longer" else b"")
        os.utime(file)

    with pytest.raises(Rejected, match="berubah selagi dibaca"):
        aggregate(Task((file,), DAY, tmp_path / "kiriman"), SECRET, progress)
    assert not (tmp_path / "kiriman").exists()


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_nothing_is_ever_written_over(clean: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "kiriman"
    makers: dict[str, Callable[[], None]] = {
        "folder": out.mkdir,
        "file": out.touch,
        "link": lambda: out.symlink_to(tmp_path / "tiada"),
    }
    makers[kind]()
    with pytest.raises(Rejected, match="kiriman sudah ada"):
        run(out, clean)


def test_a_folder_that_is_not_there_is_named(clean: Path, tmp_path: Path) -> None:
    with pytest.raises(Rejected, match=r"tidak ada\. Buat dahulu"):
        run(tmp_path / "tiada" / "kiriman", clean)


def test_an_unknown_legal_position_in_the_active_set_is_refused(clean: Path, tmp_path: Path) -> None:
    with pytest.raises(Rejected, match=r"tidak dikenal: 1, 555\."):
        run(tmp_path / "kiriman", clean, active=("01", "1", "555"))


def test_errors_of_libraries_go_no_further(clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def quoting(*_arguments: object, **_more: object) -> None:
        raise pl.exceptions.ComputeError("could not parse 'Contoh 000123' as date")

    monkeypatch.setattr("data_access.intake.microdata.aggregation.derive", quoting)
    with pytest.raises(Rejected) as caught:
        run(tmp_path / "kiriman", clean)
    assert "Contoh" not in str(caught.value)
    assert "ComputeError" in str(caught.value)
    assert caught.value.__suppress_context__


def test_what_a_killed_aggregation_left_is_gone_after_the_next_one_but_not_what_another_is_writing(
    clean: Path, tmp_path: Path
) -> None:
    left, at_work = tmp_path / f"{writing.ASIDE}lama", tmp_path / f"{writing.ASIDE}baru"
    for folder in (left, at_work):
        (folder / "kiriman").mkdir(parents=True)
        (folder / "kiriman" / writing.CUBE).write_bytes(b"PAR1")
    with writing._held(at_work):
        run(tmp_path / "kiriman", clean)
    assert (left.exists(), at_work.exists(), (tmp_path / "kiriman").exists()) == (False, True, True)
