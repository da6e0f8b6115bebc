"""Who looks for an answer without a trace, or for values in the trace, finds neither."""

import hmac

import pytest
from sqlalchemy import select

from data_access.access.query import Query
from data_access.errors import AsnError
from data_access.governance import audit
from data_access.governance.audit_check import verify
from data_access.release.policy import POLICY
from data_access.state import engine, reading
from data_access.state.tables import audit as table
from tests.attacks.values import asked
from tests.world import LATE, World


def newest(world: World) -> audit.Event:
    return audit.search(engine(world.settings.state), limit=1)[0].event


def count(world: World) -> int:
    return audit.anchor(engine(world.settings.state))[0]


@pytest.mark.parametrize("again", [1, 5], ids=["first", "from the cache"])
def test_every_answer_has_a_record_of_its_own(world: World, again: int) -> None:
    gateway, before = world.gateway(), count(world)
    query = Query("pegawai", by=("provinsi", "jenjang"), where={"jenis_kelamin": ["P"]}, periods=(LATE,))
    for _time in range(again):
        answer = asked(world, "analis", query, gateway)
    assert count(world) == before + again
    event = newest(world)
    assert (event.action, event.decision, event.account, event.role, event.party) == (
        "ask",
        "allowed",
        "analis",
        "analis",
        "kesatu",
    )
    assert (event.rows, event.suppressed) == (answer.frame.height, answer.suppressed)
    assert (event.query, event.release) == (query.canonical, answer.source.release)
    assert event.grant == "lampiran-1-pegawai"
    assert event.policy is not None
    assert event.policy.endswith(POLICY.version)
    assert event.result_sha256 == hmac.new(world.audit_key, answer.frame.write_csv().encode(), "sha256").hexdigest()


def test_what_the_owner_asks_is_recorded_too(world: World) -> None:
    before = count(world)
    asked(world, "pemilik", Query("pegawai"))
    assert count(world) == before + 1
    assert newest(world).grant == "owner"


def test_the_record_holds_no_values(world: World) -> None:
    """Displayed values above 1,000 are rare enough to be recognised; hashes are left out, for any digits occur in them."""
    values: set[str] = set()
    before = count(world)
    for query in (
        Query("pegawai", periods=(LATE,)),
        Query("pegawai", by=("provinsi",), periods=(LATE,)),
        Query("pegawai", by=("jenjang", "kelompok_jabatan"), periods=(LATE,), order="nilai"),
        Query("pegawai", by=("umur_5",), where={"provinsi": ["33"]}, periods=(LATE,)),
    ):
        values |= {str(v) for v in asked(world, "analis", query).frame["nilai"].drop_nulls() if v > 1000}
    assert len(values) > 40
    with reading(engine(world.settings.state)) as connection:
        rows = connection.execute(select(table).where(table.c.seq > before)).mappings().all()
    assert len(rows) == 4
    for row in rows:
        plain = {
            k: v for k, v in row.items() if k not in ("mac", "previous_mac", "result_sha256", "at", "policy", "seq")
        }
        assert not any(value in str(field) for field in plain.values() for value in values)


def test_a_question_that_is_too_long_to_record_is_recorded_cut(world: World) -> None:
    before = count(world)
    with pytest.raises(AsnError):
        asked(world, "analis", Query("pegawai", where={"provinsi": ["9" * 50_000]}))
    assert count(world) == before + 1
    assert len(newest(world).query or "") == 4_000


def test_the_chain_is_sound_after_all_of_this(world: World) -> None:
    assert verify(engine(world.settings.state), world.audit_key).sound
