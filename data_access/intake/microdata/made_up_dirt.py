"""What goes wrong in exports, put into made-up rows: each soiled row has one fault, of a kind drawn at random."""

import numpy as np
import polars as pl

BROKEN_LETTER = "\ue000"  # becomes a byte that is no UTF-8
CUT = "_cut"
SHORT = 40  # fields that are left of a row that was cut off

NIP = pl.col("nip_baru")
# Kind of fault -> what becomes of which column.
FAULTS: dict[str, dict[str, pl.Expr]] = {
    "no education": {"tingkat_pendidikan_id": pl.lit("")},
    "unknown education": {"tingkat_pendidikan_id": pl.lit("77")},
    "no position": {"jabatan_nama": pl.lit(""), "eselon_id": pl.lit("")},
    "unknown position": {"jabatan_nama": pl.lit("Jabatan Contoh"), "jenis_jabatan_id": pl.lit("2")},
    "no grade": {"gol_akhir_id": pl.lit(""), "gol_akhir_nama": pl.lit("")},
    "no place": {"lokasi_kerja_id": pl.lit(""), "lokasi_kerja_nama": pl.lit("")},
    "no birth date": {"tanggal_lahir": pl.lit("")},
    "no such day": {"tanggal_lahir": pl.lit("31-02-1980")},
    "born in the future": {"tanggal_lahir": pl.lit("01-01-2090")},
    "other birth date": {"tanggal_lahir": pl.lit("17-08-1985")},
    "past retirement": {"tanggal_lahir": pl.lit("01-01-1950")},
    "other start": {"tmt_cpns": pl.lit("01-02-2011")},
    "other sex": {"jenis_kelamin": pl.when(pl.col("jenis_kelamin") == "M").then(pl.lit("F")).otherwise(pl.lit("M"))},
    "short NIP": {"nip_baru": NIP.str.slice(0, 17)},
    "spaced NIP": {"nip_baru": NIP.str.slice(0, 8) + pl.lit(" ") + NIP.str.slice(8)},
    "NIP of another": {"nip_baru": NIP.shift(1).fill_null(NIP)},
    "unknown agency": {"instansi_kerja_nama": pl.lit("Instansi Contoh")},
    "unknown legal position": {"kedudukan_hukum_id": pl.lit("55")},
    "stray separator": {"nama": pl.lit("Contoh|Pemisah")},
    "broken letter": {"nama": pl.lit(f"Contoh Ren{BROKEN_LETTER}"), "alamat": pl.lit(f"Jalan {BROKEN_LETTER}")},
    "cut off": {CUT: pl.lit(True)},
    "lost zero": {"kedudukan_hukum_id": pl.col("kedudukan_hukum_id").str.strip_chars_start("0")},
}


def soiled(draw: np.random.Generator, rows: pl.DataFrame, *, share: float) -> pl.DataFrame:
    """The rows, one in 1/`share` with a fault; the column `_cut` tells which rows are cut off."""
    fault = np.where(draw.random(rows.height) < share, draw.integers(0, len(FAULTS), rows.height), -1)
    rows = rows.with_columns(pl.lit(False).alias(CUT), pl.Series("_fault", fault))
    changes: dict[str, pl.Expr] = {}
    for number, columns in enumerate(FAULTS.values()):
        for name, value in columns.items():
            before = changes.get(name, pl.col(name))
            changes[name] = pl.when(pl.col("_fault") == number).then(value).otherwise(before)
    return rows.with_columns(**changes)


def cut(text: pl.Series, rows: pl.DataFrame) -> list[str]:
    """The rows as text, those that were cut off with their first fields only."""
    if CUT not in rows.columns:
        return text.to_list()
    pairs = zip(text, rows[CUT], strict=True)
    return ["|".join(line.split("|")[:SHORT]) if short else line for line, short in pairs]
