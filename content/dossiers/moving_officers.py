"""An officer goes to another agency of the authority: the same parts there, none here any more.

The account stays the same, and with it everything that was done under its name.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from content import audit
from content.agencies.models import Agency
from content.dossiers.models import Dossier
from content.errors import InvalidTransition
from content.people.delegations import Delegation
from content.people.models import Account, Membership
from content.people.roles import Role


@dataclass(frozen=True)
class Moved:
    """The roles that went over, and how many delegations of them ended."""

    roles: tuple[Role, ...]
    delegations: int


def _held_at(session: Session, account: Account, agency: Agency) -> int:
    """Open dossiers of an agency that the officer holds."""
    query = select(func.count(Dossier.id)).where(
        Dossier.holder_id == account.id,
        Dossier.finished_at.is_(None),
        func.coalesce(Dossier.unit_id, Dossier.agency_id) == agency.id,
    )
    return session.scalar(query) or 0


def move_officer(
    session: Session, account: Account, here: Agency, there: Agency, now: datetime
) -> Moved:
    """Every role at ``here`` becomes one at ``there``; whoever stands in for the officer at
    ``here`` does so no longer.

    Raises ``InvalidTransition``: ``same_agency``, ``no_post`` (nothing at ``here``),
    ``holds_dossiers`` (``held`` many; they stay at ``here``, so others take them over first).
    """
    if here.id == there.id:
        raise InvalidTransition("same_agency")
    posts = [one for one in account.memberships if one.agency_id == here.id]
    if not posts:
        raise InvalidTransition("no_post")
    if held := _held_at(session, account, here):
        raise InvalidTransition("holds_dossiers", held=held)
    known = {one.role for one in account.memberships if one.agency_id == there.id}
    roles = tuple(sorted(one.role for one in posts))
    for one in posts:
        account.memberships.remove(one)
    account.memberships += [
        Membership(agency_id=there.id, role=role) for role in roles if role not in known
    ]
    standing = (
        Delegation.absent_id == account.id,
        Delegation.agency_id == here.id,
        Delegation.ended_at.is_(None),
    )
    ended = len(list(session.scalars(select(Delegation.id).where(*standing))))
    session.execute(update(Delegation).where(*standing).values(ended_at=now))
    audit.record(
        session,
        now=now,
        actor_id=None,
        action="account.moved",
        subject=f"account:{account.id}",
        here=here.slug,
        there=there.slug,
        roles=list(roles),
    )
    return Moved(roles, ended)
