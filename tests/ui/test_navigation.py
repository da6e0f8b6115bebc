"""Who finds which page, and that every page asks for its viewer before anything else."""

import ast
import re

import pytest

from data_access.access.roles import roles
from data_access.words import LANGUAGES
from tests.ui_world import (
    ACCOUNT_LIST,
    AGENCY,
    ANALYSES,
    COOPERATION,
    DATA_TEAM,
    DICTIONARY,
    HISTORY,
    PROFILE,
    QUALITY,
    REQUESTS,
    RETIRING,
    ROLES,
    SESSIONS,
    SUMMARY,
    WATCHING,
    YEARLY,
)
from tests.world import World
from ui.navigation import FOLDER, PAGES, PASSWORD, SECOND_FACTOR, SIGN_IN, STATEMENT

# role -> its pages, and why (from roles.yaml)
TABLE = {
    # reads summaries to decide, crosses nothing; decides in the name of its party
    "pimpinan": {SUMMARY, AGENCY, RETIRING, *YEARLY, HISTORY, DICTIONARY, *COOPERATION, WATCHING, PROFILE},
    # drafts national policy; may ask the other party
    "analis": {SUMMARY, AGENCY, *ANALYSES, HISTORY, DICTIONARY, REQUESTS, PROFILE},
    # works for the assigned provinces
    "analis_wilayah": {SUMMARY, AGENCY, *ANALYSES, HISTORY, DICTIONARY, REQUESTS, PROFILE},
    # publishes snapshots and verifies them
    "tim_data": {*DATA_TEAM, REQUESTS, PROFILE},
    # watches the exchange; headline figures only
    "tim_teknis": {SUMMARY, HISTORY, QUALITY, DICTIONARY, *COOPERATION, WATCHING, ROLES, PROFILE},
    "admin": {DICTIONARY, ROLES, ACCOUNT_LIST, SESSIONS, PROFILE},  # manages accounts; needs no data
}
ACCOUNTS = {
    "pimpinan": "pimpinan",
    "analis": "analis",
    "wilayah": "analis_wilayah",
    "tim-data": "tim_data",
    "tim-teknis": "tim_teknis",
    "pengelola": "admin",
}


def test_the_table_names_every_role_and_page() -> None:
    assert set(TABLE) == set(roles().roles)
    assert {entry.path for entry in PAGES} == set().union(*TABLE.values())


@pytest.mark.parametrize(("account", "role"), ACCOUNTS.items())
def test_role_finds_its_pages_and_no_other(world: World, account: str, role: str) -> None:
    viewer = world.viewer(account)
    assert viewer.role_name == role
    assert {entry.path for entry in PAGES if viewer.may_open(entry.path)} == TABLE[role]
    assert not any(viewer.may_open(page) for page in ("", "akun/masuk", "tidak/ada", "data", "RINGKASAN/NASIONAL", "*"))


@pytest.mark.parametrize("role", TABLE)
def test_every_role_says_why(role: str) -> None:
    assert all(len(roles().roles[role].reason.text(language)) > 40 for language in LANGUAGES)
    assert all(roles().roles[role].label.text(language) for language in LANGUAGES)


def test_pages_with_data_belong_to_roles_with_data() -> None:
    for name, role in roles().roles.items():
        assert bool(role.datasets) == (SUMMARY in role.pages), name


def test_no_page_lies_where_streamlit_would_serve_it_without_signing_in() -> None:
    """A file directly in `pages/` is served to anybody as long as `st.navigation` was not called (docs: security)."""
    assert list(FOLDER.glob("*.py")) == []
    assert {file.relative_to(FOLDER).with_suffix("").as_posix() for file in FOLDER.glob("*/*.py")} == {
        SIGN_IN,
        STATEMENT,
        PASSWORD,
        SECOND_FACTOR,
        *(entry.path for entry in PAGES),
    }
    assert list(FOLDER.glob("*/*/*.py")) == []


@pytest.mark.parametrize("page", [entry.path for entry in PAGES])
def test_first_statement_of_a_page_takes_its_own_viewer(page: str) -> None:
    body = ast.parse((FOLDER / f"{page}.py").read_text("utf-8")).body
    code = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]
    constants = (ast.Assign, ast.Expr)
    after = [node for node in code if not (isinstance(node, constants) and isinstance(node.value, ast.Constant))]
    assert ast.unparse(after[0]) == f"me = viewer('{page}')"


def test_addresses_are_unique_and_plain() -> None:
    urls = [entry.url for entry in PAGES]
    assert len(set(urls)) == len(urls)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", url) for url in urls)
