"""A mapping as YAML: what does not fit is refused with a sentence, and what is written is read again as the same."""

from pathlib import Path

import pytest

from data_access.errors import Rejected
from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.text import adopted, read_mapping, with_labels, write_mapping
from tests.data_access.intake.odd_files import (
    HEADINGS,
    LONG,
    WIDE,
    long_rows,
    mapped,
    report_on,
    workbook,
)

LABELS = long_rows(labels=True)
XLSX, COUNT = "a.xlsx", HEADINGS["jumlah"]


TEXT = write_mapping(LONG)

MAPPINGS: list[tuple[str, str, str]] = [
    ("no YAML", "columns: [", "mapping-unreadable"),
    ("a list", "- a\n- b\n", "mapping-invalid"),
    ("empty", "", "mapping-invalid"),
    ("an entry nobody knows", TEXT + "kolom: {}\n", "mapping-invalid"),
    ("a level nobody knows", TEXT.replace(": jenjang\n", ": eselon\n"), "mapping-invalid"),
    ("a level twice", TEXT.replace(": jenjang\n", ": status\n"), "mapping-invalid"),
    ("a heading twice", TEXT.replace("columns:\n", "columns:\n  status  asn: abaikan\n"), "mapping-invalid"),
    ("a key twice", TEXT.replace("columns:\n", f"columns:\n  {HEADINGS['jumlah']}: abaikan\n"), "mapping-unreadable"),
    ("a code nobody knows", TEXT + "labels:\n  status:\n    Honorer: HONORER\n", "mapping-invalid"),
    ("labels of no level", TEXT + "labels:\n  warna:\n    merah: M\n", "mapping-invalid"),
    ("a constant beside a column", TEXT + "constants:\n  status: PNS\n", "mapping-invalid"),
    ("a column to fill that is not read", TEXT + "fill_down: [Eselon]\n", "mapping-invalid"),
    ("a count beside wide columns", TEXT + "unpivot:\n  A:\n    status: PNS\n", "mapping-invalid"),
    ("a level missing", TEXT.replace(": jenjang\n", ": abaikan\n"), "columns-missing"),
    ("the count missing", TEXT.replace(": jumlah\n", ": abaikan\n"), "columns-missing"),
    ("another dataset", TEXT.replace("dataset: pegawai", "dataset: gaji"), "mapping-invalid"),
    ("a name with a path", TEXT.replace("name: rekap", "name: ../rekap"), "mapping-invalid"),
    ("an object", "!!python/object/apply:os.getcwd []", "mapping-invalid"),
    ("too long", "#" * 1_000_001, "mapping-unreadable"),
    ("a sheet that is not there", TEXT + "sheets: [Rekap]\n", "sheet-missing"),
]


@pytest.mark.parametrize(("name", "text", "reason"), MAPPINGS, ids=[case[0] for case in MAPPINGS])
def test_a_mapping_that_does_not_fit_is_refused_with_a_sentence(
    tmp_path: Path, name: str, text: str, reason: str
) -> None:
    with pytest.raises(Rejected) as caught:
        report_on(mapped(tmp_path / "k", {XLSX: workbook({"S": LABELS})}, text))
    assert caught.value.reason == reason
    assert all("{" not in caught.value.sentence(language) for language in ("id", "en"))


@pytest.mark.parametrize("mapping", [LONG, WIDE], ids=["long", "wide"])
def test_what_is_written_is_read_again_as_the_same(mapping: Mapping) -> None:
    full = mapping.model_copy(
        update={"labels": {"jenjang": {"No": "pelaksana", "05": "mahir", "2025-10-06": "terampil"}}}
    )
    assert read_mapping(write_mapping(full)) == full
    assert write_mapping(read_mapping(write_mapping(full))) == write_mapping(full)


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    """A heading No, a code 05 and a label that looks like a date, as somebody types them."""
    text = (
        "name: rekap\ndataset: pegawai\ncolumns:\n  No: abaikan\n  Pdk: pendidikan\nsum_duplicates: true\nconstants:\n"
    )
    text += "labels:\n  pendidikan:\n    5: 05\n    yes: 10\n    2025-10-06: 40\n"
    mapping = read_mapping(text)
    assert mapping.columns == {"No": "abaikan", "Pdk": "pendidikan"}
    assert mapping.labels == {"pendidikan": {"5": "05", "yes": "10", "2025-10-06": "40"}}
    assert (mapping.sum_duplicates, mapping.constants) == (True, {})


def test_more_labels_are_added_to_those_that_are_there() -> None:
    first = with_labels(LONG, {"status": {"Honor": "PPPK-PW"}})
    both = with_labels(first, {"status": {"Kontrak": "PPPK"}, "jenjang": {"Staf": "pelaksana"}})
    assert both.labels == {"status": {"Honor": "PPPK-PW", "Kontrak": "PPPK"}, "jenjang": {"Staf": "pelaksana"}}
    assert LONG.labels == {}
    with pytest.raises(Rejected):
        with_labels(LONG, {"status": {"Honor": "HONORER"}})


def test_a_proposal_says_so_until_somebody_stands_by_it() -> None:
    proposal = LONG.model_copy(update={"proposal": True, "missing": ("jenjang",)})
    assert write_mapping(proposal).startswith("# Usulan")
    assert read_mapping(write_mapping(proposal)) == proposal
    assert adopted(proposal) == LONG
