"""Writing articles and pages: one method for each act of writing.

Every act leaves a revision and an audit line. Where a text stands on its way to readers
is decided in ``review.py``.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid, NotAllowed
from content.news import sections
from content.news.completeness import missing_of
from content.news.models import MAX_SLUG, Article, ArticleStatus, FormerAddress, Page, WorkingCopy
from content.news.texts import ArticleText, PageText, Text, columns_of
from content.text import slugify
from content.writing import revisions

Written = Article | Page
W = TypeVar("W", bound=Written)


def subject_of(written: Written) -> str:
    """``article:12`` or ``page:3``."""
    return f"{kind_of(written)}:{written.id}"


def kind_of(written: Written) -> str:
    """``article`` or ``page``."""
    return "article" if isinstance(written, Article) else "page"


class NewsService:
    """Articles and pages of one authority. ``four_eyes``: what readers see is not changed by
    one person alone (``copies.py``)."""

    def __init__(self, session: Session, now: datetime, *, four_eyes: bool = False) -> None:
        self.session = session
        self.now = now
        self.four_eyes = four_eyes

    def create(self, text: ArticleText, *, actor_id: int | None) -> Article:
        """A new draft; its address is made from the title and made unique."""
        self._check_section(text)
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
        text: Text,
        *,
        revision: int,
        actor_id: int | None,
        note: str = "",
    ) -> W:
        """Change the words. ``Conflict`` if somebody saved after ``revision`` was read,
        ``Invalid`` for an address that is taken, a page below itself, or a published text
        that would lack what readers need. What a working copy said is said now, or gone."""
        if written.revision != revision:
            raise Conflict(f"{kind_of(written)}_changed", id=written.id)
        self._check_alone(written)
        self.check(written, text)
        self.write(written, text, actor_id=actor_id, act="edited", note=note)
        return written

    def check(self, written: Written, text: Text) -> None:
        """Raises ``Invalid`` if this may not become what the text says."""
        if isinstance(text, PageText) and isinstance(written, Page):
            self._check_place(written, text.parent_id)
        self._check_section(text)
        self._check_address(written, text.slug)
        if written.status is ArticleStatus.PUBLISHED and (missing := missing_of(text)):
            raise Invalid(dict.fromkeys(missing, "required"), code="article_incomplete")

    def write(
        self, written: Written, text: Text, *, actor_id: int | None, act: str, note: str = ""
    ) -> None:
        """What :meth:`check` let pass becomes what the text says; its working copy goes."""
        self._move(written, text.slug)
        self._write(written, text, actor_id, act, note)
        copy = self.session.get(WorkingCopy, subject_of(written))
        if copy is not None:
            self.session.delete(copy)

    def _check_section(self, text: Text) -> None:
        if isinstance(text, ArticleText) and sections.find(self.session, text.section) is None:
            raise Invalid({"section": "unknown"}, code="section_unknown")

    def _check_alone(self, written: Written) -> None:
        if self.four_eyes and written.status is ArticleStatus.PUBLISHED:
            raise NotAllowed("four_eyes")

    def restore(self, written: W, number: int, *, actor_id: int | None) -> W:
        """Say again what revision ``number`` said; a new revision, nothing is lost.

        The address stays. ``NotFound`` for a number that is not there; ``Invalid`` while
        a working copy waits, or where readers would miss something.
        """
        self._check_alone(written)
        if self.session.get(WorkingCopy, subject_of(written)) is not None:
            raise Invalid({"number": "copy"}, code="copy_waits")
        found = revisions.find(self.session, subject_of(written), number)
        kind = ArticleText if isinstance(written, Article) else PageText
        text: Text = kind.of({**found.snapshot, "slug": ""})
        self.check(written, text)
        self._write(written, text, actor_id, "restored", f"#{number}")
        return written

    def _write(
        self,
        written: Written,
        text: Text,
        actor_id: int | None,
        act: str,
        note: str = "",
    ) -> None:
        for name, value in columns_of(text).items():
            # Equal values are left alone, so that a tag row is not written again.
            if getattr(written, name) != value:
                setattr(written, name, value)
        if isinstance(written, Article) and isinstance(text, ArticleText):
            self._note_correction(written, text)
        written.updated_at = self.now
        self.session.flush()  # a new one needs its id for the revision
        self.session.expire(written, ["section"] if isinstance(written, Article) else ["parent"])
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

    def _move(self, written: Written, wanted: str) -> None:
        """Another address; the former one leads here from now on."""
        slug = self._check_address(written, wanted)
        if slug == written.slug:
            return
        kind = kind_of(written)
        own = self.session.get(FormerAddress, (kind, slug))
        if own is not None:
            self.session.delete(own)
        self.session.merge(FormerAddress(kind=kind, slug=written.slug, target_id=written.id))
        written.slug = slug

    def _check_address(self, written: Written, wanted: str) -> str:
        """The address it will have. ``Invalid`` for one without letters, one that something
        has, and one that leads readers' bookmarks to something else."""
        slug = slugify(wanted, limit=MAX_SLUG)
        if wanted and not slug:
            raise Invalid({"slug": "no_letters"}, code="address_empty")
        if not slug or slug == written.slug:
            return written.slug
        model = type(written)
        has_it = self.session.scalar(select(model.id).where(model.slug == slug))
        led = self.session.get(FormerAddress, (kind_of(written), slug))
        if has_it is not None or (led is not None and led.target_id != written.id):
            raise Invalid({"slug": "taken"}, code="address_taken")
        return slug

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
