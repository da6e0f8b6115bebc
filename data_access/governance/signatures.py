"""Electronic signatures in a stored PDF (Pasal 13; PAdES, ETSI EN 319 142): who signed, when, and whether it still holds.

Nothing is fetched from a network: a signature is held against the certificate authorities that the operator has laid down, at
the time that it states. A certificate that was withdrawn later is therefore not noticed.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data_access.governance.attachments.verdict import Verdict
from data_access.words import mark as _
from data_access.words import text

SENTENCES: dict[Verdict, str] = {
    "valid": _("Sah: isi tidak berubah sejak ditandatangani, dan sertifikatnya diterbitkan otoritas yang dipercaya."),
    "changed": _("Isi dokumen berubah sesudah ditandatangani. Mintalah dokumen aslinya."),
    "unknown-root": _(
        "Isi tidak berubah sejak ditandatangani, tetapi otoritas penerbit sertifikatnya tidak dikenal. Pengelola dapat "
        "menambahkan akarnya bila dipercaya."
    ),
    "invalid": _("Tidak sah: tanda tangan atau sertifikatnya keliru. Mintalah dokumen yang ditandatangani ulang."),
}


@dataclass(frozen=True)
class Signature:
    """One signature, oldest first. `who` is the name on the certificate, `when` the time that the signature states.

    "valid": unchanged since, or only signed by others, under a trusted root; "changed": other bytes than were signed, or
    something was added that is no signature; "unknown-root": unchanged, but nobody known vouches for the name; "invalid": the
    signature or its certificate does not hold.
    """

    who: str
    when: datetime | None
    verdict: Verdict

    @property
    def template(self) -> str:
        """What the verdict means, as msgid."""
        return SENTENCES[self.verdict]

    def sentence(self, language: str) -> str:
        """What the verdict means and what to do, in `language`."""
        return text(self.template, language)


def signatures(content: bytes, roots: Path | None) -> tuple[Signature, ...]:
    """The signatures of a PDF, none if it is not signed.

    `roots` is the folder of trusted certificate authorities (*.pem). Rejected if the bytes are no PDF that opens without a
    password, Misconfigured if a file of the folder is no certificate.
    """
    # Only now: pyHanko's validation takes half a second and 400 modules, which no start should pay.
    from data_access.governance.attachments.pades import examined  # noqa: PLC0415

    return tuple(Signature(*found) for found in examined(content, roots))
