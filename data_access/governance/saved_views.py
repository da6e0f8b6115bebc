"""Views that people keep by name: their own, and those that others of the same role share. A view holds no data.

Every change is recorded in its own transaction. Whoever opens a view is checked anew, like anybody who types its address.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, or_, select

from data_access.errors import Rejected
from data_access.governance.audit import Event, append
from data_access.state import reading, utc_now, writing
from data_access.state.tables import saved_view
from data_access.words import mark as _

LONGEST_NAME, LONGEST_VIEW = 80, 8_000
MOST = 50  # of one account on one page
EXPLORER = "analisis/eksplorasi"
Params = Mapping[str, Any]  # JSON


@dataclass(frozen=True)
class SavedView:
    """A kept view: who made it, and the role it is shared with ("" for its maker alone)."""

    id: int
    account: str
    page: str
    name: str
    role: str
    params: Params
    saved_at: datetime


def save(
    engine: Engine,
    key: bytes,
    event: Event,
    *,
    name: str,
    params: Params,
    role: str = "",
    page: str = EXPLORER,
    now: datetime | None = None,
) -> int:
    """Keeps a view of a page under a name of the account in `event`; Rejected for a name that is empty, too long or taken."""
    moment, called = now or utc_now(), _name(name)
    if len(json.dumps(dict(params))) > LONGEST_VIEW:
        raise Rejected("view-too-long", _("Tampilan ini terlalu panjang untuk disimpan. Kurangi kode pada saringan."))
    with writing(engine) as connection:
        _check_room(connection, str(event.account), page, called)
        values = {"account": event.account, "page": page, "name": called, "role": role or None, "params": dict(params)}
        number = connection.execute(insert(saved_view).values(**values, saved_at=moment)).inserted_primary_key
        append(connection, key, _told(event, called, role), moment)
    return int(number[0]) if number else 0


def within_reach(engine: Engine, account: str, role: str, page: str = EXPLORER) -> list[SavedView]:
    """The account's own views of a page, then those shared with its role, each by name."""
    mine = saved_view.c.account == account
    of_page = select(saved_view).where(saved_view.c.page == page)
    statement = of_page.where(or_(mine, saved_view.c.role == role)).order_by(~mine, saved_view.c.name)
    with reading(engine) as connection:
        rows = connection.execute(statement).mappings()
        return [SavedView(**{**row, "role": row["role"] or ""}) for row in rows]


def remove(engine: Engine, key: bytes, event: Event, number: int, *, now: datetime | None = None) -> None:
    """Deletes a view of the account in `event`; Rejected if it has none of that number, whoever else may have."""
    own = (saved_view.c.id == number, saved_view.c.account == event.account)
    with writing(engine) as connection:
        name = connection.scalar(select(saved_view.c.name).where(*own))
        if name is None:
            raise Rejected("view-unknown", _("Tampilan tersimpan itu tidak ada lagi."))
        connection.execute(delete(saved_view).where(*own))
        append(connection, key, _told(event, name, ""), now)


def _name(typed: str) -> str:
    name = " ".join("".join(letter for letter in typed if letter.isprintable()).split())
    if not name:
        raise Rejected("view-name-empty", _("Beri nama tampilan ini terlebih dahulu."))
    if len(name) > LONGEST_NAME:
        raise Rejected("view-name-long", _("Nama terlalu panjang: paling banyak {most} huruf."), most=LONGEST_NAME)
    return name


def _check_room(connection: Connection, account: str, page: str, name: str) -> None:
    own = (saved_view.c.account == account, saved_view.c.page == page)
    if connection.scalar(select(saved_view.c.id).where(*own, saved_view.c.name == name)) is not None:
        raise Rejected("view-name-taken", _("Anda sudah memiliki tampilan bernama {name}."), name=name)
    if (connection.scalar(select(func.count()).where(*own).select_from(saved_view)) or 0) >= MOST:
        raise Rejected("views-full", _("Paling banyak {most} tampilan. Hapus yang tidak dipakai lagi."), most=MOST)


def _told(event: Event, name: str, role: str) -> Event:
    detail = json.dumps({"name": name, "role": role}, ensure_ascii=False)
    return Event(**{**vars(event), "detail": detail})
