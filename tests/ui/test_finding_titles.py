"""Findings of one rule stand under what they have in common, not under the first of them."""

import re
from pathlib import Path

from ui.refreshing.findings import OTHER_TITLE, heading

INTAKE = Path(__file__).parents[2] / "data_access" / "intake"
WITH_ROWS = re.compile(
    r"""(?:Finding\(\s*(?:"\w+"|severity),\s*|_listed\(\s*broken,\s*|return |rules\.listed\()"([a-z]+(?:-[a-z]+)+)\""""
)


def test_every_rule_that_names_rows_has_a_heading() -> None:
    rules = {name for file in INTAKE.rglob("*.py") for name in WITH_ROWS.findall(file.read_text("utf-8"))}
    assert {"unknown-label", "total-row-differs", "cell-outside", "outside-parent"} <= rules
    whole = {"key-spread", "rows-summed", "mapping-proposed", "total-moved", "total-column"}
    whole |= {"period-missing", "period-overlap", "period-gap"}
    assert {rule for rule in rules - whole if heading(rule) == OTHER_TITLE} == set()


def test_a_rule_that_is_new_has_a_heading_too() -> None:
    assert heading("belum-ada") == OTHER_TITLE
