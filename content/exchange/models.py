"""Tables of the exchange with the national portal: links, messages, arrivals, inquiries.

A link says which dossier is known to which system under which number, and which of the two
confirms its status. Messages are the queue that leaves, arrivals the one that comes in; both
are kept, so that anybody can see what was said when, and what waits with which error.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.dossiers.models import Dossier
from content.dossiers.proposals import Proposal
from content.orm import Base, Document, Id, Versioned, by_value, reference

MAX_SYSTEM = 40
MAX_NUMBER = 80
MAX_KEY = 200
MAX_ERROR = 2000


class Confirms(StrEnum):
    """Whose word on a dossier's status counts; one system at a time (domain §3.3)."""

    HERE = "here"
    THERE = "there"


class MessageKind(StrEnum):
    """LoaiThongDiep: new, changed, progress, answer to an arrival."""

    NEW = "ThemMoi"
    UPDATE = "CapNhat"
    PROGRESS = "CapNhatTienDo"
    ANSWER = "TraLoi"


class MessageState(StrEnum):
    """How far a message is; ``REFUSED`` is not tried again by itself."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"


class ArrivalState(StrEnum):
    """How far an arrival is; ``REFUSED`` was answered with a reason."""

    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"


class ExchangeInquiry(Base):
    """When a system was last asked what it has for us, and what went wrong, if anything."""

    __tablename__ = "exchange_inquiry"

    system: Mapped[str] = mapped_column(String(MAX_SYSTEM), primary_key=True)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")


class ExchangeLink(Versioned, Base):
    """A dossier that another system knows. ``number`` is what it is called there; ``given``
    what was told of the applicant, which goes back unchanged; ``planned`` the last line of the
    log that became messages; ``remark`` why the other side confirms."""

    __tablename__ = "exchange_link"
    __table_args__ = (UniqueConstraint("system", "number"),)

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id", unique=True, index=False)
    system: Mapped[str] = mapped_column(String(MAX_SYSTEM))
    number: Mapped[str] = mapped_column(String(MAX_NUMBER))
    came_from_there: Mapped[bool]
    confirms: Mapped[Confirms] = mapped_column(by_value(Confirms))
    announced: Mapped[bool]
    planned: Mapped[int] = mapped_column(Integer)
    given: Mapped[dict[str, Any]] = mapped_column(Document)
    remark: Mapped[str] = mapped_column(Text, default="")

    dossier: Mapped[Dossier] = relationship()


class ExchangeMessage(Base):
    """A message. ``number`` names its lane: messages of one dossier leave one after another,
    in the order of their ids. ``status`` is the dossier's status it tells, if any;
    ``next_at`` when it is tried next, ``busy_until`` the end of the lease of the worker that
    is sending it."""

    __tablename__ = "exchange_message"
    __table_args__ = (
        Index(
            "ix__exchange_message__open",
            "system",
            "number",
            "id",
            postgresql_where=text("state <> 'sent'"),
            sqlite_where=text("state <> 'sent'"),
        ),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(MAX_KEY), unique=True)
    system: Mapped[str] = mapped_column(String(MAX_SYSTEM))
    number: Mapped[str] = mapped_column(String(MAX_NUMBER))
    link_id: Mapped[int | None] = reference("exchange_link.id")
    kind: Mapped[MessageKind] = mapped_column(by_value(MessageKind))
    status: Mapped[int | None] = mapped_column(Integer)
    payload: Mapped[dict[str, Any]] = mapped_column(Document)
    state: Mapped[MessageState] = mapped_column(by_value(MessageState))
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_at: Mapped[datetime]
    busy_until: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")

    link: Mapped[ExchangeLink | None] = relationship()


class ExchangeArrival(Base):
    """What came from another system, as it was told: a dossier, what was asked for one, or the
    wish to withdraw one.

    ``key`` is the dossier's number, for a supplement or a wish with what that is called there;
    one row a key, for ever. ``proposal_id`` is the wish as it lies on the desk, which is
    answered once the desk has decided."""

    __tablename__ = "exchange_arrival"
    __table_args__ = (
        UniqueConstraint("system", "key"),
        Index("ix__exchange_arrival__state", "state", "id"),
    )

    id: Mapped[Id]
    system: Mapped[str] = mapped_column(String(MAX_SYSTEM))
    key: Mapped[str] = mapped_column(String(MAX_KEY))
    number: Mapped[str] = mapped_column(String(MAX_NUMBER))
    payload: Mapped[dict[str, Any]] = mapped_column(Document)
    state: Mapped[ArrivalState] = mapped_column(by_value(ArrivalState))
    dossier_id: Mapped[int | None] = reference("dossier.id")
    proposal_id: Mapped[int | None] = reference("proposal.id")
    arrived_at: Mapped[datetime]
    next_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    tried_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")

    dossier: Mapped[Dossier | None] = relationship()
    proposal: Mapped[Proposal | None] = relationship()
