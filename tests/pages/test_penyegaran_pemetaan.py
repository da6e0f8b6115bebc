"""The data team's page: the mapping of a delivery, what it leaves open, and a saved one applied by hand."""

from typing import Any

from data_access.folders import private_folder
from data_access.intake.mapping import register
from data_access.intake.mapping.text import with_labels, write_mapping
from data_access.refresh.worker import work
from tests.data_access.intake.odd_files import HEADINGS, LONG, long_rows, text_file, unmapped
from tests.data_access.refresh.conftest import TEAM, Office
from tests.pages.refreshing_desk import brought, desk, office, page
from tests.ui_world import press, words

__all__ = ["desk", "office"]


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
