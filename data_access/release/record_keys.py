"""Pseudo record keys for what was delivered without `kunci`, a cube or single counts: what stays the same keeps its noise."""

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


def key_of_count(secret: bytes, *names: str, count: int) -> int:
    """A key for a count behind which no records can be seen: of what it counts and of the count, never of the date.

    So a count that is published again has the noise that it had. No cell code begins with the word of its own.
    """
    stem = SEPARATOR.join(("count", *names, str(count)))
    return int.from_bytes(hmac.digest(secret, stem.encode(), "sha256")[:KEY_BYTES])
