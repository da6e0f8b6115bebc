"""Who holds a page, a session or a file of somebody else's, or what was theirs a moment ago, gets nothing by it."""

import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed

from data_access.governance import sessions
from data_access.governance.audit import Event
from data_access.state import engine
from tests.attacks.bench import Bench, abroad, nothing_behind, only_the_form, questions
from tests.attacks.hand_made import Client, asked, elements, everything, ids, kinds, state_of, widget_id
from tests.browser.server import started
from tests.ui_world import set_account

EXPLORER = "analisis-eksplorasi"
CHANGE = Event(action="uji", decision="allowed", account="pengelola")
DIRECT = re.compile(rb"/unggah/[A-Za-z0-9_.-]+")


def signed_out(bench: Bench, session: str) -> None:
    sessions.end_session(engine(bench.world.settings.state), bench.world.audit_key, CHANGE, token=session)


def ended(bench: Bench) -> str:
    session = bench.session("analis")
    signed_out(bench, session)
    return session


STRANGERS: dict[str, Callable[[Bench], str]] = {
    "no cookie": lambda _bench: "",
    "an invented cookie": lambda _bench: "x" * 43,
    "an ended session": ended,
    "two cookies": lambda bench: f"{bench.session('analis')}; asn_sesi={bench.session('analis')}",
    "the fingerprint": lambda bench: sessions.fingerprint(bench.session("analis")),
}


# ── sessions and open pages ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", STRANGERS)
def test_what_is_no_live_session_opens_nothing_and_resumes_nothing(bench: Bench, who: str) -> None:
    with bench.client("analis") as owner:
        shown = owner.run(page=EXPLORER)
        with Client(bench.base, STRANGERS[who](bench), resume=owner.session_id) as stranger:
            unasked = stranger.rest(0.5)
            said = stranger.run(page=EXPLORER)
            assert stranger.session_id != owner.session_id
        assert unasked == []
        assert only_the_form(said)
        assert kinds(owner.run(page=EXPLORER)) == kinds(shown)
    assert "plotly_chart" in kinds(shown)


def fragment_of(said: Sequence[ForwardMsg]) -> str:
    [found] = {one.delta.fragment_id for one in said if one.delta.fragment_id}
    return found


def opened(said: Sequence[ForwardMsg]) -> WidgetState:
    """The popover with the form of an export, open."""
    blocks = [one.delta.add_block.id for one in said if one.delta.HasField("add_block")]
    return WidgetState(id=next(one for one in blocks if one.endswith("-download_explorer")), bool_value=True)


@pytest.mark.parametrize("way", ["silent", "run", "fragment"])
@pytest.mark.parametrize("thief", ["wilayah", "pengelola"])
def test_an_overheard_page_shows_nothing_of_its_owner_to_another_account(bench: Bench, thief: str, way: str) -> None:
    with bench.client("analis") as owner:
        shown = owner.run(page=EXPLORER)
        assert len(abroad(shown)) > 30
        with bench.client(thief, resume=owner.session_id) as other:
            said = other.rest(0.5)
            if way == "run":
                said += other.run(page=EXPLORER)
            if way == "fragment":
                fragment = state_of(EXPLORER, fragment=fragment_of(shown), widgets=[opened(shown)])
                other.send(BackMsg(rerun_script=fragment))
                said += other.rest()
        assert abroad(said) == []
        assert not questions(shown) & questions(said)
        assert b"Tujuan unduhan" not in everything(said)


def test_a_page_overheard_while_it_runs_goes_on_for_nobody_else(bench: Bench) -> None:
    """What its owner is just being shown is not sent to an administrator, who may see no data; tried at several moments."""
    own, session = bench.session("analis"), bench.session("pengelola")
    overheard = []
    for moment in range(24):
        with Client(bench.base, own) as owner:
            assert "plotly_chart" in kinds(owner.run(page=EXPLORER))
            owner.send(BackMsg(rerun_script=state_of("ringkasan-nasional")))
            time.sleep(moment * 0.006)
            with Client(bench.base, session, resume=owner.session_id) as other:
                overheard += other.rest(0.3)
    assert kinds(overheard) == []


def test_an_overheard_page_does_not_tell_the_menu_of_its_owner(bench: Bench) -> None:
    with bench.client("pengelola") as owner:
        assert b"admin-sesi" in everything(owner.run())
        with bench.client("wilayah", resume=owner.session_id) as other:
            assert b"admin-sesi" not in everything(other.run())


@pytest.mark.parametrize("thief", ["wilayah", "analis"])
def test_an_overheard_page_is_not_taken_away_from_its_owner(bench: Bench, thief: str) -> None:
    """Another session, of the same account too, gets a page of its own; the owner is answered as before."""
    with bench.client("analis") as owner:
        shown = owner.run(page=EXPLORER)
        with bench.client(thief, resume=owner.session_id) as other:
            other.run(page=EXPLORER)
            assert other.session_id != owner.session_id
            assert kinds(owner.run(page=EXPLORER)) == kinds(shown)


def test_the_owner_resumes_the_page(bench: Bench) -> None:
    """The same cookie and the number of the page: what was chosen in it is still there."""
    session = bench.session("analis")
    with Client(bench.base, session) as owner:
        owner.run(page=EXPLORER, query="baris=status")
        number = owner.session_id
    with Client(bench.base, session, resume=number) as owner:
        [told] = questions(owner.run(page=EXPLORER, query="baris=status"))
        assert owner.session_id == number
    assert '"by":["status"]' in told


# ── after the end of a session or of a right ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("what", ["run", "fragment", "file"])
def test_an_open_page_says_nothing_more_after_its_session_has_ended(bench: Bench, what: str) -> None:
    session = bench.session("analis")
    with Client(bench.base, session) as owner:
        shown = owner.run(page=EXPLORER)
        file = prepared(owner, shown)
        signed_out(bench, session)
        if what == "file":
            before = bench.last_record()
            assert asked_for(owner, file) == ""
            [entry] = bench.records(before)
            assert (entry.event.action, entry.event.reason, entry.event.address) == (
                "fetch",
                "session-ended",
                "127.0.0.1",
            )
            assert "Traceback" not in bench.output()
            return
        part = state_of(EXPLORER, fragment=fragment_of(shown), widgets=[opened(shown)])
        try:
            said = owner.run(part if what == "fragment" else state_of(EXPLORER))
        except ConnectionClosed:
            said = []
    assert nothing_behind(said)


RIGHTS: dict[str, tuple[str, dict[str, object]]] = {
    "account disabled": ("pimpinan-bkn", {"active": False}),
    "no data any more": ("pimpinan-bkn", {"role": "admin"}),
    "limited to places": ("pimpinan-bkn", {"role": "analis_wilayah", "provinces": ["33", "34"]}),
    "no role that is known": ("pimpinan-bkn", {"role": "direktur"}),
    "two roles": ("pimpinan-bkn", {"role": "analis,admin"}),
    "no place any more": ("salah-wilayah", {"provinces": []}),
    "another place": ("salah-wilayah", {"provinces": ["34"]}),
}


@pytest.mark.parametrize("change", RIGHTS)
def test_a_right_that_ends_while_a_page_is_open_ends_with_the_next_run(bench: Bench, change: str) -> None:
    account, after = RIGHTS[change]
    whole = {"role": "analis_wilayah", "provinces": ["12", "33"]} if account == "salah-wilayah" else {"role": "analis"}
    set_account(bench.world, account, active=True, **{"provinces": None, **whole})
    with bench.client(account) as client:
        before = client.run(page=EXPLORER)
        assert b"Sumatera Utara" in abroad(before)
        set_account(bench.world, account, **after)
        fragment = state_of(EXPLORER, fragment=fragment_of(before), widgets=[opened(before)])
        client.send(BackMsg(rerun_script=fragment))
        said = [*client.rest(), *client.run(page=EXPLORER)]
        again = client.run(page="ringkasan-nasional")
    assert abroad([*said, *again]) == []
    assert not questions(before) & questions([*said, *again])


# ── files ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def prepared(owner: Client, shown: Sequence[ForwardMsg]) -> str:
    """The number under which the page holds the file of its figure, once its owner has stated a purpose."""
    fragment, popover = fragment_of(shown), opened(shown)
    form = owner.run(page=EXPLORER, fragment=fragment, widgets=[popover])
    purpose = WidgetState(id=widget_id(form, "purpose_explorer"), string_value="bahan rapat pimpinan")
    send = WidgetState(id=next(one for one in ids(form) if "FormSubmitter:export_explorer" in one), trigger_value=True)
    said = owner.run(page=EXPLORER, fragment=fragment, widgets=[popover, purpose, send])
    [file] = [str(one.deferred_file_id) for one in elements(said) if one.DESCRIPTOR.name == "DownloadButton"]
    return file


def asked_for(client: Client, file: str) -> str:
    """The address of a prepared file, as the click on its button asks for it; empty if there is none."""
    asking = BackMsg()
    asking.backend_operation_request.request_id = "1"
    asking.backend_operation_request.session_id = client.session_id
    asking.backend_operation_request.deferred_file.file_id = file
    try:
        client.send(asking)
    except ConnectionClosed:
        return ""
    found = [one.backend_operation_response for one in client.rest() if one.HasField("backend_operation_response")]
    return found[0].deferred_file.url if found else ""


def test_the_owner_gets_the_prepared_file(bench: Bench) -> None:
    session = bench.session("analis")
    with Client(bench.base, session) as owner:
        address = asked_for(owner, prepared(owner, owner.run(page=EXPLORER)))
        answer = asked(bench.base, address, session)
    assert (answer.status, answer.body[:2]) == (200, b"PK")
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_prepared_file_waits_for_its_browser_whoever_else_works_meanwhile(bench: Bench) -> None:
    """Streamlit lets a file that was made at a click go after any two runs of anybody."""
    session = bench.session("analis")
    with Client(bench.base, session) as owner, bench.client("pimpinan") as other:
        address = asked_for(owner, prepared(owner, owner.run(page=EXPLORER)))
        for _turn in range(3):
            other.run()
        assert asked(bench.base, address, session).status == 200
        assert asked(bench.base, address, bench.session("pimpinan")).status == 404


@pytest.mark.parametrize("thief", ["", "wilayah", "pemilik"])
def test_a_prepared_file_is_made_for_no_other_page(bench: Bench, thief: str) -> None:
    """By the number of its button, which only the owner's page was told; not for an account with the same role either."""
    with bench.client("analis") as owner, bench.client(thief) as other:
        file = prepared(owner, owner.run(page=EXPLORER))
        other.run()
        assert asked_for(other, file) == ""


@pytest.mark.parametrize("thief", ["", "wilayah", "pemilik"])
def test_the_address_of_a_prepared_file_gives_it_to_no_other_session(bench: Bench, thief: str) -> None:
    with bench.client("analis") as owner:
        address = asked_for(owner, prepared(owner, owner.run(page=EXPLORER)))
        assert address
        answer = asked(bench.base, address, bench.session(thief) if thief else "")
    assert (answer.status, answer.body) == (404 if thief else 401, b"")


def steal(bench: Bench, what: str, owner: Client, thief: Client, session: str) -> None:
    """Asks for something of the owner's page in the thief's session."""
    if what == "page":
        with Client(bench.base, session, resume=owner.session_id) as other:
            other.run()
        return
    file = prepared(owner, owner.run(page=EXPLORER))
    if what == "button":
        assert asked_for(thief, file) == ""
        return
    assert asked(bench.base, asked_for(owner, file), session).status == 404


@pytest.mark.parametrize("what", ["page", "button", "address"])
@pytest.mark.parametrize("thief", ["wilayah", "analis"])
def test_who_asks_for_what_another_account_was_told_of_is_recorded(bench: Bench, what: str, thief: str) -> None:
    """Once, with both accounts. Another session of the same account is refused, too, and no theft."""
    session = bench.session(thief)
    with bench.client("analis") as owner, Client(bench.base, session) as other:
        owner.run()
        other.run()
        before = bench.last_record()
        steal(bench, what, owner, other, session)
        found = [entry.event for entry in bench.records(before) if entry.event.action == "fetch"]
    told = [(one.decision, one.reason, one.account, one.detail, one.address) for one in found]
    assert told == ([("refused", "not-yours", "wilayah", "analis", "127.0.0.1")] if thief == "wilayah" else [])


def test_the_next_person_at_the_same_browser_is_told_apart(bench: Bench) -> None:
    """A tab of whoever signed out there connects anew with the new cookie and its old number."""
    before_session = bench.session("analis")
    with Client(bench.base, before_session) as owner:
        owner.run()
        number = owner.session_id
    signed_out(bench, before_session)
    before = bench.last_record()
    with bench.client("wilayah", resume=number) as other:
        other.run()
        assert other.session_id != number
    assert [one.event.reason for one in bench.records(before) if one.event.action == "fetch"] == ["not-yours-left"]


def test_a_page_whose_connection_broke_is_there_again_however_many_strangers_came(bench: Bench, tmp_path: Path) -> None:
    """Streamlit keeps the last 128 pages of anybody for those who come back."""
    session = bench.session("analis")
    with started(bench.world, tmp_path / "log", anonymous_messages_per_second="1000") as base:
        with Client(base, session) as owner:
            owner.run(page=EXPLORER)
            number = owner.session_id
        for _turn in range(140):
            with Client(base) as stranger:
                stranger.run()
        with Client(base, session, resume=number) as owner:
            owner.run(page=EXPLORER)
            assert owner.session_id == number
    assert "Traceback" not in (tmp_path / "log").read_text("utf-8")


def test_one_account_cannot_have_files_made_without_end(bench: Bench) -> None:
    """They would be made one after another for hours, and everybody else's after them."""
    with bench.client("analis") as owner:
        file = prepared(owner, owner.run(page=EXPLORER))
        asking = BackMsg()
        asking.backend_operation_request.session_id = owner.session_id
        asking.backend_operation_request.deferred_file.file_id = file
        with suppress(ConnectionClosed):
            for number in range(300):
                asking.backend_operation_request.request_id = str(number)
                owner.send(asking)
        made = sum(one.HasField("backend_operation_response") for one in owner.rest(2))
        assert made <= 12
        assert owner.closed(5) == 1013
    with bench.client("pemilik") as other:
        assert asked_for(other, prepared(other, other.run(page=EXPLORER)))


def test_an_upload_ticket_is_good_for_no_other_session(bench: Bench) -> None:
    with bench.client("tim-data") as owner:
        said = everything(owner.run(page="data-penyegaran"))
        ticket = DIRECT.search(said)
        assert ticket
    for thief, code in (("", 401), ("wilayah", 403)):
        session = bench.session(thief) if thief else ""
        assert asked(bench.base, ticket.group().decode(), session, method="POST", body="x").status == code
    with bench.client("wilayah") as other:
        other.run()
        asking = BackMsg()
        asking.file_urls_request.request_id = "1"
        asking.file_urls_request.file_names.append("x.csv")
        other.send(asking)
        assert not any(
            one.HasField("file_urls_response") for one in other.rest()
        )  # nobody gets Streamlit's own address
