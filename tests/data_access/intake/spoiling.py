"""Damaged deliveries of one small snapshot, each with what its check should say of it."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from data_access.governance.agreement import today
from data_access.intake.checks import check
from data_access.intake.findings import Report
from data_access.intake.manifest import NAME, sha256
from tests import world as worlds
from tests.world import EARLY, FILE, cube, dataset, deliver, delivered

FRAME = cube(worlds.persons(300, day=EARLY, seed=2))
CSV = "pegawai.csv"
Spoil = Callable[[pl.DataFrame], pl.DataFrame]


def report_on(folder: Path, published: dict[date, int] | None = None) -> Report:
    return check(folder, today=today(), published={"pegawai": published or {}}, change_warning=0.10)


def put(column: str, value: Any, row: int, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with another value at a row (from 0); the column becomes text where the value is."""
    kind = pl.String if isinstance(value, str) else pl.Float64 if isinstance(value, float) else frame.schema[column]
    here = pl.int_range(pl.len()) == row
    return frame.with_columns(
        pl.when(here).then(pl.lit(value, dtype=kind)).otherwise(pl.col(column).cast(kind)).alias(column)
    )


def first(frame: pl.DataFrame, column: str, values: list[str]) -> int:
    """The first row that has one of the values."""
    return int(frame.with_row_index().filter(pl.col(column).is_in(values))["index"][0])


def with_parent(frame: pl.DataFrame) -> pl.DataFrame:
    """A parent column delivered beside its child, wrong in row 4."""
    above = dataset().mapping("provinsi", "kanreg")
    return put("kanreg", "LN", 4, frame.with_columns(pl.col("provinsi").replace_strict(above).alias("kanreg")))


def grade_of_a_contract(frame: pl.DataFrame) -> pl.DataFrame:
    return put("golongan_ruang", "PPPK-IX", first(frame, "status", ["PNS"]), frame)


def manager_on_probation(frame: pl.DataFrame) -> pl.DataFrame:
    row = first(frame, "status", ["CPNS"])
    return put("kelompok_jabatan", "lainnya", row, put("jenjang", "pengawas", row, frame))


# what is done, the file, rule, severity, column named, value named
CELLS: list[tuple[str, Spoil, str, str, str, str]] = [
    ("unknown code", partial(put, "provinsi", "77", 5), FILE, "unknown-code", "provinsi", "77"),
    ("unknown code in CSV", partial(put, "jenjang", "Pelaksana", 5), CSV, "unknown-code", "jenjang", "Pelaksana"),
    ("code with a blank", partial(put, "status", "PNS ", 0), FILE, "unknown-code", "status", "PNS "),
    ("label for code", partial(put, "jenis_kelamin", "Perempuan", 2), CSV, "unknown-code", "jenis_kelamin", "Perempuan"),
    ("fullwidth digits", partial(put, "provinsi", "３３", 2), CSV, "unknown-code", "provinsi", "３３"),
    ("formula for code", partial(put, "instansi", "=1+1", 2), CSV, "unknown-code", "instansi", "=1+1"),
    ("negative count", partial(put, "jumlah", -1, 7), FILE, "negative", "jumlah", "-1"),
    ("negative count in CSV", partial(put, "jumlah", -1, 7), CSV, "negative", "jumlah", "-1"),
    ("negative key", partial(put, "kunci", -5, 7), FILE, "negative", "kunci", "-5"),
    ("fraction", partial(put, "jumlah", 1.5, 9), FILE, "not-whole", "jumlah", "1.5"),
    ("fraction in CSV", partial(put, "jumlah", "1.5", 9), CSV, "not-whole", "jumlah", "1.5"),
    ("words for a number", partial(put, "jumlah", "satu", 9), CSV, "not-whole", "jumlah", "satu"),
    ("number too large", partial(put, "kunci", "9" * 30, 9), CSV, "not-whole", "kunci", "9" * 30),
    ("infinite", partial(put, "jumlah", float("inf"), 9), FILE, "not-whole", "jumlah", "inf"),
    ("not a number", partial(put, "jumlah", float("nan"), 9), FILE, "not-whole", "jumlah", "NaN"),
    ("infinite in CSV", partial(put, "jumlah", "inf", 9), CSV, "not-whole", "jumlah", "inf"),
    ("empty code", partial(put, "umur_5", None, 3), FILE, "empty", "umur_5", ""),
    ("empty code in CSV", partial(put, "umur_5", None, 3), CSV, "empty", "umur_5", ""),
    ("empty count", partial(put, "jumlah", None, 3), CSV, "empty", "jumlah", ""),
    ("empty key", partial(put, "kunci", None, 3), FILE, "empty", "kunci", ""),
    ("the same cell twice", lambda f: pl.concat([f, f[6:7]]), FILE, "cell-twice", "", ""),
    ("PNS with a PPPK grade", grade_of_a_contract, FILE, "impossible", "status, golongan_ruang", "PNS + PPPK-IX"),
    ("CPNS who is a manager", manager_on_probation, FILE, "impossible", "status, jenjang", "CPNS + pengawas"),
    ("outside its parent", with_parent, FILE, "outside-parent", "kanreg", "LN"),
    ("province of the future", partial(put, "provinsi", "93", 8), FILE, "not-valid", "provinsi", "93"),
    ("agency of the future", partial(put, "instansi", "PV96", 8), CSV, "not-valid", "instansi", "PV96"),
]  # fmt: skip
IDS = [case[0] for case in CELLS]


def row_of(spoil: Spoil, file: str) -> int:
    """The spoilt row, counted as a person would: from 1, and a CSV file has a header line."""
    rows: dict[Spoil, int] = {
        grade_of_a_contract: first(FRAME, "status", ["PNS"]),
        manager_on_probation: first(FRAME, "status", ["CPNS"]),
        with_parent: 4,
    }
    row = spoil.args[2] if isinstance(spoil, partial) else rows[spoil]
    return int(row) + (2 if file == CSV else 1)


def gone(folder: Path) -> None:
    (folder / FILE).unlink()


def altered(folder: Path) -> None:
    put("jumlah", 2, 0, pl.read_parquet(folder / FILE)).write_parquet(folder / FILE)


def linked(folder: Path) -> None:
    (folder / FILE).rename(folder.parent / "elsewhere.parquet")
    (folder / FILE).symlink_to(folder.parent / "elsewhere.parquet")


def renamed(name: str, folder: Path) -> None:
    """The manifest names the file by another way to it."""
    rewrite(folder, f"{FILE}:", f"{name}:")


def rewrite(folder: Path, old: str, new: str) -> None:
    text = (folder / NAME).read_text("utf-8")
    assert old in text
    (folder / NAME).write_text(text.replace(old, new), "utf-8")


def replaced(content: bytes, folder: Path, file: str = FILE) -> None:
    """Other bytes, with the hash that belongs to them."""
    before = sha256(folder / FILE)
    (folder / FILE).unlink()
    (folder / file).write_bytes(content)
    rewrite(folder, f"{FILE}: {before}", f"{file}: {sha256(folder / file)}")


def manifest(content: bytes | None, folder: Path) -> None:
    (folder / NAME).unlink()
    if content is not None:
        (folder / NAME).write_bytes(content)


def without(column: str, folder: Path) -> None:
    frame = pl.read_parquet(folder / FILE).drop(column)
    before = sha256(folder / FILE)
    frame.write_parquet(folder / FILE)
    rewrite(folder, before, sha256(folder / FILE))


def nested(folder: Path) -> None:
    frame = pl.read_parquet(folder / FILE).with_columns(pl.struct("status", "provinsi").alias("status"))
    before = sha256(folder / FILE)
    frame.write_parquet(folder / FILE)
    rewrite(folder, before, sha256(folder / FILE))


HEADER = ",".join([*delivered(), "jumlah"])

FOLDERS: list[tuple[str, Callable[[Path], object], str]] = [
    ("file missing", gone, "file-missing"),
    ("file altered after the manifest", altered, "hash-mismatch"),
    ("file is a link", linked, "file-name"),
    ("path upwards", partial(renamed, f"../k/{FILE}"), "file-name"),
    ("absolute path", partial(renamed, "/etc/passwd"), "file-name"),
    ("path downwards", partial(renamed, f"a/{FILE}"), "file-name"),
    ("the folder itself", partial(renamed, "'.'"), "file-name"),
    ("the folder above", partial(renamed, "'..'"), "file-missing"),
    ("a name too long for the disk", partial(renamed, "x" * 300), "file-name"),
    ("not Parquet", partial(replaced, b"PAR1 but no more"), "file-unreadable"),
    ("an empty Parquet file", partial(replaced, b""), "file-unreadable"),
    ("half a spreadsheet", partial(replaced, b"PK\x03\x04", file="pegawai.xlsx"), "file-unreadable"),
    ("no suffix", partial(replaced, b"x", file="pegawai"), "file-kind"),
    ("an empty CSV file", partial(replaced, b"", file=CSV), "file-empty"),
    ("level column missing", partial(without, "jenjang"), "columns-missing"),
    ("count column missing", partial(without, "jumlah"), "columns-missing"),
    ("a table within a cell", nested, "delivery-rejected"),
    ("half written: no manifest yet", partial(manifest, None), "manifest-missing"),
    ("manifest empty", partial(manifest, b""), "manifest-invalid"),
    ("manifest is a list", partial(manifest, b"- a\n- b\n"), "manifest-invalid"),
    ("manifest is no YAML", partial(manifest, b"dataset: [pegawai"), "manifest-unreadable"),
    ("manifest is no text", partial(manifest, b"\xff\xfe\x00\x01"), "manifest-unreadable"),
    ("manifest builds an object", partial(manifest, b"!!python/object/apply:os.getcwd []"), "manifest-unreadable"),
    ("a day that does not exist", partial(rewrite, old="'2022-06-30'", new="2022-13-45"), "manifest-unreadable"),
    ("unknown entry", partial(rewrite, old="example: true", new="contoh: true"), "manifest-invalid"),
    ("no such dataset", partial(rewrite, old="dataset: pegawai", new="dataset: gaji"), "dataset-unknown"),
    ("no such party", partial(rewrite, old="owner: kedua", new="owner: ketiga"), "manifest-invalid"),
    ("no files", partial(rewrite, old="files:", new="files: {}\nberkas:"), "manifest-invalid"),
    ("negative rows", partial(rewrite, old="rows: 300", new="rows: -1"), "manifest-invalid"),
]  # fmt: skip


CLAIMS: list[tuple[str, dict[str, Any], str]] = [
    ("rows", {"rows": 299}, "manifest-rows"),
    ("total", {"total": 301}, "manifest-total"),
    ("owner", {"owner": "kesatu"}, "manifest-owner"),
    ("contract", {"contract": "0.9"}, "manifest-contract"),
    ("date", {"reference_date": today() + timedelta(days=1)}, "future"),
]


def spoiled_folder(folder: Path, frame: pl.DataFrame, day: date, spoil: Callable[[Path], object]) -> Path:
    spoil(deliver(folder, frame, day))
    return folder


REJECTED: list[tuple[str, Callable[[Path, pl.DataFrame], Path]]] = [
    *(
        (name, lambda to, f, s=spoil, n=file: deliver(to, s(f), EARLY, file=n, total=f.height))
        for name, spoil, file, *_rest in CELLS
    ),
    *((name, lambda to, f, s=spoil: spoiled_folder(to, f, EARLY, s)) for name, spoil, _reason in FOLDERS),
    *((name, lambda to, f, c=claim: deliver(to, f, EARLY, **c)) for name, claim, _rule in CLAIMS),
]
