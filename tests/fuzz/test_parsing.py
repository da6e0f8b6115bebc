"""Whatever a file, an address or a ticket holds: it is read as something valid, or refused with a sentence. Nothing else."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.access.query import Query
from data_access.commands.example_paper import paper
from data_access.errors import AsnError
from data_access.governance import backup
from data_access.governance.documents import Attachment, Kept, checked
from tests.fuzz.broken import contents, texts
from tests.fuzz.readers import KEY, READERS

FUZZ = settings.get_profile("fuzz")


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
