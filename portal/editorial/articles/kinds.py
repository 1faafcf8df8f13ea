"""Articles and pages side by side: what differs between their screens, in one place."""

from dataclasses import dataclass
from typing import Any

import colander
from pyramid.request import Request

from content.news import reads, sections
from content.news.models import Article, ArticleStatus, Page, ReviewState
from content.news.service import NewsService, Written
from content.news.texts import ArticleText, PageText
from portal.editorial.articles import schemas
from portal.i18n import _

STATUS_NAMES = {
    ArticleStatus.DRAFT: _("Bản nháp"),
    ArticleStatus.PUBLISHED: _("Đã công bố"),
    ArticleStatus.WITHDRAWN: _("Đã gỡ"),
}
REVIEW_NAMES = {
    ReviewState.WAITING: _("Chờ duyệt"),
    ReviewState.RETURNED: _("Trả lại để sửa"),
}


@dataclass(frozen=True)
class Words:
    """What the screens of one kind say."""

    new: str
    edit: str
    list_of: str


ARTICLE = Words(_("Viết bài mới"), _("Sửa bài viết"), _("Bài viết"))
PAGE = Words(_("Viết trang mới"), _("Sửa trang"), _("Trang"))


def words_of(written: Written | None, *, is_page: bool = False) -> Words:
    """The words of its kind."""
    return PAGE if is_page or isinstance(written, Page) else ARTICLE


def to(request: Request, act: str, written: Written) -> str:
    """An address of one article or page: ``to(request, "edit", article)``."""
    kind = "page" if isinstance(written, Page) else "article"
    return request.route_path(f"editorial.{kind}.{act}", id=written.id)


def list_of(request: Request, written: Written) -> str:
    """The list it stands in."""
    return request.route_path(f"editorial.{'pages' if isinstance(written, Page) else 'articles'}")


def public_url(request: Request, written: Written) -> str:
    """Where readers find it."""
    if isinstance(written, Page):
        return request.route_path("news.page", slug=written.slug)
    return request.route_path("news.article", section=written.section_slug, slug=written.slug)


def status_name(written: Written, now: Any) -> str:
    """In one or two words: where it stands."""
    if written.review in REVIEW_NAMES and written.status is not ArticleStatus.PUBLISHED:
        return REVIEW_NAMES[written.review]
    begins = written.published_at
    if written.status is ArticleStatus.PUBLISHED and begins is not None and begins > now:
        return _("Hẹn giờ công bố")
    return STATUS_NAMES[written.status]


def schema_of(request: Request, written: Written | None, *, is_page: bool) -> colander.SchemaNode:
    """The schema of its form."""
    if not is_page:
        return schemas.article(section_options(request), is_new=written is None)
    own = written.id if written else None
    places = [(str(one.id), one.title) for one in reads.all_pages(request.db) if one.id != own]
    return schemas.page(places, is_new=written is None)


def section_options(request: Request) -> list[tuple[str, str]]:
    """Sections to choose from, those below others set in."""
    return [(one.slug, "– " * depth + one.name) for one, depth in sections.tree(request.db)]


def text_from(data: dict[str, Any], *, is_page: bool) -> ArticleText | PageText:
    """What was written."""
    return schemas.as_page_text(data) if is_page else schemas.as_text(data)


def create(request: Request, text: ArticleText | PageText) -> Written:
    """A new draft."""
    service, me = request.service(NewsService), request.identity.account_id
    if isinstance(text, PageText):
        return service.create_page(text, actor_id=me)
    return service.create(text, actor_id=me)


def is_article(written: Written) -> bool:
    """Whether it is an article."""
    return isinstance(written, Article)
