"""The NIP as a key and as a witness."""

import hashlib
import hmac

import numpy as np
import polars as pl
import pytest

from data_access.intake.microdata.identity import contradictions, plain_nips, secret_marks, well_formed

SECRET = bytes(range(32))
NIP = "198006302005011001"


def test_record_keys_are_the_first_four_bytes_of_the_hmac() -> None:
    nips = pl.Series([NIP, "198006302005011002"])
    keys, marks = secret_marks(nips, SECRET)
    for nip, key in zip(nips, keys, strict=True):
        digest = hmac.new(SECRET, (nip + "rk1").encode(), hashlib.sha256).digest()
        assert int(key) == int.from_bytes(digest[:4], "big")
    assert marks.shape == (2, 2)
    assert len({tuple(mark) for mark in marks.tolist()}) == 2
    other, _marks = secret_marks(nips, SECRET[::-1])
    assert not set(other.tolist()) & set(keys.tolist())


@pytest.mark.parametrize(
    ("written", "plain", "formed"),
    [
        (NIP, NIP, True),
        (f"'{NIP}", NIP, True),
        ("19800630 200501 1 001", NIP, True),
        (NIP[:-1], NIP[:-1], False),
        (f"{NIP}0", f"{NIP}0", False),
        (f"A{NIP[1:]}", f"A{NIP[1:]}", False),
        ("+98006302005011001", "98006302005011001", False),
        ("-", "", False),
        ("NULL", "", False),
        ("", "", False),
    ],
)
def test_nips_as_people_write_them(written: str, plain: str, formed: bool) -> None:
    nips = plain_nips(pl.Series([written]))
    assert nips.to_list() == [plain]
    assert well_formed(nips).tolist() == [formed]


@pytest.mark.parametrize(
    ("nip", "birth", "start", "sex", "failing"),
    [
        (NIP, 19800630, 20050101, 0, set()),
        (NIP, 19800630, 20050131, 0, set()),  # the day of the start is not in the NIP
        (NIP, 19800629, 20050101, 0, {"nip_tanggal_lahir"}),
        (NIP, 19800630, 20050201, 0, {"nip_tmt_cpns"}),
        (NIP, 19800630, 20050101, 1, {"nip_jenis_kelamin"}),
        (NIP[:14] + "3001", 19800630, 20050101, 0, {"nip_jenis_kelamin"}),  # neither 1 nor 2
        (NIP[:-1], 19700101, 19700101, 1, set()),  # says nothing
        (NIP, -1, -2, -1, set()),  # nothing to compare with
    ],
)
def test_what_a_nip_says_is_held_against_the_rest(
    nip: str, birth: int, start: int, sex: int, failing: set[str]
) -> None:
    found = contradictions(pl.Series([nip]), *(np.array([value]) for value in (birth, start, sex)))
    assert {name for name, (differs, _examined) in found.items() if differs[0]} == failing
    assert all(examined[0] == (len(nip) == 18 and birth > 0) for _differs, examined in found.values())
