"""Who holds a role: for mails that go to an office, not to a person."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.people.models import Account, Membership
from content.people.roles import Role


def with_role(session: Session, role: Role, agency_id: int | None = None) -> list[Account]:
    """The active accounts with a role, of one agency or of any."""
    query = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.role == role, Account.is_active.is_(True))
        .order_by(Account.id)
        .distinct()
    )
    if agency_id is not None:
        query = query.where(Membership.agency_id == agency_id)
    return list(session.scalars(query))
