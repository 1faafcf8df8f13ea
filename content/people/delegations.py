"""Standing in for an absent officer: for a role, in an agency, from day to day.

A substitute has the absent one's part wherever posts are asked for (``posts_of``); what they
do is written down under their own name. ``content.dossiers.delegating`` makes and ends them.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, Date, Text, and_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from content.orm import Base, Id, by_value, reference
from content.people.models import Account
from content.people.roles import Role


class Delegation(Base):
    """``substitute`` has the role of ``absent`` in an agency from ``starts_on`` to
    ``ends_on``, both days included; ended early, ``ended_at`` says when."""

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("absent_id != substitute_id", name="two_people"),
    )

    id: Mapped[Id]
    absent_id: Mapped[int] = reference("account.id")
    substitute_id: Mapped[int] = reference("account.id")
    agency_id: Mapped[int] = reference("agency.id")
    role: Mapped[Role] = mapped_column(by_value(Role))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text, default="")
    made_by_id: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    absent: Mapped[Account] = relationship(foreign_keys=[absent_id])
    substitute: Mapped[Account] = relationship(foreign_keys=[substitute_id])
    made_by: Mapped[Account] = relationship(foreign_keys=[made_by_id])


def standing_in(session: Session, account_id: int, today: date) -> list[Delegation]:
    """What an account does for absent others on a day."""
    query = select(Delegation).options(joinedload(Delegation.absent))
    return list(session.scalars(query.where(_stands_in(account_id, today))))


def posts_of(session: Session, account: Account, today: date) -> frozenset[tuple[int, Role]]:
    """Agency and role of everything an account is on a day: its own and for absent others."""
    own = {(one.agency_id, one.role) for one in account.memberships}
    query = select(Delegation.agency_id, Delegation.role).where(_stands_in(account.id, today))
    return frozenset(own | {(agency, role) for agency, role in session.execute(query)})


def _stands_in(account_id: int, today: date) -> ColumnElement[bool]:
    return and_(
        Delegation.substitute_id == account_id,
        Delegation.starts_on <= today,
        Delegation.ends_on >= today,
        Delegation.ended_at.is_(None),
    )
