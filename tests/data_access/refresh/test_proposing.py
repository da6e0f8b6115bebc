"""What the data team is told about a delivery that may need a mapping: first what no mapping mends, then a proposal."""

from pathlib import Path
from typing import Any

from data_access.folders import private_folder
from data_access.governance import refresh_requests
from data_access.governance.audit import Event
from data_access.intake.mapping import register
from data_access.intake.mapping.text import read_mapping, write_mapping
from tests.data_access.intake.odd_files import CUBE, HEADINGS, LONG, long_rows, text_file, unmapped
from tests.data_access.refresh.conftest import Office
from tests.world import EARLY, cube, delivered

SEX = HEADINGS["jenis_kelamin"]
OWN = {"L": "Lelaki", "P": "Putri"}
ROWS = long_rows()
PLACE = ROWS[0].index(SEX)
ODD = [[*ROWS[0], "Keterangan"], *([*r[:PLACE], OWN[r[PLACE]], *r[PLACE + 1 :], "x"] for r in ROWS[1:])]
CANONICAL = [[*delivered(), "jumlah"], *ROWS[1:]]


def lay_down(office: Office, name: str, content: bytes, **claims: object) -> int:
    private_folder(office.world.settings.drop)
    unmapped(office.world.settings.drop / "kiriman", {name: content}, **claims)
    number = office.receive(day=EARLY)
    office.work()
    return number


def rules(office: Office, number: int) -> list[str]:
    return [finding["rule"] for finding in office.report(number)["findings"]]


def test_missing_record_keys_are_told_before_columns_and_labels(office: Office) -> None:
    number = lay_down(office, "a.csv", text_file(ODD, delimiter=";"))
    assert rules(office, number) == ["key-kind", "columns-missing"]
    assert office.one(number).errors == 2
    spoilt = [CANONICAL[0], *([("XX" if c == r[0] else c) for c in r] for r in CANONICAL[1:])]
    refresh_requests.withdraw(office.state, office.world.audit_key, office.event(), number)
    (office.world.settings.drop / "kiriman").rename(office.world.settings.drop / "lama")
    assert rules(office, lay_down(office, "a.csv", text_file(spoilt)))[:2] == ["key-kind", "unknown-code"]


def test_a_proposal_names_every_column_and_every_label_at_once(office: Office) -> None:
    content = office.report(lay_down(office, "a.csv", text_file(ODD, delimiter=";", encoding="cp1252")))
    assert content["columns"] == ODD[0]
    assert read_mapping(content["proposed_mapping"]).columns[SEX] == "jenis_kelamin"
    assert {(one["level"], one["source"]) for one in content["proposals"]} == {
        ("jenis_kelamin", text) for text in OWN.values()
    }


def test_no_mapping_is_proposed_where_none_would_help(office: Office) -> None:
    """A wrong total, and a PDF under another name."""
    drop = office.world.settings.drop
    total = office.report(lay_down(office, "a.csv", text_file(CANONICAL), total=7))
    assert (total["proposed_mapping"], total["proposals"]) == ("", [])
    refresh_requests.withdraw(office.state, office.world.audit_key, office.event(), 1)
    (drop / "kiriman").rename(drop / "lama")
    number = lay_down(office, "laporan.csv", b"%PDF-1.7\n1 0 obj\n")
    assert rules(office, number) == ["file-content"]
    assert office.report(number)["proposed_mapping"] == ""


def test_any_saved_version_can_be_applied_to_a_delivery_of_the_drop_folder(office: Office, tmp_path: Path) -> None:
    """The newest version is not the one that fits; the older one is chosen by its number."""
    people = office.world.people[EARLY]
    counted = cube(people).select(*delivered(), "jumlah", "kunci")
    heads = [*(HEADINGS[name] for name in delivered()), HEADINGS["jumlah"], "kunci"]
    fits = LONG.model_copy(update={"columns": LONG.columns | {"kunci": "kunci"}})
    event = Event(action="mapping-save", decision="allowed", account="tim-data")
    for mapping in (fits, LONG.model_copy(update={"columns": {**LONG.columns, "Lain": "kunci"}})):
        kept: dict[str, Any] = {
            "name": "rekap",
            "dataset": "pegawai",
            "content": write_mapping(mapping),
            "note": "",
            "by": "tim-data",
        }
        register.save(office.state, office.world.audit_key, event, **kept)
    number = lay_down(office, "a.csv", text_file([heads, *counted.rows()], delimiter=";"), total=people.height)
    assert office.one(number).state == "rejected"
    for key, state in (("rekap@2", "rejected"), ("rekap@1", "ready")):
        refresh_requests.check_again(office.state, office.world.audit_key, office.event(), number, mapping=key)
        office.work()
        assert (office.one(number).mapping, office.one(number).state) == (key, state)
    assert CUBE.height
