"""A delivery that holds persons by mistake: nothing of them, and no small number, is found outside the owner's side.

Names, NIPs and addresses are planted in columns of labels, dates, numbers and headings, and small sums in rows of totals.
The real worker runs as a process of its own; then the bytes of the state, its log, the audit and what a page gets are
searched. The whole list of findings, in the vault, must hold them: the proof that there was something to hide.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from data_access.folders import private_folder
from data_access.governance import audit
from data_access.governance.refresh_requests import Delivered, receive
from data_access.refresh import taking
from data_access.words import LANGUAGES
from reports.findings import findings_csv
from tests.data_access.intake.odd_files import HEADINGS, LONG, WIDE, Rows, long_rows, mapped, put, text_file, wide_rows
from tests.data_access.refresh.conftest import Office, office  # noqa: F401 - a fixture
from tests.data_access.refresh.processes import start
from tests.world import EARLY, cube, deliver, persons

NIP, NIK, SPACED = "198011172005011877", "3374998877665544", "19801117 200501 1 877"
NAMES = ["SITI RAHASIAWATI", "Budi Rahasianto", "Ali", "Dr. Asmat Rahasiawan, M.Si.", "rahasia77@dinas.example"]
SECRETS = [*NAMES, NIP, NIK, SPACED]
TRACES = [secret.encode() for secret in SECRETS if secret != "Ali"] + [b"Ali "]
ROWS = long_rows()

Plant = Callable[[Path], Path]


def _source(folder: Path, rows: Rows) -> Path:
    return mapped(folder, {"rekap.csv": text_file(rows)}, LONG)


def in_labels(folder: Path) -> Path:
    rows = ROWS
    for number, secret in enumerate(SECRETS):
        rows = put(rows, 3 + number, HEADINGS["instansi"], secret)
    return _source(folder, rows)


def in_numbers(folder: Path) -> Path:
    rows = ROWS
    for number, secret in enumerate(SECRETS):
        rows = put(rows, 3 + number, HEADINGS["jumlah"], secret)
    return _source(folder, rows)


def in_dates(folder: Path) -> Path:
    dates = ["Tanggal Acuan", *(f"{secret} 17 November 1980" for secret in SECRETS), *SECRETS]
    rows = [[*row, dates[i] if i < len(dates) else "2022-06-30"] for i, row in enumerate(ROWS)]
    mapping = LONG.model_copy(update={"columns": {**LONG.columns, "Tanggal Acuan": "tanggal_acuan"}})
    return mapped(folder, {"rekap.csv": text_file(rows)}, mapping)


def beside_the_table(folder: Path) -> Path:
    return _source(folder, [[*row, *(["", SECRETS[i % len(SECRETS)]] if i else [])] for i, row in enumerate(ROWS)])


def in_totals(folder: Path) -> Path:
    blank: list[object] = [""] * (len(ROWS[0]) - 2)
    return _source(folder, [*ROWS[:3], ["Jumlah", *blank, NAMES[0]], *ROWS[3:], ["Total", *blank, NIP]])


def in_canonical_codes(folder: Path) -> Path:
    frame = cube(_people())
    secret = pl.Series((SECRETS * frame.height)[:3] + frame["provinsi"].to_list()[3:])
    frame = frame.with_columns(
        secret.alias("provinsi"), pl.Series(SECRETS[3:] + frame["status"].to_list()[5:]).alias("status")
    )
    return deliver(folder, frame, EARLY)


def in_derived_columns(folder: Path) -> Path:
    frame = cube(_people())
    texts = pl.Series(SECRETS + ["PNS"] * (frame.height - len(SECRETS)))
    return deliver(folder, frame.with_columns(texts.alias("golongan")), EARLY)


def in_place_of_the_headings(folder: Path) -> Path:
    person = [NAMES[0], NIP, NIK, NAMES[1], *ROWS[1][4:]]
    return _source(folder, [person, *ROWS[1:]])


def in_headings_beside_those_of_the_mapping(folder: Path) -> Path:
    return _source(folder, [[*ROWS[0], NAMES[0], NIP], *([*row, "x", "y"] for row in ROWS[1:])])


def in_the_mapping(folder: Path) -> Path:
    return mapped(folder, {"rekap.csv": text_file(put(ROWS, 3, HEADINGS["status"], "?"))}, LONG.model_copy(
        update={"labels": {"instansi": {f"x {NIP}": "KB3204"}}}
    ))  # fmt: skip


def _people() -> pl.DataFrame:
    return persons(60, day=EARLY, seed=5)


PLANTS: list[Plant] = [in_labels, in_numbers, in_dates, beside_the_table, in_totals, in_canonical_codes]
PLANTS += [in_derived_columns, in_place_of_the_headings, in_headings_beside_those_of_the_mapping, in_the_mapping]


def _checked(office: Office, plant: Plant) -> tuple[int, bytes]:  # noqa: F811
    """The number of the refresh, and all that the worker printed."""
    plant(private_folder(office.world.settings.drop) / "kiriman")
    brought = Delivered(
        dataset="pegawai", reference_date=EARLY, origin="drop", delivery="kiriman", title="kiriman", mapping=""
    )
    number = receive(office.state, office.world.audit_key, office.event(), brought)
    printed = b"".join(start(office).communicate(timeout=120))
    assert office.one(number).state in ("rejected", "ready")
    return number, printed


def _outside(office: Office, number: int, printed: bytes) -> dict[str, bytes]:  # noqa: F811
    """Everything that is not on the owner's side."""
    office.state.dispose()
    var, content = office.world.settings.var, office.report(number)
    found = {file.name: file.read_bytes() for file in var.iterdir() if file.is_file() and file.suffix != ".lock"}
    found |= {f"csv {language}": findings_csv(content["findings"], language) for language in LANGUAGES}
    found["page"] = json.dumps(content, ensure_ascii=False).encode()
    found["audit"] = repr(audit.search(office.state, limit=1_000)).encode()
    return found | {"printed": printed}


@pytest.mark.parametrize("plant", PLANTS, ids=[plant.__name__ for plant in PLANTS])
def test_nothing_of_a_person_leaves_the_owners_side(office: Office, plant: Plant) -> None:  # noqa: F811
    number, printed = _checked(office, plant)
    for where, content in _outside(office, number, printed).items():
        leaked = [trace for trace in TRACES if trace in content]
        assert not leaked, f"{leaked} in {where}"
    told = "".join(finding["id"] for finding in office.report(number)["findings"])
    assert not re.search(r"\bAli\b", told)
    whole = (taking.place(office.one(number), office.world.settings) / taking.FINDINGS).read_text("utf-8")
    if plant is not in_the_mapping:
        assert NAMES[0] in whole


def small_totals(folder: Path) -> Path:
    blank = [""] * (len(ROWS[0]) - 2)
    return _source(folder, [*ROWS[:2], ["Jumlah", *blank, 7], *ROWS[2:]])


def small_total_columns(folder: Path) -> Path:
    upper, lower, *body = wide_rows()
    summed = [[*row, sum(cell for cell in row if isinstance(cell, int))] for row in body]
    rows = [[*upper, "Semua"], [*lower, ""], [*summed[0][:-1], 7], *summed[1:]]
    return mapped(folder, {"rekap.csv": text_file(rows)}, WIDE.model_copy(update={"totals": {"Semua": {}}}))


def small_claim(folder: Path) -> Path:
    rows = [ROWS[0], [*ROWS[1][:-1], 3], [*ROWS[2][:-1], 4]]
    return mapped(folder, {"rekap.csv": text_file(rows)}, LONG, total=9, rows=5)


def negative_numbers(folder: Path) -> Path:
    return _source(folder, put(ROWS, 3, HEADINGS["jumlah"], -7))


@pytest.mark.parametrize(
    "plant", [small_totals, small_total_columns, small_claim, negative_numbers], ids=lambda plant: plant.__name__
)
def test_small_sums_are_told_as_less_than_ten(office: Office, plant: Plant) -> None:  # noqa: F811
    number, _printed = _checked(office, plant)
    content = office.report(number)
    spoken = [
        f
        for f in content["findings"]
        if f["rule"] in ("total-row-differs", "total-column-differs", "manifest-total", "manifest-rows", "negative")
    ]
    assert spoken
    for finding in spoken:
        sentences = f"{finding['id']} {finding['en']} {finding['value']}"
        assert "<10" in sentences
        assert not re.search(r"(?<![<\d])\d\b", sentences)
    assert plant is not small_claim or content["total"] is None


def test_a_frequent_or_a_misspelled_label_is_told(office: Office) -> None:  # noqa: F811
    """What a data officer needs in order to mend the mapping."""

    def misspelled(folder: Path) -> Path:
        rows = put(ROWS, 3, HEADINGS["pendidikan"], "S-1/Sarjanaa")
        for row in range(4, 15):
            rows = put(rows, row, HEADINGS["status"], "Pegawai tetap")
        return _source(folder, put(rows, 20, HEADINGS["status"], "Sekali saja"))

    number, _printed = _checked(office, misspelled)
    content = office.report(number)
    assert {p["source"] for p in content["proposals"]} == {"S-1/Sarjanaa", "Pegawai tetap"}
    assert content["unproposed"] == 1
    by_value = {finding["value"]: finding for finding in content["findings"]}
    assert by_value["S-1/Sarjanaa"]["id"].startswith("S-1/Sarjanaa tidak dikenal (1 baris)")
    hidden = by_value[None]
    assert (hidden["row"], hidden["column"]) == (20, HEADINGS["status"])
    assert hidden["id"].startswith(f"(nilai tidak disimpan; lihat baris 20, kolom {HEADINGS['status']}) tidak dikenal")


def test_the_record_keys_of_a_delivery_are_never_told(office: Office) -> None:  # noqa: F811
    def odd_keys(folder: Path) -> Path:
        frame = cube(_people()).with_columns(pl.col("kunci").cast(pl.String))
        texts = ["-4294967299", "123456789.5", *frame["kunci"].to_list()[2:]]
        return deliver(folder, frame.with_columns(pl.Series("kunci", texts)), EARLY)

    number, _printed = _checked(office, odd_keys)
    told = json.dumps(office.report(number))
    assert "unread" not in told
    assert not any(key in told for key in ("4294967299", "123456789"))
