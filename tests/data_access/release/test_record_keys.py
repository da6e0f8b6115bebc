"""Pseudo keys: computed as the rules say, the same for the same cell at any time, different under another secret."""

import hmac

import polars as pl

from data_access.release.record_keys import with_keys

LEVELS = ["status", "provinsi"]
SECRET = bytes(range(32))
CUBE = pl.DataFrame({"status": ["PNS", "PPPK", "PNS"], "provinsi": ["33", "33", "34"], "jumlah": [3, 1, 3]})


def by_hand(*codes: str, persons: int) -> int:
    stem = "\x1f".join(codes) + "\x1f"
    digests = (hmac.new(SECRET, f"{stem}{i}".encode(), "sha256").digest() for i in range(1, persons + 1))
    return sum(int.from_bytes(digest[:4], "big") for digest in digests)


def test_the_key_of_a_cell_is_the_sum_over_its_persons() -> None:
    expected = [by_hand("PNS", "33", persons=3), by_hand("PPPK", "33", persons=1), by_hand("PNS", "34", persons=3)]
    assert with_keys(CUBE, LEVELS, SECRET)["kunci"].to_list() == expected


def test_order_of_rows_and_other_cells_do_not_matter() -> None:
    one = with_keys(CUBE[::-1], LEVELS, SECRET)
    assert one.sort(LEVELS).equals(with_keys(CUBE, LEVELS, SECRET).sort(LEVELS))


def test_another_secret_gives_other_keys() -> None:
    assert (with_keys(CUBE, LEVELS, SECRET)["kunci"] != with_keys(CUBE, LEVELS, SECRET[::-1])["kunci"]).all()


def test_codes_do_not_run_into_each_other() -> None:
    glued = pl.DataFrame({"status": ["PN", "PNS"], "provinsi": ["S33", "33"], "jumlah": [1, 1]})
    assert with_keys(glued, LEVELS, SECRET)["kunci"].n_unique() == 2


def test_delivered_keys_are_left_as_they_are() -> None:
    delivered = CUBE.with_columns(kunci=pl.Series([5, 6, 7]))
    assert with_keys(delivered, LEVELS, SECRET).equals(delivered)
