"""Mails to desks that have to post a decision."""

from pyramid.request import Request
from sqlalchemy import select

from content import outbox
from content.people.models import Account, Membership
from content.people.roles import Role
from content.procedures import notified
from content.procedures.decisions import PublicationDecision
from content.procedures.standing import today
from content.words import short_date


def tell_desks(request: Request, decision: PublicationDecision) -> None:
    """Write to the one-stop officers of every desk that the decision concerns."""
    desks = [
        one
        for one in notified.desks(request.db, today(request.now))
        if notified.concerns(decision, one)
    ]
    for agency in desks:
        query = (
            select(Account)
            .join(Membership, Membership.account_id == Account.id)
            .where(
                Membership.agency_id == agency.id,
                Membership.role == Role.ONE_STOP,
                Account.is_active.is_(True),
            )
        )
        for account in request.db.scalars(query):
            payload = {
                "to": account.email,
                "template": "decision",
                "at": request.now.isoformat(),
                "values": {
                    "name": account.name,
                    "agency_name": agency.name,
                    "number": decision.number,
                    "signed_on": short_date(decision.signed_on),
                    "in_force_from": short_date(decision.in_force_from),
                    "count": len(decision.entries),
                    "url": request.site.base_url + request.route_path("desk.decisions"),
                },
            }
            key = f"decision:{decision.number}:{account.id}"
            outbox.enqueue(request.db, "mail", key, now=request.now, payload=payload)
