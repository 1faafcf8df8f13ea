"""Putting a PAdES signature on a PDF, seen or unseen, with a timestamp where there is an authority.

Who holds the key is behind ``Key``: a PKCS#12 file of the agency's seal, or a remote signing
service that gets a digest and never the document. The document itself is only added to, so
its first bytes stay those that were handed out.
"""

import base64
import hashlib
import io
import json
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from asn1crypto import algos, tsp, x509  # type: ignore[import-untyped]
from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from content.errors import Unavailable

TIMEOUT = 20.0
#: Somebody waits for the signature, and the desk for them; a timestamp may come later.
BRIEF = 5.0
#: A signature of RSA 4096, for measuring before the real one comes.
_LONGEST = 512
#: The picture fills its box: a seal has its real size.
_FILLING = SimpleBoxLayoutRule(
    AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins(0, 0, 0, 0)
)


@dataclass(frozen=True)
class Visible:
    """What is seen of a signature: a picture (PNG) in a box of a page, from 0, in points
    from the lower left corner."""

    picture: bytes
    page: int
    box: tuple[int, int, int, int]


class Key(Protocol):
    """A key that signs, wherever it is kept."""

    def signer(self) -> signers.Signer:
        """The same for pyHanko. Raises ``Unavailable``."""


@dataclass(frozen=True)
class Pkcs12Key:
    """A key on this machine: the agency's seal, or a test."""

    content: bytes
    passphrase: str

    def signer(self) -> signers.Signer:
        """See :class:`Key`."""
        try:
            found: signers.Signer = signers.SimpleSigner.load_pkcs12_data(
                self.content, other_certs=[], passphrase=self.passphrase.encode()
            )
        except ValueError as error:
            raise Unavailable("seal_unusable") from error
        return found


@dataclass(frozen=True)
class RemoteKey:
    """A key in a remote signing service: ``GET {url}/certificate`` gives ``{"certificates":
    [base64 DER, the signer's first]}``, ``POST {url}/sign`` a digest for ``{"signature"}``.

    ``holder`` names the key's owner to the service, ``secret`` this installation.
    """

    url: str
    holder: str
    secret: str

    def signer(self) -> signers.Signer:
        """See :class:`Key`."""
        told = self.ask("GET", "/certificate")
        try:
            chain = [x509.Certificate.load(base64.b64decode(one)) for one in told["certificates"]]
            return _RemoteSigner(self, chain[0], chain[1:])
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise Unavailable("remote_signing_failed") from error

    def ask(self, method: str, path: str, body: Mapping[str, str] | None = None) -> dict[str, Any]:
        """One question to the service. Raises ``Unavailable``."""
        request = urllib.request.Request(  # noqa: S310 - the address is the administrator's
            self.url.rstrip("/") + path,
            data=json.dumps({**body, "holder": self.holder}).encode() if body else None,
            headers={
                "Authorization": f"Bearer {self.secret}",
                "Content-Type": "application/json",
                "X-Holder": self.holder,
            },
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
                told = json.loads(answer.read(1 << 20))
        except (OSError, ValueError) as error:
            raise Unavailable("remote_signing_failed") from error
        if not isinstance(told, dict):
            raise Unavailable("remote_signing_failed")
        return told


class _RemoteSigner(signers.Signer):
    """Asks the service for the signature of a digest."""

    def __init__(
        self, key: RemoteKey, certificate: x509.Certificate, others: list[x509.Certificate]
    ) -> None:
        super().__init__(
            signing_cert=certificate,
            cert_registry=_store([certificate, *others]),
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
        )
        self._key = key

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """The raw signature; while measuring, as many bytes as it may have."""
        if dry_run:
            return bytes(_LONGEST)
        digest = signers_digest(data, digest_algorithm)
        told = self._key.ask("POST", "/sign", {"digest": digest, "algorithm": digest_algorithm})
        try:
            return base64.b64decode(told["signature"], validate=True)
        except (KeyError, TypeError, ValueError) as error:
            raise Unavailable("remote_signing_failed") from error


def _store(certificates: list[x509.Certificate]) -> SimpleCertificateStore:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    for one in certificates:
        store.register(one)
    return store


def signers_digest(data: bytes, algorithm: str) -> str:
    """The digest as the service gets it: base64."""
    return base64.b64encode(hashlib.new(algorithm, data).digest()).decode()


class HttpTimeStamper(TimeStamper):
    """A timestamp authority (RFC 3161) over HTTP."""

    def __init__(self, url: str, timeout: float = TIMEOUT) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = url
        self._timeout = timeout

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """One request. Raises ``Unavailable``."""
        request = urllib.request.Request(  # noqa: S310 - the address is the administrator's
            self._url,
            data=req.dump(),
            headers={"Content-Type": "application/timestamp-query"},
        )
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:  # noqa: S310
                return tsp.TimeStampResp.load(answer.read(1 << 20), strict=True)
        except (OSError, ValueError) as error:
            raise Unavailable("timestamp_failed") from error


def sign(
    content: bytes,
    key: Key,
    field: str,
    now: datetime,
    *,
    visible: Visible | None = None,
    timestamper: TimeStamper | None = None,
) -> bytes:
    """The document with one more signature. Raises ``Unavailable``."""
    signer = key.signer()
    meta = signers.PdfSignatureMetadata(
        field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    spec = SigFieldSpec(field)
    style = None
    if visible is not None:
        spec = SigFieldSpec(field, on_page=visible.page, box=visible.box)
        picture = PdfImage(Image.open(io.BytesIO(visible.picture)).convert("RGBA"))
        style = StaticStampStyle(
            background=picture, background_layout=_FILLING, border_width=0, background_opacity=1.0
        )
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    pdf_signer = _AtThisTime(
        meta, signer, stamp_style=style, new_field_spec=spec, timestamper=timestamper
    )
    pdf_signer.now = now
    signed = pdf_signer.sign_pdf(writer)
    return bytes(signed.getvalue())


def timestamp(content: bytes, timestamper: TimeStamper) -> bytes:
    """The document with a timestamp over all of it (PAdES). Raises ``Unavailable``."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    stamped = signers.PdfTimeStamper(timestamper).timestamp_pdf(writer, "sha256")
    return bytes(stamped.getvalue())


class _AtThisTime(signers.PdfSigner):
    """Signs as of the moment it is given."""

    now: datetime

    def init_signing_session(self, *given: Any, **named: Any) -> Any:
        session = super().init_signing_session(*given, **named)
        session.system_time = self.now
        return session
