"""What an officer has in sight: the dossiers of the agencies in which they have a part.

Own parts and those of absent colleagues; each with everything below. A dossier belongs to the
desk that received it, to the unit that has it now and to the agency that decides.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.desks import subtree_ids
from content.dossiers.models import Dossier
from content.people.delegations import standing_in
from content.people.models import Account
from content.people.roles import DESK_ROLES, Role
from content.words import local

#: Agencies of a commune, at the most.
NARROW = 20


@dataclass(frozen=True)
class Sight:
    """``everything``: there is no agency beyond. ``instead_of`` names the absent colleagues for
    whom the officer stands in, by account."""

    agency_ids: frozenset[int]
    roles: frozenset[Role] = frozenset()
    account_id: int = 0
    instead_of: Mapping[int, str] = field(default_factory=dict)
    everything: bool = False

    @property
    def people(self) -> tuple[int, ...]:
        """Whose dossiers are this officer's to work on."""
        return (self.account_id, *self.instead_of)

    @property
    def is_narrow(self) -> bool:
        """A commune or a few departments: few of all dossiers."""
        return not self.everything and len(self.agency_ids) <= NARROW

    def within(self) -> ColumnElement[bool]:
        """Dossiers in sight."""
        return true() if self.everything else of_agencies(self.agency_ids)


def sight_of(session: Session, officer: Account, now: datetime) -> Sight:
    """As of today."""
    today = local(now).date()
    absent = standing_in(session, officer.id, today)
    own = [(one.agency_id, one.role) for one in officer.memberships]
    lent = [(one.agency_id, one.role) for one in absent]
    posts = [(agency, role) for agency, role in (*own, *lent) if role in DESK_ROLES]
    found = subtree_ids(session, [agency for agency, _role in posts])
    return Sight(
        agency_ids=frozenset(found),
        roles=frozenset(role for _agency, role in posts),
        account_id=officer.id,
        instead_of={one.absent_id: one.absent.name for one in absent},
        everything=bool(found) and len(found) == session.scalar(select(func.count(Agency.id))),
    )


def of_agencies(agency_ids: Collection[int]) -> ColumnElement[bool]:
    """Dossiers that one of these received, has now, or decides. Each finds its own index."""
    return or_(
        Dossier.agency_id.in_(agency_ids),
        Dossier.unit_id.in_(agency_ids),
        Dossier.competent_agency_id.in_(agency_ids),
    )
