"""The page on how the other party uses one's own data, and the page of roles, as their people find them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from data_access.access.export import Form, exported
from data_access.access.gateway import ask
from data_access.access.matrix import BASIS, column_rights, page_rights
from data_access.access.query import Query
from data_access.access.roles import roles
from data_access.access.seen_as import seen_as
from data_access.contract import contract
from data_access.errors import AsnError
from data_access.governance.audit import Event, append, search
from data_access.state import engine, utc_now, writing
from tests.data_access.governance.use_oracle import question
from tests.ui_world import PROFILE, ROLES, WATCHING, opened, served, tab, token, words
from tests.world import World
from ui.watching.words import REASONS


@pytest.fixture
def place(own_world: World) -> Iterator[World]:
    """The technical team belongs to the owner of the data."""
    with served(own_world):
        yield own_world


def burst(world: World) -> None:
    """46 questions that differ only in their agency, one a minute."""
    begin = utc_now() - timedelta(minutes=50)
    fields = {"action": "ask", "decision": "allowed", "account": "analis", "party": "kesatu", "role": "analis"}
    with writing(engine(world.settings.state)) as connection:
        for turn in range(46):
            asked = question(by=("jenjang",), instansi=[str(turn)], provinsi=["33"])
            event = Event(**fields, query=asked)  # type: ignore[arg-type]
            append(connection, world.audit_key, event, begin + timedelta(minutes=turn))


def test_use_by_the_other_party_is_told(place: World) -> None:
    analyst = place.viewer("analis")
    answer = ask(analyst, Query("pegawai", by=("status",)))
    exported(analyst, (answer,), purpose="Bahan rapat *pimpinan*", form=Form.CSV)
    with pytest.raises(AsnError):
        ask(place.viewer("pimpinan"), Query("pegawai", by=("pendidikan",)))
    at = opened(tab(token(place, "teknis-bkn")), WATCHING)
    assert [one.value for one in at.metric] == ["1", "1", "1", "2"]
    assert "Tidak ada pola yang mencapai batas dalam masa ini." in words(at)
    tables = [frame.value for frame in at.dataframe]
    assert list(tables[0]["Himpunan data"]) == ["Pegawai ASN"]
    assert list(tables[1]["Peran"]) == ["Analis kebijakan", "Pimpinan"]
    assert list(tables[2]["Akun"]) == ["analis", "pimpinan"]
    assert list(tables[3]["Tujuan"]) == ["Bahan rapat *pimpinan*"]
    assert list(tables[4]["Alasan"]) == ["kolom di luar hak akses"]
    assert len(at.get("plotly_chart")) == 1
    assert not at.exception
    assert search(engine(place.settings.state), limit=1)[0].event.action == "watch"


def test_pattern_is_told_with_its_evidence(place: World) -> None:
    burst(place)
    at = opened(tab(token(place, "teknis-bkn")), WATCHING)
    told = "analis mengajukan 46 pertanyaan yang hanya berbeda saringannya dalam satu jam"
    [warned] = [one for one in at.warning if told in one.value]  # the record may hold other tests' refusals too
    assert "Pertanyaan: Jenjang jabatan" in warned.value
    assert "Provinsi = Jawa Tengah" in warned.value
    assert "catatan audit no." in warned.value


@pytest.mark.parametrize("step", ["day", "week", "month"])
def test_every_grouping_and_time_is_drawn(place: World, step: str) -> None:
    burst(place)
    at = opened(tab(token(place, "teknis-bkn")), WATCHING)
    for days in ("30", "365", "all"):
        at.selectbox(key="watch_days").set_value(days).run()
        assert not at.exception
        assert at.metric[0].value == "46"
    at.main.segmented_control[0].set_value(step).run()
    assert not at.exception


def test_leaders_of_the_asking_party_see_nothing_of_their_own_people(place: World) -> None:
    burst(place)
    at = opened(tab(token(place, "pimpinan")), WATCHING)
    assert "Belum ada penggunaan data pihak Anda oleh pihak lain." in words(at)
    assert not at.get("plotly_chart")


def test_a_role_seen_by_another_is_named_by_both(place: World) -> None:
    ask(seen_as(place.viewer("tim-teknis"), "pimpinan"), Query("pegawai", by=("status",)))
    at = opened(tab(token(place, "teknis-bkn")), WATCHING)
    assert "Tim teknis, melihat sebagai Pimpinan" in list(at.dataframe[1].value["Peran"])


def test_matrix_shows_every_role_column_and_page(place: World) -> None:
    at = opened(tab(token(place, "pengelola")), ROLES)
    overview, *matrices, pages = (frame.value for frame in at.dataframe)
    labels = [role.label.id for role in roles().roles.values()]
    assert list(overview["Peran"]) == labels
    for (name, dataset), shown in zip(contract().datasets.items(), matrices, strict=True):
        assert list(shown["Kolom"]) == [level.label.id for level in dataset.levels.values()]
        for one, row in zip(column_rights(name), shown.to_dict("records"), strict=True):
            marked = {key for key, role in roles().roles.items() if row[role.label.id] == "✓"}
            assert marked == one.roles
    assert len(pages) == len(page_rights())
    assert not [button for button in at.main.get("button") if getattr(button, "key", "") == "seeing_begin"]


def test_every_role_rests_on_an_article() -> None:
    assert set(BASIS) == set(roles().roles)
    assert all("Pasal" in basis.id and "article" in basis.en for basis in BASIS.values())


def test_reasons_of_refusals_have_words() -> None:
    assert {"level-unknown", "code-unknown", "too-many-dimensions", "grant-none", "export-role"} <= set(REASONS)


@pytest.mark.parametrize(
    ("account", "told"),
    [
        ("analis", ["Lampiran I, sejak 9 Februari 2022.", "paling banyak 3 dimensi", "boleh, dengan tujuan tertulis"]),
        ("wilayah", ["Hanya Jawa Tengah, DI Yogyakarta", "Melampaui wilayah Anda", "kantor Regional BKN"]),
        ("pimpinan", ["Yang tidak dibuka (3 kolom)", "golongan/ruang", "Pasal 1; Pasal 3 ayat (1) huruf a"]),
        ("tim-data", ["pihak Anda (PIHAK KEDUA) pemilik data ini.", "tidak dibuka."]),
        ("pengelola", ["Peran Anda tidak memuat data ASN.", "Tidak termasuk dalam peran Anda"]),
        ("tanpa-wilayah", ["Akun Anda belum memiliki wilayah kerja"]),
    ],
)
def test_own_rights_tell_what_opens_and_limits_them(place: World, account: str, told: list[str]) -> None:
    at = opened(tab(token(place, account)), PROFILE)
    for words_told in told:
        assert words_told.lower() in words(at).lower()
    assert not at.exception
