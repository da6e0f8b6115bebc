"""The document store: what is taken and kept, and every way in which a file or the store may be spoiled."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from data_access.errors import Damaged, Misconfigured, Refused, Rejected
from data_access.governance.attachments.names import harmless_name
from data_access.governance.documents import Attachment, Kept, add, checked, keep, read
from data_access.settings import Settings
from data_access.state import writing
from data_access.state.tables import document
from data_access.words import LANGUAGES
from tests.documents import docx, pdf, picture

LIMIT = Settings().attachment_bytes
FILES = {
    "surat.pdf": pdf(),
    "surat.PDF": pdf(streams=True),
    "nota.docx": docx(),
    "foto.png": picture("PNG"),
    "foto.jpg": picture("JPEG"),
    "foto.jpeg": picture("JPEG"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "documents"


@pytest.fixture
def stored(state: Engine, folder: Path, noon: datetime) -> Kept:
    return _stored(state, folder, Attachment("surat.pdf", pdf()), noon)


def _stored(state: Engine, folder: Path, attachment: Attachment, now: datetime, account: str = "budi") -> Kept:
    kept = checked(attachment, limit=LIMIT)
    keep(folder, attachment, kept)
    with writing(state) as connection:
        add(connection, kept, account=account, party="kesatu", now=now)
    return kept


def _file(folder: Path, kept: Kept) -> Path:
    return folder / kept.sha256[:2] / kept.sha256[2:]


@pytest.mark.parametrize(("name", "content"), FILES.items())
def test_what_is_kept_is_what_comes_back(
    state: Engine, folder: Path, noon: datetime, name: str, content: bytes
) -> None:
    kept = _stored(state, folder, Attachment(name, content), noon)
    assert kept == Kept(hashlib.sha256(content).hexdigest(), name, kept.kind, len(content))
    assert kept.kind == {"pdf": "pdf", "docx": "docx", "png": "png"}.get(name.split(".")[1].lower(), "jpeg")
    assert read(state, folder, kept.sha256) == (kept, content)


def test_the_row_says_who_and_when(state: Engine, stored: Kept, noon: datetime) -> None:
    with state.connect() as connection:
        row = connection.execute(select(document)).one()
    assert (row.stored_by, row.party, row.stored_at) == ("budi", "kesatu", noon)


def test_bytes_are_private_and_not_executable(folder: Path, stored: Kept) -> None:
    file = _file(folder, stored)
    assert file.stat().st_mode & 0o777 == 0o600
    assert {place.stat().st_mode & 0o777 for place in (file.parent, folder)} == {0o700}
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_shared_place_shares_its_files(folder: Path, state: Engine, noon: datetime) -> None:
    folder.mkdir()
    folder.chmod(0o2770)
    kept = _stored(state, folder, Attachment("surat.pdf", pdf()), noon)
    assert _file(folder, kept).stat().st_mode & 0o007 == 0


def test_the_same_bytes_again_are_one_document(state: Engine, folder: Path, stored: Kept, noon: datetime) -> None:
    before = _file(folder, stored).stat().st_ino
    again = _stored(state, folder, Attachment("salinan.pdf", pdf()), noon, account="sari")
    assert again.sha256 == stored.sha256
    with state.connect() as connection:
        assert connection.execute(select(func.count()).select_from(document)).scalar_one() == 1
    assert read(state, folder, stored.sha256)[0] == stored  # the name and the row of the first
    assert _file(folder, stored).stat().st_ino == before


def test_a_row_goes_with_the_transaction_of_the_caller(state: Engine, folder: Path, noon: datetime) -> None:
    attachment = Attachment("surat.pdf", pdf())
    kept = checked(attachment, limit=LIMIT)
    keep(folder, attachment, kept)
    with pytest.raises(LookupError), writing(state) as connection:
        add(connection, kept, account="budi", party="kesatu", now=noon)
        raise LookupError
    with pytest.raises(Refused):
        read(state, folder, kept.sha256)


def test_an_empty_and_a_too_large_file_are_refused() -> None:
    with pytest.raises(Rejected) as empty:
        checked(Attachment("surat.pdf", b""), limit=LIMIT)
    assert empty.value.reason == "attachment-empty"
    with pytest.raises(Rejected) as large:
        checked(Attachment("surat.pdf", b"%PDF-" + bytes(50_000_000)), limit=LIMIT)
    assert large.value.reason == "attachment-large"
    assert "50,0 MB" in large.value.sentence("id")
    assert "20 MB" in large.value.sentence("id")
    exact = pdf()
    assert checked(Attachment("surat.pdf", exact), limit=len(exact)).size == len(exact)
    with pytest.raises(Rejected):
        checked(Attachment("surat.pdf", exact), limit=len(exact) - 1)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("surat.exe", b"MZ\x90", "attachment-kind"),
        ("surat", pdf(), "attachment-kind"),
        ("surat.docm", docx(), "attachment-kind"),
        ("surat.html", b"<html>", "attachment-kind"),
        ("surat.svg", b"<svg/>", "attachment-kind"),
        ("surat.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "attachment-kind"),
        ("surat.pdf.exe", pdf(), "attachment-kind"),
        ("surat.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "attachment-kind"),  # a DOCX under a password
        ("surat.pdf", docx(), "attachment-mismatch"),
        ("surat.pdf", b"<html>" * 50, "attachment-mismatch"),
        ("surat.pdf", b"\n" + pdf(), "attachment-mismatch"),
        ("surat.docx", pdf(), "attachment-mismatch"),
        ("foto.png", picture("JPEG"), "attachment-mismatch"),
        ("foto.jpg", picture("PNG"), "attachment-mismatch"),
        ("foto.jpg", b"GIF89a" + bytes(20), "attachment-mismatch"),
    ],
)
def test_what_is_not_what_it_claims_is_refused(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(Rejected) as refused:
        checked(Attachment(name, content), limit=LIMIT)
    assert refused.value.reason == reason
    assert all(name in refused.value.sentence(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\budi\\surat.pdf", "surat.pdf"),
        ("/etc/surat.pdf", "surat.pdf"),
        ("surat\x00\r\n.pdf", "surat.pdf"),
        ("surat\u202efdp.pdf", "suratfdp.pdf"),  # would turn what follows around
        ("\u200bsurat.pdf", "surat.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("...pdf", "pdf"),
        (".pdf", "pdf"),
        ("..", "lampiran"),
        ("", "lampiran"),
        ("CON.pdf", "_CON.pdf"),
        ("Surat  Nomor 14 KS.00 2022.pdf", "Surat Nomor 14 KS.00 2022.pdf"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
        ("é" * 400 + ".pdf", "é" * 75 + ".pdf"),
    ],
)
def test_names_become_harmless(name: str, expected: str) -> None:
    assert harmless_name(name) == expected


@given(st.text(max_size=300))
def test_any_name_becomes_a_name_that_stays(name: str) -> None:
    made = harmless_name(name)
    assert made == harmless_name(made)
    assert 1 <= len(made) <= 200
    assert len(made.encode()) <= 255
    assert not set(made) & set('/\\<>:"|?*\x00\n\r\t\u202e')
    assert made.strip(" .") != ""


def test_a_name_with_a_path_is_kept_without_it(state: Engine, folder: Path, noon: datetime) -> None:
    kept = _stored(state, folder, Attachment("../../../tmp/surat.pdf", pdf()), noon)
    assert kept.name == "surat.pdf"
    assert [one.name for one in folder.iterdir()] == [kept.sha256[:2]]


@pytest.mark.parametrize("sha256", ["", "0" * 64, "../" * 21 + "x", "0" * 63 + "G", "A" * 64, "0" * 64 + "\n"])
def test_an_unknown_document_is_refused(state: Engine, folder: Path, stored: Kept, sha256: str) -> None:
    with pytest.raises(Refused) as refused:
        read(state, folder, sha256)
    assert refused.value.reason == "document-unknown"


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def _lengthened(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")


def _one_byte(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(content)


def _linked(file: Path) -> None:
    """A link, even one that leads to the right bytes, is no stored file."""
    elsewhere = file.parent.parent / "elsewhere"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)


def _folder_linked(file: Path) -> None:
    elsewhere = file.parent.parent / "elsewhere"
    file.parent.rename(elsewhere)
    file.parent.symlink_to(elsewhere)


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


SPOILED = [Path.unlink, _cut, _lengthened, _one_byte, _linked, _folder_linked, _pipe, _folder]


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
def test_a_spoiled_store_is_noticed(state: Engine, folder: Path, stored: Kept, spoil: Callable[[Path], None]) -> None:
    spoil(_file(folder, stored))
    with pytest.raises(Damaged) as damaged:
        read(state, folder, stored.sha256)
    assert damaged.value.reason == "document-damaged"
    assert "surat.pdf" in damaged.value.sentence("id")


@pytest.mark.parametrize("spoil", [Path.unlink, _cut, _one_byte, _linked], ids=lambda spoil: spoil.__name__)
def test_the_same_bytes_again_mend_the_store(
    state: Engine, folder: Path, stored: Kept, spoil: Callable[[Path], None]
) -> None:
    spoil(_file(folder, stored))
    keep(folder, Attachment("surat.pdf", pdf()), stored)
    assert read(state, folder, stored.sha256) == (stored, pdf())
    assert not _file(folder, stored).is_symlink()


def test_nothing_is_written_through_a_link(folder: Path, tmp_path: Path) -> None:
    attachment = Attachment("surat.pdf", pdf())
    kept = checked(attachment, limit=LIMIT)
    folder.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / kept.sha256[:2]).symlink_to(elsewhere)
    with pytest.raises(Damaged):
        keep(folder, attachment, kept)
    assert list(elsewhere.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    attachment = Attachment("surat.pdf", pdf())
    (tmp_path / "documents").write_text("a file")
    with pytest.raises(Misconfigured) as told:
        keep(tmp_path / "documents", attachment, checked(attachment, limit=LIMIT))
    assert told.value.reason == "documents-unwritable"


def test_a_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    attachment = Attachment("surat.pdf", pdf())
    kept = checked(attachment, limit=LIMIT)
    monkeypatch.setattr("data_access.governance.documents.os.fsync", full)
    with pytest.raises(Misconfigured):
        keep(folder, attachment, kept)
    assert list(_file(folder, kept).parent.iterdir()) == []


def test_other_bytes_than_were_checked_are_not_kept(folder: Path) -> None:
    kept = checked(Attachment("surat.pdf", pdf()), limit=LIMIT)
    with pytest.raises(ValueError, match="other bytes"):
        keep(folder, Attachment("surat.pdf", pdf() + b"\n"), kept)
    assert not folder.exists()


def test_the_store_loads_no_pdf_library_before_a_pdf_comes() -> None:
    code = "import sys, data_access.governance.documents; sys.exit('pyhanko' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_everything_lies_under_the_settings(tmp_path: Path) -> None:
    assert Settings(var=tmp_path).documents == tmp_path / "documents"
