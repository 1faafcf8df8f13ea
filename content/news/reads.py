"""News and pages for readers: only what is public at ``now``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, defer

from content.errors import NotFound
from content.media.models import Medium
from content.media.reads import at_addresses
from content.news.models import (
    Article,
    ArticleStatus,
    ArticleTag,
    FormerAddress,
    Page,
    ReviewState,
)
from content.news.sections import Section, slugs_within
from content.writing.trash import in_use

PAGE_SIZE = 10
#: Lists show no bodies; one that is asked for after all is read then.
WITHOUT_BODY = defer(Article.body)


def public(now: datetime) -> Select[Article]:
    """Articles that may be shown, newest first."""
    return (
        select(Article)
        .where(*_shown(Article, now), Article.published_at <= now)
        .order_by(Article.published_at.desc(), Article.id.desc())
    )


def public_pages(now: datetime) -> Select[Page]:
    """Pages that may be shown, in their order."""
    begun = or_(Page.published_at.is_(None), Page.published_at <= now)
    return select(Page).where(*_shown(Page, now), begun).order_by(Page.position, Page.id)


def _shown(model: type[Article] | type[Page], now: datetime) -> list[ColumnElement[bool]]:
    return [
        model.status == ArticleStatus.PUBLISHED,
        or_(model.withdraw_at.is_(None), model.withdraw_at > now),
        in_use(model),
    ]


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
    """A page of the list, what is pinned first; a page beyond the last is the last."""
    query = _of_section(session, public(now), section)
    # Asked for apart, each part is read along its index: nothing has to be sorted.
    parts = [query.where(Article.is_pinned.is_(one)) for one in (True, False)]
    return _page_of(session, parts, page, size)


def latest(
    session: Session, now: datetime, *, section: Section | None = None, limit: int
) -> Sequence[Article]:
    """The newest by their dates alone, for feeds and letters; nothing is counted."""
    query = _of_section(session, public(now), section).with_only_columns(Article.id)
    return _by_ids(session, session.scalars(query.limit(limit)).all())


def since(session: Session, now: datetime, moment: datetime) -> Sequence[Article]:
    """All that readers have and did not have at ``moment``, the newest first."""
    query = public(now).where(Article.published_at > moment)
    return _by_ids(session, session.scalars(query.with_only_columns(Article.id)).all())


def _of_section(
    session: Session, query: Select[Article], section: Section | None
) -> Select[Article]:
    """Those of a section and of all below it."""
    if section is None:
        return query
    return query.where(Article.section_slug.in_(slugs_within(session, section)))


def _page_of(
    session: Session, parts: Sequence[Select[Article]], page: int, size: int
) -> ArticlePage:
    """A page of the parts one after another. Sorted and counted are ids alone, which the
    indexes hold; of articles only those of the page are read, without their bodies."""
    narrow = [part.with_only_columns(Article.id) for part in parts]
    counts = [
        session.scalar(select(func.count()).select_from(one.order_by(None).subquery())) or 0
        for one in narrow
    ]
    total = sum(counts)
    page = min(max(page, 1), max(1, -(-total // size)))
    ids: list[int] = []
    skip = (page - 1) * size
    for one, count in zip(narrow, counts, strict=True):
        if skip < count and len(ids) < size:
            ids += session.scalars(one.offset(skip).limit(size - len(ids)))
        skip = max(0, skip - count)
    return ArticlePage(_by_ids(session, ids), total, page, size)


def _by_ids(session: Session, ids: Sequence[int]) -> list[Article]:
    query = select(Article).where(Article.id.in_(ids)).options(WITHOUT_BODY)
    found = {one.id: one for one in session.scalars(query)}
    return [found[one] for one in ids]


def all_articles(
    session: Session,
    *,
    page: int = 1,
    size: int = 30,
    status: ArticleStatus | None = None,
    review: ReviewState | None = None,
    narrowed: Sequence[ColumnElement[bool]] = (),
) -> ArticlePage:
    """For editors: all that are not in the bin, the last changed first."""
    query = select(Article).where(in_use(Article), *narrowed)
    if status is not None:
        query = query.where(Article.status == status)
    if review is not None:
        query = query.where(Article.review == review)
    query = query.order_by(Article.updated_at.desc(), Article.id.desc())
    return _page_of(session, [query], page, size)


def article(session: Session, now: datetime, slug: str) -> Article:
    """One public article. Raises ``NotFound``."""
    found = session.scalars(public(now).where(Article.slug == slug)).first()
    if found is None:
        raise NotFound("article", slug=slug)
    return found


def others(session: Session, now: datetime, one: Article, *, limit: int = 5) -> Sequence[Article]:
    """Other articles, those of the same section first."""
    query = public(now).where(Article.id != one.id)
    same = session.scalars(query.where(Article.section_slug == one.section_slug).limit(limit)).all()
    rest = limit - len(same)
    if not rest:
        return same
    more = session.scalars(query.where(Article.section_slug != one.section_slug).limit(rest)).all()
    return [*same, *more]


def pictures_of(session: Session, written: Article | Page) -> dict[str, Medium]:
    """By key, the pictures beside the text of an article; a page has none."""
    if not isinstance(written, Article):
        return {}
    return at_addresses(session, [written.picture, *(one[0] for one in written.gallery)])


def page(session: Session, slug: str, now: datetime) -> Page:
    """A standing page. Raises ``NotFound``."""
    found = session.scalars(public_pages(now).where(Page.slug == slug)).first()
    if found is None:
        raise NotFound("page", slug=slug)
    return found


def pages(session: Session, now: datetime) -> Sequence[Page]:
    """All public standing pages in their order."""
    return session.scalars(public_pages(now)).all()


def all_pages(session: Session) -> Sequence[Page]:
    """For editors: all that are not in the bin."""
    return session.scalars(select(Page).where(in_use(Page)).order_by(Page.position, Page.id)).all()


def is_public(session: Session, now: datetime, written: Article | Page) -> bool:
    """Whether readers have it at ``now``."""
    if isinstance(written, Article):
        return session.scalars(public(now).where(Article.id == written.id)).first() is not None
    return session.scalars(public_pages(now).where(Page.id == written.id)).first() is not None


def moved(session: Session, kind: str, slug: str) -> int | None:
    """The id of what had this address once."""
    found = session.get(FormerAddress, (kind, slug))
    return found.target_id if found else None


def tagged(session: Session, now: datetime, slug: str, *, page: int = 1) -> ArticlePage:
    """A page of the articles with a tag."""
    query = public(now).join(ArticleTag).where(ArticleTag.slug == slug)
    return _page_of(session, [query], page, PAGE_SIZE)


def tag_name(session: Session, slug: str) -> str | None:
    """A tag as it was written last."""
    query = select(ArticleTag.name).where(ArticleTag.slug == slug)
    return session.scalars(query.order_by(ArticleTag.article_id.desc()).limit(1)).first()


def unknown(session: Session, slugs: Sequence[str]) -> list[str]:
    """Those of the addresses at which no article stands."""
    query = select(Article.slug).where(Article.slug.in_(slugs), in_use(Article))
    known = set(session.scalars(query))
    return [slug for slug in slugs if slug not in known]


def featured(session: Session, now: datetime, *, limit: int = 3) -> Sequence[Article]:
    """What editors want seen first, the newest first."""
    query = public(now).where(Article.is_featured.is_(True)).with_only_columns(Article.id)
    return _by_ids(session, session.scalars(query.limit(limit)).all())


def related(session: Session, now: datetime, one: Article, *, limit: int = 5) -> Sequence[Article]:
    """What belongs to an article: chosen by hand, else by its tags."""
    if one.related:
        found = {
            a.slug: a for a in session.scalars(public(now).where(Article.slug.in_(one.related)))
        }
        return [found[slug] for slug in one.related if slug in found][:limit]
    slugs = [row.slug for row in one.tag_rows]
    if not slugs:
        return ()
    same = select(ArticleTag.article_id).where(ArticleTag.slug.in_(slugs))
    query = public(now).where(Article.id.in_(same), Article.id != one.id)
    return session.scalars(query.limit(limit)).all()
