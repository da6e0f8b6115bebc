"""Checks the whole record: numbers without a gap, each row chained to the one before, MACs, order of time."""

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, RowMapping, select

from data_access.errors import Misconfigured
from data_access.governance.audit import GENESIS, mac_of
from data_access.state import reading
from data_access.state.tables import audit
from data_access.words import mark as _
from data_access.words import text

BATCH = 1000

FINDINGS = {
    "sound": _("Catatan audit utuh: {records} catatan diperiksa."),
    "gap": _("Catatan audit nomor {seq} hilang atau bukan pada urutannya."),
    "chain": _("Catatan audit nomor {seq} tidak bersambung dengan catatan sebelumnya."),
    "mac": _("Catatan audit nomor {seq} telah berubah atau ditandatangani dengan kunci lain."),
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


def verify(engine: Engine, key: bytes, anchors: Iterable[tuple[int, str]] = ()) -> Verdict:
    """The first fault of the record, or that it is sound; holds one batch of rows in memory at a time.

    Rows cut off at the end leave no trace in the chain: only `anchors` (number and MAC exported earlier) show that.
    """
    awaited = {seq: mac for seq, mac in anchors if seq > 0}
    seq, at, mac = 0, "", GENESIS
    try:
        for row in _rows(engine):
            finding = _fault(row, key, seq=seq, at=at, mac=mac) or _differs(row, awaited.pop(seq + 1, None))
            if finding:
                return Verdict(finding, records=seq, seq=seq + 1)
            seq, at, mac = row["seq"], row["at"], row["mac"]
    except Misconfigured:  # text that is no text any more, or a damaged page of the file
        return Verdict("unreadable", records=seq, seq=seq + 1)
    return Verdict("truncated", records=seq, seq=seq + 1) if awaited else Verdict("sound", records=seq)


def _rows(engine: Engine) -> Iterator[RowMapping]:
    with reading(engine) as connection:
        streamed = connection.execution_options(yield_per=BATCH)
        yield from streamed.execute(select(audit).order_by(audit.c.seq)).mappings()


def _fault(row: RowMapping, key: bytes, *, seq: int, at: str, mac: str) -> str | None:
    """What is wrong with the row that follows number `seq`, written at `at` and signed `mac`."""
    signed = {name: value for name, value in row.items() if name != "mac"}
    if row["seq"] != seq + 1:
        return "gap"
    if row["previous_mac"] != mac:
        return "chain"
    if not _same(mac_of(key, signed), row["mac"]):
        return "mac"
    return "time" if row["at"] < at else None


def _differs(row: RowMapping, anchored: str | None) -> str | None:
    return None if anchored is None or _same(row["mac"], anchored) else "anchor"


def _same(mine: object, other: object) -> bool:
    return hmac.compare_digest(str(mine).encode(errors="replace"), str(other).encode(errors="replace"))
