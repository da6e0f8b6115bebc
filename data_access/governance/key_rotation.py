"""Replaces a secret key: the change is recorded first, then the file takes its place; a kill in between is finished later.

The audit record that changes the audit key is the last one signed with the former key, and names the fingerprint of the
next. Who still holds the former key writes nothing any more (`audit.append`), so no record is ever signed out of turn.
"""

import os
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine, select

from data_access import keys
from data_access.errors import Misconfigured, Refused, Rejected
from data_access.governance import audit
from data_access.governance.audit import Event
from data_access.state import reading, writing
from data_access.state.tables import audit as records
from data_access.words import mark as _

ACTION = "key-{name}"
ROTATED = keys.EVERYWHERE


def rotate(engine: Engine, folder: Path, name: str, event: Event) -> str:
    """Replaces the key `name` and returns the fingerprint of the new one; `event` says who does it.

    Refused for the record key, Rejected for an unknown name or a key of the environment, Misconfigured where the present
    keys are not sound.
    """
    _check_may(name)
    with keys.alone(folder):
        keys.checked(folder)
        signing = keys.key(folder, "audit")
        _check_signs(engine, signing)
        mark = keys.fingerprint(keys.prepare(folder, name))
        try:
            done = replace(event, action=ACTION.format(name=name), detail=mark)
            with writing(engine) as connection:
                audit.append(connection, signing, done)
        except Misconfigured:
            # A commit that failed may have been made all the same; where that cannot be told, `finish` settles it later.
            if _recorded(engine, name) != mark:
                keys.aside(folder, name).unlink()
                raise
        keys.replace(folder, name)
    return mark


def unfinished(folder: Path) -> list[str]:
    """Names of the keys whose change was broken off, or is being made in this moment."""
    return [name for name in ROTATED if keys.aside(folder, name).exists()]


def finish(engine: Engine, folder: Path) -> None:
    """Ends what a kill left open: recorded changes are made, others undone."""
    with keys.alone(folder):
        for name in unfinished(folder):
            file = keys.aside(folder, name)
            if keys.fingerprint(file.read_bytes()) == _recorded(engine, name):
                keys.replace(folder, name)
            file.unlink(missing_ok=True)


def _check_may(name: str) -> None:
    if name in keys.OWNERS:
        template = _(
            "Kunci rekaman tidak diganti: kunci lain memberi orang yang sama gangguan acak yang lain, sehingga rata-rata "
            "dua rilis mengungkap angka sebenarnya. Bila kunci ini bocor, hentikan penerbitan dan lihat docs/operations.md."
        )
        raise Refused("key-record", template)
    if name not in ROTATED:
        template = _("Kunci {name} tidak dikenal. Yang dapat diganti: {names}.")
        raise Rejected("key-unknown", template, name=name, names=", ".join(ROTATED))
    if keys.variable(name) in os.environ:
        template = _(
            "Kunci {name} berasal dari lingkungan ({variable}) dan tidak dapat diganti perintah ini. Simpan dahulu sebagai "
            "berkas di folder kunci, hapus dari lingkungan, jalankan ulang layanan, lalu ulangi."
        )
        raise Rejected("key-environment", template, name=name, variable=keys.variable(name))


def _check_signs(engine: Engine, signing: bytes) -> None:
    """The present record goes on under this key; otherwise some process has another one, and would be locked out."""
    with reading(engine) as connection:
        last = connection.execute(select(records).order_by(records.c.seq.desc()).limit(1)).mappings().first()
    if last is None:
        return
    row = {name: value for name, value in last.items() if name != "mac"}
    begins = last["action"] == audit.KEY_CHANGE and last["detail"] == keys.fingerprint(signing)
    if not begins and audit.mac_of(signing, row) != last["mac"]:
        template = _(
            "Catatan audit terakhir ditandatangani dengan kunci lain daripada kunci di folder kunci. Periksa lingkungan "
            "layanan (ASN_KEY_AUDIT) dan jalankan: python -m data_access audit verify"
        )
        raise Misconfigured("audit-key-other", template)


def _recorded(engine: Engine, name: str) -> str | None:
    """The fingerprint that the newest recorded change of this key names."""
    newest = select(records.c.detail).where(records.c.action == ACTION.format(name=name))
    with reading(engine) as connection:
        found: str | None = connection.scalar(newest.order_by(records.c.seq.desc()).limit(1))
        return found
