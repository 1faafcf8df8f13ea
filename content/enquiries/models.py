"""One table for both kinds of questions and answers.

``name``, ``email``, ``phone`` and ``asked`` (the words as they came) are personal data of
whoever asked: for editors only, never published, erased when they are no longer needed
(Luật 91/2025/QH15). Readers see ``title``, ``details``, ``body`` and ``shown_name``.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.changes import tracked
from content.media.usages import names_media
from content.news.models import BodyFormat
from content.orm import Base, BigId, Id, Versioned, by_value, reference
from content.procedures.models import Procedure, Sector
from content.writing.reviews import reviewable
from content.writing.texts import found_by_editors
from content.writing.translatable import translatable
from content.writing.translations import Piece
from content.writing.trash import Trashable, in_use, trashable

KIND = "enquiry"
MAX_TITLE = 300
MAX_ASKED = 4000
MAX_TOPIC = 100
MAX_SLUG = 120
MAX_NAME = 200
MAX_EMAIL = 254
MAX_PHONE = 40
MAX_REASON = 2000
MAX_POSITION = 9999


class Origin(StrEnum):
    """Who put the question."""

    EDITOR = "editor"
    CITIZEN = "citizen"


class EnquiryState(StrEnum):
    """Whether it has an answer; what an editor wrote has one from the beginning."""

    WAITING = "waiting"
    ANSWERED = "answered"
    REFUSED = "refused"


enquiry_procedure = Table(
    "enquiry_procedure",
    Base.metadata,
    Column("enquiry_id", BigId, ForeignKey("enquiry.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "procedure_id",
        BigId,
        ForeignKey("procedure.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


@translatable(
    KIND,
    "Hỏi đáp",
    lambda one: one.title,
    lambda one: (
        Piece("title", "Câu hỏi", one.title, is_required=True),
        Piece("details", "Nội dung hỏi", one.details, "lines"),
        Piece("body", "Trả lời", one.body, "body", is_required=True),
    ),
    lambda: (in_use(Enquiry), Enquiry.published_at.is_not(None)),
)
@trashable(KIND, "Hỏi đáp", lambda enquiry: enquiry.title)
@names_media(KIND, "body")
@tracked(KIND)
@found_by_editors(
    KIND,
    lambda one: one.title,
    lambda one: "\n".join((one.topic, one.details, one.body, one.asked)),
    lambda one: one.updated_at,
)
@reviewable(KIND, lambda one: one.title, lambda one: one.is_public)
class Enquiry(Versioned, Trashable, Base):
    """One question with its answer. ``slug`` is its address for good, from its first
    publication on; readers see it once ``published_at`` is set. ``checked_on`` is the day on
    which an editor last found the answer right."""

    __tablename__ = "enquiry"
    __table_args__ = (
        Index("ix__enquiry__queue", "state", "received_at"),
        Index("ix__enquiry__order", "position", "id"),
    )

    id: Mapped[Id]
    slug: Mapped[str | None] = mapped_column(String(MAX_SLUG), unique=True)
    origin: Mapped[Origin] = mapped_column(by_value(Origin))
    state: Mapped[EnquiryState] = mapped_column(by_value(EnquiryState))
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    details: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    body_format: Mapped[BodyFormat] = mapped_column(by_value(BodyFormat), default=BodyFormat.TEXT)
    topic: Mapped[str] = mapped_column(String(MAX_TOPIC), default="", index=True)
    sector_id: Mapped[int | None] = reference("sector.id", ondelete="SET NULL")
    position: Mapped[int] = mapped_column(Integer, default=0)
    checked_on: Mapped[date | None] = mapped_column(Date)
    published_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = reference("account.id", index=False)
    asked: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    name: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    email: Mapped[str] = mapped_column(String(MAX_EMAIL), default="")
    phone: Mapped[str] = mapped_column(String(MAX_PHONE), default="")
    consented_at: Mapped[datetime | None]
    may_publish: Mapped[bool] = mapped_column(Boolean, default=False)
    may_show_name: Mapped[bool] = mapped_column(Boolean, default=False)
    shown_name: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    search_key: Mapped[str] = mapped_column(Text, default="")

    sector: Mapped[Sector | None] = relationship(lazy="joined")
    procedures: Mapped[list[Procedure]] = relationship(
        secondary=enquiry_procedure, order_by=Procedure.id
    )

    @property
    def subject(self) -> str:
        """Its name in audit lines, change events and the history."""
        return f"{KIND}:{self.id}"

    @property
    def is_public(self) -> bool:
        """Whether readers see it."""
        return self.published_at is not None and self.deleted_at is None
