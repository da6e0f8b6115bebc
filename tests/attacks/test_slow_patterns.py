"""Who types a text that a pattern would chew on for hours (ReDoS): no pattern can be made to, and none comes from a user."""

import ast
import re
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui_world import ROOT

CODE = ("data_access", "charts", "reports", "ui", "pages")
CALLS = {"compile", "fullmatch", "match", "search", "sub", "split", "findall", "finditer", "subn"}
MANY = 1_000  # a repeat that may go further is one without end


def calls() -> Iterator[tuple[str, ast.expr]]:
    """Every pattern that the code gives to `re`, with its place."""
    for file in sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
                of = node.func.value
                if isinstance(of, ast.Name) and of.id == "re":
                    yield f"{Path(file).relative_to(ROOT)}:{node.lineno}", node.args[0]


def text_of(pattern: ast.expr) -> str:
    """The pattern with a letter in place of whatever is put into it."""
    if isinstance(pattern, ast.Constant):
        return pattern.value.decode() if isinstance(pattern.value, bytes) else str(pattern.value)
    if isinstance(pattern, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in pattern.values)
    return ""


def nested(parsed: Any, inside: bool = False) -> bool:
    """Whether a repeat without end stands inside another one."""
    for operation, argument in parsed:
        endless = str(operation).endswith("_REPEAT") and argument[1] >= MANY
        if endless and inside:
            return True
        parts = argument if isinstance(argument, (tuple, list)) else (argument,)
        for part in parts:
            for one in part if isinstance(part, list) else [part]:
                if isinstance(one, parser.SubPattern) and nested(one, inside or endless):
                    return True
    return False


PATTERNS = {place: text for place, pattern in calls() if (text := text_of(pattern))}


@pytest.mark.parametrize("place", PATTERNS)
def test_no_repeat_stands_inside_another(place: str) -> None:
    assert not nested(parser.parse(PATTERNS[place])), PATTERNS[place]


@pytest.mark.parametrize(
    ("pattern", "slow"), [("(a+)+b", True), ("(a|b*)*c", True), ("(?:x[0-9]+,?)*y", True), ("[a-z]+[0-9]{2,}", False)]
)
def test_a_slow_pattern_is_told(pattern: str, slow: bool) -> None:
    re.compile(pattern)
    assert nested(parser.parse(pattern)) is slow


def test_patterns_are_written_in_the_code_and_not_made_of_what_users_type() -> None:
    """Those that are not come from files that ship with the product (contract, code lists), read where deliveries are."""
    made = [place for place, pattern in calls() if not text_of(pattern)]
    assert len(PATTERNS) >= 20
    assert [place for place in made if not place.startswith(("data_access/contract/", "data_access/intake/"))] == []
