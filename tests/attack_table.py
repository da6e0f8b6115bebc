"""The table at the end of a run: attacks tried and stopped, by class. A class is a module of `tests/attacks`."""

import ast
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from pytest import TestReport

FOLDER = "tests/attacks/"
HEAD = "attacks tried and stopped, by class"


def lines(stats: Mapping[str, Iterable[object]], root: Path) -> list[str]:
    """A line for each class that was tried, stopped and let through, by name; none where no attack was tried."""
    stopped, through = _counted(stats.get("passed", ())), _counted([*stats.get("failed", ()), *stats.get("error", ())])
    every = sorted(stopped.keys() | through.keys())
    found = [f"{stopped[file]:5} {through[file]:7}  {_told(root / file)}" for file in every]
    return (
        [f"{'stopped':>5} {'through':>5}", *found, f"{stopped.total():5} {through.total():7}  in all"] if found else []
    )


def _counted(reports: Iterable[object]) -> Counter[str]:
    """Tests by module; a test that could not begin has let its attack through."""
    files = [one.nodeid.partition("::")[0] for one in reports if isinstance(one, TestReport)]
    return Counter(file for file in files if file.startswith(FOLDER))


def _told(file: Path) -> str:
    """What the first line of the module says about its attackers."""
    return (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or file.stem).partition("\n")[0]
