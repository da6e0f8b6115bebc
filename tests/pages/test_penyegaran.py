"""The data team's page: a delivery from the drop folder to a release, and what stands in the way of it.

The worker is not started by the page here; the tests let it work where its process would.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data_access.folders import private_folder
from data_access.governance import refresh_progress, refresh_requests
from data_access.intake.manifest import NAME, sha256
from data_access.intake.mapping import register
from data_access.intake.mapping.text import with_labels, write_mapping
from data_access.owner import OwnerSettings
from data_access.refresh.worker import work
from data_access.release import shelf
from data_access.settings import settings
from data_access.words import LANGUAGES
from tests.data_access.intake.odd_files import HEADINGS, LONG, long_rows, text_file, unmapped
from tests.data_access.refresh.conftest import NEXT, TEAM, Office, office
from tests.ui_world import HISTORY, REFRESH, forget, opened, plain, press, served, tab, token, words
from tests.world import World

__all__ = ["office"]


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The office with its world served to the pages, and the worker left to the test."""
    with served(office.world):
        monkeypatch.setenv("ASN_WORKER", "external")
        forget()
        yield office


def page(desk: Office, account: str = TEAM, language: str = "id") -> AppTest:
    return opened(tab(token(desk.world, account), language=language), REFRESH)


def states(desk: Office) -> list[str]:
    return [one.state for one in map(desk.one, range(1, 4)) if one]


def brought(desk: Office, at: AppTest) -> AppTest:
    """After choosing the newest delivery of the drop folder, as the worker has seen it, and sending it to the check."""
    at.segmented_control(key="refresh_way").set_value("drop").run()
    work(desk.world.settings)
    press(at, "Lihat lagi")
    press(at, "Periksa kiriman")
    return at


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


def test_the_date_in_a_file_name_is_proposed() -> None:
    from ui.refreshing.bringing import _date_in
    from ui.refreshing.claims import claimed

    assert _date_in("rekap_2025-12-31.xlsx") == date(2025, 12, 31)
    assert _date_in("rekap 20251231 final.csv") == date(2025, 12, 31)
    assert _date_in("rekap 2025-13-31.csv") is None
    assert _date_in("rekap.csv") is None
    assert [claimed(text) for text in ("", "5.588.245", " 5,588,245 ", "7")] == [None, 5588245, 5588245, 7]


def test_words_of_people_never_act_as_markdown(desk: Office) -> None:
    number = desk.receive("![x](http://contoh.invalid/a.png)<b>")
    work(desk.world.settings)
    at = page(desk)
    assert desk.one(number).state == "failed"
    shown = words(at) + " ".join(one.value for one in (*at.subheader, *at.error))
    assert "\\!\\[x\\](http" in shown
    assert "[x](" not in shown
    assert "<b>" not in shown


def odd_delivery(desk: Office) -> None:
    """Own words for the sexes and a column that no level stands for."""
    rows = long_rows(labels=True)
    place = rows[0].index(HEADINGS["jenis_kelamin"])
    own = [[*row[:place], f"{row[place]} itu", *row[place + 1 :], "x"] for row in rows[1:]]
    private_folder(desk.world.settings.drop)
    unmapped(
        desk.world.settings.drop / "kiriman", {"a.csv": text_file([[*rows[0], "Keterangan"], *own], delimiter=";")}
    )


def test_an_incomplete_mapping_stays_a_draft_that_says_what_is_missing(desk: Office) -> None:
    odd_delivery(desk)
    at = brought(desk, page(desk))
    work(desk.world.settings)
    at.run()
    for saved_before in (False, True):
        (left,) = [one.value for one in at.warning if "belum lengkap" in one.value]
        assert "Kolom yang belum diberi arti: Keterangan." in left
        assert "Label tanpa kode: " in left
        assert next(one.value for one in at.error).startswith("Kiriman tidak memuat kunci rekaman")
        if not saved_before:
            press(at, "Simpan dan periksa lagi")
            work(desk.world.settings)
            at = page(desk)
    saved = register.load(desk.state, desk.one(1).mapping.partition("@")[0])
    assert saved.mapping.proposal
    assert saved.version == 1


def test_no_hint_at_a_mapping_for_a_canonical_file_with_a_wrong_total(desk: Office) -> None:
    desk.lay_down(total=7)
    at = brought(desk, page(desk))
    work(desk.world.settings)
    assert "belum dikenal" not in words(at.run())


def test_a_saved_version_can_be_chosen_for_a_delivery_of_the_drop_folder(desk: Office) -> None:
    event = desk.event()
    for note in ("pertama", "kedua"):
        mapping = with_labels(LONG, {"status": {note: "PNS"}})
        kept: dict[str, Any] = {
            "name": "rekap",
            "dataset": "pegawai",
            "content": write_mapping(mapping),
            "note": note,
            "by": TEAM,
        }
        register.save(desk.state, desk.world.audit_key, event, **kept)
    odd_delivery(desk)
    at = page(desk)
    at.segmented_control(key="refresh_way").set_value("drop").run()
    work(desk.world.settings)
    press(at, "Lihat lagi")
    (box,) = [one for one in at.selectbox if one.label == "Pemetaan"]
    assert box.options[0] == "(seperti dalam kiriman)"
    assert [option.partition(" (")[0] for option in box.options[1:]] == ["rekap versi 2", "rekap versi 1"]
    box.select_index(2)
    press(at, "Periksa kiriman")
    assert desk.one(1).mapping == "rekap@1"
    work(desk.world.settings)
    at = page(desk)
    (box,) = [one for one in at.selectbox if one.label == "Pakai pemetaan tersimpan"]
    assert [option.partition(" (")[0] for option in box.options] == ["rekap versi 2"]
    box.select_index(0)
    press(at, "Pakai dan periksa lagi")
    assert (desk.one(1).mapping, desk.one(1).state) == ("rekap@2", "received")


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


def uploaded(desk: Office) -> AppTest:
    """The page once a file has arrived."""
    folder = desk.lay_down("a1b2", upload=True)
    (folder / NAME).unlink()
    at = tab(token(desk.world, TEAM))
    (file,) = folder.iterdir()
    at.session_state["asn_uploaded"] = {
        "folder": "a1b2",
        "name": file.name,
        "size": file.stat().st_size,
        "sha256": sha256(file),
    }
    return opened(at, REFRESH)


def test_an_upload_is_asked_whether_it_is_example_data(desk: Office) -> None:
    at = uploaded(desk)
    at.date_input[0].set_value(NEXT)
    press(at, "Periksa kiriman")
    assert [one.value for one in at.warning] == ["Pilih sifat data: data sebenarnya atau DATA CONTOH."]
    assert not list(desk.world.settings.incoming.glob(f"*/{NAME}"))
    at.radio[0].set_value(False)
    press(at, "Periksa kiriman")
    assert desk.one(1).claims == {"total": None, "example": False}
    work(desk.world.settings)
    at.run()
    assert "Kiriman ini data sebenarnya, sedangkan snapshot lain DATA CONTOH" in words(at)
    at.radio[-1].set_value(True)
    press(at, "Perbaiki dan periksa lagi")
    work(desk.world.settings)
    assert desk.one(1).state == "ready"
    at.run()
    assert "Tidak ada temuan." in words(at)


def test_a_total_that_was_typed_wrongly_is_corrected_on_the_page(desk: Office) -> None:
    at = uploaded(desk)
    at.date_input[0].set_value(NEXT)
    at.radio[0].set_value(True)
    at.text_input[0].set_value("7")
    press(at, "Periksa kiriman")
    work(desk.world.settings)
    at.run()
    assert "Surat pengantar menyebut" in " ".join(one.value for one in at.error)
    [field] = [one for one in at.text_input if one.label.startswith("Jumlah") and one.value == "7"]
    field.set_value("")
    press(at, "Perbaiki dan periksa lagi")
    work(desk.world.settings)
    assert desk.one(1).state == "ready"


def test_a_delivery_of_the_drop_folder_offers_no_correction(desk: Office) -> None:
    desk.lay_down(total=7)
    at = brought(desk, page(desk))
    work(desk.world.settings)
    at.run()
    assert desk.one(1).state == "rejected"
    assert not at.radio


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
