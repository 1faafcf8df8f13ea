"""Tables of all writing. What is written is named by a ``subject`` such as ``article:12``."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content.orm import Base, Document, Id, Versioned, by_value, reference

MAX_SUBJECT = 120
MAX_NOTE = 500


class Revision(Base):
    """What a subject said after one act of writing; never changed."""

    __tablename__ = "writing_revision"
    __table_args__ = (UniqueConstraint("subject", "number"),)

    id: Mapped[Id]
    subject: Mapped[str] = mapped_column(String(MAX_SUBJECT))
    number: Mapped[int] = mapped_column(Integer)
    snapshot: Mapped[dict[str, Any]] = mapped_column(Document)
    written_by: Mapped[int | None] = reference("account.id")
    written_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(MAX_NOTE), default="")


class Lock(Base):
    """Who has a subject open for writing: advice to others, no guard."""

    __tablename__ = "writing_lock"

    subject: Mapped[str] = mapped_column(String(MAX_SUBJECT), primary_key=True)
    account_id: Mapped[int] = reference("account.id")
    taken_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class Autosave(Base):
    """What one person typed into the form of a subject and has not saved yet."""

    __tablename__ = "writing_autosave"
    __table_args__ = (UniqueConstraint("subject", "account_id"),)

    id: Mapped[Id]
    subject: Mapped[str] = mapped_column(String(MAX_SUBJECT))
    account_id: Mapped[int] = reference("account.id")
    fields: Mapped[dict[str, Any]] = mapped_column(Document)
    saved_at: Mapped[datetime]


class ReviewPlan(Versioned, Base):
    """By when a published subject is to be looked at again; ``reminded_for`` is the day
    already reminded of, ``checked_at`` when somebody last found it right."""

    __tablename__ = "review_plan"

    id: Mapped[Id]
    subject: Mapped[str] = mapped_column(String(MAX_SUBJECT), unique=True)
    review_by: Mapped[date | None] = mapped_column(Date, index=True)
    planned_by: Mapped[int | None] = reference("account.id", index=False)
    checked_at: Mapped[datetime | None]
    reminded_for: Mapped[date | None] = mapped_column(Date)


class TranslationStatus(StrEnum):
    """Being written, visible where its original is, or taken back."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Translation(Versioned, Base):
    """A subject said in another language.

    ``texts`` holds the translation and ``source_texts`` the very words it was made from,
    piece by piece under the same keys; ``source_number`` is the revision (of an article or
    page) or the version (of a procedure) that had them. Never deleted on its own.
    """

    __tablename__ = "translation"
    __table_args__ = (UniqueConstraint("subject", "language"),)

    id: Mapped[Id]
    subject: Mapped[str] = mapped_column(String(MAX_SUBJECT))
    language: Mapped[str] = mapped_column(String(8))
    texts: Mapped[dict[str, Any]] = mapped_column(Document)
    source_texts: Mapped[dict[str, Any]] = mapped_column(Document)
    source_number: Mapped[int | None] = mapped_column(Integer)
    status: Mapped[TranslationStatus] = mapped_column(
        by_value(TranslationStatus), default=TranslationStatus.DRAFT
    )
    written_by: Mapped[int | None] = reference("account.id", index=False)
    #: When it was last brought level with its original.
    translated_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
