"""Lists of articles and pages for editors."""

from collections.abc import Sequence
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from content.news import desk, reads
from content.news.models import Article, ArticleStatus, Page, ReviewState
from portal.editorial.articles.kinds import status_name, to
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.security.permissions import Permission

#: The narrower lists: address → (words, status, review).
FILTERS: dict[str, tuple[str, ArticleStatus | None, ReviewState | None]] = {
    "": (_("Tất cả"), None, None),
    "cua-toi": (_("Nháp của tôi"), None, None),
    "cho-duyet": (_("Chờ duyệt"), None, ReviewState.WAITING),
    "tra-lai": (_("Trả lại để sửa"), None, ReviewState.RETURNED),
    "nhap": (_("Bản nháp"), ArticleStatus.DRAFT, None),
    "cong-bo": (_("Đã công bố"), ArticleStatus.PUBLISHED, None),
    "da-go": (_("Đã gỡ"), ArticleStatus.WITHDRAWN, None),
}


#: Drafts in which this editor wrote: a filter of both lists.
MINE = "cua-toi"


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
    found = reads.all_articles(
        request.db,
        page=number,
        status=status,
        review=review,
        narrowed=desk.drafts_of(Article, request.identity.account_id) if chosen == MINE else (),
    )
    return {
        "articles": [
            (to(request, "preview", one), one, status_name(one, request.now)) for one in found.items
        ],
        "filters": _filters(request.route_path("editorial.articles"), chosen),
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
    """Pages as a tree, in their order; of a narrower list those that fit, side by side."""
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in FILTERS else ""
    found = _narrowed(request, chosen)
    known = {one.id for one in found}
    tops = [one for one in found if one.parent_id not in known]
    return {
        "pages": [
            (to(request, "preview", one), one, depth, status_name(one, request.now))
            for top in tops
            for one, depth in _branch(top, found, 0)
        ],
        "filters": _filters(request.route_path("editorial.pages"), chosen),
        "heading": FILTERS[chosen][0] if chosen else _("Các trang"),
    }


def _narrowed(request: Request, chosen: str) -> Sequence[Page]:
    found = reads.all_pages(request.db)
    _words, status, review = FILTERS[chosen]
    if chosen == MINE:
        mine = select(Page.id).where(*desk.drafts_of(Page, request.identity.account_id))
        known = set(request.db.scalars(mine))
        return [one for one in found if one.id in known]
    return [
        one
        for one in found
        if (status is None or one.status is status) and (review is None or one.review is review)
    ]


def _filters(base: str, chosen: str) -> list[tuple[str, str, bool]]:
    return [
        (f"{base}?loc={key}" if key else base, label, key == chosen)
        for key, (label, _status, _review) in FILTERS.items()
    ]


def _branch(page: Page, pages: Any, depth: int) -> list[tuple[Page, int]]:
    below = [one for one in pages if one.parent_id == page.id]
    return [(page, depth), *(row for one in below for row in _branch(one, pages, depth + 1))]
