"""Requests for supplements as they were made and answered: one row each, never deleted.

The event in the log is what people read; the row is what timers and the form for the
answer ask. ``supplements`` writes the request, ``supplying`` and those who end the waiting
its outcome.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, Index, Integer, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content.dossiers.models import Dossier
from content.errors import InvalidTransition
from content.orm import Base, Document, Id, by_value, reference
from content.people.models import Account


class Outcome(StrEnum):
    """How a request ended."""

    SUPPLIED_ONLINE = "supplied_online"
    SUPPLIED_AT_DESK = "supplied_at_desk"
    EXPIRED = "expired"
    ENDED = "ended"


class SupplementRequest(Base):
    """One request (form 02). ``items``: see ``supplement_items.chosen_items``.

    ``number`` counts within the dossier: the second and later ones make it count as late in
    QĐ 766. ``reply_by`` is the last day to answer, ``None`` where the procedure has no such
    limit. ``due_before`` and ``due_after`` are the dates of the result the applicant sees.
    ``before`` keeps the answers that were corrected.
    """

    __tablename__ = "supplement_request"
    __table_args__ = (
        UniqueConstraint("dossier_id", "number"),
        Index("ix__supplement_request__open", "outcome", "reply_by"),
    )

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id", index=False)
    number: Mapped[int] = mapped_column(Integer)
    items: Mapped[list[Any]] = mapped_column(Document)
    reason: Mapped[str] = mapped_column(Text)
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = reference("account.id")
    approved_by_id: Mapped[int | None] = reference("account.id")
    reply_by: Mapped[date | None] = mapped_column(Date)
    due_before: Mapped[date | None] = mapped_column(Date)
    due_after: Mapped[date | None] = mapped_column(Date)
    outcome: Mapped[Outcome | None] = mapped_column(by_value(Outcome))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = reference("account.id")
    note: Mapped[str] = mapped_column(Text, default="")
    supplied: Mapped[list[Any]] = mapped_column(Document, default=list)
    before: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)

    dossier: Mapped[Dossier] = relationship()
    asked_by: Mapped[Account | None] = relationship(foreign_keys=[asked_by_id])


def open_request(session: Session, dossier: Dossier) -> SupplementRequest | None:
    """The request the dossier waits for, if it does."""
    query = select(SupplementRequest).where(
        SupplementRequest.dossier_id == dossier.id, SupplementRequest.outcome.is_(None)
    )
    return session.scalars(query).first()


def the_open_request(session: Session, dossier: Dossier) -> SupplementRequest:
    """The same; raises ``InvalidTransition("not_waiting")`` if there is none."""
    found = open_request(session, dossier)
    if found is None:
        raise InvalidTransition("not_waiting", dossier=dossier.id)
    return found


def requests_of(session: Session, dossier: Dossier) -> list[SupplementRequest]:
    """All requests of a dossier, in their order."""
    query = select(SupplementRequest).where(SupplementRequest.dossier_id == dossier.id)
    return list(session.scalars(query.order_by(SupplementRequest.number)))


def close_request(request: SupplementRequest | None, outcome: Outcome, now: datetime) -> None:
    """The waiting is over, whatever came of it; nothing to do without a request."""
    if request is not None:
        request.outcome, request.answered_at = outcome, now
