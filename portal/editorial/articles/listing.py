"""Lists of articles and pages for editors."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from content.news import reads
from content.news.models import ArticleStatus, Page, ReviewState
from portal.editorial.articles.kinds import status_name, to
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.security.permissions import Permission

#: The narrower lists: address → (words, status, review).
FILTERS: dict[str, tuple[str, ArticleStatus | None, ReviewState | None]] = {
    "": (_("Tất cả"), None, None),
    "cho-duyet": (_("Chờ duyệt"), None, ReviewState.WAITING),
    "tra-lai": (_("Trả lại để sửa"), None, ReviewState.RETURNED),
    "nhap": (_("Bản nháp"), ArticleStatus.DRAFT, None),
    "cong-bo": (_("Đã công bố"), ArticleStatus.PUBLISHED, None),
    "da-go": (_("Đã gỡ"), ArticleStatus.WITHDRAWN, None),
}


@view_config(
    route_name="editorial.home",
    renderer="editorial/articles/listing.jinja2",
    permission=Permission.EDITORIAL_USE,
    uses_session=True,
)
@view_config(
    route_name="editorial.articles",
    renderer="editorial/articles/listing.jinja2",
    permission=Permission.EDITORIAL_USE,
    uses_session=True,
)
def articles(request: Request) -> dict[str, Any]:
    """Articles, the last changed first."""
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in FILTERS else ""
    words, status, review = FILTERS[chosen]
    number = page_number(request.GET)
    found = reads.all_articles(request.db, page=number, status=status, review=review)
    base = request.route_path("editorial.articles")
    return {
        "articles": [
            (to(request, "preview", one), one, status_name(one, request.now)) for one in found.items
        ],
        "filters": [
            (f"{base}?loc={key}" if key else base, label, key == chosen)
            for key, (label, _status, _review) in FILTERS.items()
        ],
        "heading": words,
        "links": page_links(request, found.page, found.pages),
        "total": found.total,
    }


@view_config(
    route_name="editorial.pages",
    renderer="editorial/articles/pages.jinja2",
    permission=Permission.EDITORIAL_USE,
    uses_session=True,
)
def pages(request: Request) -> dict[str, Any]:
    """Pages as a tree, in their order."""
    found = reads.all_pages(request.db)
    known = {one.id for one in found}
    tops = [one for one in found if one.parent_id not in known]
    return {
        "pages": [
            (to(request, "preview", one), one, depth, status_name(one, request.now))
            for top in tops
            for one, depth in _branch(top, found, 0)
        ],
    }


def _branch(page: Page, pages: Any, depth: int) -> list[tuple[Page, int]]:
    below = [one for one in pages if one.parent_id == page.id]
    return [(page, depth), *(row for one in below for row in _branch(one, pages, depth + 1))]
