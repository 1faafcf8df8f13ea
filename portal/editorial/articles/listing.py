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
    "ban-sua": (_("Có bản sửa chờ công bố"), None, None),
    "tra-lai": (_("Trả lại để sửa"), None, ReviewState.RETURNED),
    "nhap": (_("Bản nháp"), ArticleStatus.DRAFT, None),
    "cong-bo": (_("Đã công bố"), ArticleStatus.PUBLISHED, None),
    "da-go": (_("Đã gỡ"), ArticleStatus.WITHDRAWN, None),
}


#: Of both lists: drafts in which this editor wrote, published texts with a working copy.
MINE, COPIES = "cua-toi", "ban-sua"


def _narrowing(request: Request, model: desk.Written, chosen: str) -> desk.Conditions:
    if chosen == MINE:
        return desk.drafts_of(model, request.identity.account_id)
    return desk.with_copies(model) if chosen == COPIES else ()


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
        narrowed=_narrowing(request, Article, chosen),
    )
    return {
        "articles": [
            (to(request, "preview", one), one, status_name(one, request.now)) for one in found.items
        ],
        "filters": _filters(request, "editorial.articles", chosen),
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
        "filters": _filters(request, "editorial.pages", chosen),
        "heading": FILTERS[chosen][0] if chosen else _("Các trang"),
    }


def _narrowed(request: Request, chosen: str) -> Sequence[Page]:
    found = reads.all_pages(request.db)
    _words, status, review = FILTERS[chosen]
    if conditions := _narrowing(request, Page, chosen):
        known = set(request.db.scalars(select(Page.id).where(*conditions)))
        return [one for one in found if one.id in known]
    return [
        one
        for one in found
        if (status is None or one.status is status) and (review is None or one.review is review)
    ]


def _filters(request: Request, route: str, chosen: str) -> list[tuple[str, str, bool]]:
    """Working copies there are only where two pairs of eyes are asked for."""
    base, four_eyes = request.route_path(route), request.settings.editorial.four_eyes
    return [
        (f"{base}?loc={key}" if key else base, label, key == chosen)
        for key, (label, _status, _review) in FILTERS.items()
        if key != COPIES or four_eyes or chosen == COPIES
    ]


def _branch(page: Page, pages: Any, depth: int) -> list[tuple[Page, int]]:
    below = [one for one in pages if one.parent_id == page.id]
    return [(page, depth), *(row for one in below for row in _branch(one, pages, depth + 1))]
