"""A mapping is a draft until every level has a source, every column a meaning, every label a code."""

from data_access.intake.mapping.completeness import open_points
from tests.data_access.intake.odd_files import HEADINGS, LONG

STATUS = HEADINGS["status"]
ASKED = [{"level": "status", "source": "Honor"}, {"level": "", "source": "Keterangan"}]


def without(level: str) -> dict[str, str]:
    return {name: target for name, target in LONG.columns.items() if target != level}


def test_a_mapping_that_explains_everything_leaves_nothing_open() -> None:
    explained = LONG.model_copy(update={"labels": {"status": {"HONOR": "PPPK-PW"}}})
    explained = explained.model_copy(update={"columns": LONG.columns | {"Keterangan": "abaikan"}})
    assert not open_points(explained, LONG, [*LONG.columns, "Keterangan"], ASKED)


def test_what_is_left_open_is_named() -> None:
    lacking = LONG.model_copy(update={"columns": without("jenjang")})
    found = open_points(lacking, LONG, [*LONG.columns, "Keterangan"], ASKED)
    assert found.levels == ("jenjang",)
    assert found.columns == (HEADINGS["jenjang"], "Keterangan")
    assert found.labels == (("status", "Honor"),)


def test_the_count_is_needed_too() -> None:
    assert open_points(LONG.model_copy(update={"columns": without("jumlah")}), LONG, [], []).levels == ("jumlah",)


def test_labels_of_a_column_that_means_something_else_now_are_not_asked_for() -> None:
    other = LONG.model_copy(update={"columns": without("status") | {STATUS: "abaikan"}, "constants": {"status": "PNS"}})
    assert not open_points(other, LONG, LONG.columns, ASKED)
