"""PAdES signatures, examined with pyHanko: the bytes, what was added after them, the certificate and its root."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation import PdfSignatureStatus, validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from data_access.errors import AsnError, Misconfigured, Rejected
from data_access.governance.attachments.verdict import Verdict
from data_access.words import mark as _

Found = tuple[str, datetime | None, Verdict]
END = b"%%EOF"
# A signature that a person gives; the authorities of the government set one or both (X.509 keyUsage).
SIGNING = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
NOBODY_VOUCHES = AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND
# What the verdict tells needs no traceback with the names of persons in the log.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.ERROR)


def examined(content: bytes, roots: Path | None) -> list[Found]:
    """Who, when and the verdict of each signature, oldest first; for errors see `signatures`."""
    known = _roots(roots)
    try:
        reader = _reader(content)
        signed = list(reader.embedded_regular_signatures)
    except AsnError:
        raise
    except Exception as error:  # a parser of hostile bytes may fail in any way
        raise _unreadable() from error
    fields = {one.field_name for one in reader.embedded_signatures}
    return [_examined(one, known, fields) for one in signed]


def _reader(content: bytes) -> PdfFileReader:
    """Strict where the file allows it; see `_whole` for what is asked of one that does not."""
    try:
        reader = PdfFileReader(BytesIO(content), strict=True)
        lenient = reader.xrefs.hybrid_xrefs_present
    except PdfReadError:
        lenient = True
    if lenient:
        reader = PdfFileReader(BytesIO(content), strict=False)
    if reader.encrypted and reader.decrypt("").status == AuthStatus.FAILED:
        raise _unreadable()
    return reader


def _examined(signature: EmbeddedPdfSignature, known: list[x509.Certificate], fields: set[str]) -> Found:
    try:
        who, when = _name(signature.signer_cert), signature.self_reported_timestamp
    except Exception:  # without a certificate that can be read there is nobody to name
        return "?", None, "invalid"
    try:
        verdict = _verdict(signature, _status(signature, known, when), fields)
    except Exception:  # what pyHanko cannot follow is not vouched for, whatever the cause
        verdict = "invalid"
    return who, when, verdict


def _status(
    signature: EmbeddedPdfSignature, known: list[x509.Certificate], when: datetime | None
) -> PdfSignatureStatus:
    """Validity counts at the time of signing: certificates of persons end after two years, agreements go on."""
    now = datetime.now(UTC)
    context = ValidationContext(
        trust_roots=known, allow_fetching=False, moment=min(when, now) if when else now, revocation_mode="soft-fail"
    )
    return validate_pdf_signature(signature, context, key_usage_settings=SIGNING)


def _verdict(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, fields: set[str]) -> Verdict:
    if not status.intact or not _unchanged(signature, status, fields):
        return "changed"
    if not status.valid or not status.seed_value_ok or not _whole(signature, status):
        return "invalid"
    if status.trusted:
        return "valid"
    return "unknown-root" if status.trust_problem_indic == NOBODY_VOUCHES else "invalid"


def _unchanged(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, fields: set[str]) -> bool:
    """Nothing was added after the signature but other signatures and what keeps them provable."""
    difference = signature.diff_result
    if not isinstance(difference, DiffResult) or not status.docmdp_ok or _lengthened(signature):
        return False
    filled = set(difference.changed_form_fields) - fields
    return difference.modification_level <= ModificationLevel.FORM_FILLING and not filled


def _lengthened(signature: EmbeddedPdfSignature) -> bool:
    """Whether bytes follow that belong to no revision; a reader that repairs a file might show them."""
    content = signature.reader.stream.getvalue()
    newest = signature.signed_revision == signature.reader.xrefs.total_revisions - 1
    _start, _length, resumed, rest = signature.byte_range
    return bool(content[resumed + rest if newest else content.rfind(END) + len(END) :].strip())


def _whole(signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> bool:
    """Where a table of contents is not quite in order, later additions cannot be told apart: then there must be none."""
    return signature.reader.strict or status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def _name(certificate: x509.Certificate) -> str:
    """The common name of the subject (the last one where there are several), else all of its name."""
    named = certificate.subject.native.get("common_name") or certificate.subject.human_friendly
    return str(named[-1] if isinstance(named, list) else named)


def _roots(folder: Path | None) -> list[x509.Certificate]:
    """The certificates of the folder; none where there is no folder, and then no signature is vouched for."""
    files = sorted(folder.glob("*.pem")) if folder else []
    return [certificate for file in files for certificate in _certificates(file)]


def _certificates(file: Path) -> Iterator[x509.Certificate]:
    try:
        found = [x509.Certificate.load(der) for _kind, _headers, der in pem.unarmor(file.read_bytes(), multiple=True)]
        for one in found:
            one.native  # noqa: B018 - read to the end now, not in the middle of a validation
    except (OSError, ValueError, TypeError) as error:
        template = _("Sertifikat akar {file} tidak terbaca. Letakkan berkas PEM di folder ASN_TRUSTED_ROOTS.")
        raise Misconfigured("roots-unreadable", template, file=file.name) from error
    yield from found


def _unreadable() -> Rejected:
    template = _("Dokumen ini rusak atau terkunci, sehingga tanda tangannya tidak dapat diperiksa.")
    return Rejected("signature-unreadable", template)
