"""Whoever sees as another role, or forges that, gets nothing more, takes nothing along, and stands in the record by name."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from data_access.access.export import Form, exported
from data_access.access.gateway import ask
from data_access.access.quality import exported as quality_exported
from data_access.access.query import Query
from data_access.access.refreshing import may_refresh
from data_access.access.seen_as import begun, seen_as
from data_access.errors import AsnError, Refused
from data_access.governance.audit import Entry, search
from data_access.governance.saved_views import within_reach
from data_access.state import engine, reading
from data_access.state.tables import saved_view
from data_access.words import mark as _
from tests.ui_world import (
    EXPLORER,
    PROFILE,
    REFRESH,
    ROLES,
    WATCHING,
    offered,
    opened,
    press,
    served,
    tab,
    token,
    words,
)
from tests.world import World

KEY = "asn_seen_as"
BACK, BEGIN = _("Kembali ke peran sendiri"), _("Lihat sebagai peran ini")


@pytest.fixture
def place(own_world: World) -> Iterator[World]:
    with served(own_world):
        yield own_world


def records(world: World, action: str) -> list[Entry]:
    return search(engine(world.settings.state), action=action)


def seeing(world: World, account: str, name: object) -> AppTest:
    """A tab whose session state was forged to say that it is seen as a role."""
    at = tab(token(world, account))
    at.session_state[KEY] = name
    return at.run()


@pytest.mark.parametrize("account", ["pimpinan", "analis", "wilayah", "tim-data", "pengelola"])
@pytest.mark.parametrize("name", ["tim_data", "analis", "admin", "tim_teknis"])
def test_forged_state_gives_other_roles_nothing(place: World, account: str, name: str) -> None:
    at = seeing(place, account, name)
    assert offered(at) == offered(tab(token(place, account)).run())
    assert KEY not in at.session_state
    assert BACK not in words(at)


@pytest.mark.parametrize("name", ["direktur", "analis>tim_data", "", "tim_teknis", 7, "../roles.yaml"])
def test_forged_names_leave_the_own_role(place: World, name: object) -> None:
    at = seeing(place, "tim-teknis", name)
    assert offered(at) == offered(tab(token(place, "tim-teknis")).run())
    assert not at.exception


def test_a_role_with_more_rights_opens_no_more_data(place: World) -> None:
    me = place.viewer("tim-teknis")
    for name in ("analis", "tim_data", "pimpinan"):
        seen = seen_as(me, name)
        for by in (("golongan",), ("masa_kerja",), ("pendidikan",), ("status", "jenjang", "umur_5")):
            with pytest.raises(AsnError) as own:
                ask(me, Query("pegawai", by=by))
            with pytest.raises(AsnError) as theirs:
                ask(seen, Query("pegawai", by=by))
            assert theirs.value.reason == own.value.reason


def test_nothing_can_be_taken_along(place: World) -> None:
    seen = seen_as(place.viewer("tim-teknis"), "analis")
    answer = ask(seen, Query("pegawai", by=("status",)))
    with pytest.raises(Refused, match="tidak mencakup unduhan"):
        exported(seen, (answer,), purpose="Bahan rapat pimpinan", form=Form.CSV)
    record = records(place, "export")[0].event
    assert (record.decision, record.account, record.role) == ("refused", "tim-teknis", "tim_teknis>analis")
    with pytest.raises(Refused, match="tidak mencakup unduhan"):
        quality_exported(seen_as(place.viewer("tim-teknis"), "tim_data"), "pegawai", "validitas", purpose="Bahan rapat")
    assert not may_refresh(seen_as(place.viewer("tim-teknis"), "tim_data"), "pegawai")


def test_the_record_names_account_real_role_and_seen_role(place: World) -> None:
    ask(seen_as(place.viewer("tim-teknis"), "pimpinan"), Query("pegawai", by=("status",)))
    event = records(place, "ask")[0].event
    assert (event.account, event.role, event.party) == ("tim-teknis", "tim_teknis>pimpinan", "kesatu")


def test_beginning_and_end_are_recorded_and_told(place: World) -> None:
    at = opened(tab(token(place, "tim-teknis")), ROLES)
    at.selectbox(key="see_as_role").set_value("analis")
    press(at, BEGIN)
    assert EXPLORER in offered(at)
    assert "Anda melihat aplikasi sebagai Analis kebijakan" in words(at)
    assert any("Melihat sebagai Analis kebijakan" in one.value for one in at.sidebar.markdown)
    opened(at, EXPLORER)
    assert "Anda melihat aplikasi sebagai" in words(at)
    press(at, BACK)
    assert EXPLORER not in offered(at)
    assert "Anda melihat aplikasi sebagai" not in words(at)
    told = [
        (one.event.account, one.event.role, one.event.query)
        for one in (*records(place, "see-as-begin"), *records(place, "see-as-end"))
    ]
    assert told == [("tim-teknis", "tim_teknis", "analis")] * 2


def test_signing_out_ends_it_too(place: World) -> None:
    at = seeing(place, "tim-teknis", "analis")
    next(one for one in at.sidebar.button if one.label == "Keluar").click().run()
    assert KEY not in at.session_state
    assert len(records(place, "see-as-end")) == 1


def test_nothing_is_written_from_the_pages(place: World) -> None:
    """A kept view and a new password, as the pages would send them."""
    at = opened(seeing(place, "tim-teknis", "analis"), EXPLORER)
    next(field for field in at.text_input if field.label == "Nama tampilan").set_value("Punya siapa")
    press(at, "Simpan tampilan")
    with reading(engine(place.settings.state)) as connection:
        assert connection.scalar(select(func.count()).select_from(saved_view)) == 0
    assert within_reach(engine(place.settings.state), "tim-teknis", "analis") == []
    opened(at, PROFILE)
    for field, value in zip(
        at.text_input, ("tujuh gajah ungu", "delapan ikan putih", "delapan ikan putih"), strict=True
    ):
        field.set_value(value)
    next(one for one in at.button if one.label == "Ganti kata sandi").click().run()
    assert any("tidak ada yang dapat diubah" in one.value for one in at.warning)
    assert records(place, "password-change") == []


def test_registers_and_refreshes_stay_closed(place: World) -> None:
    as_admin = seeing(place, "tim-teknis", "admin")
    assert offered(as_admin) <= {"data/kamus", "akun/profil", ROLES}
    as_data_team = opened(seeing(place, "tim-teknis", "tim_data"), REFRESH)
    assert "Peran Anda tidak menerbitkan data" in words(as_data_team)
    assert WATCHING in offered(seeing(place, "tim-teknis", "pimpinan"))


def test_see_as_without_the_right_is_refused_and_recorded(place: World) -> None:
    with pytest.raises(Refused):
        begun(place.viewer("pengelola"), "analis")
    event = records(place, "see-as-begin")[0].event
    assert (event.decision, event.reason, event.account, json.dumps(event.query)) == (
        "refused",
        "see-as-role",
        "pengelola",
        '"analis"',
    )
