"""Which desk a dossier lies on, and who sits there: agencies as subtrees."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency, AgencyKind
from content.people.delegations import posts_of
from content.people.models import Account, Membership
from content.people.roles import Role
from content.words import local

#: Agencies with a one-stop desk that receives dossiers.
RECEIVING = frozenset({AgencyKind.PROVINCE_CENTRE, AgencyKind.COMMUNE_CENTRE})


def receives(agency: Agency) -> bool:
    """Whether dossiers may be handed to this agency."""
    return agency.kind in RECEIVING


def subtree_ids(session: Session, agency_ids: list[int]) -> set[int]:
    """The agencies and everything below them."""
    if not agency_ids:
        return set()
    tree = select(Agency.id).where(Agency.id.in_(agency_ids)).cte("subtree", recursive=True)
    tree = tree.union(select(Agency.id).join(tree, Agency.parent_id == tree.c.id))
    return set(session.scalars(select(tree.c.id)))


def ancestor_ids(session: Session, agency_id: int) -> set[int]:
    """The agency and everything above it."""
    tree = select(Agency.id, Agency.parent_id).where(Agency.id == agency_id)
    above = tree.cte("above", recursive=True)
    above = above.union(select(Agency.id, Agency.parent_id).where(Agency.id == above.c.parent_id))
    return set(session.scalars(select(above.c.id)))


def desks_of(
    session: Session, officer: Account, now: datetime, role: Role = Role.ONE_STOP
) -> set[int]:
    """The agencies whose dossiers an officer handles in a role, also for an absent colleague:
    their own and those below."""
    posts = posts_of(session, officer, local(now).date())
    return subtree_ids(session, [agency for agency, one in posts if one is role])


def nearest(session: Session, agency_id: int, *roles: Role) -> list[Account]:
    """Who has the first of these roles that anybody has, at the agency or the nearest above."""
    above: int | None = agency_id
    while above is not None:
        for role in roles:
            query = (
                select(Account)
                .join(Membership)
                .where(Membership.agency_id == above, Membership.role == role, Account.is_active)
            )
            found = list(session.scalars(query.order_by(Account.id)))
            if found:
                return found
        above = session.get_one(Agency, above).parent_id
    return []
