"""What was found in a signed PDF, in plain values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Problem(StrEnum):
    """Why a signed document is not believed."""

    NOT_A_PDF = "not_a_pdf"
    UNSIGNED = "no_new_signature"
    CHANGED = "document_changed"
    BROKEN = "signature_broken"
    NOT_WHOLE = "signature_covers_a_part"
    UNTRUSTED = "certificate_unknown"
    NO_TRUST = "trust_not_configured"
    OUT_OF_TIME = "certificate_out_of_time"
    REVOKED = "certificate_revoked"
    OTHERS = "certificate_of_another"
    NO_TIME = "signing_time_missing"
    TOO_EARLY = "signed_before_it_was_asked"
    IN_FUTURE = "signed_in_future"


@dataclass(frozen=True, kw_only=True)
class Signature:
    """One signature: by whom, when, by whose clock, and what speaks against it.

    ``fingerprint`` is the SHA-256 of the certificate. ``is_whole``: everything up to the
    signature, and nothing was added after the last one but what keeps it checkable (PAdES).
    """

    field: str
    signer: str
    issuer: str
    serial: str
    fingerprint: str
    signed_at: datetime | None
    is_timestamped: bool
    is_whole: bool
    problems: tuple[Problem, ...] = ()

    @property
    def is_intact(self) -> bool:
        """Whether the document is as it was signed, whoever signed it."""
        return not {Problem.BROKEN, Problem.NOT_WHOLE} & set(self.problems)


@dataclass(frozen=True)
class Report:
    """All signatures of a document, the first one first."""

    signatures: tuple[Signature, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that speaks against it, each once."""
        return tuple(dict.fromkeys(one for sig in self.signatures for one in sig.problems))


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """A timestamp over a whole document: of which authority, at which moment."""

    authority: str
    issuer: str
    fingerprint: str
    at: datetime


@dataclass(frozen=True)
class Trust:
    """Certificates of authorities (DER) that signatures must lead to, and such on the way."""

    roots: tuple[bytes, ...] = ()
    between: tuple[bytes, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """What a certificate says of itself; ``content`` is PEM."""

    subject: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_to: datetime
    content: str
