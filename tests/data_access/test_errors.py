"""Every failure carries a sentence in both languages and a reason for the log."""

import ast
from pathlib import Path

import pytest

from data_access import errors
from data_access.errors import AsnError, Refused

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, AsnError)]
SOURCES = sorted((Path(errors.__file__).parent).rglob("*.py"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_failure_says_what_happened_and_keeps_its_reason(kind: type[AsnError]) -> None:
    error = kind("x-y", "Dimensi {level} tidak tersedia untuk Anda.", level="gaji")
    assert str(error) == error.sentence("id") == "Dimensi gaji tidak tersedia untuk Anda."
    assert "gaji" in error.sentence("en")
    assert (error.reason, error.facts) == ("x-y", {"level": "gaji"})


@pytest.mark.parametrize("value", ["{level}", "{0}", "{x.__class__}", "%s", "{{", "}"])
def test_what_a_user_typed_is_never_a_template(value: str) -> None:
    assert value in Refused("x", "Kode {code} tidak dikenal.", code=value).sentence("id")


def reasons() -> list[tuple[str, str]]:
    """(file, first argument) of every error that the code raises or makes."""
    names = {kind.__name__ for kind in KINDS}
    found = []
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names and node.args:
                first = node.args[0]
                found.append((source.name, str(first.value) if isinstance(first, ast.Constant) else ""))
    return found


def test_every_reason_is_a_key_of_small_letters_and_hyphens() -> None:
    found = reasons()
    assert len(found) > 40
    assert [
        (file, reason)
        for file, reason in found
        if (reason and not reason.replace("-", "a").isalpha()) or reason != reason.lower()
    ] == []
