"""The versions of each mapping in the state. None is ever changed; a correction is a new version, recorded in the audit."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine, func, insert, select

from data_access.errors import Rejected
from data_access.governance.audit import Event, append
from data_access.intake.mapping.model import NAME, Mapping
from data_access.intake.mapping.text import adopted, read_mapping, write_mapping
from data_access.state import one_writer, reading, utc_now, writing
from data_access.state.tables import mapping as table
from data_access.words import mark as _


@dataclass(frozen=True)
class Version:
    """One version of a mapping; `content` is its YAML."""

    name: str
    version: int
    dataset: str
    content: str
    note: str
    created_by: str
    created_at: datetime

    @property
    def mapping(self) -> Mapping:
        return read_mapping(self.content)


def save(  # noqa: PLR0913 - the fields of a version, all by name
    engine: Engine,
    key: bytes,
    event: Event,
    *,
    name: str,
    dataset: str,
    content: str,
    note: str,
    by: str,
    base: int | None = None,
    draft: bool = False,
    now: datetime | None = None,
) -> int:
    """The number of the new version. Who saves a proposal stands by it, unless it is kept as a `draft`.

    Rejected if the mapping is invalid, is for another dataset, leaves a level without a source and is no draft, or says
    the same as the version that it was made from (`base`; None: the newest).
    """
    text = _checked(name, dataset, content, draft=draft)
    moment = now or utc_now()
    with writing(engine) as connection:
        one_writer(connection)
        newest = _one(connection, name)
        before = newest if base is None or newest is None else _one(connection, name, base)
        if before is not None and before.content == text:
            template = _("Pemetaan {name} sama dengan versi {version}; tidak ada yang disimpan.")
            raise Rejected("mapping-same", template, name=name, version=before.version)
        number = newest.version + 1 if newest else 1
        made = Version(name, number, dataset, text, note.strip(), by, moment)
        connection.execute(insert(table), vars(made))
        detail = f"{name}@{number}: {event.detail}" if event.detail else f"{name}@{number}"
        append(connection, key, replace(event, detail=detail), moment)
    return number


def versions(engine: Engine, name: str | None = None) -> list[Version]:
    """Every version, by name, the newest first; or those of one mapping."""
    statement = select(table).order_by(table.c.name, table.c.version.desc())
    with reading(engine) as connection:
        found = connection.execute(statement if name is None else statement.where(table.c.name == name))
        return [Version(**row) for row in found.mappings()]


def load(engine: Engine, name: str, version: int | None = None) -> Version:
    """A version of a mapping, the newest if none is named; Rejected if there is none."""
    for found in versions(engine, name):
        if version in (None, found.version):
            return found
    asked = name if version is None else f"{name}@{version}"
    template = _("Tidak ada pemetaan {name}. Lihat daftarnya: python -m data_access mapping list")
    raise Rejected("mapping-unknown", template, name=asked)


def _checked(name: str, dataset: str, content: str, *, draft: bool) -> str:
    if not re.fullmatch(NAME, name):
        template = _(
            "Nama pemetaan: 2 sampai 60 huruf kecil, angka, titik, atau tanda hubung; diawali huruf atau angka."
        )
        raise Rejected("mapping-name", template)
    mapping = read_mapping(content)
    if mapping.dataset != dataset:
        template = _("Pemetaan {name} dibuat untuk {found}, kiriman ini untuk {dataset}. Pilih pemetaan lain.")
        raise Rejected("mapping-dataset", template, name=name, found=mapping.dataset, dataset=dataset)
    if mapping.lacking and not draft:
        template = _("Pemetaan belum lengkap: {columns} belum ada sumbernya. Lengkapi, lalu simpan lagi.")
        raise Rejected("mapping-incomplete", template, columns=", ".join(mapping.lacking))
    held = {"proposal": True, "missing": mapping.lacking} if draft else {}
    return write_mapping(adopted(mapping).model_copy(update={"name": name, **held}))


def _one(connection: Connection, name: str, version: int | None = None) -> Version | None:
    """A version of a mapping, the newest if none is named."""
    highest = select(func.max(table.c.version)).where(table.c.name == name).scalar_subquery()
    wanted = table.c.version == (highest if version is None else version)
    row = connection.execute(select(table).where(table.c.name == name, wanted)).mappings().first()
    return Version(**row) if row else None
