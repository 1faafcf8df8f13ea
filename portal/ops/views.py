"""Health, readiness, robots, site map and the security contact. No page of these is private."""

from collections.abc import Iterator
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy import select, text

from content.enquiries import reads as enquiry_reads
from content.library.models import KIND as LEGAL_DOCUMENT
from content.library.models import LegalDocument
from content.news.models import Article, Page
from content.news.reads import public, public_pages
from content.outbox import backlog
from content.procedures.kinds import PUBLIC
from content.procedures.models import Procedure
from content.procedures.translating import subject_of
from content.writing.translatable import KINDS, readable

STALE_AFTER = 600
MAP_LIMIT = 50_000
MAIN = (
    "/",
    "/thu-tuc",
    "/tin-tuc",
    "/su-kien",
    "/co-cau-to-chuc",
    "/lich-tiep-cong-dan",
    "/van-ban",
    "/hoi-dap",
    "/thuat-ngu",
)


@view_config(route_name="ops.health", renderer="json", permission=NO_PERMISSION_REQUIRED)
def health(request: Request) -> dict[str, Any]:
    """The process answers."""
    request.response.headers["Cache-Control"] = "no-store"
    return {"status": "ok"}


@view_config(route_name="ops.ready", renderer="json", permission=NO_PERMISSION_REQUIRED)
def ready(request: Request) -> dict[str, Any]:
    """The database answers and the worker keeps up; 503 otherwise."""
    request.response.headers["Cache-Control"] = "no-store"
    request.db.execute(text("SELECT 1"))
    waiting = backlog(request.db, request.now)
    age = int((request.now - waiting.oldest).total_seconds()) if waiting.oldest else 0
    keeps_up = age < STALE_AFTER
    request.response.status_int = 200 if keeps_up else 503
    return {
        "status": "ok" if keeps_up else "behind",
        "outbox": {"waiting": waiting.waiting, "oldest_seconds": age, "failed": waiting.given_up},
    }


@view_config(route_name="ops.robots", permission=NO_PERMISSION_REQUIRED)
def robots(request: Request) -> Response:
    """A sample site stays out of search engines."""
    rules = "Disallow: /" if request.site.sample else "Disallow: /tai-khoan\nDisallow: /can-bo"
    text_ = f"User-agent: *\n{rules}\nSitemap: {request.site.base_url}/sitemap.xml\n"
    return Response(text_, content_type="text/plain", charset="utf-8")


@view_config(
    route_name="ops.sitemap", renderer="ops/sitemap.jinja2", permission=NO_PERMISSION_REQUIRED
)
def sitemap(request: Request) -> dict[str, Any]:
    """All procedures, published questions and the main pages."""
    request.response.content_type = "application/xml"
    shown = select(Procedure).where(Procedure.status.in_(PUBLIC))
    rows = request.db.scalars(shown.order_by(Procedure.id).limit(MAP_LIMIT))
    return {
        "paths": MAIN,
        "procedures": [
            (one.address, one.updated_at, subject_of(one) in request.frame.in_english)
            for one in rows
        ],
        "enquiries": enquiry_reads.addresses(request.db, MAP_LIMIT),
        "english": list(_written_in_english(request)),
    }


def _written_in_english(request: Request) -> Iterator[str]:
    """Paths of articles, pages and legal documents that have a published translation."""
    known = request.frame.in_english
    wanted = {
        kind: [int(one.partition(":")[2]) for one in known if one.startswith(f"{kind}:")]
        for kind in ("article", "page", LEGAL_DOCUMENT)
    }
    articles = public(request.now).where(Article.id.in_(wanted["article"]))
    for one in request.db.scalars(articles):
        place = {"section": one.section_slug, "slug": one.slug}
        yield request.route_path("news.article", **place)
    for page in request.db.scalars(public_pages(request.now).where(Page.id.in_(wanted["page"]))):
        yield request.route_path("news.page", slug=page.slug)
    documents = readable(KINDS[LEGAL_DOCUMENT])
    for one in request.db.scalars(documents.where(LegalDocument.id.in_(wanted[LEGAL_DOCUMENT]))):
        yield request.route_path("library.document", slug=one.slug)


@view_config(route_name="ops.security", permission=NO_PERMISSION_REQUIRED)
def security(request: Request) -> Response:
    """RFC 9116."""
    expires = request.now.replace(year=request.now.year + 1, month=1, day=1)
    lines = (
        f"Contact: mailto:{request.site.email}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: vi, en",
    )
    return Response("\n".join(lines) + "\n", content_type="text/plain", charset="utf-8")
