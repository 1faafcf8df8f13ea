"""The sample's own decision as a desk has it: entered, received, posted at one commune."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.procedures import notified
from content.procedures.decisions import PublicationDecision
from content.procedures.duties import enter
from content.seed.catalogue import DECISION_NUMBER

DESK = "xa-dong-may"
_POSTED_ON = date(2026, 8, 10)
_ENTERED_ON = date(2026, 8, 7)


def seed_decisions(session: Session, now: datetime) -> Iterator[str]:
    """Say that the sample decision was entered and posted, unless somebody has said so."""
    wanted = select(PublicationDecision).where(PublicationDecision.number == DECISION_NUMBER)
    decision = session.scalars(wanted).first()
    desk = session.scalars(select(Agency).where(Agency.slug == DESK)).first()
    if decision is None or desk is None or decision.entered_on is not None:
        yield "Niêm yết: đã có."
        return
    enter(session, decision, _ENTERED_ON, by=None, now=now)
    notified.acknowledge(session, decision, desk, posted_on=_POSTED_ON, by=None, now=now)
    yield f"Niêm yết: {desk.name} đã nhận, đã niêm yết quyết định mẫu."
