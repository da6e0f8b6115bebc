"""The readers that are tried with broken texts: of each a valid text, the reader, and what it makes of it."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from data_access.access.query import Query
from data_access.access.roles import FILE as ROLES
from data_access.access.roles import Roles, roles
from data_access.governance import agreement, tickets
from data_access.governance.agreement import EXAMPLE, Register
from data_access.intake.manifest import Manifest, read_manifest
from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.text import read_mapping
from data_access.release import manifest as manifests
from data_access.release.manifest import ReleaseManifest, Snapshot

KEY = bytes(range(32))

QUERY = Query(
    "pegawai", ("provinsi", "jenis_kelamin"), {"status": ("PNS", "PPPK")}, (date(2025, 6, 30),), order="nilai"
).canonical
MAPPING = """name: rekap
dataset: pegawai
columns:
  Instansi: instansi
  Gender: jenis_kelamin
  Keterangan: abaikan
unpivot:
  PNS | I/a: {status: PNS, golongan_ruang: I/a}
totals:
  Jumlah: {}
constants:
  provinsi: '32'
labels:
  jenis_kelamin:
    Lelaki: L
"""
MANIFEST = """dataset: pegawai
reference_date: 2025-11-01
since: 2025-06-30
owner: kedua
contract: "1.0"
active: ASN aktif
rows: 224199
total: 5588245
example: true
files:
  pegawai.parquet: 0f0f
mapping: mapping.yaml
"""
RELEASE = ReleaseManifest(
    id="0001",
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
    created_by="uji",
    note="",
    previous=None,
    database="0" * 64,
    contract="1",
    ptable="1",
    policy="1",
    snapshots=(
        Snapshot(
            dataset="pegawai",
            reference_date=date(2025, 6, 30),
            revision=1,
            delivery="a",
            total=1,
            example=True,
            keys="pseudo",
            admitted=1,
            refused=0,
        ),
    ),
).signed(KEY)
TICKET = tickets.issue(KEY, "upload", "0" * 64)


def _in_file(read: Callable[[Path], object], name: str) -> Callable[[str], object]:
    """Reads what stands in a file of this name, in a folder of its own."""

    def reading(text: str) -> object:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "0001" / name
            file.parent.mkdir()
            file.write_bytes(text.encode("utf-8", "surrogatepass"))
            return read(file)

    return reading


def _signed_again(text: str) -> object:
    """A broken manifest that carries a right signature all the same: somebody inside made it."""
    try:
        broken = json.loads(text)
        if isinstance(broken, dict):
            text = json.dumps(broken | {"mac": manifests._mac(broken, KEY)})
    except (ValueError, TypeError, RecursionError):
        pass
    return _in_file(lambda file: manifests.read(file.parent, KEY), manifests.NAME)(text)


READERS: dict[str, tuple[str, Callable[[str], object], type]] = {
    "query": (QUERY, Query.read, Query),
    "mapping": (MAPPING, read_mapping, Mapping),
    "delivery": (MANIFEST, _in_file(lambda file: read_manifest(file.parent), "manifest.yaml"), Manifest),
    "release": (RELEASE.model_dump_json(), _signed_again, ReleaseManifest),
    "agreement": (EXAMPLE.read_text("utf-8"), _in_file(agreement.register, "perjanjian.yaml"), Register),
    "roles": (ROLES.read_text("utf-8"), _in_file(roles, "roles.yaml"), Roles),
    "ticket": (TICKET, lambda text: tickets.check(KEY, "upload", text), tickets.Ticket),
}
