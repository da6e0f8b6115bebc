"""Who tries steps that are not theirs, matters of other pages, files of others: refused, recorded, and nothing is written."""

import http.client
import json
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from data_access.access.registering import open_matter, take_step
from data_access.errors import AsnError, Damaged, Refused
from data_access.governance import audit, sessions, tickets
from data_access.governance.audit import Event
from data_access.governance.documents import Attachment
from data_access.governance.registers.catalogue import REGISTERS
from data_access.keys import key
from data_access.state import engine, reading, utc_now
from data_access.state.tables import document, register_entry, register_step
from tests.browser.server import running
from tests.cooperation import PAPER, examples, letter, opened, taken
from tests.ui_world import AGREEMENT, INCIDENTS, REQUESTS, numbers, served, set_account, tab, token, words
from tests.ui_world import opened as at_page
from tests.world import World, copied
from ui.agreeing import evaluation, matter
from ui.agreeing.places import PAGE_OF, path_of
from ui.cookies import PLAIN
from ui.session import Bearer

LIMIT = 100_000
ACCOUNTS = (
    "analis",
    "wilayah",
    "tim-data",
    "pemilik",
    "tim-teknis",
    "teknis-bkn",
    "pimpinan",
    "pimpinan-bkn",
    "pengelola",
)
RIGHTS = {"ask": 1, "act": 2, "decide": 3}
HELD = {"pengelola": 0, "tim-teknis": 2, "teknis-bkn": 2, "pimpinan": 3, "pimpinan-bkn": 3}  # all others may ask
KEDUA = ("tim-data", "pemilik", "teknis-bkn", "pimpinan-bkn", "pengelola")


@pytest.fixture(scope="module")
def office(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = copied(world, tmp_path_factory.mktemp("office") / "var")
    with served(made):
        yield made
    engine(made.settings.state).dispose()


@pytest.fixture(scope="module")
def matters(office: World) -> dict[str, int]:
    return {name: opened(office, name) for name in REGISTERS}


def written(world: World) -> list[int]:
    with reading(engine(world.settings.state)) as connection:
        tables = (register_entry, register_step, document)
        return [connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def last_refusal(world: World, account: str) -> Event:
    return audit.search(engine(world.settings.state), account=account, decision="refused", limit=1)[0].event


def may_not_open(account: str, register: str) -> bool:
    described = REGISTERS[register]
    party = "kedua" if account in KEDUA else "kesatu"
    return HELD.get(account, 1) < RIGHTS[described.opening.right] or party not in described.opener


FORBIDDEN = [(a, name) for a in ACCOUNTS for name in REGISTERS if may_not_open(a, name)]


@pytest.mark.parametrize(("account", "register"), FORBIDDEN)
def test_opening_what_is_not_theirs_is_refused_and_recorded(office: World, account: str, register: str) -> None:
    before = written(office)
    _opener, facts = examples()[register]
    with pytest.raises(Refused) as refused:
        open_matter(office.viewer(account), register, facts, letter())
    assert refused.value.reason in ("step-right", "step-party")
    found = last_refusal(office, account)
    assert (found.action, found.reason, found.detail) == ("register-open", refused.value.reason, register)
    assert written(office) == before


STEPS: list[tuple[str, str, str, dict[str, Any], str]] = [
    # account, register, step, facts, reason
    (
        "analis",
        "permintaan",
        "telaah",
        {"advice": "dapat", "note": "Dapat dipenuhi."},
        "step-right",
    ),  # of the technical team
    ("pimpinan", "perpanjangan", "setuju", {}, "step-party"),  # its own proposal
    ("teknis-bkn", "perpanjangan", "setuju", {}, "step-right"),  # the team does not decide
    ("pimpinan-bkn", "perpanjangan", "tarik", {}, "step-party"),  # the proposal of the other
    ("pimpinan", "penghentian", "terima", {}, "step-party"),  # receives its own notice
    ("pimpinan-bkn", "penghentian", "setuju", {}, "step-order"),  # before it was received
    ("analis", "tim", "akhiri", {}, "step-right"),
    ("tim-data", "pendampingan", "jawab", {"note": "Jawaban dari yang bukan tim."}, "step-right"),
    ("tim-teknis", "pendampingan", "jawab", {"note": "Jawaban pihak sendiri."}, "step-party"),
    ("teknis-bkn", "evaluasi", "tutup", {}, "step-right"),
    ("pimpinan", "alamat", "terima", {}, "fact-missing"),  # theirs, but says nothing
    ("teknis-bkn", "insiden", "tahan", {}, "step-party"),
    ("pengelola", "koordinasi", "setuju", {}, "step-right"),
    ("pimpinan-bkn", "kahar", "akui", {}, "step-party"),  # acknowledges its own
    ("pimpinan", "adendum", "tidak-ada", {}, "step-order"),
    ("pimpinan", "surat", "' OR 1=1 --", {}, "step-order"),
]


@pytest.mark.parametrize(("account", "register", "step", "facts", "reason"), STEPS)
def test_a_step_that_is_not_theirs_is_refused_and_recorded(
    office: World, matters: dict[str, int], account: str, register: str, step: str, facts: dict[str, Any], reason: str
) -> None:
    before = written(office)
    with pytest.raises(AsnError) as refused:
        take_step(office.viewer(account), matters[register], step, facts)
    assert refused.value.reason == reason
    found = last_refusal(office, account)
    assert (found.action, found.reason) == ("register-step", reason)
    assert found.detail == f"{matters[register]} {step}"
    assert written(office) == before


@pytest.mark.parametrize("number", [0, -1, 10**12])
def test_a_matter_that_does_not_exist_is_refused_and_recorded(office: World, number: int) -> None:
    with pytest.raises(AsnError) as refused:
        take_step(office.viewer("pimpinan"), number, "setuju", {})
    assert refused.value.reason == last_refusal(office, "pimpinan").reason == "entry-unknown"


def test_the_role_of_the_team_without_a_decree_opens_nothing(office: World) -> None:
    before = written(office)
    set_account(office, "wilayah", role="tim_teknis")
    try:
        for register in ("surat", "insiden", "permintaan", "pendampingan"):
            with pytest.raises(Refused):
                open_matter(office.viewer("wilayah"), register, examples()[register][1], letter())
            assert last_refusal(office, "wilayah").reason == "step-right"
    finally:
        set_account(office, "wilayah", role="analis_wilayah")
    assert written(office) == before


# Addresses and sessions -----------------------------------------------------------------------------------------------

STRANGE = ["", "abc", "-1", "0", "1 OR 1=1", "0x1", "\u0663", "9" * 400, "1.0", " 1", "<script>", "\x00", "None"]


@pytest.mark.parametrize("value", STRANGE, ids=repr)
def test_a_strange_number_in_the_address_shows_the_page_without_a_matter(
    office: World, matters: dict[str, int], value: str
) -> None:
    at = at_page(tab(token(office, "analis"), query={"perkara": [value], "daftar": [value]}), REQUESTS)
    assert at.title[0].value == "Permintaan"
    assert not at.exception
    assert not at.error
    assert "asn-title" not in words(at)


@pytest.mark.parametrize("register", [name for name in REGISTERS if name not in PAGE_OF["permintaan"]])
def test_a_matter_of_another_page_is_not_shown_here(office: World, matters: dict[str, int], register: str) -> None:
    query = {"perkara": [str(matters[register])], "daftar": [register]}
    at = at_page(tab(token(office, "analis"), query=query), REQUESTS)
    assert "asn-title" not in words(at)
    assert REGISTERS[register].label not in words(at)


@pytest.mark.parametrize("account", ["analis", "tim-data", "pengelola"])
@pytest.mark.parametrize("register", ["insiden", "evaluasi", "perpanjangan", "surat"])
def test_a_role_without_the_page_finds_nothing_at_its_address(
    office: World, matters: dict[str, int], account: str, register: str
) -> None:
    query = {"perkara": [str(matters[register])]}
    refused = at_page(tab(token(office, account), query=query), path_of(register))
    unknown = at_page(tab(token(office, account), query=query), "tidak-ada")
    assert words(refused) == words(unknown)
    assert numbers(refused) == numbers(unknown)


def forged(office: World, account: str, page: str, query: dict[str, list[str]], **state: object) -> AppTest:
    at = tab(token(office, account), query=query)
    for name, value in state.items():
        at.session_state[name] = value
    return at_page(at, page)


def test_a_form_that_the_role_may_not_open_is_not_drawn_from_a_forged_session(office: World) -> None:
    before = written(office)
    at = forged(office, "tim-teknis", AGREEMENT, {"daftar": ["tim"]}, asn_register_form="tim")
    assert not at.exception
    assert not at.main.get("text_input")
    assert not [one for one in at.main.get("button") if str(getattr(one, "key", "")).startswith("open_")]
    assert written(office) == before


def test_a_step_that_is_not_offered_is_not_drawn_from_a_forged_session(office: World, matters: dict[str, int]) -> None:
    number = matters["permintaan"]
    at = forged(office, "analis", REQUESTS, {"perkara": [str(number)]}, **{f"next_{number}_1": "telaah"})
    assert not [one for one in at.main.get("button") if str(getattr(one, "key", "")).startswith("step_")]


def test_an_upload_for_another_form_is_not_attached(office: World, matters: dict[str, int]) -> None:
    other = {"form": "open_pengungkapan", "folder": "../keys", "name": "audit.key", "size": 1, "sha256": "0" * 64}
    at = forged(office, "analis", REQUESTS, {}, asn_register_form="permintaan", asn_attached=other)
    assert "audit.key" not in words(at)


# Files ----------------------------------------------------------------------------------------------------------------


def ended(world: World, account: str) -> str:
    session = token(world, account)
    event = Event(action="sign-out", decision="allowed", account=account)
    sessions.end_session(engine(world.settings.state), world.audit_key, event, token=session)
    return session


def attached(world: World, number: int) -> str:
    with reading(engine(world.settings.state)) as connection:
        found = connection.scalar(select(register_step.c.document).where(register_step.c.entry == number))
    return str(found)


def test_a_document_comes_only_for_a_living_session_that_reads_its_register(
    office: World, matters: dict[str, int]
) -> None:
    sha256 = attached(office, matters["insiden"])
    assert matter._bytes(Bearer(token(office, "tim-teknis"), "10.0.0.7"), "insiden", sha256) == PAPER
    for session in (ended(office, "tim-teknis"), "", "x" * 43):
        with pytest.raises(Refused):
            matter._bytes(Bearer(session, "10.0.0.7"), "insiden", sha256)
    for account, reason in (
        ("pengelola", "registers-role"),
        ("analis", "registers-page"),
        ("tim-data", "registers-page"),
    ):
        with pytest.raises(Refused) as refused:
            matter._bytes(Bearer(token(office, account), "10.0.0.7"), "insiden", sha256)
        assert refused.value.reason == reason


def test_a_document_that_was_altered_is_not_given_and_that_is_recorded(office: World, matters: dict[str, int]) -> None:
    sha256 = attached(office, matters["insiden"])
    file = office.settings.documents / sha256[:2] / sha256[2:]
    content = file.read_bytes()
    file.chmod(0o600)
    file.write_bytes(content + b"x")
    try:
        with pytest.raises(Damaged):
            matter._bytes(Bearer(token(office, "tim-teknis"), "10.0.0.7"), "insiden", sha256)
    finally:
        file.write_bytes(content)
    (entry,) = audit.search(engine(office.settings.state), action="register-file", limit=1)
    assert (entry.event.decision, entry.event.address) == ("refused", "10.0.0.7")


@pytest.mark.parametrize("name", ["../../keys/audit.key", "0" * 64, "", "F" * 64])
def test_a_document_has_no_other_name_than_its_hash(office: World, name: str) -> None:
    with pytest.raises(Refused):
        matter._bytes(Bearer(token(office, "tim-teknis"), "10.0.0.7"), "insiden", name)


def test_the_evaluation_comes_only_for_a_living_session_that_has_its_page(
    office: World, matters: dict[str, int]
) -> None:
    number = matters["evaluasi"]
    assert evaluation._document(Bearer(token(office, "teknis-bkn"), "10.0.0.7"), number, "id")[:2] == b"PK"
    for session in (ended(office, "teknis-bkn"), token(office, "analis"), token(office, "pengelola"), ""):
        with pytest.raises(Refused):
            evaluation._document(Bearer(session, "10.0.0.7"), number, "id")


def test_other_matters_are_no_evaluation(office: World, matters: dict[str, int]) -> None:
    with pytest.raises(AsnError):
        evaluation._document(Bearer(token(office, "teknis-bkn"), "10.0.0.7"), 10**9, "id")
    with pytest.raises(AsnError):
        evaluation._document(Bearer(token(office, "teknis-bkn"), "10.0.0.7"), matters["insiden"], "id")


# The route of attachments ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(office: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    with running(office, tmp_path_factory.mktemp("log") / "server.log", attachment_bytes=str(LIMIT)) as found:
        yield found


# ticket -> the token of the session it was issued to, whose cookie the browser sends along
BROWSERS: dict[str, str] = {}


def ticket(
    world: World, account: str = "analis", *, purpose: str = "attachment", session: str = "", ago: int = 0
) -> str:
    secret = key(world.settings.keys, "cookie")
    holder = session or token(world, account)
    text = tickets.issue(secret, purpose, sessions.fingerprint(holder), utc_now() - timedelta(minutes=ago))
    BROWSERS[text] = holder
    return text


def sent(
    base: str, text: str, *, name: str = "surat.pdf", body: bytes = PAPER, to: str = "attachment"
) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection(base.removeprefix("http://"), timeout=60)
    try:
        headers = {"X-File-Name": quote(name), "Cookie": f"{PLAIN}={BROWSERS.get(text, '')}"}
        connection.request("POST", f"/unggah/{quote(text)}?untuk={to}", body, headers)
        answer = connection.getresponse()
        content = answer.read()
        return answer.status, dict(json.loads(content)) if content else {}
    finally:
        connection.close()


def kept(world: World) -> list[str]:
    return sorted(path.relative_to(world.settings.incoming).as_posix() for path in world.settings.incoming.rglob("*"))


def test_the_attachment_of_an_analyst_arrives(office: World, server: tuple[str, object]) -> None:
    status, answer = sent(server[0], ticket(office))
    assert status == 200, answer
    assert (office.settings.incoming / answer["folder"] / answer["name"]).read_bytes() == PAPER


def test_who_has_no_session_right_or_ticket_for_it_leaves_nothing(office: World, server: tuple[str, object]) -> None:
    nobody = {
        "no ticket": "x",
        "signed out": ticket(office, session=ended(office, "analis")),
        "never signed in": ticket(office, session="x" * 43),
    }
    strangers = {
        "a ticket for deliveries": ticket(office, "tim-data", purpose="upload"),
        "too old": ticket(office, ago=60),
        "no right in the registers": ticket(office, "pengelola"),
    }
    before = kept(office)
    for who, text in nobody.items():
        assert sent(server[0], text) == (401, {}), who
    for who, text in strangers.items():
        status, answer = sent(server[0], text)
        assert (status, "error" in answer) == (403, True), who
    # The other way round: a ticket for attachments brings no delivery in, whoever holds it.
    assert sent(server[0], ticket(office, "tim-data"), name="x.csv", body=b"a,b\n", to="upload")[0] == 403
    assert sent(server[0], ticket(office, "tim-data"), name="x.csv", body=b"a,b\n", to="lain")[0] == 403
    assert kept(office) == before


def test_a_member_whose_decree_is_none_attaches_nothing(office: World, server: tuple[str, object]) -> None:
    before, text = kept(office), ticket(office, "wilayah")
    set_account(office, "wilayah", role="tim_teknis")
    try:
        assert sent(server[0], text)[0] == 403
    finally:
        set_account(office, "wilayah", role="analis_wilayah")
    assert kept(office) == before


@pytest.mark.parametrize(
    "name", ["x.exe", "x.csv", "x.xlsx", "x.parquet", "x.docm", "x.html", "x.svg", "x.pdf.exe", "", ".pdf"]
)
def test_other_kinds_are_no_attachment(office: World, server: tuple[str, object], name: str) -> None:
    before = kept(office)
    assert sent(server[0], ticket(office), name=name)[0] == 403
    assert kept(office) == before


def test_a_large_attachment_is_broken_off(office: World, server: tuple[str, object]) -> None:
    before = kept(office)
    try:
        status, answer = sent(server[0], ticket(office), body=b"%PDF-1.7\n" + b"0" * LIMIT)
        assert (status, "error" in answer) == (413, True)
    except OSError:
        pass  # the server may close before all of it is sent
    assert kept(office) == before


def test_what_only_calls_itself_a_pdf_arrives_but_is_not_attached(office: World, server: tuple[str, object]) -> None:
    status, _answer = sent(server[0], ticket(office), body=b"MZ bukan PDF")
    assert status == 200  # the route reads nothing
    before = written(office)
    account, facts = examples()["permintaan"]
    with pytest.raises(AsnError) as refused:
        open_matter(office.viewer(account), "permintaan", facts, Attachment("surat.pdf", b"MZ bukan PDF"))
    assert refused.value.reason == last_refusal(office, account).reason == "attachment-mismatch"
    assert written(office) == before


def test_a_lead_sees_the_incident_that_others_do_not(office: World, matters: dict[str, int]) -> None:
    """The counterpart: what is refused above exists."""
    at = at_page(tab(token(office, "pimpinan"), query={"perkara": [str(matters["insiden"])]}), INCIDENTS)
    assert "asn-title" in words(at)
    assert taken(office, "pimpinan-bkn", matters["perpanjangan"], "setuju").state == "berlaku"
