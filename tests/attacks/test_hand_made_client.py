"""Who speaks the socket's protocol by hand asks for pages that are not theirs and says what no screen ever offered."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.util import calc_hash

from data_access.governance.audit_check import verify
from data_access.state import engine
from tests.attacks.bench import Bench, abroad, internal, only_the_form, questions
from tests.attacks.hand_made import Client, elements, everything, ids, state_of, widget_id
from tests.attacks.test_scope_escape import ABROAD as AGENCY
from tests.browser.server import started
from ui.navigation import PAGES

EXPLORER = "analisis-eksplorasi"
NOWHERE = ("tidak-ada", "pages/ringkasan/nasional", "../app.py", "akun-masuk", "x" * 5_000)
# How each of them is asked for: by its name in the address, by the hash that the menu would send, by both.
WAYS: dict[str, Callable[[str], dict[str, Any]]] = {
    "name": lambda url: {"page": url},
    "hash": lambda url: {"script_hash": calc_hash(url)},
    "both": lambda url: {"page": url, "script_hash": calc_hash(url)},
}


def answer(said: Sequence[ForwardMsg], asked: str = "") -> list[str]:
    """The messages in their order without what is new in each run (its ids, when it begins) and what was `asked`."""
    told = [_plain(one) for one in said if one.WhichOneof("type") != "session_status_changed"]
    return [one.replace(asked, "…") if asked else one for one in told]


def _plain(said: ForwardMsg) -> str:
    known = ForwardMsg.FromString(said.SerializeToString())
    known.ClearField("hash")
    known.metadata.ClearField("run")
    if known.HasField("new_session"):
        known.new_session.initialize.session_id = known.new_session.page_script_hash = ""
    return str(known)


# ── pages ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_page_as_the_first_request_to_a_fresh_server_gives_the_form(bench: Bench, tmp_path: Path) -> None:
    """All connections stand before the server has run anything; then all of them ask at once."""
    asked = [WAYS[way](entry.url) for entry in PAGES for way in ("name", "hash")] + [{"page": url} for url in NOWHERE]
    with started(bench.world, tmp_path / "log") as base:
        strangers = [Client(base) for _one in asked]
        for stranger, wanted in zip(strangers, asked, strict=True):
            stranger.send(BackMsg(rerun_script=state_of(**wanted)))
        answers = [stranger.finished() for stranger in strangers]
        for stranger in strangers:
            stranger.close()
    assert [wanted for wanted, said in zip(asked, answers, strict=True) if not only_the_form(said)] == []
    forms = {tuple(one for one in answer(said) if one.startswith("metadata") and "delta {" in one) for said in answers}
    assert len({len(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("account", "page", "title"),
    [
        ("analis", EXPLORER, "Eksplorasi"),
        ("tim-data", "data-penyegaran", "Penyegaran data"),
        ("tim-teknis", "admin-peran", "Siapa boleh melihat apa, dan mengapa?"),
        ("pengelola", "admin-sesi", "Siapa yang sedang masuk?"),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_whoever_may_open_a_page_gets_it_over_the_same_client(
    bench: Bench, account: str, page: str, title: str, way: str
) -> None:
    with bench.client(account) as owner:
        said = owner.run(**WAYS[way](page))
    titles = [one.body for one in elements(said) if one.DESCRIPTOR.name == "Heading" and one.tag == "h1"]
    assert titles == [title]
    assert not any(one.HasField("page_not_found") for one in said)
    assert not only_the_form(said)


@pytest.mark.parametrize("account", ["wilayah", "pengelola"])
def test_a_page_of_others_is_answered_like_one_that_does_not_exist(bench: Bench, account: str) -> None:
    viewer = bench.world.viewer(account)
    closed = [entry.url for entry in PAGES if not viewer.may_open(entry.path)]
    assert len(closed) > 5
    session = bench.session(account)

    def got(way: str, url: str) -> list[str]:
        with Client(bench.base, session) as client:
            return answer(client.run(**WAYS[way](url)), url)

    for way in ("name", "hash"):
        nowhere = got(way, "tidak-ada")
        assert [url for url in closed if got(way, url) != nowhere] == []


# ── states of widgets ──────────────────────────────────────────────────────────────────────────────────────────────


def strings(*values: str) -> dict[str, Any]:
    return {"string_array_value": {"data": values}}


def selected(**points: object) -> dict[str, Any]:
    return {"string_value": json.dumps({"selection": {"point_indices": [0], "box": [], "lasso": [], **points}})}


def cell(row: int, name: str) -> dict[str, Any]:
    return {"string_value": json.dumps({"selection": {"rows": [], "columns": [], "cells": [[row, name]]}})}


def number(kind: str, *values: float) -> dict[str, Any]:
    return {kind: values[0]} if kind.endswith(("double_value", "int_value")) else {kind: {"data": values}}


KEYS = ("x_rows", "x_rows2", "x_columns", "x_measure", "x_sort", "x_top", "x_periods", "x_filters", "x_codes_provinsi")
NAMES = ("username", "roles", "authentication_status", "name", "email", "logout", "asn_whose", "asn_seen_as")
HIDDEN = [*NAMES, "asn_entering", "asn_leaving", "asn_language", "asn_purpose", "asn_explorer_steps", "x_codes_kanreg"]
MADE_UP = [f"{start}{name}" for name in HIDDEN for start in ("", f"$$ID-{'0' * 32}-", "$$STREAMLIT_INTERNAL_KEY")]


def everywhere(value: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return dict.fromkeys(KEYS, value)


# key of a drawn widget, or a whole id -> its state
FORGED: dict[str, dict[str, dict[str, Any]]] = {
    "a province of others": {"x_codes_provinsi": strings("Sumatera Utara", "Jawa Barat")},
    "its code": {"x_codes_provinsi": strings("12", "32")},
    "own and others": {"x_codes_provinsi": strings("Jawa Tengah", "Sumatera Utara", "12")},
    "a level of others": {
        "x_rows": {"string_value": "Kantor Regional BKN"},
        "x_filters": strings("Kantor Regional BKN"),
    },
    "its name": {"x_rows": {"string_value": "kanreg"}, "x_columns": {"string_value": "kanreg"}},
    "a column of the file": {"x_rows": {"string_value": "kunci"}, "x_columns": {"string_value": "m"}},
    "another measure": {"x_measure": {"string_value": "jumlah_mentah"}, "x_sort": {"string_value": "12"}},
    "other numbers": {"x_top": {"string_value": "9999"}, "x_periods": strings("31 Desember 2099", "2024-12-31")},
    "numbers for words": everywhere(number("int_value", -1)),
    "a number out of range": everywhere(number("int_value", 2**62)),
    "not a number": everywhere(number("double_value", float("nan"))),
    "numbers in rows": everywhere(number("int_array_value", 0, 99, -1)),
    "not numbers in rows": everywhere(number("double_array_value", float("nan"), float("inf"), -1e308)),
    "bytes": everywhere({"bytes_value": b"\xff\x00\x1b"}),
    "yes": everywhere({"bool_value": True}),
    "json": everywhere({"json_value": '{"x": [1, 2'}),
    "words for many": everywhere({"string_value": "12"}),
    "many words": everywhere(strings(*["12"] * 50_000)),
    "a mark of others": {"chart_explorer_1": selected(points=[{"customdata": ["12"]}])},
    "a mark of no kind": {"chart_explorer_1": selected(points=[{"customdata": {"0": None}, "y": 7, "id": ["12"]}])},
    "json in place of words": {"chart_explorer_1": {"json_value": "{}"}, "table_explorer": {"json_value": "[]"}},
    "points that are none": {"chart_explorer_1": selected(points="12")},
    "a cell that is not there": {"table_explorer": cell(99_999, "Sumatera Utara")},
    "a cell before the first": {"table_explorer": cell(-1, "Jumlah")},
    "another chart": {"x_chart": strings("rahasia")},
    "words of the session": {one: {"string_value": "admin"} for one in MADE_UP},
    "signs of the session": {one: {"bool_value": True} for one in MADE_UP},
    "buttons of the session": {one: {"trigger_value": True} for one in MADE_UP},
}


def forged(said: Sequence[ForwardMsg], states: dict[str, dict[str, Any]]) -> list[WidgetState]:
    """The states for the widgets as they were drawn."""
    known = {
        key: widget_id(said, key) if key in (*KEYS, "x_chart", "chart_explorer_1", "table_explorer") else key
        for key in states
    }
    return [WidgetState(id=known[key], **value) for key, value in states.items()]


def redacted(drawn: Any) -> bool:
    """Whether Streamlit tells only that something failed: a state that no browser sends fails before the page begins."""
    told = str(drawn.message)
    return told.startswith("This app has encountered an error.") and not drawn.stack_trace


def judged(bench: Bench, said: Sequence[ForwardMsg], since: int) -> None:
    """Nothing from outside 33 and 34, nothing of the inside, and a record for every answer."""
    assert abroad(said) == []
    assert internal(said) == []
    assert [one for one in elements(said) if one.DESCRIPTOR.name == "Exception" and not redacted(one)] == []
    mine = [entry.event for entry in bench.records(since) if entry.event.account == "wilayah"]
    assert {event.action for event in mine} <= {"ask", "session-open"}
    assert {event.role for event in mine} == {"analis_wilayah"}
    assert questions(said) <= {event.query for event in mine if event.decision == "allowed"}


@pytest.mark.parametrize("what", FORGED)
def test_forged_states_of_widgets_bring_nothing(bench: Bench, what: str) -> None:
    since = bench.last_record()
    with bench.client("wilayah") as client:
        first = client.run(page=EXPLORER)
        said = client.run(page=EXPLORER, widgets=forged(first, FORGED[what]))
    judged(bench, [*first, *said], since)
    assert questions(first)
    assert bench.alive()


def test_buttons_that_were_drawn_for_others_do_nothing(bench: Bench) -> None:
    """Every id that the data team, the technical team and the administrator have on their pages, pressed by somebody else."""
    stolen: set[str] = set()
    for account, page in (("tim-teknis", "admin-peran"), ("tim-data", "data-penyegaran"), ("pengelola", "admin-sesi")):
        with bench.client(account) as owner:
            stolen |= set(ids(owner.run(page=page)))
    assert any(one.endswith("-seeing_begin") for one in stolen)
    since = bench.last_record()
    with bench.client("wilayah") as client:
        for page in (EXPLORER, "admin-peran", "data-penyegaran", "admin-sesi"):
            said = client.run(page=page, widgets=[WidgetState(id=one, trigger_value=True) for one in stolen])
            judged(bench, said, since)
            assert b"Anda melihat aplikasi sebagai" not in everything(said)


def test_the_same_states_from_whoever_may_do_change_the_page(bench: Bench) -> None:
    """What is forged above is what a browser would send: from others it works, and the tests above would see it."""
    with bench.client("analis") as client:
        first = client.run(page=EXPLORER)
        assert len(abroad(first)) > 30
        marked = [WidgetState(id=widget_id(first, "chart_explorer_1"), **selected(points=[{"customdata": ["12"]}]))]
        brushed = client.run(page=EXPLORER, widgets=marked)
        [told] = questions(brushed)
        assert '"where":{"provinsi":["12"]}' in told
        picked = [WidgetState(id=widget_id(brushed, "x_codes_provinsi"), **strings("Jawa Barat"))]
        [told] = questions(client.run(page=EXPLORER, query="baris=provinsi&saring=provinsi:12", widgets=picked))
        assert '"where":{"provinsi":["32"]}' in told
    with bench.client("tim-teknis") as client:
        first = client.run(page="admin-peran")
        said = client.run(
            page="admin-peran", widgets=[WidgetState(id=widget_id(first, "seeing_begin"), trigger_value=True)]
        )
        assert b"Anda melihat aplikasi sebagai" in everything(said)


# ── addresses ──────────────────────────────────────────────────────────────────────────────────────────────────────

ADDRESSES = {
    "a province of others": "baris=status&saring=provinsi:12",
    "own and others": "baris=provinsi&saring=provinsi:33,12,34",
    "an agency of others": f"baris=instansi&saring=instansi:{AGENCY}",
    "a level of others": "baris=kanreg&kolom=status&saring=kanreg:VI",
    "columns of the file": "baris=kunci&baris=m&kolom=jumlah&saring=m:1&urut=12&ukuran=jumlah_mentah",
    "the same again": "baris=provinsi&baris=provinsi&kolom=status&kolom=provinsi&saring=provinsi:33&saring=provinsi:12",
    "control characters": "baris=provinsi%00%1b%5B31m%0d%0a&saring=provinsi:12%0a&kolom=status%7f",
    "raw control characters": "baris=provinsi\x00\x1b[31m\r\n&saring=provinsi:12\n",
    "no text at all": "baris=%ff%fe%c0%80&saring=%f0%28%8c%28",
    "a long value": f"baris=provinsi&saring=provinsi:{'12,' * 20_000}",
    "many values": "&".join(["baris=provinsi", *("saring=provinsi:12" for _one in range(3_000))]),
    "dates": "baris=status&periode=9999-99-99&periode=semua&banding=0000-00-00&ukuran=selisih&teratas=-1",
    "another dataset": "data=rahasia&baris=provinsi&grafik=__class__",
    "somebody else": "username=analis&roles=admin&name=x&email=x@x&logout=true&authentication_status=true&asn_seen_as=admin",
    "another session": "asn_whose=x&asn_entering=x&asn_session=x&asn_language=xx&asn_sesi=x&baris=provinsi&saring=provinsi:12",
}


@pytest.mark.parametrize("what", ADDRESSES)
def test_forged_addresses_bring_nothing(bench: Bench, what: str) -> None:
    since = bench.last_record()
    with bench.client("wilayah") as client:
        said = client.run(page=EXPLORER, query=ADDRESSES[what])
    judged(bench, said, since)
    assert questions(said)
    assert bench.alive()


def test_a_good_address_is_followed_and_one_of_others_by_whoever_may(bench: Bench) -> None:
    with bench.client("analis") as client:
        said = client.run(page=EXPLORER, query=ADDRESSES["own and others"])
        assert b"Sumatera Utara" in abroad(said)
        assert '"provinsi":["12","33","34"]' in "".join(questions(said))


def test_the_record_of_all_this_is_sound(bench: Bench) -> None:
    """The last of the module: every question of the attackers stands in it."""
    since = bench.last_record()
    with bench.client("wilayah") as client:
        said = client.run(page=EXPLORER)
    asked = [entry for entry in bench.records(since) if entry.event.action == "ask"]
    assert len(asked) >= len(questions(said)) > 0
    verdict = verify(engine(bench.world.settings.state), bench.world.audit_key)
    assert verdict.sound, verdict
