"""Mails to desks that have to post a decision."""

from pyramid.request import Request

from content.procedures import notified
from content.procedures.decision_reminders import officers, tell
from content.procedures.decisions import PublicationDecision
from content.procedures.standing import today


def tell_desks(request: Request, decision: PublicationDecision) -> None:
    """Write to the one-stop officers of every desk that the decision concerns."""
    for agency in notified.desks(request.db, today(request.now)):
        if notified.concerns(decision, agency):
            people = officers(request.db, agency.id)
            tell(request.db, decision, people, agency.name, now=request.now)
