"""Writing articles and pages: one method for each act of writing.

Every act leaves a revision and an audit line. Where a text stands on its way to readers
is decided in ``review.py``.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid
from content.news.cleaning import sanitise
from content.news.models import (
    MAX_SLUG,
    Article,
    ArticleStatus,
    BodyFormat,
    FormerAddress,
    Page,
)
from content.news.sections import Section
from content.text import slugify
from content.writing import revisions

Pairs = tuple[tuple[str, str], ...]
Written = Article | Page
W = TypeVar("W", bound=Written)


@dataclass(frozen=True)
class ArticleText:
    """What an editor writes. ``slug`` empty: made of the title, or left as it is."""

    title: str
    section: Section
    kicker: str = ""
    lead: str = ""
    body: str = ""
    body_format: BodyFormat = BodyFormat.TEXT
    author_line: str = ""
    photographer: str = ""
    source: str = ""
    tags: tuple[str, ...] = field(default=())
    picture: str = ""
    picture_alt: str = ""
    picture_caption: str = ""
    gallery: Pairs = field(default=())
    attachments: Pairs = field(default=())
    related: tuple[str, ...] = field(default=())
    is_featured: bool = False
    is_pinned: bool = False
    correction: str = ""
    slug: str = ""

    def snapshot(self) -> dict[str, Any]:
        """For a revision."""
        return _plain(asdict(self))

    @classmethod
    def of(cls, snapshot: Mapping[str, Any]) -> "ArticleText":
        """What a revision said; what it does not know is empty."""
        known = _known(cls, snapshot)
        for name in ("tags", "related"):
            known[name] = tuple(known.get(name) or ())
        for name in ("gallery", "attachments"):
            known[name] = tuple((one[0], one[1]) for one in known.get(name) or ())
        return cls(**known | {"section": Section(snapshot["section"])})


@dataclass(frozen=True)
class PageText:
    """What an editor writes of a page."""

    title: str
    lead: str = ""
    body: str = ""
    body_format: BodyFormat = BodyFormat.TEXT
    parent_id: int | None = None
    position: int = 0
    slug: str = ""

    def snapshot(self) -> dict[str, Any]:
        """For a revision."""
        return _plain(asdict(self))

    @classmethod
    def of(cls, snapshot: Mapping[str, Any]) -> "PageText":
        """What a revision said."""
        return cls(**_known(cls, snapshot))


def subject_of(written: Written) -> str:
    """``article:12`` or ``page:3``."""
    return f"{kind_of(written)}:{written.id}"


def kind_of(written: Written) -> str:
    """``article`` or ``page``."""
    return "article" if isinstance(written, Article) else "page"


class NewsService:
    """Articles and pages of one authority."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def create(self, text: ArticleText, *, actor_id: int | None) -> Article:
        """A new draft; its address is made from the title and made unique."""
        article = Article(
            slug=self._free_slug(Article, text.slug or text.title, "tin"),
            status=ArticleStatus.DRAFT,
            created_at=self.now,
        )
        self.session.add(article)
        self._write(article, text, actor_id, "created")
        return article

    def create_page(self, text: PageText, *, actor_id: int | None) -> Page:
        """A new page as a draft."""
        page = Page(
            slug=self._free_slug(Page, text.slug or text.title, "trang"),
            status=ArticleStatus.DRAFT,
        )
        self.session.add(page)
        self._write(page, text, actor_id, "created")
        return page

    def edit(
        self,
        written: W,
        text: ArticleText | PageText,
        *,
        revision: int,
        actor_id: int | None,
        note: str = "",
    ) -> W:
        """Change the words. ``Conflict`` if somebody saved after ``revision`` was read,
        ``Invalid`` for an address that is taken or a page below itself."""
        if written.revision != revision:
            raise Conflict(f"{kind_of(written)}_changed", id=written.id)
        if isinstance(text, PageText) and isinstance(written, Page):
            self._check_place(written, text.parent_id)
        self._move(written, text.slug)
        self._write(written, text, actor_id, "edited", note)
        return written

    def restore(self, written: W, number: int, *, actor_id: int | None) -> W:
        """Say again what revision ``number`` said; a new revision, nothing is lost.

        The address stays. ``NotFound`` for a number that is not there.
        """
        found = revisions.find(self.session, subject_of(written), number)
        said = {**found.snapshot, "slug": ""}
        text: ArticleText | PageText
        if isinstance(written, Article):
            text = ArticleText.of(said)
        else:
            text = PageText.of(said)
            self._check_place(written, text.parent_id)
        self._write(written, text, actor_id, "restored", f"#{number}")
        return written

    def _write(
        self,
        written: Written,
        text: ArticleText | PageText,
        actor_id: int | None,
        act: str,
        note: str = "",
    ) -> None:
        for name, value in _columns(text).items():
            # Equal values are left alone, so that a tag row is not written again.
            if getattr(written, name) != value:
                setattr(written, name, value)
        if isinstance(written, Article) and isinstance(text, ArticleText):
            self._note_correction(written, text)
        written.updated_at = self.now
        self.session.flush()  # a new one needs its id for the revision
        snapshot = text.snapshot() | {"body": written.body, "slug": written.slug}
        subject = subject_of(written)
        revisions.keep(self.session, subject, snapshot, by=actor_id, now=self.now, note=note)
        self._audit(subject, actor_id, f"{kind_of(written)}.{act}")

    def _note_correction(self, article: Article, text: ArticleText) -> None:
        if text.correction != article.correction:
            article.correction = text.correction
            article.corrected_at = self.now if text.correction else None

    def _audit(self, subject: str, actor_id: int | None, action: str) -> None:
        audit.record(self.session, now=self.now, actor_id=actor_id, action=action, subject=subject)

    def _move(self, written: Written, slug: str) -> None:
        """Another address; the former one leads here from now on."""
        if not slug or slug == written.slug:
            return
        slug = slugify(slug, limit=MAX_SLUG)
        model, kind = type(written), kind_of(written)
        if not slug:
            raise Invalid({"slug": "no_letters"}, code="address_empty")
        if slug == written.slug:
            return
        if self.session.scalar(select(model.id).where(model.slug == slug)) is not None:
            raise Invalid({"slug": "taken"}, code="address_taken")
        mine = self.session.get(FormerAddress, (kind, slug))
        if mine is not None:
            self.session.delete(mine)
        self.session.merge(FormerAddress(kind=kind, slug=written.slug, target_id=written.id))
        written.slug = slug

    def _check_place(self, page: Page, parent_id: int | None) -> None:
        """A page stands below no page that stands below it."""
        above = self.session.get(Page, parent_id) if parent_id else None
        if parent_id and above is None:
            raise Invalid({"parent_id": "unknown"}, code="page_unknown")
        while above is not None:
            if above.id == page.id:
                raise Invalid({"parent_id": "circular"}, code="page_circular")
            above = above.parent

    def _free_slug(self, model: type[Article] | type[Page], title: str, usual: str) -> str:
        base = slugify(title, limit=MAX_SLUG - 8) or usual
        query: Callable[[Any], Any] = lambda column: select(column).where(column.like(f"{base}%"))  # noqa: E731
        taken = set(self.session.scalars(query(model.slug)))
        taken |= set(self.session.scalars(query(FormerAddress.slug)))
        if base not in taken:
            return base
        return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)


def _columns(text: ArticleText | PageText) -> dict[str, Any]:
    """The columns that an act of writing sets, as they are stored."""
    columns = {one.name: getattr(text, one.name) for one in fields(text)}
    if text.body_format is BodyFormat.HTML:
        columns["body"] = sanitise(text.body)
    for name in ("tags", "related"):
        if name in columns:
            columns[name] = list(columns[name])
    for name in ("gallery", "attachments"):
        if name in columns:
            columns[name] = [list(one) for one in columns[name]]
    return {name: value for name, value in columns.items() if name not in ("slug", "correction")}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON keeps it."""
    plain = {
        name: [list(one) if isinstance(one, tuple) else one for one in value]
        if isinstance(value, tuple)
        else value
        for name, value in values.items()
    }
    return {name: str(v) if isinstance(v, Section | BodyFormat) else v for name, v in plain.items()}


def _known(kind: type[Any], snapshot: Mapping[str, Any]) -> dict[str, Any]:
    names = {one.name for one in fields(kind)}
    known = {name: value for name, value in snapshot.items() if name in names}
    return known | {"body_format": BodyFormat(snapshot.get("body_format", "text"))}
