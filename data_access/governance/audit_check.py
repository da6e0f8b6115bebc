"""Checks the whole record: numbers without a gap, each row chained to the one before, MACs, order of time."""

import hmac
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select

from data_access.errors import Misconfigured
from data_access.governance.audit import GENESIS, KEY_CHANGE, mac_of
from data_access.keys import fingerprint
from data_access.state import reading
from data_access.state.tables import audit
from data_access.words import mark as _
from data_access.words import text

BATCH = 1000
# Sorted, as the MAC wants them: it is quicker to put them in order once than in every row.
SIGNED = sorted(column.name for column in audit.c if column.name != "mac")
ROWS = select(*(audit.c[name] for name in SIGNED), audit.c.mac).order_by(audit.c.seq)

FINDINGS = {
    "sound": _("Catatan audit utuh: {records} catatan diperiksa."),
    "gap": _("Catatan audit nomor {seq} hilang atau bukan pada urutannya."),
    "chain": _("Catatan audit nomor {seq} tidak bersambung dengan catatan sebelumnya."),
    "mac": _("Catatan audit nomor {seq} telah berubah atau ditandatangani dengan kunci lain."),
    "key": _(
        "Catatan audit nomor {seq} mengganti kunci dengan kunci yang tidak ada di folder kunci. Jalankan: "
        "python -m data_access keys"
    ),
    "key-unrecorded": _(
        "Kunci audit telah diganti, tetapi penggantiannya tidak tercatat: catatan sesudah nomor {records} telah dihapus, "
        "atau kunci lama di folder kunci bukan kunci catatan ini."
    ),
    "time": _("Waktu catatan audit nomor {seq} mendahului catatan sebelumnya."),
    "anchor": _("Catatan audit nomor {seq} tidak sama dengan jangkar yang disimpan pihak lain."),
    "truncated": _("Catatan audit nomor {seq} dan sesudahnya telah dihapus: jangkar membuktikan bahwa itu pernah ada."),
    "unreadable": _("Catatan audit nomor {seq} atau salah satu sesudahnya tidak dapat dibaca."),
}


@dataclass(frozen=True)
class Verdict:
    """`finding` is a key of FINDINGS, `seq` the first faulty number or None, `records` the sound rows before it."""

    finding: str
    records: int
    seq: int | None = None

    @property
    def sound(self) -> bool:
        return self.finding == "sound"

    def sentence(self, language: str) -> str:
        return text(FINDINGS[self.finding], language, records=self.records, seq=self.seq)


def verify(
    engine: Engine, key: bytes, anchors: Iterable[tuple[int, str]] = (), *, former: Sequence[bytes] = ()
) -> Verdict:
    """The first fault of the record, or that it is sound; holds one batch of rows in memory at a time.

    Rows cut off at the end leave no trace in the chain: only `anchors` (number and MAC exported earlier) show that.
    `former` are the keys that `key` has replaced, newest first. Each signs the rows up to the one that records its
    change, and no row after it; so whoever has a former key alone can sign nothing that would pass.
    """
    awaited = {seq: mac for seq, mac in anchors if seq > 0}
    keys = [*reversed(former), key]
    seq, at, mac = 0, "", GENESIS
    try:
        for row, written in _rows(engine):
            found = _fault(row, written, keys, seq=seq, at=at, mac=mac) or _differs(written, awaited.pop(seq + 1, None))
            if found:
                return Verdict(found, records=seq, seq=seq + 1)
            seq, at, mac = row["seq"], row["at"], written
    except Misconfigured:  # text that is no text any more, or a damaged page of the file
        return Verdict("unreadable", records=seq, seq=seq + 1)
    if awaited:
        return Verdict("truncated", records=seq, seq=seq + 1)
    return Verdict("key-unrecorded", records=seq, seq=seq + 1) if keys[1:] else Verdict("sound", records=seq)


def _rows(engine: Engine) -> Iterator[tuple[dict[str, Any], Any]]:
    """What is signed of each row, and its MAC. Plain dicts: a million rows take half the time of mappings."""
    with reading(engine) as connection:
        for row in connection.execution_options(yield_per=BATCH).execute(ROWS):
            yield dict(zip(SIGNED, row, strict=False)), row[-1]


def _fault(row: dict[str, Any], written: object, keys: list[bytes], *, seq: int, at: str, mac: str) -> str | None:
    """What is wrong with the row that follows number `seq`, written at `at` and signed `mac`.

    `keys` are those that sign from here on; the first is dropped at the row that records its change.
    """
    if row["seq"] != seq + 1:
        return "gap"
    if row["previous_mac"] != mac:
        return "chain"
    if not _same(mac_of(keys[0], row), written):
        return "mac"
    if row["action"] == KEY_CHANGE:
        if not keys[1:] or fingerprint(keys[1]) != row["detail"]:
            return "key"
        del keys[0]
    return "time" if row["at"] < at else None


def _differs(written: object, anchored: str | None) -> str | None:
    return None if anchored is None or _same(written, anchored) else "anchor"


def _same(mine: object, other: object) -> bool:
    if isinstance(mine, str) and isinstance(other, str) and mine.isascii() and other.isascii():
        return hmac.compare_digest(mine, other)
    return hmac.compare_digest(str(mine).encode(errors="replace"), str(other).encode(errors="replace"))
