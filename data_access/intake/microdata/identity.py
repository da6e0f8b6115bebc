"""The NIP: turned into secret keys, and held against what else is known of the person (Perka BKN 22/2007)."""

import hmac

import numpy as np
import polars as pl

from data_access.intake.microdata.arrays import Flags, Ints, Words
from data_access.intake.microdata.codes import ordinal, source_codes

PURPOSE = "rk1"
DIGITS = 18
WORD = 8
HEADING = "nipbaru"


def plain_nips(column: pl.Series) -> pl.Series:
    """NIPs without the spaces, points and apostrophes that people write into them; "" where there is none."""
    bare = column.str.replace_all("[^0-9A-Za-z]", "")
    words = [word for word in source_codes().empty if word.isalpha()]
    return bare.set(bare.str.to_lowercase().is_in(words), "")


def secret_marks(nips: pl.Series, secret: bytes) -> tuple[Ints, Words]:
    """Record keys, first 4 bytes of HMAC-SHA256(secret, NIP + "rk1"), and two further words (16 bytes) of the same digest.

    The words recognise a NIP that comes twice. That two of 5.6 million NIPs share all 128 bits by chance has a probability
    below 10**-25, so nothing needs to be verified; 64 bits would err about once in a million runs.
    """
    digest = hmac.digest
    digests = b"".join([digest(secret, nip, "sha256") for nip in (nips + PURPOSE).cast(pl.Binary).to_list()])
    keys = np.frombuffer(digests, dtype=">u4").reshape(-1, 8)[:, 0].astype(np.int64)
    marks = np.frombuffer(digests, dtype=np.uint64).reshape(-1, 4)[:, 1:3].copy()
    return keys, marks


def well_formed(nips: pl.Series) -> Flags:
    """True for 18 digits."""
    return (nips.str.len_bytes() == DIGITS).to_numpy() & (_digits(nips) >= 0)


def contradictions(nips: pl.Series, birth: Ints, start: Ints, sex: Ints) -> dict[str, tuple[Flags, Flags]]:
    """Indicator -> (where the NIP says something else, where both say anything). For PNS and CPNS only.

    The NIP holds birth date (8 digits), year and month of the start as CPNS (6), sex (1 men, 2 women) and a serial number.
    """
    digits, formed = _digits(nips), well_formed(nips)
    said = np.where(digits // 1000 % 10 == 1, ordinal("jenis_kelamin")["L"], ordinal("jenis_kelamin")["P"])
    said = np.where(np.isin(digits // 1000 % 10, (1, 2)), said, -1)
    compared = {
        "nip_tanggal_lahir": (digits // 10**10 != birth, birth),
        "nip_tmt_cpns": (digits // 10**4 % 10**6 != start // 100, start),
        "nip_jenis_kelamin": (said != sex, sex),
    }
    return {
        name: (formed & (other >= 0) & differs, formed & (other >= 0)) for name, (differs, other) in compared.items()
    }


def _digits(nips: pl.Series) -> Ints:
    """The NIP as a number; -1 where it is none."""
    return np.asarray(nips.cast(pl.Int64, strict=False).fill_null(-1).to_numpy(), dtype=np.int64)
