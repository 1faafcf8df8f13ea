"""Digital signatures inside the files of a result, as they were found when it was written down.

NĐ 30/2020/NĐ-CP art. 5: an electronic document has the value of the paper original when the
authorised person and the agency have signed it. So a result that is only electronic has no
unsigned file, and no result has a file that was changed after it was signed. Who is believed
and who is not is told, not decided here. ``content/signing/result_files.py`` reads the files.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.result_models import ResultKind
from content.dossiers.states import Action


class SignerTrust(StrEnum):
    """Whether the signer is who the certificate says: it leads to an authority that this
    installation trusts; to none; nobody was named to be trusted; it was not valid when signed;
    our register says it was revoked; no time of signing is told."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    NO_SOURCE = "no_source"
    OUT_OF_TIME = "out_of_time"
    REVOKED = "revoked"
    NO_TIME = "no_time"


@dataclass(frozen=True, kw_only=True)
class FileSignature:
    """One signature: by whom, when, by whose clock; whether the file is as it was signed."""

    signer: str
    issuer: str
    signed_at: datetime | None
    is_timestamped: bool
    is_intact: bool
    trust: SignerTrust

    def as_data(self) -> dict[str, Any]:
        """For the log's line of T15."""
        at = self.signed_at.isoformat() if self.signed_at else None
        return {
            "signer": self.signer,
            "issuer": self.issuer,
            "signed_at": at,
            "is_timestamped": self.is_timestamped,
            "is_intact": self.is_intact,
            "trust": self.trust.value,
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """What :meth:`as_data` wrote."""
        at = data["signed_at"]
        return cls(
            signer=data["signer"],
            issuer=data["issuer"],
            signed_at=datetime.fromisoformat(at) if at else None,
            is_timestamped=data["is_timestamped"],
            is_intact=data["is_intact"],
            trust=SignerTrust(data["trust"]),
        )


def against(kind: ResultKind, files: Iterable[Sequence[FileSignature]]) -> str | None:
    """Why a result must not have these files: ``changed_after_signing``, or where it is only
    electronic ``signature_required``; ``None`` if it may."""
    found = list(files)
    if any(not one.is_intact for file in found for one in file):
        return "changed_after_signing"
    unsigned = kind is ResultKind.ELECTRONIC and not all(found)
    return "signature_required" if unsigned else None


def signatures_of(session: Session, dossier: Dossier) -> list[tuple[FileSignature, ...]] | None:
    """The signatures in the files of a dossier's result, file by file; ``None`` where nobody
    has looked for them."""
    query = select(DossierEvent.data).where(
        DossierEvent.dossier_id == dossier.id, DossierEvent.action == Action.COMPLETE.value
    )
    data = session.scalars(query.order_by(DossierEvent.number.desc())).first()
    if data is None or "signatures" not in data:
        return None
    return [tuple(FileSignature.of(one) for one in file) for file in data["signatures"]]
