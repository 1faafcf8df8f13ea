"""Articles and pages: what is written, and where it stands on its way to readers.

A body is plain structured text, or sanitised HTML; see ``bodies.py``. What is public is
decided by ``status``, the two dates and the bin alone (``reads.py``); ``review`` is the
editors' own business.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, validates

from content.changes import tracked
from content.media.usages import names_media
from content.news.sections import MAX_SLUG as MAX_SECTION
from content.news.sections import Section
from content.orm import Base, BigId, Document, Id, Versioned, by_value, reference
from content.text import clean, slugify
from content.writing.reviews import reviewable
from content.writing.texts import found_by_editors
from content.writing.trash import Trashable, trashable

MAX_TITLE = 300
MAX_SLUG = 120
MAX_LEAD = 1000
MAX_BODY = 100_000
MAX_NOTE = 2000
MAX_ADDRESS = 300
MAX_WORDS = 500


class ArticleStatus(StrEnum):
    """Draft, visible from its date on, or taken back."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ReviewState(StrEnum):
    """Whether somebody waits for the head of the board."""

    NONE = "none"
    WAITING = "waiting"
    RETURNED = "returned"


class BodyFormat(StrEnum):
    """How a body is written."""

    TEXT = "text"
    HTML = "html"


class Reviewed:
    """Mixin: what articles and pages share on their way to readers.

    Visible from ``published_at`` until ``withdraw_at``; the worker then takes it back.
    """

    published_at: Mapped[datetime | None]
    withdraw_at: Mapped[datetime | None]
    review: Mapped[ReviewState] = mapped_column(by_value(ReviewState), default=ReviewState.NONE)
    review_note: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    body_format: Mapped[BodyFormat] = mapped_column(by_value(BodyFormat), default=BodyFormat.TEXT)


def forget(session: Session, written: Any) -> None:
    """Let go of what was said about an article or page and of where it used to be; pages
    below it move up."""
    kind = "page" if isinstance(written, Page) else "article"
    subject = f"{kind}:{written.id}"
    session.execute(delete(ReviewComment).where(ReviewComment.subject == subject))
    session.execute(delete(WorkingCopy).where(WorkingCopy.subject == subject))
    led = (FormerAddress.kind == kind, FormerAddress.target_id == written.id)
    session.execute(delete(FormerAddress).where(*led))
    if kind == "page":
        for below in session.scalars(select(Page).where(Page.parent_id == written.id)):
            below.parent_id = written.parent_id


def words_of(written: Any) -> str:
    """What an article or page says, for editors who look for it."""
    if isinstance(written, Page):
        return "\n".join((written.lead, written.body))
    beside = [words for pairs in (written.gallery, written.attachments) for _, words in pairs]
    return "\n".join(
        (
            *(written.kicker, written.lead, written.body, written.author_line, written.source),
            *(written.photographer, written.picture_alt, written.picture_caption),
            *(*written.tags, *beside, written.correction),
        )
    )


@trashable("article", "Bài viết", lambda article: article.title, purging=forget)
@found_by_editors("article", lambda one: one.title, words_of, lambda one: one.updated_at)
@reviewable("article", lambda one: one.title, lambda one: one.status is ArticleStatus.PUBLISHED)
@names_media("article", "body", "picture", "gallery", "attachments")
@tracked("article")
class Article(Versioned, Reviewed, Trashable, Base):
    """A news item. ``gallery`` and ``attachments`` are lists of (address, words) pairs;
    ``related`` are slugs chosen by hand."""

    __tablename__ = "article"
    __table_args__ = (
        Index("ix__article__shown", "status", "published_at"),
        # What readers' lists are sorted by, and all that their conditions ask for.
        Index(
            "ix__article__listed",
            *("status", "deleted_at", "is_pinned", "published_at", "id", "withdraw_at"),
        ),
        Index(
            "ix__article__in_section",
            *("section", "status", "deleted_at", "is_pinned", "published_at", "id", "withdraw_at"),
        ),
        Index(
            "ix__article__featured",
            *("is_featured", "status", "deleted_at", "published_at", "id", "withdraw_at"),
        ),
        Index("ix__article__changed", "deleted_at", "updated_at", "id"),
    )

    id: Mapped[Id]
    section_slug: Mapped[str] = mapped_column(
        "section", String(MAX_SECTION), ForeignKey("news_section.slug")
    )
    slug: Mapped[str] = mapped_column(String(MAX_SLUG), unique=True)
    kicker: Mapped[str] = mapped_column(String(MAX_TITLE), default="")
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    lead: Mapped[str] = mapped_column(Text, default="")
    author_line: Mapped[str] = mapped_column(String(MAX_TITLE), default="")
    photographer: Mapped[str] = mapped_column(String(MAX_TITLE), default="")
    source: Mapped[str] = mapped_column(String(MAX_TITLE), default="")
    tags: Mapped[list[Any]] = mapped_column(Document, default=list)
    picture: Mapped[str] = mapped_column(String(MAX_ADDRESS), default="")
    picture_alt: Mapped[str] = mapped_column(String(MAX_WORDS), default="")
    picture_caption: Mapped[str] = mapped_column(String(MAX_WORDS), default="")
    gallery: Mapped[list[Any]] = mapped_column(Document, default=list)
    attachments: Mapped[list[Any]] = mapped_column(Document, default=list)
    related: Mapped[list[Any]] = mapped_column(Document, default=list)
    is_featured: Mapped[bool] = mapped_column(Boolean, default=False)
    is_pinned: Mapped[bool] = mapped_column(Boolean, default=False)
    correction: Mapped[str] = mapped_column(Text, default="")
    corrected_at: Mapped[datetime | None]
    status: Mapped[ArticleStatus] = mapped_column(
        by_value(ArticleStatus), default=ArticleStatus.DRAFT
    )
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    section: Mapped[Section] = relationship(lazy="joined", innerjoin=True)
    tag_rows: Mapped[list["ArticleTag"]] = relationship(
        order_by="ArticleTag.slug", cascade="all, delete-orphan"
    )

    @validates("tags")
    def _tags_are_found(self, _key: str, tags: list[str]) -> list[str]:
        """The tags once each, with the rows by which a tag finds its articles."""
        by_slug = {slugify(tag, limit=MAX_SLUG): clean(tag) for tag in tags}
        by_slug.pop("", None)
        known = {row.slug: row for row in self.tag_rows}
        for slug, name in by_slug.items():
            known.setdefault(slug, ArticleTag(slug=slug)).name = name
        self.tag_rows = [known[slug] for slug in by_slug]
        return list(by_slug.values())


class ArticleTag(Base):
    """A tag of an article; ``slug`` is its address, ``name`` as it was written."""

    __tablename__ = "article_tag"

    slug: Mapped[str] = mapped_column(String(MAX_SLUG), primary_key=True)
    article_id: Mapped[int] = reference("article.id", ondelete="CASCADE", primary_key=True)
    name: Mapped[str] = mapped_column(String(MAX_TITLE))


@trashable("page", "Trang", lambda page: page.title, purging=forget)
@found_by_editors("page", lambda one: one.title, words_of, lambda one: one.updated_at)
@reviewable("page", lambda one: one.title, lambda one: one.status is ArticleStatus.PUBLISHED)
@names_media("page", "body")
@tracked("page")
class Page(Versioned, Reviewed, Trashable, Base):
    """A standing page: about, guide, opening hours, accessibility, privacy …

    Without ``published_at`` it has always been there.
    """

    __tablename__ = "page"

    id: Mapped[Id]
    parent_id: Mapped[int | None] = reference("page.id")
    slug: Mapped[str] = mapped_column(String(MAX_SLUG), unique=True)
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    lead: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(Integer, default=0)
    status: Mapped[ArticleStatus] = mapped_column(
        by_value(ArticleStatus), default=ArticleStatus.PUBLISHED
    )
    updated_at: Mapped[datetime]

    parent: Mapped["Page | None"] = relationship(remote_side="Page.id")


class FormerAddress(Base):
    """An address that something had: it leads to the new one for ever."""

    __tablename__ = "former_address"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    slug: Mapped[str] = mapped_column(String(MAX_SLUG), primary_key=True)
    target_id: Mapped[int] = mapped_column(BigId)


class WorkingCopy(Versioned, Base):
    """What a published text shall say once another of the board agrees: four eyes.

    ``base`` is the number of the revision that it was made from.
    """

    __tablename__ = "working_copy"

    subject: Mapped[str] = mapped_column(String(120), primary_key=True)
    text: Mapped[dict[str, Any]] = mapped_column(Document)
    base: Mapped[int] = mapped_column(Integer)
    written_by: Mapped[int | None] = reference("account.id", index=False)
    written_at: Mapped[datetime]


class ReviewComment(Base):
    """What somebody of the board said about a draft."""

    __tablename__ = "review_comment"

    id: Mapped[Id]
    subject: Mapped[str] = mapped_column(String(120), index=True)
    account_id: Mapped[int] = reference("account.id", index=False)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
