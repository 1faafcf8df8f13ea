"""News: a list, and one article."""

from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.news import reads
from content.news.bodies import to_html
from content.news.models import Article
from content.news.sections import all_sections
from portal.api import parameters


def item(request: Request, article: Article) -> dict[str, Any]:
    """An article in a list."""
    place = {"section": article.section_slug, "slug": article.slug}
    return {
        "slug": article.slug,
        "title": article.title,
        "lead": article.lead,
        "section": article.section_slug,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "author": article.author_line or None,
        "source": article.source or None,
        "url": request.site.base_url + request.route_path("news.article", **place),
    }


@view_config(route_name="api.news", renderer="json", permission=NO_PERMISSION_REQUIRED)
def news(request: Request) -> dict[str, Any]:
    """Published articles, newest first."""
    parameters.known_only(request, "page", "page_size", "section")
    page, size = parameters.page(request)
    sections = {one.slug: one for one in all_sections(request.db)}
    section = parameters.one_of(request, "section", sections, None)
    found = reads.articles(request.db, request.now, section=section, page=page, size=size)
    items = found.items if found.page == page else []
    return {
        "total": found.total,
        "page": page,
        "page_size": size,
        "items": [item(request, one) for one in items],
    }


@view_config(route_name="api.article", renderer="json", permission=NO_PERMISSION_REQUIRED)
def article(request: Request) -> dict[str, Any]:
    """One article with its body as HTML."""
    parameters.known_only(request)
    found = reads.article(request.db, request.now, request.matchdict["slug"])
    body = to_html(found.body, found.body_format)
    return {**item(request, found), "tags": found.tags, "body_html": body}
