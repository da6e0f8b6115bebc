"""The data team's page: a delivery from the drop folder to a release, and what stands in the way of it.

The worker is not started by the page here; the tests let it work where its process would.
"""

import pytest

from data_access.governance import refresh_progress, refresh_requests
from data_access.owner import OwnerSettings
from data_access.refresh.worker import work
from data_access.release import shelf
from data_access.settings import settings
from data_access.words import LANGUAGES
from tests.data_access.refresh.conftest import TEAM, Office
from tests.pages.refreshing_desk import brought, desk, office, page
from tests.ui_world import HISTORY, REFRESH, forget, opened, plain, press, served, tab, token, words
from tests.world import World

__all__ = ["desk", "office"]


def test_before_the_first_release_the_page_says_what_to_do(bare_world: World) -> None:
    with served(bare_world):
        at = opened(tab(token(bare_world, TEAM)), REFRESH)
        assert "Belum ada rilis yang disajikan. Terbitkan snapshot pertama." in words(at)
        assert not at.exception
        assert not at.error


def test_from_the_drop_folder_to_a_release(desk: Office) -> None:
    desk.lay_down()
    at = brought(desk, page(desk))
    assert "menunggu pemeriksaan" in words(at) + str([badge.proto for badge in at.get("markdown")])
    assert at.query_params["nomor"] == "1"
    work(desk.world.settings)
    at.run()
    assert [tab_.label for tab_ in at.tabs] == ["Temuan", "Perbedaan", "Pemetaan"]
    assert "Tidak ada temuan." in words(at)
    assert at.metric[0].label == "Jumlah ASN dalam kiriman"
    press(at, "Terbitkan")
    work(desk.world.settings)
    at = page(desk)
    assert "Rilis 0004 kini disajikan." in words(at)
    assert shelf.current(settings().releases).name == "0004"
    assert plain(at.session_state.to_dict())


def test_findings_stand_by_severity_with_their_rows(desk: Office) -> None:
    desk.lay_down(total=7)
    at = brought(desk, page(desk))
    work(desk.world.settings)
    at.run()
    assert "**Galat** – harus diperbaiki sebelum terbit" in words(at)
    assert "Surat pengantar menyebut <10 orang" in words(at).replace("\\", "")
    assert not [button for button in at.button if button.label == "Terbitkan"]
    press(at, "Batalkan")
    assert desk.one(1).state == "withdrawn"


def test_a_warning_needs_a_reason(desk: Office) -> None:
    desk.lay_down()
    at = brought(desk, page(desk))
    work(desk.world.settings.model_copy(update={"change_warning": 0.0001}))
    at.run()
    press(at, "Terbitkan")
    assert [warning.value for warning in at.warning] == [
        "Ada peringatan: tulis alasan menerimanya, paling sedikit 10 huruf."
    ]
    assert desk.one(1).state == "ready"
    at.main.text_input[-1].set_value("jumlah naik karena pengangkatan PPPK")
    [field] = [one for one in at.text_input if one.label.startswith("Alasan menerima")]
    field.set_value("jumlah naik karena pengangkatan PPPK")
    press(at, "Terbitkan")
    assert (desk.one(1).state, desk.one(1).reason) == ("queued", "jumlah naik karena pengangkatan PPPK")


def test_four_eyes_on_the_page(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASN_FOUR_EYES", "true")
    forget()
    desk.lay_down()
    at = brought(desk, page(desk))
    work(settings_of(desk))
    press(at.run(), "Minta persetujuan")
    assert desk.one(1).state == "awaiting"
    assert not [button for button in at.button if button.label == "Setujui dan terbitkan"]
    second = page(desk, "tim-data-dua")
    press(second, "Setujui dan terbitkan")
    work(settings_of(desk))
    assert (desk.one(1).state, desk.one(1).approved_by) == ("published", "tim-data-dua")


def settings_of(desk: Office) -> OwnerSettings:
    return desk.world.settings.model_copy(update={"four_eyes": True})


def test_a_roll_back_from_the_page_of_history(desk: Office) -> None:
    at = opened(tab(token(desk.world, TEAM)), HISTORY)
    at.text_area[0].set_value("rilis terakhir memakai berkas yang keliru")
    [button] = [one for one in at.button if one.label.startswith("Sajikan rilis")]
    button.click().run()
    assert desk.one(1).kind == "rollback"
    work(desk.world.settings)
    at.run()
    assert shelf.current(settings().releases).name == "0002"


@pytest.mark.parametrize("account", ["analis", "tim-teknis", "pemilik", "pengelola"])
def test_nobody_else_is_offered_a_roll_back(desk: Office, account: str) -> None:
    at = opened(tab(token(desk.world, account)), HISTORY)
    assert not [one for one in at.button if one.label.startswith("Sajikan rilis")]
    assert not at.text_area


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_of_a_refresh_is_shown(desk: Office, language: str) -> None:
    desk.lay_down()
    number = desk.receive()
    for act in (
        lambda: None,
        lambda: work(desk.world.settings),
        lambda: desk.ask(number),
        lambda: refresh_requests.withdraw(desk.state, desk.world.audit_key, desk.event(), number),
    ):
        act()
        at = page(desk, language=language)
        assert not at.exception
        assert not at.error
        assert f"No. {number}" in " ".join(one.value for one in at.subheader)


def test_a_number_in_the_address_that_does_not_exist_shows_the_newest(desk: Office) -> None:
    desk.lay_down()
    desk.receive()
    at = opened(tab(token(desk.world, TEAM), query={"nomor": ["99"]}), REFRESH)
    assert "No. 1" in " ".join(one.value for one in at.subheader)


def test_words_of_people_never_act_as_markdown(desk: Office) -> None:
    number = desk.receive("![x](http://contoh.invalid/a.png)<b>")
    work(desk.world.settings)
    at = page(desk)
    assert desk.one(number).state == "failed"
    shown = words(at) + " ".join(one.value for one in (*at.subheader, *at.error))
    assert "\\!\\[x\\](http" in shown
    assert "[x](" not in shown
    assert "<b>" not in shown


def test_what_others_bring_in_does_not_take_the_place_of_what_is_looked_at(desk: Office) -> None:
    desk.lay_down()
    desk.receive()
    at = page(desk)
    assert at.query_params["nomor"] == "1"
    desk.lay_down("kiriman-lain")
    desk.receive("kiriman-lain")
    at.run()
    assert "No. 1" in at.subheader[0].value
    assert list(at.dataframe[-1].value["No."]) == [2, 1]


def test_after_a_killed_worker_the_button_is_named_as_the_sentence_says_and_the_note_is_kept(desk: Office) -> None:
    desk.lay_down()
    number = desk.receive()
    work(desk.world.settings)
    desk.ask(number, reason="kiriman semester kedua")
    assert refresh_progress.take_next(desk.state) is not None  # and the worker is killed
    work(desk.world.settings)
    at = page(desk)
    assert "Coba lagi." in at.error[0].value
    press(at, "Coba lagi")
    work(desk.world.settings)
    at.run()
    [note] = [one for one in at.text_input if one.label.startswith("Catatan rilis")]
    assert note.value == "kiriman semester kedua"


def test_a_release_that_is_served_no_longer_is_not_told_as_served(desk: Office) -> None:
    desk.lay_down()
    desk.receive()
    work(desk.world.settings)
    desk.ask(1)
    work(desk.world.settings)
    assert "Rilis 0004 kini disajikan." in words(page(desk))
    desk.ask_rollback("0002")
    work(desk.world.settings)
    at = opened(tab(token(desk.world, TEAM), query={"nomor": ["1"]}), REFRESH)
    assert "Rilis 0004 telah terbit; kini rilis 0002 yang disajikan." in words(at)


@pytest.mark.parametrize("state", ["received", "queued"])
def test_what_waits_for_the_worker_can_still_be_given_up(desk: Office, state: str) -> None:
    desk.lay_down()
    number = desk.receive()
    if state == "queued":
        work(desk.world.settings)
        desk.ask(number)
    assert desk.one(number).state == state
    press(page(desk), "Batalkan")
    assert desk.one(number).state == "withdrawn"


def test_a_delivery_with_a_manifest_that_cannot_be_read_says_why(desk: Office) -> None:
    (desk.lay_down() / "manifest.yaml").write_text("dataset: [")
    at = brought(desk, page(desk))
    assert [one.value for one in at.error] == [
        "Keterangan kiriman (manifest.yaml) tidak dapat dibaca. Buat ulang, lalu kirim lagi."
    ]
    assert "kiriman – keterangan kiriman tidak terbaca" in at.selectbox[0].options
