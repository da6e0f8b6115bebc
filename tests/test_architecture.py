"""The shape of the code itself: who may import what, where SQL may stand, how long things may be."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("data_access", "charts", "reports", "ui", "pages")
SQL = re.compile(
    r"^\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(OR\s+REPLACE\s+)?"
    r"(TABLE|VIEW|SECURE|TRIGGER|INDEX|TEMP)|DROP\s+(TABLE|VIEW|TRIGGER)|ATTACH\s|COPY\s+\(|PRAGMA\s|WITH\s+\w+\s+AS\s+\()"
)
SQL_MAY_STAND = ("data_access/release/", "data_access/state/")


@lru_cache(maxsize=1)
def sources() -> dict[str, ast.Module]:
    """Path from the root -> syntax tree, for all code that is not a test."""
    files = [*(ROOT.glob("*.py")), *(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))]
    return {file.relative_to(ROOT).as_posix(): ast.parse(file.read_text("utf-8")) for file in sorted(files)}


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def importing(package: str) -> set[str]:
    return {
        path
        for path, tree in sources().items()
        if any(n == package or n.startswith(f"{package}.") for n in imported(tree))
    }


def texts(tree: ast.Module) -> Iterator[str]:
    """Texts that are no docstrings; of an f-string its parts."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_there_is_code_to_look_at() -> None:
    assert len(sources()) > 60


def test_no_page_lies_directly_in_pages() -> None:
    """Streamlit would serve it to an anonymous visitor before any navigation."""
    assert [file.name for file in (ROOT / "pages").glob("*.py")] == []


def test_only_the_disclosure_step_constructs_an_answer() -> None:
    makers = {
        path
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") == "Protected" or getattr(node.func, "attr", "") == "Protected")
    }
    assert makers == {"data_access/access/disclosure.py"}


def test_only_derive_makes_an_answer_of_another() -> None:
    makers = {
        path
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "replace"
        and {keyword.arg for keyword in node.keywords} & {"frame", "axes"}
    }
    assert makers == {"data_access/access/derive.py"}


def test_only_the_export_step_constructs_an_export() -> None:
    """What makes files wants one, so nothing is taken along without a right, a purpose and a record."""
    makers = {
        path
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and "Export" in (getattr(node.func, "id", ""), getattr(node.func, "attr", ""))
        and "microdata" not in path
    }
    assert makers == {"data_access/access/export.py"}


def test_only_the_door_of_quality_permits_a_file_of_it() -> None:
    makers = {
        path
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and "QualityExport" in (getattr(node.func, "id", ""), getattr(node.func, "attr", ""))
    }
    assert makers == {"data_access/access/quality.py"}


def test_only_release_imports_duckdb() -> None:
    found = importing("duckdb")
    assert found
    assert {path for path in found if not path.startswith("data_access/release/")} == set()


@pytest.mark.parametrize("package", ["streamlit", "streamlit_authenticator"])
def test_no_streamlit_below_ui(package: str) -> None:
    assert {path for path in importing(package) if path.startswith(("data_access/", "charts/", "reports/"))} == set()


def test_pages_import_neither_frames_nor_databases() -> None:
    for package in ("duckdb", "polars", "sqlalchemy"):
        assert {path for path in importing(package) if path.startswith("pages/")} == set()


def test_the_contract_imports_nothing_of_the_product_but_itself() -> None:
    for path, tree in sources().items():
        if path.startswith("data_access/contract/"):
            own = {name for name in imported(tree) if name.startswith("data_access")}
            assert all(name.startswith("data_access.contract") for name in own)


def test_sql_stands_only_where_the_release_and_the_state_are_kept() -> None:
    """Elsewhere a text that looks like SQL would be a second door to data."""
    found = {path: [t for t in texts(tree) if SQL.match(t)] for path, tree in sources().items()}
    assert any(found[path] for path in found if path.startswith("data_access/release/"))
    strangers = {path: hits for path, hits in found.items() if hits and not path.startswith(SQL_MAY_STAND)}
    assert strangers == {}


def test_nothing_runs_text_or_unpacks_objects() -> None:
    forbidden = {"eval", "exec", "compile", "__import__"}
    for path, tree in sources().items():
        calls = {getattr(node.func, "id", "") for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert not calls & forbidden, path
    assert importing("pickle") | importing("marshal") | importing("shelve") == set()


def test_data_is_never_cached_for_all_sessions() -> None:
    for path, tree in sources().items():
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not names & {"cache_data"}, path


def test_no_file_is_longer_than_300_lines() -> None:
    long = {path: n for path in sources() if (n := len((ROOT / path).read_text("utf-8").splitlines())) > 300}
    assert long == {}


def test_no_function_is_longer_than_60_lines() -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        (path, node.name)
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, kinds) and (node.end_lineno or 0) - node.lineno + 1 > 60
    ]
    assert long == []


def test_every_module_says_what_it_is_for() -> None:
    assert [path for path, tree in sources().items() if tree.body and not ast.get_docstring(tree)] == []


def test_the_web_has_no_way_to_the_drop_folder() -> None:
    """It holds raw cubes: neither its place nor a reader of its manifests is known outside the owner's side."""
    from data_access.settings import Settings

    assert not hasattr(Settings(), "drop")
    web = [
        path for path in sources() if path.startswith(("ui/", "pages/", "reports/", "charts/", "data_access/access/"))
    ]
    for path in (*web, "app.py"):
        names = {
            alias.name for node in ast.walk(sources()[path]) if isinstance(node, ast.ImportFrom) for alias in node.names
        }
        assert "read_manifest" not in names, path
        assert "deliveries" not in set(texts(sources()[path])), path
