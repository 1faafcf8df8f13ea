"""Following a dossier by its code: progress for anybody, all of it for its owner.

TT 01/2018 art. 16.2d. A code is guessable and grants nothing; a wrong secret gives the
same answer, after the same work, as none. How often somebody may ask is the portal's.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from content.dossiers.lookup_codes import parse_lookup_code, secret_digest, secret_matches
from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.reference import readings
from content.dossiers.states import CLOCK_STOPPED, PublicProgress, Status, public_progress
from content.dossiers.visibility import Viewer

_NOBODYS = secret_digest("")


@dataclass(frozen=True)
class Followed:
    """What the viewer may see: the code as asked for and the progress; the dossier itself
    only for its owner."""

    code: str
    progress: PublicProgress
    viewer: Viewer
    dossier: Dossier | None


def look_up(
    session: Session, typed: str, *, secret: str = "", account_id: int | None = None
) -> Followed | None:
    """The dossier of a dossier code or look-up code, in any way of writing it.

    ``None`` if there is none. The other code is never told to who knows one of them.
    """
    dossier = _find(session, typed)
    right = secret_matches(secret, dossier.secret_digest if dossier else _NOBODYS)
    if dossier is None:
        return None
    owns = right or (account_id is not None and dossier.owner_id == account_id)
    return Followed(
        code=_asked_for(dossier, typed),
        progress=public_progress(dossier.status, _before_waiting(session, dossier)),
        viewer=Viewer.OWNER if owns else Viewer.ANONYMOUS,
        dossier=dossier if owns else None,
    )


def of_code(typed: str) -> ColumnElement[bool] | None:
    """Dossiers of a code of either kind; ``None`` for what is neither. Only what was typed is
    asked for: an ``OR`` with nothing behind it goes through all dossiers."""
    codes, look_up_code = [code.text for code in readings(typed)], parse_lookup_code(typed)
    if not codes:
        return Dossier.lookup_code == look_up_code if look_up_code else None
    coded = Dossier.code.in_(codes)
    return or_(coded, Dossier.lookup_code == look_up_code) if look_up_code else coded


def _find(session: Session, typed: str) -> Dossier | None:
    wanted = of_code(typed)
    if wanted is None:
        return None
    found = session.scalars(select(Dossier).where(wanted).limit(2)).all()
    # What was typed without dots may mean two dossiers; then it means none.
    return found[0] if len(found) == 1 else None


def _asked_for(dossier: Dossier, typed: str) -> str:
    if dossier.code is None or parse_lookup_code(typed) == dossier.lookup_code:
        return dossier.lookup_code
    return dossier.code


def _before_waiting(session: Session, dossier: Dossier) -> Status | None:
    """The state that waiting interrupted."""
    if dossier.status not in CLOCK_STOPPED:
        return None
    query = (
        select(DossierEvent.from_status)
        .where(DossierEvent.dossier_id == dossier.id, DossierEvent.to_status == dossier.status)
        .order_by(DossierEvent.number.desc())
        .limit(1)
    )
    return session.scalars(query).first()
