"""Serves a made-up world to the pages and commands of this process, and opens tabs of its pages without a browser."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml
from sqlalchemy import update
from streamlit.runtime.context import ContextProxy
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button
from streamlit.testing.v1.util import patch_config_options
from streamlit.util import calc_hash

from data_access.access.gateway import gateway
from data_access.governance import accounts, sessions
from data_access.owner import owner
from data_access.release import shelf
from data_access.release.manifest import DATABASE
from data_access.settings import settings
from data_access.state import engine, writing
from data_access.state.tables import account as account_table
from tests.world import World
from ui import entering
from ui.cookies import PLAIN
from ui.session import ENTERING

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "ui" / "main.py"
ADDRESS = "10.1.2.3"
SUMMARY, EXPLORER, HISTORY, PROFILE = "ringkasan/nasional", "analisis/eksplorasi", "data/riwayat", "akun/profil"
MAKE_UP, TREND, PLACES = "analisis/komposisi", "analisis/tren", "analisis/sebaran"
REFRESH, QUALITY, DICTIONARY = "data/penyegaran", "data/mutu", "data/kamus"
AGENCY, LEADERS, FLOWS = "ringkasan/instansi", "analisis/kepemimpinan", "analisis/arus"
RETIRING, POSTS, INDICES = "analisis/pensiun", "analisis/formasi", "analisis/profesionalitas"
TOPICS = (MAKE_UP, TREND, PLACES)
WATCHING, ROLES, SESSIONS = "kerja_sama/pemantauan", "admin/peran", "admin/sesi"
ACCOUNT_LIST = "admin/akun"
AGREEMENT, REQUESTS, EVALUATION = "kerja_sama/perjanjian", "kerja_sama/permintaan", "kerja_sama/evaluasi"
LETTERS, INCIDENTS = "kerja_sama/korespondensi", "kerja_sama/insiden"
COOPERATION = (AGREEMENT, REQUESTS, EVALUATION, LETTERS, INCIDENTS)
YEARLY = (POSTS, INDICES)
ANALYSES = (EXPLORER, *TOPICS, LEADERS, FLOWS, RETIRING, *YEARLY)
DATA_TEAM = (SUMMARY, AGENCY, *ANALYSES, REFRESH, HISTORY, QUALITY, DICTIONARY)
PAGES = (*DATA_TEAM, *COOPERATION, WATCHING, ROLES, ACCOUNT_LIST, SESSIONS, PROFILE)
DATA_PAGES = (SUMMARY, AGENCY, *ANALYSES, HISTORY)
# What a page is made of; an element of these kinds may hold numbers.
DATA_ELEMENTS = ("metric", "plotly_chart", "dataframe", "table")


def forget() -> None:
    """Everything that this process keeps between runs, as after a restart of the server."""
    for kept in (settings, owner, gateway):
        kept.cache_clear()


@contextmanager
def served(world: World) -> Iterator[World]:
    """`settings()` and all that hangs on it speak of this world inside the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASN_VAR", str(world.settings.var))
        patch.setenv("ASN_SECOND_FACTOR", world.settings.second_factor)
        for name in ("ASN_STATE_URL", "ASN_LANGUAGE"):
            patch.delenv(name, raising=False)
        # A tab of AppTest has no connection behind it, so Streamlit would make up objects in place of these texts.
        patch.setattr(ContextProxy, "ip_address", ADDRESS)
        patch.setattr(ContextProxy, "cookies", property(_cookies))
        forget()
        # AppTest keeps functions in the session state itself; `plain` below checks what the product keeps there.
        with patch_config_options({"runner.enforceSerializableSessionState": False}):
            yield world
    forget()
    COOKIES.clear()


# By tab, with the tab, so that no other gets its number meanwhile; beside what the product could clear away.
COOKIES: dict[int, tuple[object, dict[str, str]]] = {}


def _cookies(_context: ContextProxy) -> Mapping[str, str]:
    """The cookies of the tab that runs; as its browser would, it fetches that of a session just begun."""
    running = get_script_run_ctx()
    if running is None:
        return {}
    state = running.session_state
    kept = _kept(state)
    if ENTERING in state:
        ticket = state[ENTERING]
        del state[ENTERING]
        kept[PLAIN] = entering.redeemed(ticket)
    return kept


def cookies_of(at: AppTest) -> dict[str, str]:
    """What the browser of this tab keeps; to be changed as a thief would."""
    return _kept(at._session_state)


def _kept(state: SafeSessionState) -> dict[str, str]:
    return COOKIES.setdefault(id(state._state), (state._state, {}))[1]


def token(world: World, account: str, now: datetime | None = None) -> str:
    """The token of a new session, as after signing in."""
    state = engine(world.settings.state)
    return sessions.open_session(state, world.audit_key, accounts.find(state, account), address=ADDRESS, now=now)


def tab(session: str | None = None, *, language: str = "", query: dict[str, list[str]] | None = None) -> AppTest:
    """A browser tab with or without a session, before its first run."""
    at = AppTest.from_file(SCRIPT, default_timeout=60)
    if session:
        cookies_of(at)[PLAIN] = session
    if language:
        at.session_state["asn_language"] = language
    at.query_params.update(query or {})
    return at


def sound(world: World, account: str, page: str, *, language: str = "", **query: str) -> AppTest:
    """The page of an account without exception, error or warning."""
    given = {name: [value] for name, value in query.items()}
    found = opened(tab(token(world, account), language=language, query=given), page)
    assert not found.exception
    assert not found.error
    assert not found.warning, [warning.value for warning in found.warning]
    return found


def opened(at: AppTest, page: str) -> AppTest:
    """The tab after its address was changed to that page by hand, offered or not."""
    at._page_hash = calc_hash(page.replace("/", "-").replace("_", "-"))
    return at.run()


def offered(at: AppTest) -> set[str]:
    """The pages that the menu of the last run holds."""
    found = {Path(page["script_path"]).resolve().relative_to(ROOT / "pages") for page in at._registered_pages.values()}
    return {str(path.with_suffix("")) for path in found}


def words(at: AppTest) -> str:
    """All text of the main part of the page, one element a line."""
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success", "text", "code", "html")
    return "\n".join(str(getattr(element, "value", "")) for kind in kinds for element in at.main.get(kind))


def numbers(at: AppTest) -> list[str]:
    """The kinds of elements on the page that can hold data."""
    return [kind for kind in DATA_ELEMENTS for _element in at.main.get(kind)]


def press(at: AppTest, label: str) -> AppTest:
    """The tab after the button of that label in its main part was pressed."""
    [button] = [one for one in at.main.get("button") if isinstance(one, Button) and one.label == label]
    return button.click().run()


def is_sign_in(at: AppTest) -> bool:
    """Only the form: two fields, one button, no element that can hold data, no menu, no side bar."""
    fields = [field.label for field in at.text_input]
    return len(fields) == 2 and len(at.button) == 1 and not numbers(at) and not len(at.sidebar.children)


def plain(value: object) -> bool:
    """True for what may be kept in a session: text, numbers, dates and lists of them."""
    if isinstance(value, dict):
        return all(plain(one) for one in (*value.keys(), *value.values()))
    if isinstance(value, list | tuple):
        return all(plain(one) for one in value)
    return value is None or isinstance(value, str | int | float | bool | date)


def set_account(world: World, name: str, **changes: object) -> None:
    """Changes an account behind the application's back, as an administrator's tool would."""
    with writing(engine(world.settings.state)) as connection:
        connection.execute(update(account_table).where(account_table.c.name == name).values(changes))


def end_agreement(world: World) -> None:
    """The agreement was stopped in 2023 and never prolonged."""
    register = yaml.safe_load(world.settings.agreement.read_text("utf-8"))
    register["agreement"]["ended_early"] = date(2023, 1, 31)
    world.settings.agreement.write_text(yaml.safe_dump(register), "utf-8")


def damage(world: World) -> None:
    """One changed byte in the database of the release being served."""
    file = shelf.current(world.settings.releases) / DATABASE
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
