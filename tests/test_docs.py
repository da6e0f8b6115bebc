"""What the documentation must keep up with: settings, commands, roles, datasets, decisions, the README's promises."""

from pathlib import Path

import pytest

from data_access.access.roles import roles
from data_access.contract import contract
from data_access.governance.registers.catalogue import REGISTERS
from data_access.owner import OwnerSettings
from docs import generate, registers

ROOT = Path(__file__).parent.parent


def test_generated_parts_are_current() -> None:
    assert generate.main(["--check"]) == 0


@pytest.mark.parametrize("name", OwnerSettings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    assert OwnerSettings.model_fields[name].description
    assert f"`ASN_{name.upper()}`" in generate.REFERENCE.read_text("utf-8")


@pytest.mark.parametrize("name", roles().roles)
def test_every_role_is_documented(name: str) -> None:
    assert f"(`{name}`)" in generate.REFERENCE.read_text("utf-8")
    assert f"`{name}`" in generate.README.read_text("utf-8")


@pytest.mark.parametrize("dataset", contract().datasets)
def test_every_level_is_documented(dataset: str) -> None:
    text = generate.REFERENCE.read_text("utf-8")
    assert [level for level in contract().datasets[dataset].levels if f"`{level}`" not in text] == []


def test_every_register_and_every_article_of_the_agreement_is_documented() -> None:
    text = generate.AGREEMENTS.read_text("utf-8")
    assert [name for name in REGISTERS if f"(`{name}`)" not in text] == []
    rows = [
        line for line in text.split("## Rights")[0].splitlines() if line.startswith("| ") and "| article |" not in line
    ]
    assert len(rows) == 17
    assert [row for row in rows if "../tests/" not in row.split(" | ")[-1]] == []


def test_a_state_that_no_step_reaches_says_what_leads_there() -> None:
    """Drawing it fails otherwise."""
    assert registers.lives().count("stateDiagram-v2") == len(REGISTERS)


def test_every_command_has_a_help_text() -> None:
    assert [name for name, help_text in generate._commands() if not help_text] == []


def test_readme_names_the_example_accounts_and_stays_short() -> None:
    from data_access.commands.demo import ACCOUNTS

    text = generate.README.read_text("utf-8")
    assert [name for name, *_rest in ACCOUNTS if f"`{name}`" not in text] == []
    assert 60 <= len(text.splitlines()) <= 120


@pytest.mark.parametrize("file", sorted((ROOT / "docs").glob("*.md")), ids=lambda file: file.name)
def test_links_in_the_docs_lead_somewhere(file: Path) -> None:
    links = [part.split(")")[0] for part in file.read_text("utf-8").split("](")[1:]]
    local = [link.split("#")[0] for link in links if not link.startswith("http")]
    assert [link for link in local if not (file.parent / link).exists()] == []


def test_readme_links_lead_somewhere_and_every_picture_is_shown() -> None:
    texts = [generate.README.read_text("utf-8"), *(page.read_text("utf-8") for page in (ROOT / "docs").glob("*.md"))]
    links = [part.split(")")[0] for part in texts[0].split("](")[1:]]
    assert [link for link in links if not link.startswith("http") and not (ROOT / link.split("#")[0]).exists()] == []
    pictures = [picture.name for picture in (ROOT / "docs" / "images").iterdir()]
    assert [name for name in pictures if not any(f"images/{name})" in text for text in texts)] == []
