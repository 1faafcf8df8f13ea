"""The list of internal processes."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from content.processes.listing import browse
from portal.http.paging import page_links, page_number
from portal.security.permissions import Permission

MAX_QUERY = 200


@view_config(
    route_name="editorial.processes",
    renderer="editorial/processes/list.jinja2",
    permission=Permission.PROCESS_EDIT,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """Procedures in force, with their own process or the standard rows."""
    query, only_own = request.GET.get("q", "")[:MAX_QUERY], request.GET.get("rieng") == "1"
    found = browse(request.db, query, only_own=only_own, page=page_number(request.GET))
    return {
        "found": found,
        "rows": [(request.route_path("editorial.process", id=one.id), one) for one in found.lines],
        "links": page_links(request, found.number, found.pages),
        "query": query,
        "only_own": only_own,
    }
