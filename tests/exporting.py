"""Exports of the made-up world, and files read back as their readers will."""

import io
import zipfile

import polars as pl

from data_access.access.export import Export, Form, exported
from data_access.access.gateway import ask
from data_access.access.query import Query
from data_access.access.result import Protected
from data_access.governance import audit
from data_access.state import engine
from tests.world import World

PURPOSE = "bahan rapat formasi 2026"


def answer(world: World, account: str, query: Query) -> Protected:
    return ask(world.viewer(account), query)


def taken(
    world: World, account: str, *results: Protected, form: Form = Form.WORKBOOK, purpose: str = PURPOSE
) -> Export:
    return exported(world.viewer(account), results, purpose=purpose, form=form)


def newest(world: World, action: str = "export") -> audit.Event:
    return audit.search(engine(world.settings.state), action=action)[0].event


def count(world: World, action: str = "export") -> int:
    return len(audit.search(engine(world.settings.state), action=action, limit=1_000))


def sheet(content: bytes, number: int) -> list[list[str]]:
    """The cells of a sheet as text, row by row; "" for an empty one."""
    frame = pl.read_excel(io.BytesIO(content), sheet_id=number, has_header=False, infer_schema_length=0)
    return [[cell or "" for cell in row] for row in frame.iter_rows()]


def parts(content: bytes) -> dict[str, str]:
    """The files in a ZIP as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def inside(book: bytes) -> str:
    """The XML of a workbook's sheets and of what they refer to."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        names = [name for name in archive.namelist() if "worksheets" in name or "rels" in name]
        return "".join(archive.read(name).decode() for name in names)
