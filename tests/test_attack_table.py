"""The table of attacks by class: what it counts as stopped, what as let through, and when it keeps silent."""

from pathlib import Path
from typing import Literal

import pytest

from tests.attack_table import lines

FILE = "tests/attacks/test_repeating.py"
ROOT = Path(__file__).parent.parent


def report(
    node: str, outcome: Literal["passed", "failed"], when: Literal["setup", "call"] = "call"
) -> pytest.TestReport:
    return pytest.TestReport(node, (node, 0, node), {}, outcome, None, when)


def test_a_class_is_a_module_with_the_first_line_of_its_docstring() -> None:
    passed = [report(f"{FILE}::test_{name}", "passed") for name in ("a", "b[x::y]")]
    broken = report(f"{FILE}::test_c", "failed", "setup")
    failed = report(f"{FILE}::test_d", "failed")
    _head, told, total = lines({"passed": passed, "failed": [failed], "error": [broken]}, ROOT)
    assert told.split(maxsplit=2)[:2] == ["2", "2"]
    assert told.split(maxsplit=2)[2] == (ROOT / FILE).read_text("utf-8").split('"""')[1].split("\n")[0]
    assert total.split() == ["2", "2", "in", "all"]


def test_without_attacks_there_is_no_table() -> None:
    assert lines({"passed": [report("tests/test_docs.py::test_a", "passed")], "deselected": [object()]}, ROOT) == []
