"""Looking into a signed PDF: who signed, when, and whether it can be believed.

Integrity of every signature, what was done to the document after it, and the chain of the
certificate at the time of signing, up to the authorities this installation trusts. Nothing
is fetched from anywhere: revocation is known from the register of certificates only.
"""

import hashlib
import io
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError, ValueErrorWithMessage
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from content.errors import Invalid
from content.signing.report import (
    CertificateFacts,
    Problem,
    Report,
    Signature,
    Stamp,
    Trust,
)

#: What reading a file that anybody sent may raise.
_HOSTILE = (
    *(PdfError, SigningError, ValueErrorWithMessage, ValueError, TypeError, KeyError),
    *(IndexError, AttributeError, RecursionError, OverflowError, AssertionError, OSError),
    NotImplementedError,
)

#: What may stand behind the last signature: timestamps and certificates for later checks.
_HARMLESS = ModificationLevel.LTA_UPDATES


def trust_of(folder: Path | None) -> Trust:
    """All certificates (.pem, .cer, .crt) of a folder: who signed itself is a root."""
    if folder is None or not folder.is_dir():
        return Trust()
    files = [one for one in sorted(folder.iterdir()) if one.suffix in {".pem", ".cer", ".crt"}]
    found = [der for one in files for der in certificates_in(one.read_bytes())]
    roots = tuple(one for one in found if _signs_itself(one))
    return Trust(roots, tuple(one for one in found if one not in roots))


def certificates_in(content: bytes) -> list[bytes]:
    """The certificates (DER) of a file, PEM or DER. Raises ``Invalid`` for anything else."""
    try:
        if pem.detect(content):
            ders = [der for _, _, der in pem.unarmor(content, multiple=True)]
        else:
            ders = [content]
        for one in ders:
            common_name(x509.Certificate.load(one, strict=True).subject)
    except (ValueError, TypeError, KeyError):
        raise Invalid({"file": "not_a_certificate"}) from None
    return ders


def look(content: bytes, trust: Trust) -> Report:
    """The signatures of a document. Raises ``Invalid`` for what is no readable PDF."""
    if not content.startswith(b"%PDF-"):
        raise Invalid({"file": Problem.NOT_A_PDF.value})
    try:
        reader = PdfFileReader(io.BytesIO(content))
        found = list(reader.embedded_regular_signatures)
        return Report(tuple(_look_at(one, trust, is_last=one is found[-1]) for one in found))
    except _HOSTILE as error:
        # Anybody may send anything; what cannot be read is no signed document.
        raise Invalid({"file": Problem.NOT_A_PDF.value}) from error


def _look_at(embedded: Any, trust: Trust, *, is_last: bool) -> Signature:
    embedded.compute_integrity_info()
    certificate = embedded.signer_cert
    status, moment, stamped = _validated(embedded, trust)
    whole = embedded.coverage in (
        SignatureCoverageLevel.ENTIRE_FILE,
        SignatureCoverageLevel.ENTIRE_REVISION,
    )
    if is_last:
        entire = embedded.coverage == SignatureCoverageLevel.ENTIRE_FILE
        whole = entire or (whole and status.modification_level == _HARMLESS)
    return Signature(
        field=str(embedded.field_name),
        signer=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        serial=str(certificate.serial_number),
        fingerprint=hashlib.sha256(certificate.dump()).hexdigest(),
        signed_at=moment,
        is_timestamped=stamped,
        is_whole=whole,
        problems=tuple(_problems(status, certificate, moment, trust, whole=whole)),
    )


def stamp_of(content: bytes, trust: Trust) -> Stamp | None:
    """The last timestamp over the whole document, ``None`` without one that is believed."""
    stamps = PdfFileReader(io.BytesIO(content)).embedded_timestamp_signatures
    if not stamps:
        return None
    last = stamps[-1]
    status = validate_pdf_timestamp(last, _context(trust, None))
    if not (status.valid and status.intact and status.trusted):
        return None
    certificate = last.signer_cert
    return Stamp(
        authority=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        fingerprint=hashlib.sha256(certificate.dump()).hexdigest(),
        at=status.timestamp,
    )


def _context(trust: Trust, moment: datetime | None) -> ValidationContext:
    """What is believed at a moment; nothing is fetched."""
    return ValidationContext(
        trust_roots=[x509.Certificate.load(one) for one in trust.roots],
        other_certs=[x509.Certificate.load(one) for one in trust.between],
        allow_fetching=False,
        moment=moment,
        best_signature_time=moment,
    )


def _validated(embedded: Any, trust: Trust) -> tuple[Any, datetime | None, bool]:
    """pyHanko's judgement at the time of signing, and where that time comes from."""
    claimed = embedded.self_reported_timestamp
    usage = KeyUsageConstraints(
        key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
    )
    status = validate_pdf_signature(
        embedded,
        _context(trust, claimed),
        ts_validation_context=_context(trust, claimed),
        key_usage_settings=usage,
    )
    stamp = status.timestamp_validity
    if stamp is not None and stamp.valid and stamp.trusted:
        return status, stamp.timestamp, True
    return status, claimed, False


def _problems(
    status: Any, certificate: Any, moment: datetime | None, trust: Trust, *, whole: bool
) -> list[Problem]:
    found = []
    if not (status.intact and status.valid):
        found.append(Problem.BROKEN)
    if not whole or (status.modification_level is not None and not status.docmdp_ok):
        found.append(Problem.NOT_WHOLE)
    if moment is None:
        found.append(Problem.NO_TIME)
    elif not certificate.not_valid_before <= moment <= certificate.not_valid_after:
        found.append(Problem.OUT_OF_TIME)
    elif not status.trusted:
        found.append(Problem.UNTRUSTED if trust.roots else Problem.NO_TRUST)
    return found


def common_name(name: Any) -> str:
    """The name in a certificate that people know."""
    told = name.native
    value = told.get("common_name") or told.get("organization_name") or name.human_friendly
    return str(value[0] if isinstance(value, list) else value)[:300]


def _signs_itself(der: bytes) -> bool:
    return bool(x509.Certificate.load(der).self_issued)


def facts_of(content: bytes) -> CertificateFacts:
    """What the first certificate of a file says. Raises ``Invalid``."""
    der = certificates_in(content)[0]
    found = x509.Certificate.load(der)
    return CertificateFacts(
        subject=common_name(found.subject),
        issuer=common_name(found.issuer),
        serial=str(found.serial_number),
        fingerprint=hashlib.sha256(der).hexdigest(),
        valid_from=found.not_valid_before,
        valid_to=found.not_valid_after,
        content=pem.armor("CERTIFICATE", der).decode(),
    )
