"""News and pages for readers: only what is public at ``now``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from content.errors import NotFound
from content.news.models import Article, ArticleStatus, Page
from content.news.sections import Section

PAGE_SIZE = 10


def public(now: datetime) -> Select[Article]:
    """Articles that may be shown, newest first."""
    return (
        select(Article)
        .where(Article.status == ArticleStatus.PUBLISHED, Article.published_at <= now)
        .order_by(Article.published_at.desc(), Article.id.desc())
    )


@dataclass(frozen=True)
class ArticlePage:
    """One page of a list."""

    items: Sequence[Article]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def articles(
    session: Session,
    now: datetime,
    *,
    section: Section | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> ArticlePage:
    """A page of the list; a page beyond the last is the last."""
    query = public(now)
    if section is not None:
        query = query.where(Article.section == section)
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    page = min(max(page, 1), max(1, -(-total // size)))
    items = session.scalars(query.offset((page - 1) * size).limit(size)).all()
    return ArticlePage(items, total, page, size)


def all_articles(session: Session, *, page: int = 1, size: int = 30) -> ArticlePage:
    """For editors: all of them, the last changed first."""
    total = session.scalar(select(func.count(Article.id))) or 0
    page = min(max(page, 1), max(1, -(-total // size)))
    query = select(Article).order_by(Article.updated_at.desc(), Article.id.desc())
    return ArticlePage(
        session.scalars(query.offset((page - 1) * size).limit(size)).all(), total, page, size
    )


def article(session: Session, now: datetime, slug: str) -> Article:
    """One public article. Raises ``NotFound``."""
    found = session.scalars(public(now).where(Article.slug == slug)).first()
    if found is None:
        raise NotFound("article", slug=slug)
    return found


def others(session: Session, now: datetime, one: Article, *, limit: int = 5) -> Sequence[Article]:
    """Other articles, those of the same section first."""
    query = public(now).where(Article.id != one.id)
    same = session.scalars(query.where(Article.section == one.section).limit(limit)).all()
    rest = limit - len(same)
    if not rest:
        return same
    more = session.scalars(query.where(Article.section != one.section).limit(rest)).all()
    return [*same, *more]


def page(session: Session, slug: str) -> Page:
    """A standing page. Raises ``NotFound``."""
    found = session.scalars(select(Page).where(Page.slug == slug)).first()
    if found is None:
        raise NotFound("page", slug=slug)
    return found


def pages(session: Session) -> Sequence[Page]:
    """All standing pages in their order."""
    return session.scalars(select(Page).order_by(Page.position, Page.id)).all()
