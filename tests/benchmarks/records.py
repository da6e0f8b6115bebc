"""A long audit record of made-up use, signed like the real one: accounts of both parties over a year, pages asking in bursts."""

import json
from datetime import timedelta

import numpy as np
from sqlalchemy import Engine, insert

from data_access.governance.audit import anchor, mac_of
from data_access.state import utc_now, writing
from data_access.state.tables import audit
from data_access.state.times import stamp

ACCOUNTS = 40
WRITTEN = 10_000
SHAPES = (
    (("status",), ()),
    (("provinsi",), ()),
    (("umur_5", "jenis_kelamin"), ()),
    (("provinsi", "jenjang"), ()),
    (("status",), ("provinsi",)),
    (("jenis_kelamin",), ("instansi",)),
    ((), ("instansi",)),
    (("masa_kerja",), ("kelompok_jabatan",)),
)
EMPTY: dict[str, object] = {column.name: None for column in audit.c}


def write_records(engine: Engine, key: bytes, count: int) -> None:
    """Appends `count` records to what is there: 92 in 100 questions, the rest exports, refusals and sign-ins."""
    draw = np.random.default_rng(1)
    begin = utc_now()
    seconds = np.sort(draw.integers(0, 300 * 86_400, count))
    who, shape, kind = draw.integers(0, ACCOUNTS, count), draw.integers(0, len(SHAPES), count), draw.random(count)
    place = draw.integers(11, 45, count)
    begun, mac = anchor(engine)
    rows = []
    with writing(engine) as connection:
        for i in range(count):
            row = _row(int(who[i]), int(shape[i]), float(kind[i]), int(place[i]))
            at = stamp(begin + timedelta(seconds=int(seconds[i])))
            row |= {"seq": begun + i + 1, "at": at, "previous_mac": mac}
            del row["mac"]
            mac = row["mac"] = mac_of(key, row)
            rows.append(row)
            if len(rows) == WRITTEN or i + 1 == count:
                connection.execute(insert(audit), rows)
                rows = []


def _row(who: int, shape: int, kind: float, place: int) -> dict[str, object]:
    party = "kesatu" if who % 4 else "kedua"
    by, filtered = SHAPES[shape]
    question = {
        "by": list(by),
        "dataset": "arus" if shape == 1 else "pegawai",
        "measure": "jumlah",
        "order": "kode",
        "periods": ["2025-06-30"],
        "where": {level: [str(place)] for level in filtered},
    }
    made: dict[str, object] = EMPTY | {
        "session_sha256": "5e" * 32,
        "account": f"akun-{who:02}",
        "role": ("analis", "pimpinan", "analis_wilayah")[who % 3],
        "party": party,
        "policy": "0123456789ab/1",
        "action": "ask",
        "decision": "allowed",
        "reason": "lampiran-1",
        "grant_id": "lampiran-1",
        "release": "0003",
        "query": json.dumps(question, sort_keys=True, separators=(",", ":")),
        "rows": 38,
        "suppressed": 2,
        "result_sha256": "7a" * 32,
        "address": "10.1.2.3",
    }
    if kind > 0.98:
        return made | {
            "action": "sign-in",
            "query": None,
            "grant_id": None,
            "reason": None,
            "role": None,
            "party": None,
        }
    if kind > 0.95:
        return made | {"decision": "refused", "reason": "level-unknown", "grant_id": None}
    if kind > 0.92:
        detail = json.dumps({"form": "xlsx", "purpose": "Bahan rapat pimpinan tentang formasi"})
        return made | {"action": "export", "detail": detail}
    return made
