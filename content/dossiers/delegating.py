"""Saying who does an absent officer's work: made by heads and administrators, with dates.

What a substitute may do follows from ``content.people.delegations.posts_of``; this module only
writes down who, for whom, where and how long, and ends it early.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from content import audit
from content.dossiers.desks import ancestor_ids, subtree_ids
from content.errors import Invalid, NotAllowed
from content.people.delegations import Delegation
from content.people.models import Account, AccountKind, Membership
from content.people.roles import DESK_ROLES, Role
from content.text import clean
from content.words import local

#: Who says so for the agencies below their own; administrators for all.
SAYERS = frozenset({Role.HEAD, Role.LEADER})
MAX_REASON = 500
#: Longer than any leave; a post that is empty for good is given to somebody.
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Standing:
    """What is to be written down; days are included on both ends."""

    absent_id: int
    agency_id: int
    role: Role
    substitute_id: int
    starts_on: date
    ends_on: date
    reason: str = ""


def agencies_to_say_for(session: Session, officer: Account) -> set[int]:
    """For whose officers somebody may name a substitute: own parts only, not lent ones."""
    if any(one.role is Role.ADMINISTRATOR for one in officer.memberships):
        return set(session.scalars(select(Membership.agency_id).distinct()))
    return subtree_ids(
        session, [one.agency_id for one in officer.memberships if one.role in SAYERS]
    )


def posts_to_cover(session: Session, agency_ids: Collection[int]) -> list[Membership]:
    """The desk's posts in some agencies, by the names of who has them."""
    query = (
        select(Membership)
        .join(Account)
        .options(joinedload(Membership.account))
        .where(
            Membership.agency_id.in_(agency_ids),
            Membership.role.in_(DESK_ROLES),
            Account.is_active.is_(True),
        )
        .order_by(Account.name, Account.id, Membership.role)
    )
    return list(session.scalars(query))


def delegations_of(
    session: Session, agency_ids: Collection[int], today: date, *, past: bool = False
) -> list[Delegation]:
    """Those that hold or will hold, or those that are over; the nearest first, 100 at most."""
    over = (Delegation.ends_on < today) | Delegation.ended_at.is_not(None)
    query = (
        select(Delegation)
        .options(
            joinedload(Delegation.absent),
            joinedload(Delegation.substitute),
            joinedload(Delegation.made_by),
        )
        .where(Delegation.agency_id.in_(agency_ids), over if past else ~over)
    )
    order = Delegation.starts_on.desc() if past else Delegation.starts_on.asc()
    return list(session.scalars(query.order_by(order, Delegation.id).limit(100)))


class DelegationService:
    """Delegations of one authority, as of one instant."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def name(self, officer: Account, standing: Standing) -> Delegation:
        """Write it down. Raises ``NotAllowed("not_your_desk")``, ``Invalid`` for ``absent``
        (``unknown``), ``substitute`` (``unknown``, ``same_person``), ``starts_on``
        (``in_the_past``), ``ends_on`` (``ends_before_start``, ``leave_too_long``, ``overlaps``),
        ``reason`` (``too_long``).
        """
        if standing.agency_id not in agencies_to_say_for(self.session, officer):
            raise NotAllowed("not_your_desk")
        self._check_people(standing)
        self._check_days(standing)
        reason = clean(standing.reason)
        if len(reason) > MAX_REASON:
            raise Invalid({"reason": "too_long"}, limit=MAX_REASON)
        made = Delegation(
            absent_id=standing.absent_id,
            substitute_id=standing.substitute_id,
            agency_id=standing.agency_id,
            role=standing.role,
            starts_on=standing.starts_on,
            ends_on=standing.ends_on,
            reason=reason,
            made_by_id=officer.id,
            made_at=self.now,
        )
        self.session.add(made)
        self.session.flush()  # the audit names its id
        self._record(made, officer, "made")
        return made

    def end(self, officer: Account, delegation: Delegation) -> None:
        """End it now; ended already, it stays as it was. Raises ``NotAllowed``."""
        may = delegation.agency_id in agencies_to_say_for(self.session, officer)
        if not may and delegation.absent_id != officer.id:
            raise NotAllowed("not_your_desk")
        if delegation.ended_at is None:
            delegation.ended_at = self.now
            self._record(delegation, officer, "ended")

    def _check_people(self, standing: Standing) -> None:
        has_post = select(Membership.id).where(
            Membership.account_id == standing.absent_id,
            Membership.agency_id == standing.agency_id,
            Membership.role == standing.role,
        )
        if standing.role not in DESK_ROLES or self.session.scalars(has_post).first() is None:
            raise Invalid({"absent": "unknown"})
        found = self.session.get(Account, standing.substitute_id)
        if found is None or not found.is_active or found.kind is not AccountKind.OFFICIAL:
            raise Invalid({"substitute": "unknown"})
        if found.id == standing.absent_id:
            raise Invalid({"substitute": "same_person"})
        near = ancestor_ids(self.session, standing.agency_id)
        near |= subtree_ids(self.session, list(near))
        if not any(one.agency_id in near for one in found.memberships):
            raise Invalid({"substitute": "unknown"})

    def _check_days(self, standing: Standing) -> None:
        if standing.starts_on < local(self.now).date():
            raise Invalid({"starts_on": "in_the_past"})
        if standing.ends_on < standing.starts_on:
            raise Invalid({"ends_on": "ends_before_start"})
        if standing.ends_on - standing.starts_on > LONGEST:
            raise Invalid({"ends_on": "leave_too_long"})
        other = select(Delegation.id).where(
            Delegation.absent_id == standing.absent_id,
            Delegation.agency_id == standing.agency_id,
            Delegation.role == standing.role,
            Delegation.ended_at.is_(None),
            Delegation.starts_on <= standing.ends_on,
            Delegation.ends_on >= standing.starts_on,
        )
        if self.session.scalars(other).first() is not None:
            raise Invalid({"ends_on": "overlaps"})

    def _record(self, delegation: Delegation, officer: Account, what: str) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=officer.id,
            action=f"delegation.{what}",
            subject=f"delegation:{delegation.id}",
            role=delegation.role.value,
            absent=delegation.absent_id,
            substitute=delegation.substitute_id,
        )
