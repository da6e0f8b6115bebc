"""The data team's page: what is asked of an upload, and corrected without uploading it again."""

import json
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from streamlit.testing.v1 import AppTest

from data_access.governance import tickets
from data_access.intake.manifest import NAME
from data_access.keys import key
from data_access.refresh.worker import work
from data_access.state import utc_now
from tests.data_access.refresh.conftest import NEXT, Office
from tests.pages.refreshing_desk import arrived, brought, desk, office, page
from tests.ui_world import press, words
from ui.upload import TICKET

__all__ = ["desk", "office"]


def test_the_date_in_a_file_name_is_proposed() -> None:
    from ui.refreshing.bringing import _date_in
    from ui.refreshing.claims import claimed

    assert _date_in("rekap_2025-12-31.xlsx") == date(2025, 12, 31)
    assert _date_in("rekap 20251231 final.csv") == date(2025, 12, 31)
    assert _date_in("rekap 2025-13-31.csv") is None
    assert _date_in("rekap.csv") is None
    assert [claimed(text) for text in ("", "5.588.245", " 5,588,245 ", "7")] == [None, 5588245, 5588245, 7]


def ticket_of(at: AppTest) -> str:
    return str(at.session_state[f"{TICKET}_upload"])


def begun(desk: Office, at: AppTest) -> Path:
    """An upload that goes on longer than its ticket is good for."""
    secret = key(desk.world.settings.keys, "cookie")
    ticket = tickets.issue(secret, "upload", "0" * 64, utc_now() - timedelta(minutes=31))
    at.session_state[f"{TICKET}_upload"] = ticket
    folder = desk.world.settings.incoming / tickets.serial_of(ticket)
    folder.mkdir(parents=True)
    return folder


def complete(folder: Path) -> None:
    content = b"provinsi,jumlah\n33,5\n"
    (folder / "rekap.csv").write_bytes(content)
    told = {"name": "rekap.csv", "size": len(content), "sha256": sha256(content).hexdigest()}
    folder.with_suffix(".json").write_text(json.dumps(told), "utf-8")


def test_a_file_that_arrives_after_its_ticket_has_run_out_is_not_lost(desk: Office) -> None:
    at = page(desk)
    folder, mine = begun(desk, at), ticket_of(at)
    at.run()
    assert ticket_of(at) == mine
    complete(folder)
    at.run()
    assert "rekap.csv telah diterima" in words(at)


def test_a_ticket_that_has_run_out_unused_is_replaced(desk: Office) -> None:
    at = page(desk)
    begun(desk, at).rmdir()
    mine = ticket_of(at)
    at.run()
    assert ticket_of(at) != mine


def test_a_run_cut_short_after_the_arrival_neither_loses_the_file_nor_shows_it_twice(desk: Office) -> None:
    at = page(desk)
    folder, mine = begun(desk, at), ticket_of(at)
    complete(folder)
    at.run()
    at.session_state[f"{TICKET}_upload"] = mine  # as if nothing had run after the file was kept
    at.run()
    assert "rekap.csv telah diterima" in words(at)
    press(at, "Berkas lain")
    assert "rekap.csv telah diterima" not in words(at)
    assert not folder.exists()


def uploaded(desk: Office) -> AppTest:
    """The page once a file has arrived."""
    return arrived(desk, desk.lay_down("a1b2", upload=True))


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
