"""News, section, article, page and feed."""

from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPMovedPermanently
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.news import reads
from content.news.bodies import to_html
from content.news.models import Article, Page
from content.news.sections import Section
from portal.http.paging import page_links, page_number

FEED_SIZE = 30


def address(request: Request, article: Article) -> str:
    """The address of an article."""
    return request.route_path("news.article", section=article.section.value, slug=article.slug)


def listing(request: Request, section: Section | None) -> dict[str, Any]:
    """A page of articles with the sections beside."""
    found = reads.articles(request.db, request.now, section=section, page=page_number(request.GET))
    sections = [(request.route_path("news.section", section=one.value), one) for one in Section]
    return {
        "section": section,
        "sections": sections,
        "articles": [(address(request, one), one) for one in found.items],
        "total": found.total,
        "links": page_links(request, found.page, found.pages),
    }


@view_config(
    route_name="news.index", renderer="news/listing.jinja2", permission=NO_PERMISSION_REQUIRED
)
def index(request: Request) -> dict[str, Any]:
    """All news."""
    return listing(request, None)


@view_config(
    route_name="news.section", renderer="news/listing.jinja2", permission=NO_PERMISSION_REQUIRED
)
def section(context: Section, request: Request) -> dict[str, Any]:
    """One section."""
    return listing(request, context)


@view_config(
    route_name="news.article", renderer="news/article.jinja2", permission=NO_PERMISSION_REQUIRED
)
def article(context: Article, request: Request) -> dict[str, Any]:
    """One article, at the address of its own section."""
    if request.matchdict["section"] != context.section.value:
        raise HTTPMovedPermanently(address(request, context))
    others = reads.others(request.db, request.now, context)
    return {
        "article": context,
        "body": to_html(context.body, context.body_format),
        "section_url": request.route_path("news.section", section=context.section.value),
        "others": [(address(request, one), one) for one in others],
    }


@view_config(route_name="news.page", renderer="news/page.jinja2", permission=NO_PERMISSION_REQUIRED)
def page(context: Page, request: Request) -> dict[str, Any]:
    """A standing page."""
    others = [one for one in reads.pages(request.db, request.now) if one.slug != context.slug]
    return {
        "page": context,
        "body": to_html(context.body, context.body_format),
        "others": [(request.route_path("news.page", slug=one.slug), one) for one in others],
    }


@view_config(route_name="news.feed", renderer="news/feed.jinja2", permission=NO_PERMISSION_REQUIRED)
def feed(request: Request) -> dict[str, Any]:
    """Atom (RFC 4287)."""
    found = reads.articles(request.db, request.now, size=FEED_SIZE).items
    response: Response = request.response
    response.content_type = "application/atom+xml"
    updated: datetime = max((one.updated_at for one in found), default=request.now)
    base = request.site.base_url
    return {
        "updated": updated,
        "self_url": base + request.route_path("news.feed"),
        "articles": [(base + address(request, one), one) for one in found],
    }
