"""Writing news: one method for each act. Every act leaves a revision and an audit line."""

from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid, InvalidTransition
from content.news.models import (
    MAX_SLUG,
    Article,
    ArticleRevision,
    ArticleStatus,
    BodyFormat,
)
from content.news.sections import Section
from content.text import slugify


@dataclass(frozen=True)
class ArticleText:
    """What an editor writes."""

    title: str
    section: Section
    kicker: str = ""
    lead: str = ""
    body: str = ""
    author_line: str = ""
    source: str = ""
    tags: tuple[str, ...] = field(default=())

    def snapshot(self) -> dict[str, object]:
        """For a revision."""
        return asdict(self) | {"section": self.section.value, "tags": list(self.tags)}


class NewsService:
    """Articles of one authority."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def create(self, text: ArticleText, *, actor_id: int | None) -> Article:
        """A new draft; its address is made from the title and made unique."""
        article = Article(
            slug=self._free_slug(text.title),
            status=ArticleStatus.DRAFT,
            created_at=self.now,
            body_format=BodyFormat.TEXT,
        )
        self.session.add(article)
        self._write(article, text, actor_id, "article.created")
        return article

    def edit(
        self, article: Article, text: ArticleText, *, revision: int, actor_id: int | None
    ) -> Article:
        """Change the words. ``Conflict`` if somebody saved after ``revision`` was read."""
        if article.revision != revision:
            raise Conflict("article_changed", article=article.id)
        self._write(article, text, actor_id, "article.edited")
        return article

    def publish(self, article: Article, *, actor_id: int | None) -> None:
        """Show it from now on. ``Invalid`` names what is missing."""
        if article.status is ArticleStatus.PUBLISHED:
            raise InvalidTransition("already_published", article=article.id)
        wanted = {"title": article.title, "lead": article.lead, "body": article.body}
        missing = {name: "required" for name, value in wanted.items() if not value.strip()}
        if missing:
            raise Invalid(missing, code="article_incomplete")
        article.status = ArticleStatus.PUBLISHED
        article.published_at = article.published_at or self.now
        article.updated_at = self.now
        self._note(article, actor_id, "article.published")

    def withdraw(self, article: Article, *, actor_id: int | None) -> None:
        """Take it back; it stays for editors."""
        if article.status is not ArticleStatus.PUBLISHED:
            raise InvalidTransition("not_published", article=article.id)
        article.status = ArticleStatus.WITHDRAWN
        article.updated_at = self.now
        self._note(article, actor_id, "article.withdrawn")

    def _write(
        self, article: Article, text: ArticleText, actor_id: int | None, action: str
    ) -> None:
        article.section = text.section
        article.kicker, article.title, article.lead = text.kicker, text.title, text.lead
        article.body, article.tags = text.body, list(text.tags)
        article.author_line, article.source = text.author_line, text.source
        article.body_format = BodyFormat.TEXT
        article.updated_at = self.now
        self.session.flush()  # a new article needs its id for the revision
        article.revisions.append(
            ArticleRevision(
                number=len(article.revisions) + 1,
                snapshot=text.snapshot(),
                written_by=actor_id,
                written_at=self.now,
            )
        )
        self._note(article, actor_id, action)

    def _note(self, article: Article, actor_id: int | None, action: str) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=actor_id,
            action=action,
            subject=f"article:{article.id}",
        )

    def _free_slug(self, title: str) -> str:
        base = slugify(title, limit=MAX_SLUG - 8) or "tin"
        taken = set(self.session.scalars(select(Article.slug).where(Article.slug.like(f"{base}%"))))
        if base not in taken:
            return base
        return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
