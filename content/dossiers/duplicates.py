"""Is the same person's dossier of the same procedure still open? A warning, never a refusal."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from content.dossiers.applicant import Applicant
from content.dossiers.models import Dossier
from content.dossiers.reads import WITHOUT_DOCUMENTS
from content.dossiers.states import STATUS_NAMES, Status
from content.text import fold

MOST = 10


@dataclass(frozen=True)
class Alike:
    """An open dossier that may be the same request."""

    lookup_code: str
    code: str | None
    applicant_name: str
    agency_id: int
    agency_name: str
    status_words: str
    since: datetime | None
    due_date: date | None


def open_alike(session: Session, procedure_id: int, applicant: Applicant) -> list[Alike]:
    """Open dossiers of the procedure by the same identity number, or by the same name with the
    same birth date or phone; the newest first, at whatever desk."""
    query = (
        select(Dossier)
        .options(WITHOUT_DOCUMENTS)
        .where(
            Dossier.procedure_id == procedure_id,
            Dossier.finished_at.is_(None),
            Dossier.status != Status.REFUSED,
            _same(applicant),
        )
        .order_by(Dossier.id.desc())
        .limit(MOST)
    )
    return [_alike(one) for one in session.scalars(query)]


def _same(applicant: Applicant) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = []
    if applicant.identity:
        ways.append(Dossier.applicant_identity == applicant.identity)
    beside: list[ColumnElement[bool]] = []
    if applicant.phone:
        beside.append(Dossier.applicant_phone == applicant.phone)
    if applicant.born:
        beside.append(Dossier.applicant_born == applicant.born)
    if applicant.name and beside:
        ways.append(and_(Dossier.applicant_key == fold(applicant.name), or_(false(), *beside)))
    return or_(false(), *ways)


def _alike(dossier: Dossier) -> Alike:
    return Alike(
        lookup_code=dossier.lookup_code,
        code=dossier.code,
        applicant_name=dossier.applicant_name,
        agency_id=dossier.agency_id,
        agency_name=dossier.agency_name,
        status_words=STATUS_NAMES[dossier.status],
        since=dossier.received_at or dossier.submitted_at,
        due_date=dossier.due_date,
    )
