"""Downloads as a way out: without the right, without a purpose, without a record, with more than the screen, with formulas."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from data_access.access.export import Form, exported
from data_access.access.query import Query
from data_access.access.result import Axis, Protected, State
from data_access.contract import Label
from data_access.errors import AsnError, InvalidQuery, Misconfigured, Refused
from data_access.governance import sessions
from data_access.harmless import ACTING
from data_access.release import shelf
from data_access.state import engine
from reports import csv_file, workbook
from reports.table import of
from tests.charts.factory import HIDDEN
from tests.exporting import PURPOSE, answer, count, inside, newest, parts, sheet, taken
from tests.ui_world import EXPLORER, SUMMARY, end_agreement, opened, served, tab, token
from tests.world import FOREIGN, LATE, OWN, World, copied
from ui import downloading
from ui.session import Bearer

BY_PLACE = Query("pegawai", by=("provinsi", "jenjang"), periods=(LATE,))
FORMULA = '=HYPERLINK("http://x")'


@pytest.fixture(scope="module")
def stage(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = copied(world, tmp_path_factory.mktemp("unduh") / "var")
    with served(made):
        yield made
    engine(made.settings.state).dispose()


@pytest.fixture
def own(world: World, tmp_path: Path) -> Iterator[World]:
    made = copied(world, tmp_path / "var")
    with served(made):
        yield made
    engine(made.settings.state).dispose()


@pytest.mark.parametrize("account", ["tim-data", "tim-teknis"])
def test_a_role_without_the_right_gets_no_permission(stage: World, account: str) -> None:
    seen = answer(stage, account, Query("pegawai", by=("provinsi",)))
    with pytest.raises(Refused) as caught:
        taken(stage, account, seen)
    assert caught.value.reason == "export-role"
    event = newest(stage)
    assert (event.decision, event.reason, event.account, event.rows) == ("refused", "export-role", account, None)


def forged(world: World, account: str, page: str) -> AppTest:
    """A tab whose widgets say that everything was opened, filled in and sent."""
    at = tab(token(world, account))
    for key in ("status", "map", "agencies", "pyramid", "explorer"):
        at.session_state[f"download_{key}"] = True
        at.session_state[f"purpose_{key}"] = PURPOSE
    at.session_state[downloading.PURPOSE] = PURPOSE
    return opened(at, page)


def buttons(at: AppTest) -> list[str]:
    return [one.label for one in at.main.get("button") if isinstance(one, Button)]


def test_forged_widget_state_opens_nothing_for_a_role_without_the_right(stage: World) -> None:
    before = count(stage)
    at = forged(stage, "tim-data", EXPLORER)
    assert not at.exception
    assert not at.main.get("download_button")
    assert "Siapkan" not in buttons(at)
    assert count(stage) == before
    allowed = forged(stage, "analis", EXPLORER)
    assert "Siapkan" in buttons(allowed), "the same state opens it for an analyst"


@pytest.mark.parametrize("purpose", ["", " ", "rapat", "1234567890 1234567890", "." * 40, "a b c d e f g h i"])
def test_no_purpose_no_file(stage: World, purpose: str) -> None:
    seen = answer(stage, "analis", BY_PLACE)
    with pytest.raises(InvalidQuery) as caught:
        taken(stage, "analis", seen, purpose=purpose)
    assert caught.value.reason == "purpose-short"
    assert (newest(stage).decision, newest(stage).reason) == ("refused", "purpose-short")


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e", "\ud800", "\u200b"])
def test_a_purpose_with_signs_that_cannot_be_read(stage: World, sign: str) -> None:
    """Half a character must not break the record of its own refusal either."""
    with pytest.raises(InvalidQuery) as caught:
        taken(stage, "analis", answer(stage, "analis", BY_PLACE), purpose=f"{PURPOSE}{sign}")
    assert caught.value.reason == "purpose-signs"
    assert newest(stage).reason == "purpose-signs"


def test_a_purpose_as_long_as_a_book(stage: World) -> None:
    with pytest.raises(InvalidQuery) as caught:
        taken(stage, "analis", answer(stage, "analis", BY_PLACE), purpose="a" * 1_000_000)
    assert caught.value.reason == "purpose-long"
    assert len(newest(stage).detail or "") < 400


def test_without_an_audit_there_is_no_permission_and_so_no_bytes(own: World) -> None:
    seen, viewer = answer(own, "analis", BY_PLACE), own.viewer("analis")
    engine(own.settings.state).dispose()
    state = own.settings.var / "state.db"
    for file in (state, Path(f"{state}-wal"), Path(f"{state}-shm")):
        file.unlink(missing_ok=True)
    with pytest.raises(Misconfigured) as caught:
        exported(viewer, (seen,), purpose=PURPOSE, form=Form.CSV)
    assert caught.value.reason == "audit-unwritable"


def test_the_end_of_the_agreement_ends_downloads_of_what_is_still_on_the_screen(own: World) -> None:
    seen = answer(own, "analis", BY_PLACE)
    taken(own, "analis", seen)
    end_agreement(own)
    with pytest.raises(Refused):
        taken(own, "analis", seen)
    assert newest(own).decision == "refused"


def test_an_answer_given_to_somebody_with_a_wider_reach(stage: World) -> None:
    """Nationwide cells, places of others and levels of others are refused to a viewer of two provinces."""
    strange = [
        BY_PLACE,
        Query("pegawai", by=("jenjang",), where={"provinsi": [FOREIGN]}),
        Query("pegawai", by=("jenjang", "status", "jenis_kelamin")),
        Query("pegawai", by=("kanreg",)),
        Query("pegawai", by=("instansi",), where={"provinsi": list(OWN)}),
    ]
    for query in strange:
        seen = answer(stage, "analis", query)
        with pytest.raises(AsnError):
            taken(stage, "wilayah", seen)
        assert newest(stage).decision == "refused"
    mine = answer(stage, "wilayah", Query("pegawai", by=("instansi",), where={"provinsi": list(OWN)}))
    assert taken(stage, "wilayah", mine).results == (mine,)
    public = answer(stage, "wilayah", Query("pegawai", by=("status",)))
    assert public.official
    assert taken(stage, "wilayah", public).results == (public,)


def test_a_release_that_is_no_longer_served(own: World) -> None:
    seen = answer(own, "analis", BY_PLACE)
    older = replace(seen, source=replace(seen.source, release="0001"))
    assert shelf.current(own.settings.releases).name != "0001"
    with pytest.raises(Refused) as caught:
        taken(own, "analis", older)
    assert caught.value.reason == "export-release"


def test_a_prepared_file_is_not_made_once_the_session_has_ended(own: World) -> None:
    secret = token(own, "analis")
    seen = answer(own, "analis", BY_PLACE)
    export = taken(own, "analis", seen)

    def table() -> object:
        return of(seen, "", "id")

    assert downloading._content(export, table, Bearer(secret, "10.0.0.7"), "id")  # type: ignore[arg-type]
    with pytest.raises(Refused):
        downloading._content(export, table, Bearer("another", "10.0.0.7"), "id")  # type: ignore[arg-type]
    sessions.end_all(engine(own.settings.state), own.audit_key, replace(newest(own), action="end"), account="analis")
    with pytest.raises(Refused):
        downloading._content(export, table, Bearer(secret, "10.0.0.7"), "id")  # type: ignore[arg-type]


def test_a_prepared_file_is_not_made_once_the_agreement_has_ended(own: World) -> None:
    """The session lives on, the right does not."""
    secret, seen = token(own, "analis"), answer(own, "analis", BY_PLACE)
    export = taken(own, "analis", seen)
    end_agreement(own)
    with pytest.raises(Refused) as caught:
        downloading._content(export, lambda: of(seen, "", "id"), Bearer(secret, "10.0.0.7"), "id")
    assert caught.value.reason == "grant-none"


def numbers(rows: list[list[str]]) -> set[str]:
    return {cell for row in rows for cell in row if re.fullmatch(r"-?\d+(\.\d+)?", cell)}


def test_the_files_hold_the_displayed_numbers_and_no_other(stage: World) -> None:
    """Also where a broken step left a number behind a suppressed cell."""
    seen = answer(stage, "analis", BY_PLACE)
    assert seen.suppressed > 10
    broken = replace(seen, frame=seen.frame.with_columns(pl.col("nilai").fill_null(HIDDEN)))
    shown = {str(value) for value in seen.frame.filter(keadaan=State.SHOWN)["nilai"]}
    table = of(broken, "jenjang", "id")
    book = workbook.written(taken(stage, "analis", broken), table, "id")
    assert numbers(sheet(book, 1)) == shown
    heads, *rows = sheet(book, 2)
    value, written = heads.index("nilai"), heads.index("tertulis")
    assert {row[value] for row in rows} == shown | {"<10"}
    assert {row[written].replace(".", "") for row in rows} == shown | {"<10"}
    cells = [cell for row in sheet(book, 1) for cell in row]
    assert cells.count("<10") == seen.suppressed
    packed = parts(csv_file.written(taken(stage, "analis", broken, form=Form.CSV), "id"))
    data = pl.read_csv(next(iter(packed.values())).encode(), infer_schema=False)
    assert {value for value in data["nilai"] if value is not None} == shown
    assert data.filter(pl.col("keadaan") == "kurang dari 10").height == seen.suppressed
    assert set(data.filter(pl.col("keadaan") == "kurang dari 10")["tertulis"]) == {"<10"}
    assert set(data.filter(pl.col("keadaan") != "ditampilkan")["nilai"]) == {None}
    for content in (*packed.values(), str(sheet(book, 1)), str(sheet(book, 2)), str(sheet(book, 3))):
        assert str(HIDDEN) not in content.replace(".", "")


def poisoned(seen: Protected) -> Protected:
    """The answer with a contract whose labels were turned into formulas."""
    first = seen.axes[0]
    bad = [Label(id=f"{sign}1+1|cmd", en=f"{sign}1+1|cmd") for sign in ACTING]
    members = tuple((code, bad[i % len(bad)]) for i, (code, _label) in enumerate(first.members))
    axis = Axis(first.level, Label(id=FORMULA, en=FORMULA), first.ordered, members)
    return replace(seen, axes=(axis, *seen.axes[1:]))


def test_nothing_in_a_file_is_a_formula(stage: World) -> None:
    seen = poisoned(answer(stage, "analis", BY_PLACE))
    purpose = "=cmd|' /C calc'!A0 bahan rapat"
    table = of(seen, "jenjang", "id", title="@SUM(1+1)")
    book = workbook.written(taken(stage, "analis", seen, purpose=purpose), table, "id")
    for number in (1, 2, 3):
        acting = [cell for row in sheet(book, number) for cell in row if cell.startswith(ACTING)]
        assert acting == []
    xml = inside(book)
    assert "<f>" not in xml
    assert "hyperlink" not in xml.lower().replace("hyperlink(", "")
    for content in parts(csv_file.written(taken(stage, "analis", seen, form=Form.CSV, purpose=purpose), "id")).values():
        data = pl.read_csv(content.encode(), infer_schema=False)
        assert [cell for row in data.iter_rows() for cell in row if cell and cell.startswith(ACTING)] == []


def test_the_record_stands_before_the_file_and_names_it(stage: World) -> None:
    seen = answer(stage, "analis", BY_PLACE)
    asked = newest(stage, "ask")
    export = taken(stage, "analis", seen, purpose=f"  {PURPOSE}\n ")
    event = newest(stage)
    assert (event.decision, event.account, event.role) == ("allowed", "analis", "analis")
    assert (event.rows, event.suppressed, event.release) == (seen.frame.height, seen.suppressed, seen.source.release)
    assert event.result_sha256 == asked.result_sha256
    assert event.query == seen.query
    assert json.loads(event.detail or "") == {"form": "xlsx", "purpose": PURPOSE}
    told = dict(row[:2] for row in sheet(workbook.written(export, of(seen, "", "id"), "id"), 3))
    assert (told["Tujuan"], told["Nomor catatan audit"]) == (PURPOSE, str(export.number))


def test_the_summary_offers_leaders_each_figure(stage: World) -> None:
    at = forged(stage, "pimpinan", SUMMARY)
    assert buttons(at) == ["Siapkan"] * 4
