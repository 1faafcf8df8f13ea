"""Articles with their revisions, and pages.

A body is plain structured text, or sanitised HTML where it was imported so; see
``bodies.py``. What is public is decided by ``status`` and ``published_at`` alone.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.changes import tracked
from content.news.sections import Section
from content.orm import Base, Document, Id, Versioned, by_value, reference

MAX_TITLE = 300
MAX_SLUG = 120
MAX_LEAD = 1000
MAX_BODY = 100_000


class ArticleStatus(StrEnum):
    """Draft, visible from its date on, or taken back."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class BodyFormat(StrEnum):
    """How a body is written."""

    TEXT = "text"
    HTML = "html"


@tracked("article")
class Article(Versioned, Base):
    """A news item."""

    __tablename__ = "article"
    __table_args__ = (Index("ix__article__shown", "status", "published_at"),)

    id: Mapped[Id]
    section: Mapped[Section] = mapped_column(by_value(Section), index=True)
    slug: Mapped[str] = mapped_column(String(MAX_SLUG), unique=True)
    kicker: Mapped[str] = mapped_column(String(MAX_TITLE), default="")
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    lead: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    body_format: Mapped[BodyFormat] = mapped_column(by_value(BodyFormat), default=BodyFormat.TEXT)
    author_line: Mapped[str] = mapped_column(String(MAX_TITLE), default="")
    source: Mapped[str] = mapped_column(String(MAX_TITLE), default="")
    tags: Mapped[list[Any]] = mapped_column(Document, default=list)
    status: Mapped[ArticleStatus] = mapped_column(
        by_value(ArticleStatus), default=ArticleStatus.DRAFT
    )
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    revisions: Mapped[list["ArticleRevision"]] = relationship(
        back_populates="article", order_by="ArticleRevision.number", cascade="all, delete-orphan"
    )


class ArticleRevision(Base):
    """What an article said after one act of writing."""

    __tablename__ = "article_revision"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: Mapped[Id]
    article_id: Mapped[int] = reference("article.id", ondelete="CASCADE", index=False)
    number: Mapped[int] = mapped_column(Integer)
    snapshot: Mapped[dict[str, Any]] = mapped_column(Document)
    written_by: Mapped[int | None] = reference("account.id")
    written_at: Mapped[datetime]

    article: Mapped[Article] = relationship(back_populates="revisions")


@tracked("page")
class Page(Versioned, Base):
    """A standing page: about, guide, opening hours, accessibility, privacy …"""

    __tablename__ = "page"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(MAX_SLUG), unique=True)
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    lead: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(Integer, default=0)
    updated_at: Mapped[datetime]
