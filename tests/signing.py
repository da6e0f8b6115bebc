"""A certificate authority of one's own, persons with certificates, and the PDFs that they sign."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Holder:
    """A key, its certificate, and the certificates above it."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    above: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def authority(name: str = "Otoritas Uji", issuer: Holder | None = None) -> Holder:
    """A root, or an authority under one."""
    return _holder(name, issuer, ca=True, begins=datetime.now(UTC) - 5 * YEAR, ends=datetime.now(UTC) + 5 * YEAR)


def person(
    name: str, issuer: Holder, *, begins: datetime | None = None, ends: datetime | None = None, signs: bool = True
) -> Holder:
    """Somebody with a certificate of this authority, valid for two years around today unless said otherwise."""
    now = datetime.now(UTC)
    return _holder(name, issuer, ca=False, begins=begins or now - YEAR, ends=ends or now + YEAR, signs=signs)


def trusting(folder: Path, *holders: Holder) -> Path:
    """A folder of trusted roots."""
    folder.mkdir(exist_ok=True)
    for number, holder in enumerate(holders):
        (folder / f"akar-{number}.pem").write_bytes(holder.pem)
    return folder


def signed(content: bytes, holder: Holder, field: str = "Tanda-Tangan-1", *, md: str = "sha256") -> bytes:
    """The PDF with one more PAdES signature, added as an incremental update."""
    store = SimpleCertificateStore()
    store.register_multiple([_asn1(one) for one in holder.above])
    der = holder.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = SimpleSigner(
        signing_cert=_asn1(holder.certificate), signing_key=keys.PrivateKeyInfo.load(der), cert_registry=store
    )
    about = PdfSignatureMetadata(field_name=field, md_algorithm=md, subfilter=SigSeedSubFilter.PADES)
    made = sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), about, signer=signer)
    return bytes(made.getbuffer())


def _holder(
    name: str, issuer: Holder | None, *, ca: bool, begins: datetime, ends: datetime, signs: bool = True
) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"), x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(
        digital_signature=signs and not ca, content_commitment=signs and not ca, key_encipherment=not signs,
        data_encipherment=False, key_agreement=False, key_cert_sign=ca, crl_sign=ca, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    public = issuer.key.public_key() if issuer else key.public_key()
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
    )
    certificate = built.sign(issuer.key if issuer else key, hashes.SHA256())
    return Holder(key, certificate, (issuer.certificate, *issuer.above) if issuer else ())


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
