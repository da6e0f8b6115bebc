"""Signatures by a certificate authority of our own: sound ones, changed documents, strange roots, broken files."""

import io
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import get_args

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from data_access.errors import Misconfigured, Rejected
from data_access.governance.attachments.verdict import Verdict
from data_access.governance.documents import Attachment, checked
from data_access.governance.signatures import SENTENCES, signatures
from data_access.settings import Settings
from tests.documents import docx, pdf
from tests.signing import YEAR, Holder, authority, person, signed, trusting

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def root() -> Holder:
    return authority("BSrE Uji")


@pytest.fixture(scope="module")
def rini(root: Holder) -> Holder:
    return person("Rini W.", root)


@pytest.fixture(scope="module")
def imas(root: Holder) -> Holder:
    """Her certificate comes from an authority below the root."""
    return person("Imas S.", authority("Penerbit Uji", root))


@pytest.fixture(scope="module")
def agreement(rini: Holder, imas: Holder) -> bytes:
    """A document that both parties have signed, one after the other."""
    return signed(signed(pdf(), rini), imas, "Tanda-Tangan-2")


@pytest.fixture
def roots(tmp_path: Path, root: Holder) -> Path:
    return trusting(tmp_path / "akar", root)


def _verdicts(content: bytes, roots: Path | None) -> list[str]:
    return [one.verdict for one in signatures(content, roots)]


def _updated(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _other_text(writer: IncrementalPdfFileWriter) -> None:
    """Another content of the page, as an editor of PDF would save it."""
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT (2 miliar) Tj ET"))
    writer.mark_update(page.container_ref)


def _other_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"].append(pages["/Kids"].raw_get(0))
    writer.mark_update(pages.container_ref)


def test_both_parties_signed(agreement: bytes, roots: Path) -> None:
    first, second = signatures(agreement, roots)
    assert [(one.who, one.verdict) for one in (first, second)] == [("Rini W.", "valid"), ("Imas S.", "valid")]
    assert first.when is not None
    assert abs(first.when - NOW) < timedelta(hours=1)
    assert first.sentence("id").startswith("Sah:")


def test_a_signed_document_may_be_attached(agreement: bytes) -> None:
    assert checked(Attachment("perjanjian.pdf", agreement), limit=Settings().attachment_bytes).kind == "pdf"


def test_no_signature_is_no_signature(roots: Path) -> None:
    assert signatures(pdf(), roots) == ()


@pytest.mark.parametrize("change", [_other_text, _other_page])
def test_an_update_after_signing_is_told(
    agreement: bytes, roots: Path, change: Callable[[IncrementalPdfFileWriter], None]
) -> None:
    changed = _updated(agreement, change)
    assert changed.startswith(agreement)
    assert _verdicts(changed, roots) == ["changed", "changed"]


def test_a_change_between_two_signatures_is_told_of_the_first(rini: Holder, imas: Holder, roots: Path) -> None:
    content = signed(_updated(signed(pdf(), rini), _other_text), imas, "Tanda-Tangan-2")
    assert _verdicts(content, roots) == ["changed", "valid"]


def test_a_changed_byte_is_told(rini: Holder, roots: Path) -> None:
    content = signed(pdf(), rini)
    changed = content.replace(b"595", b"596", 1)
    assert changed != content
    assert _verdicts(changed, roots) == ["changed"]


def test_a_changed_byte_in_the_signature_is_told(rini: Holder, roots: Path) -> None:
    content = signed(pdf(), rini)
    end = content.index(b"0000000000", content.index(b"/Contents <"))
    changed = content[: end - 12] + (b"0" if content[end - 12 : end - 11] != b"0" else b"1") + content[end - 11 :]
    assert _verdicts(changed, roots) == ["invalid"]


def test_bytes_behind_the_signed_part_are_told(rini: Holder, roots: Path) -> None:
    assert _verdicts(signed(pdf(), rini) + b"\n% more\n", roots) != ["valid"]


@pytest.mark.parametrize("case", ["none", "missing", "empty", "another"])
def test_an_unknown_root_is_told(rini: Holder, tmp_path: Path, case: str) -> None:
    (tmp_path / "empty").mkdir()
    folders = {"none": None, "missing": tmp_path / "x", "empty": tmp_path / "empty"}
    other = trusting(tmp_path / "akar", authority("BSrE Uji"))  # the same name, another key
    assert _verdicts(signed(pdf(), rini), folders.get(case, other)) == ["unknown-root"]


def test_one_who_vouches_for_herself_is_unknown(roots: Path) -> None:
    own = authority("Diri Sendiri")
    assert _verdicts(signed(pdf(), person("Rini W.", own)), roots) == ["unknown-root"]


def test_a_name_cannot_be_vouched_for_by_a_person(rini: Holder, roots: Path) -> None:
    """Whoever has a certificate of a trusted authority is no authority."""
    assert "valid" not in _verdicts(signed(pdf(), person("Menteri", rini)), roots)


@pytest.mark.parametrize(
    ("begins", "ends"), [(NOW - 2 * YEAR, NOW - YEAR), (NOW + timedelta(days=1), NOW + YEAR)], ids=["ended", "to come"]
)
def test_a_certificate_out_of_its_time_is_invalid(root: Holder, roots: Path, begins: datetime, ends: datetime) -> None:
    assert _verdicts(signed(pdf(), person("Rini W.", root, begins=begins, ends=ends)), roots) == ["invalid"]


def test_a_certificate_that_ended_since_still_counts(
    root: Holder, roots: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = signed(pdf(), person("Rini W.", root, ends=NOW + timedelta(days=1)))

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return (NOW + 3 * YEAR).astimezone(tz)

    monkeypatch.setattr("data_access.governance.attachments.pades.datetime", Later)
    assert _verdicts(content, roots) == ["valid"]


def test_a_certificate_for_another_use_is_invalid(root: Holder, roots: Path) -> None:
    assert _verdicts(signed(pdf(), person("Peladen", root, signs=False)), roots) == ["invalid"]


def test_a_weak_hash_is_invalid(rini: Holder, roots: Path) -> None:
    assert _verdicts(signed(pdf(), rini, md="sha1"), roots) == ["invalid"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", docx(), pdf()[:-60], b"%PDF-1.7\n" + b"[" * 100_000])
def test_a_broken_file_is_refused(roots: Path, content: bytes) -> None:
    with pytest.raises(Rejected) as refused:
        signatures(content, roots)
    assert refused.value.reason == "signature-unreadable"


def test_a_cut_off_signed_file_is_never_valid(agreement: bytes, roots: Path) -> None:
    for end in range(len(agreement) // 2, len(agreement), 2_003):
        try:
            found = _verdicts(agreement[:end], roots)
        except Rejected:
            continue
        assert "valid" not in found


def test_a_locked_file_is_refused(roots: Path) -> None:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf())))
    writer.encrypt(owner_pass="pemilik", user_pass="rahasia")
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(Rejected) as refused:
        signatures(made.getvalue(), roots)
    assert refused.value.reason == "signature-unreadable"


@pytest.mark.parametrize(
    "content", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_root_that_is_no_certificate_is_told(rini: Holder, roots: Path, content: bytes) -> None:
    (roots / "rusak.pem").write_bytes(content)
    with pytest.raises(Misconfigured) as told:
        signatures(signed(pdf(), rini), roots)
    assert told.value.reason == "roots-unreadable"
    assert "rusak.pem" in told.value.sentence("id")


def test_nothing_is_fetched(agreement: bytes, roots: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert _verdicts(agreement, roots) == ["valid", "valid"]


def test_every_verdict_has_a_sentence() -> None:
    assert set(SENTENCES) == set(get_args(Verdict))


def test_the_library_is_loaded_when_it_is_needed() -> None:
    code = "import sys, data_access.governance.signatures; sys.exit('pyhanko' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
