"""Which data an incident may concern: only what was allowed, in the span, of the account, from the record alone."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from data_access.governance.audit import Event, record
from data_access.governance.involved import involved

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
BY_PLACE = '{"by":["provinsi"],"dataset":"pegawai","where":{"status":["PNS"]}}'
FLOWS = '{"by":["peristiwa"],"dataset":"arus","where":{}}'


def asked(state: Engine, key: bytes, hours: int, query: str | None, **more: object) -> None:
    facts = {
        "action": "ask",
        "decision": "allowed",
        "account": "budi",
        "party": "kesatu",
        "rows": 38,
        "query": query,
    } | more
    record(state, key, Event(**facts), now=START + hours * HOUR)  # type: ignore[arg-type]


def test_what_an_account_had_in_a_span(state: Engine, key: bytes) -> None:
    asked(state, key, 0, BY_PLACE)  # the very first moment belongs to it
    asked(state, key, 1, FLOWS, rows=9)
    asked(state, key, 2, f"[{BY_PLACE},{FLOWS}]", action="export", detail='{"purpose": "Bahan rapat"}', rows=47)
    asked(state, key, 2, BY_PLACE, decision="refused", rows=None)
    asked(state, key, 2, BY_PLACE, account="siti")
    asked(state, key, 5, BY_PLACE)  # after the span
    people, events = involved(state, START, START + 2 * HOUR, "kesatu", "budi")
    assert (people.dataset, people.answers, people.files, people.levels) == ("pegawai", 1, 1, ("provinsi", "status"))
    assert (events.dataset, events.answers, events.files, events.purposes) == ("arus", 1, 1, ("Bahan rapat",))
    assert people.accounts == events.accounts == ("budi",)
    assert (people.rows, events.rows) == (85, 56)


def test_without_an_account_everybody_counts(state: Engine, key: bytes) -> None:
    asked(state, key, 0, BY_PLACE)
    asked(state, key, 0, BY_PLACE, account="siti")
    [found] = involved(state, START, START, "kesatu")
    assert found.accounts == ("budi", "siti")


def test_text_that_is_no_question_names_no_data(state: Engine, key: bytes) -> None:
    for text in (None, "bukan pertanyaan", "[1, 2]", '{"by": []}', "null"):
        asked(state, key, 0, text)
    assert involved(state, START, START + HOUR, "kesatu") == []


def test_a_list_that_was_cut_off_still_names_its_datasets(state: Engine, key: bytes) -> None:
    asked(state, key, 0, f"[{BY_PLACE},{FLOWS}"[:-20], action="export", detail="{")
    assert {one.dataset for one in involved(state, START, START, "kesatu")} >= {"pegawai"}


def test_a_party_sees_the_use_of_its_data_and_its_own_people_alone(state: Engine, key: bytes) -> None:
    asked(state, key, 0, BY_PLACE)  # KESATU uses data of KEDUA
    asked(state, key, 0, FLOWS, account="tono", party="kedua")  # KEDUA uses its own
    assert [one.dataset for one in involved(state, START, START, "kesatu")] == ["pegawai"]
    assert [one.dataset for one in involved(state, START, START, "kedua")] == ["arus", "pegawai"]
