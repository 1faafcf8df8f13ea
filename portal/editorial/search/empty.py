"""What people looked for in vain, and what an editor can do about it."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.finding import empty
from content.finding.models import MAX_PHRASE
from portal.editorial.saving import POST_ONLY
from portal.http.notices import Notice, say
from portal.http.pages import posted
from portal.security.permissions import Permission


@view_config(
    route_name="editorial.empty_searches",
    renderer="editorial/search/empty.jinja2",
    permission=Permission.SEARCH_HELP,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """The most asked for first."""
    return {
        "searches": empty.waiting(request.db),
        "total": empty.count(request.db),
        "days": empty.KEPT.days,
    }


@view_config(
    route_name="editorial.empty_search.settle",
    permission=Permission.SEARCH_HELP,
    methods=POST_ONLY,
    uses_session=True,
)
def settle(request: Request) -> Response:
    """Off the list, until somebody looks for it again."""
    empty.settle(request.db, posted(request, "tu")[:MAX_PHRASE], request.now)
    return say(HTTPSeeOther(request.route_path("editorial.empty_searches")), Notice.SITE_SAVED)
