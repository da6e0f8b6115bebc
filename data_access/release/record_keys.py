"""Pseudo record keys for a cube that was delivered without `kunci`: the same cell keeps its noise over time."""

import hmac

import polars as pl

SEPARATOR = "\x1f"
KEY_BYTES = 4


def with_keys(cube: pl.DataFrame, levels: list[str], secret: bytes) -> pl.DataFrame:
    """The cube with a column `kunci` (Int64): per base cell the sum over i = 1..jumlah of HMAC-SHA256(secret, cell + i).

    `levels` are the delivered levels; the cell code holds no date. A delivered `kunci` is left as it is.
    """
    if "kunci" in cube.columns:
        return cube
    codes = cube.select(pl.concat_str(levels, separator=SEPARATOR)).to_series()
    sums = [_key_sum(secret, code, persons) for code, persons in zip(codes, cube["jumlah"], strict=True)]
    return cube.with_columns(pl.Series("kunci", sums, dtype=pl.Int64))


def _key_sum(secret: bytes, code: str, persons: int) -> int:
    stem = (code + SEPARATOR).encode()
    digest, from_bytes = hmac.digest, int.from_bytes
    return sum(from_bytes(digest(secret, stem + b"%d" % i, "sha256")[:KEY_BYTES]) for i in range(1, persons + 1))
