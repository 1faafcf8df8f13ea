"""Standing in for an absent officer: for a role, in an agency, from day to day."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

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


def standing_in(session: Session, account_id: int, today: date) -> list[Delegation]:
    """What an account does for absent others on a day."""
    query = select(Delegation).where(
        Delegation.substitute_id == account_id,
        Delegation.starts_on <= today,
        Delegation.ends_on >= today,
        Delegation.ended_at.is_(None),
    )
    return list(session.scalars(query))
