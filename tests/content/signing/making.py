"""A small certification authority of our own: keys, certificates, PKCS#12 files."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from content.signing import engine

PASSPHRASE = "mat-khau-khoa"
DER = serialization.Encoding.DER


@dataclass(frozen=True)
class Pair:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def pkcs12(self, *chain: "Pair") -> bytes:
        """Key and certificate in one file, under ``PASSPHRASE``."""
        return pkcs12.serialize_key_and_certificates(
            b"khoa",
            self.key,
            self.certificate,
            [one.certificate for one in chain],
            serialization.BestAvailableEncryption(PASSPHRASE.encode()),
        )


def pair(
    name: str,
    begins: datetime,
    ends: datetime,
    *,
    by: Pair | None = None,
    is_authority: bool = False,
    stamps: bool = False,
) -> Pair:
    """A certificate, signed by itself or by an authority."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer_key = by.key if by else key
    usage = x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .add_extension(usage, critical=True)
    )
    if stamps:
        purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purposes, critical=True)
    return Pair(builder.sign(issuer_key, hashes.SHA256()), key)


@dataclass(frozen=True)
class Authority:
    """A root, an officer, another officer, the agency's seal, a timestamp authority."""

    root: Pair
    leader: Pair
    other: Pair
    seal: Pair
    stamper: Pair


def authority(now: datetime) -> Authority:
    """All of them, good for a year around ``now``."""
    begins, ends = now - timedelta(days=30), now + timedelta(days=335)
    root = pair("CA chuyên dùng thử", begins - timedelta(days=300), ends, is_authority=True)
    return Authority(
        root=root,
        leader=pair("Hoàng Văn Lãnh", begins, ends, by=root),
        other=pair("Lê Thị Khác", begins, ends, by=root),
        seal=pair("Ủy ban nhân dân xã Mẫu", begins, ends, by=root),
        stamper=pair("TSA thử", begins, ends, by=root, stamps=True),
    )


def by_hand(
    content: bytes, signer: Pair, now: datetime, field: str = "ky", visible: Any = None
) -> bytes:
    """What a program with the signer's own token makes of the document."""
    key = engine.pkcs12(signer.pkcs12(), PASSPHRASE)
    return engine.sign(content, key, field, now, visible=visible)
