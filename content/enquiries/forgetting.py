"""Erasing who asked, once it is no longer needed (Luật 91/2025/QH15).

The days are counted from the answer or the refusal, else from the day the question came.
What was refused goes whole, with its history: nobody but editors ever saw it. Of the others
only the last wording stays, since an earlier one may name whoever asked.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from content.enquiries.models import Enquiry, EnquiryState, Origin
from content.writing import revisions, saving
from content.writing.models import Autosave, Lock, Revision

#: In one transaction; the rest another hour.
BATCH = 200


def forget(session: Session, now: datetime, days: int) -> int:
    """Erase what is older than ``days`` days; returns of how many questions."""
    before = now - timedelta(days=days)
    named = or_(*(column != "" for column in (Enquiry.name, Enquiry.email, Enquiry.phone)))
    query = select(Enquiry).where(
        Enquiry.origin == Origin.CITIZEN,
        Enquiry.received_at < before,
        or_(Enquiry.answered_at.is_(None), Enquiry.answered_at < before),
        or_(named, Enquiry.asked != "", Enquiry.state == EnquiryState.REFUSED),
    )
    found = session.scalars(query.order_by(Enquiry.id).limit(BATCH)).all()
    for one in found:
        _forget(session, one, now)
    return len(found)


def _forget(session: Session, enquiry: Enquiry, now: datetime) -> None:
    saving.note(session, enquiry.subject, "enquiry.forgotten", actor_id=None, now=now)
    if enquiry.state is EnquiryState.REFUSED:
        for table in (Revision, Lock, Autosave):
            session.execute(delete(table).where(table.subject == enquiry.subject))
        session.delete(enquiry)
        return
    enquiry.name = enquiry.email = enquiry.phone = enquiry.asked = ""
    for earlier in revisions.history(session, enquiry.subject)[1:]:
        session.delete(earlier)
