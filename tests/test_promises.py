"""What the threat model and the ASVS list call proof is there: every linked file, and every test named in it."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
LINK = re.compile(r"\[([^\]]+)\]\((\.\./tests/[^)]+\.py)\)")
LISTS = ("threat-model.md", "asvs.md")


def _links(name: str) -> list[tuple[str, Path]]:
    text = (DOCS / name).read_text("utf-8")
    return [(words, (DOCS / target).resolve()) for words, target in LINK.findall(text)]


@pytest.mark.parametrize("name", LISTS)
def test_every_proof_exists(name: str) -> None:
    links = _links(name)
    assert len(links) > 20
    assert [str(file) for _words, file in links if not file.is_file()] == []
    named = [(words.partition("::")[2], words.partition("::")[0], file) for words, file in links]
    assert [words for _test, words, file in named if words != file.name] == []
    lost = [
        f"{file.name}::{test}" for test, _words, file in named if test and f"def {test}(" not in file.read_text("utf-8")
    ]
    assert lost == []


@pytest.mark.parametrize("name", LISTS)
def test_a_linked_file_holds_tests(name: str) -> None:
    assert [file.name for _words, file in _links(name) if "\ndef test_" not in file.read_text("utf-8")] == []


def test_the_readme_leads_to_both() -> None:
    text = (DOCS.parent / "README.md").read_text("utf-8")
    assert all(f"](docs/{name})" in text for name in LISTS)
