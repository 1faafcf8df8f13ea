"""News, section, article, page and feed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPMovedPermanently, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.errors import NotFound
from content.media.reads import at_addresses, illustrated
from content.news import reads, sections, spoken
from content.news.bodies import for_page
from content.news.models import Article, Page
from content.news.sections import Section
from content.site.visits import views
from portal import signed
from portal.frame import READ
from portal.http.paging import page_links, page_number
from portal.i18n import translated
from portal.news.comments import address_of

FEED_SIZE = 30


def address(request: Request, article: Article) -> str:
    """The address of an article."""
    return request.route_path("news.article", section=article.section_slug, slug=article.slug)


def feed_url(request: Request, section: Section | None) -> str:
    """The Atom feed of a section, or of all."""
    if section is None:
        return request.route_path("news.feed")
    return request.route_path("news.section.feed", section=section.slug)


def list_url(request: Request, section: Section | None) -> str:
    """The list of a section, or of all."""
    if section is None:
        return request.route_path("news.index")
    return request.route_path("news.section", section=section.slug)


def listing(request: Request, section: Section | None) -> dict[str, Any]:
    """A page of articles with the sections beside."""
    found = reads.articles(request.db, request.now, section=section, page=page_number(request.GET))
    over = sections.above(request.db, section) if section else []
    return {
        "section": section,
        "feed_url": feed_url(request, section),
        "trail": [(list_url(request, one), one.name) for one in over],
        "levels": _levels(request, [*over, section] if section else []),
        "articles": [(address(request, one), one) for one in found.items],
        "pictures": at_addresses(request.db, (one.picture for one in found.items)),
        "total": found.total,
        "links": page_links(request, found.page, found.pages),
    }


def _levels(request: Request, path: list[Section]) -> list[list[tuple[str, Section, bool]]]:
    """The sections to go to: the first ones, then those below each of the path."""
    every = sections.all_sections(request.db)
    parents = [None, *(one.id for one in path)]
    levels = [
        [(list_url(request, one), one, one in path) for one in every if one.parent_id == parent]
        for parent in parents
    ]
    return [level for level in levels if level]


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


def _body(request: Request, written: Article | Page) -> str:
    """What readers read, with pictures in all widths and links to the glossary."""
    html = illustrated(request.db, for_page(written.body, written.body_format))
    return request.with_terms(html)


@view_config(
    route_name="news.article", renderer="news/article.jinja2", permission=NO_PERMISSION_REQUIRED
)
def article(context: Article, request: Request) -> dict[str, Any]:
    """One article, at the address of its own section."""
    if request.matchdict["section"] != context.section_slug:
        raise HTTPMovedPermanently(address(request, context))
    related = reads.related(request.db, request.now, context)
    known = {one.id for one in related}
    others = [one for one in reads.others(request.db, request.now, context) if one.id not in known]
    place = {"section": context.section_slug, "slug": context.slug}
    subject = f"article:{context.id}"
    request.environ[READ] = subject
    return {
        "article": context,
        "alternates": translated(request, subject, address(request, context)),
        "views": views(request.db, subject),
        "body": _body(request, context),
        "pictures": reads.pictures_of(request.db, context),
        "trail": [
            (list_url(request, one), one.name)
            for one in (*sections.above(request.db, context.section), context.section)
        ],
        "share_url": request.site.base_url + address(request, context),
        "comments_url": address_of(request, context),
        "spoken_url": request.route_path("news.spoken", **place),
        "tags": [
            (request.route_path("news.tag", tag=row.slug), row.name) for row in context.tag_rows
        ],
        "related": [(address(request, one), one) for one in related],
        "others": [(address(request, one), one) for one in others],
    }


@view_config(route_name="news.spoken", permission=NO_PERMISSION_REQUIRED)
def spoken_text(context: Article, request: Request) -> Response:
    """What the speaker of a commune's loudspeakers reads out, as plain text."""
    return Response(spoken.spoken(context), content_type="text/plain", charset="utf-8")


@view_config(route_name="news.tag", renderer="news/tag.jinja2", permission=NO_PERMISSION_REQUIRED)
def tag(request: Request) -> dict[str, Any]:
    """The articles with a tag."""
    slug = request.matchdict["tag"]
    found = reads.tagged(request.db, request.now, slug, page=page_number(request.GET))
    name = reads.tag_name(request.db, slug)
    if name is None or not found.items:
        raise NotFound("tag")
    return {
        "name": name,
        "articles": [(address(request, one), one) for one in found.items],
        "pictures": at_addresses(request.db, (one.picture for one in found.items)),
        "links": page_links(request, found.page, found.pages),
    }


@view_config(
    route_name="news.preview", renderer="news/preview.jinja2", permission=NO_PERMISSION_REQUIRED
)
def preview(request: Request) -> dict[str, Any] | Response:
    """A text before its publication, for whoever was given the link, until it ends."""
    subject = signed.read(request.settings.secret, request.matchdict["token"], request.now)
    kind, _, key = (subject or "").partition(":")
    models: dict[str, Any] = {"article": Article, "page": Page}
    model = models.get(kind)
    found: Any = request.db.get(model, int(key)) if model and key.isdigit() else None
    if found is None or found.deleted_at is not None:
        raise NotFound("preview")
    if reads.is_public(request.db, request.now, found):
        # A link that was passed on still leads to what readers have by now.
        is_article = model is Article
        path = request.route_path("news.page", slug=found.slug)
        return HTTPSeeOther(address(request, found) if is_article else path)
    request.response.headers["Cache-Control"] = "private, no-store"
    return {
        "article": found,
        "is_article": model is Article,
        "body": illustrated(request.db, for_page(found.body, found.body_format)),
        "pictures": reads.pictures_of(request.db, found),
    }


@view_config(route_name="news.page", renderer="news/page.jinja2", permission=NO_PERMISSION_REQUIRED)
def page(context: Page, request: Request) -> dict[str, Any]:
    """A standing page with those below it and beside it."""

    def links(pages: Iterable[Page]) -> list[tuple[str, Page]]:
        return [(request.route_path("news.page", slug=one.slug), one) for one in pages]

    found = reads.pages(request.db, request.now)
    beside = (one for one in found if one.parent_id == context.parent_id and one is not context)
    trail: list[tuple[str, str]] = []
    above = context.parent
    while above is not None:
        trail.insert(0, (request.route_path("news.page", slug=above.slug), above.title))
        above = above.parent
    return {
        "page": context,
        "alternates": translated(request, f"page:{context.id}", request.path),
        "body": _body(request, context),
        "share_url": request.site.base_url + request.path,
        "trail": trail,
        "below": links(one for one in found if one.parent_id == context.id),
        "others": links(beside),
    }


@view_config(route_name="news.feed", renderer="news/feed.jinja2", permission=NO_PERMISSION_REQUIRED)
def feed(request: Request) -> dict[str, Any]:
    """All news as Atom (RFC 4287)."""
    return _feed(request, None)


@view_config(
    route_name="news.section.feed", renderer="news/feed.jinja2", permission=NO_PERMISSION_REQUIRED
)
def section_feed(context: Section, request: Request) -> dict[str, Any]:
    """One section as Atom."""
    return _feed(request, context)


def _feed(request: Request, section: Section | None) -> dict[str, Any]:
    found = reads.latest(request.db, request.now, section=section, limit=FEED_SIZE)
    response: Response = request.response
    response.content_type = "application/atom+xml"
    updated: datetime = max((one.updated_at for one in found), default=request.now)
    base = request.site.base_url
    return {
        "title": f"{section.name} – {request.site.name}" if section else request.site.name,
        "updated": updated,
        "self_url": base + feed_url(request, section),
        "list_url": base + list_url(request, section),
        # An entry is the same after its address changed, and in every feed (RFC 4287, 4.2.6).
        "entry_id": base + feed_url(request, None) + "#bai-",
        "articles": [(base + address(request, one), one) for one in found],
    }
