"""The signatures inside a result file, in the words of ``dossiers.signed_files``."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.signed_files import FileSignature, SignerTrust
from content.errors import Invalid
from content.signing import engine
from content.signing.models import Certificate
from content.signing.report import Problem, Signature, Trust

#: Every signature names what it covers; the name stands in the file as it is, or there is none.
_MARK = b"/ByteRange"
#: What speaks against the signer, the weightiest first.
_DOUBTS = (
    (Problem.NO_TIME, SignerTrust.NO_TIME),
    (Problem.OUT_OF_TIME, SignerTrust.OUT_OF_TIME),
    (Problem.UNTRUSTED, SignerTrust.UNTRUSTED),
    (Problem.NO_TRUST, SignerTrust.NO_SOURCE),
)


def signatures_in(session: Session, content: bytes, trust: Trust) -> tuple[FileSignature, ...]:
    """All signatures of a PDF; none where there is no trace of one. Raises
    ``Invalid({"files": "signature_unreadable"})`` where there is one and it cannot be read."""
    if _MARK not in content:
        return ()
    try:
        report = engine.look(content, trust)
    except Invalid:
        raise Invalid({"files": "signature_unreadable"}) from None
    return tuple(_told(session, one) for one in report.signatures)


def _told(session: Session, one: Signature) -> FileSignature:
    return FileSignature(
        signer=one.signer,
        issuer=one.issuer,
        signed_at=one.signed_at,
        is_timestamped=one.is_timestamped,
        is_intact=one.is_intact,
        trust=_trust(session, one),
    )


def _trust(session: Session, one: Signature) -> SignerTrust:
    if _revoked(session, one.fingerprint, one.signed_at):
        return SignerTrust.REVOKED
    found = (trust for problem, trust in _DOUBTS if problem in one.problems)
    return next(found, SignerTrust.TRUSTED)


def _revoked(session: Session, fingerprint: str, moment: datetime | None) -> bool:
    """By our register, before it was signed with; a signature without time is not before."""
    query = select(Certificate.revoked_at).where(Certificate.fingerprint == fingerprint)
    at = session.scalars(query).first()
    return at is not None and (moment is None or moment >= at)
