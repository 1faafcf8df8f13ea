"""Memberships of officers, with a look at dossiers they hold: going elsewhere, leaving a role.

The account stays the same, and with it everything that was done under its name.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from content import audit
from content.agencies.models import Agency
from content.dossiers.desks import subtree_ids
from content.dossiers.models import Dossier
from content.errors import InvalidTransition
from content.people.delegations import Delegation
from content.people.models import Account, Membership
from content.people.roles import DESK_ROLES, Role


@dataclass(frozen=True)
class Moved:
    """The roles that went over, and how many delegations of them ended."""

    roles: tuple[Role, ...]
    delegations: int


def held_by(session: Session, account: Account) -> int:
    """Open dossiers that the officer holds, wherever they are."""
    return _count(session, account)


def move_officer(
    session: Session,
    account: Account,
    here: Agency,
    there: Agency,
    now: datetime,
    *,
    actor_id: int | None = None,
) -> Moved:
    """Every role at ``here`` becomes one at ``there``; whoever stands in for the officer at
    ``here`` does so no longer.

    Raises ``InvalidTransition``: ``same_agency``, ``no_post`` (nothing at ``here``),
    ``holds_dossiers`` (``held`` many stay behind, so others take them over first).
    """
    if here.id == there.id:
        raise InvalidTransition("same_agency")
    posts = [one for one in account.memberships if one.agency_id == here.id]
    if not posts:
        raise InvalidTransition("no_post")
    rest = {one.agency_id for one in account.memberships if one not in posts} | {there.id}
    _refuse_while_held(session, account, here.id, rest)
    known = {one.role for one in account.memberships if one.agency_id == there.id}
    roles = tuple(sorted(one.role for one in posts))
    for one in posts:
        account.memberships.remove(one)
    account.memberships += [
        Membership(agency_id=there.id, role=role) for role in roles if role not in known
    ]
    ended = sum(_end_delegations(session, one, now) for one in posts)
    audit.record(
        session,
        now=now,
        actor_id=actor_id,
        action="account.moved",
        subject=account.subject,
        here=here.slug,
        there=there.slug,
        agency=there.id,
        roles=list(roles),
    )
    return Moved(roles, ended)


def leave_role(
    session: Session, account: Account, post: Membership, now: datetime, *, actor_id: int
) -> None:
    """The officer has a role in an agency no longer, and nobody stands in for them in it.

    Raises ``InvalidTransition``: ``own_administrator`` (nobody shuts themselves out),
    ``holds_dossiers`` (``held`` many that no other of their desk roles reaches).
    """
    if account.id == actor_id and post.role is Role.ADMINISTRATOR:
        raise InvalidTransition("own_administrator")
    if post.role in DESK_ROLES:
        at_desks = [one for one in account.memberships if one.role in DESK_ROLES]
        rest = {one.agency_id for one in at_desks if one is not post}
        _refuse_while_held(session, account, post.agency_id, rest)
    account.memberships.remove(post)
    _end_delegations(session, post, now)
    audit.record(
        session,
        now=now,
        actor_id=actor_id,
        action="account.post_left",
        subject=account.subject,
        agency=post.agency_id,
        roles=[post.role.value],
    )


def _refuse_while_held(session: Session, account: Account, agency_id: int, rest: set[int]) -> None:
    """A post reaches its agency and those below; ``rest`` are the agencies of other posts."""
    lost = subtree_ids(session, [agency_id]) - subtree_ids(session, list(rest))
    if held := _count(
        session, account, func.coalesce(Dossier.unit_id, Dossier.agency_id).in_(lost)
    ):
        raise InvalidTransition("holds_dossiers", held=held)


def _count(session: Session, account: Account, *where: ColumnElement[bool]) -> int:
    query = select(func.count(Dossier.id)).where(
        Dossier.holder_id == account.id, Dossier.finished_at.is_(None), *where
    )
    return session.scalar(query) or 0


def _end_delegations(session: Session, post: Membership, now: datetime) -> int:
    """Of one role in one agency; returns how many."""
    standing = (
        Delegation.absent_id == post.account_id,
        Delegation.agency_id == post.agency_id,
        Delegation.role == post.role,
        Delegation.ended_at.is_(None),
    )
    ended = len(list(session.scalars(select(Delegation.id).where(*standing))))
    session.execute(update(Delegation).where(*standing).values(ended_at=now))
    return ended
