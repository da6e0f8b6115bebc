"""Whatever a file, an address or a ticket holds: it is read as something valid, or refused with a sentence. Nothing else."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.access.query import Query
from data_access.access.roles import FILE as ROLES
from data_access.access.roles import Roles, roles
from data_access.commands.example_paper import paper
from data_access.errors import AsnError
from data_access.governance import agreement, backup, tickets
from data_access.governance.agreement import EXAMPLE, Register
from data_access.governance.documents import Attachment, Kept, checked
from data_access.intake.manifest import Manifest, read_manifest
from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.text import read_mapping
from data_access.release import manifest as manifests
from data_access.release.manifest import ReleaseManifest, Snapshot
from tests.fuzz.broken import contents, texts

KEY = bytes(range(32))
FUZZ = settings.get_profile("fuzz")

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
        broken["mac"] = manifests._mac(broken, KEY)
        text = json.dumps(broken)
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


@pytest.mark.parametrize("name", READERS)
def test_texts_are_valid_or_refused(name: str) -> None:
    valid, read, kind = READERS[name]
    counted = {"valid": 0, "refused": 0}
    assert isinstance(read(valid), kind)

    @settings(FUZZ)
    @given(text=texts(valid))
    def tried(text: str) -> None:
        try:
            found = read(text)
        except AsnError as refusal:
            assert refusal.sentence("id")
            counted["refused"] += 1
            return
        assert isinstance(found, kind)
        counted["valid"] += 1

    tried()
    print(f"{name}: {counted}")
    assert counted["refused"]


@pytest.mark.parametrize("name", ["query", "ticket"])
def test_what_is_not_refused_is_what_was_written(name: str) -> None:
    """A canonical text and a ticket have one spelling."""
    valid, read, _kind = READERS[name]

    @settings(FUZZ)
    @given(text=texts(valid))
    def tried(text: str) -> None:
        try:
            found = read(text)
        except AsnError:
            return
        if isinstance(found, Query):
            assert found.canonical == text
        else:
            assert text == valid

    tried()


def _docx() -> bytes:
    made = BytesIO()
    document = Document()
    document.add_paragraph("Surat permintaan data")
    document.save(made)
    return made.getvalue()


PNG = (Path(__file__).parent.parent.parent / "ui" / "icon.png").read_bytes()
DOCUMENTS: dict[str, tuple[str, bytes]] = {
    "pdf": ("surat.pdf", paper()),
    "docx": ("surat.docx", _docx()),
    "png": ("foto.png", PNG),
    "renamed": ("foto.pdf", PNG),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_documents_are_taken_or_refused(kind: str) -> None:
    name, valid = DOCUMENTS[kind]
    counted = {"taken": 0, "refused": 0}

    @settings(FUZZ, max_examples=max(20, FUZZ.max_examples // 5))
    @given(content=contents(valid), label=st.just(name) | texts(name))
    def tried(content: bytes, label: str) -> None:
        try:
            found = checked(Attachment(label, content), limit=1_000_000)
        except AsnError as refusal:
            assert refusal.sentence("id")
            counted["refused"] += 1
            return
        assert isinstance(found, Kept)
        assert not {"/", "\\", "\0"} & set(found.name)
        counted["taken"] += 1

    tried()
    print(f"{kind}: {counted}")


def test_copies_of_the_state_are_refused_unless_whole(tmp_path: Path) -> None:
    valid = _copy(tmp_path / "sound")
    counted = {"same": 0, "refused": 0}

    @settings(FUZZ, max_examples=max(20, FUZZ.max_examples // 5))
    @given(content=contents(valid))
    def tried(content: bytes) -> None:
        file = tmp_path / "broken"
        file.write_bytes(content)
        try:
            with backup.opened(file, (KEY,)) as (archive, found):
                for name in found.members:
                    target = tmp_path / "out"
                    target.unlink(missing_ok=True)
                    backup.unpacked(archive, found, name, target)
                    assert target.read_bytes() == b"x" * 3_000  # a wound that did not matter
            counted["same"] += 1
        except AsnError:
            counted["refused"] += 1

    tried()
    print(f"copy: {counted}")
    assert counted["refused"]


def _copy(file: Path) -> bytes:
    source = file.with_suffix(".db")
    source.write_bytes(b"x" * 3_000)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        members = {backup.DATABASE: backup._packed(archive, backup.DATABASE, source)}
        whole: dict[str, Any] = {"format": 1, "migration": "0001", "made_at": "", "made_by": "", "anchor": (0, "")}
        made = backup.Contents(**whole, members=members)
        archive.writestr(backup.LIST, made.model_copy(update={"mac": made.signature(KEY)}).model_dump_json())
    content = file.read_bytes()
    source.unlink()
    return content
