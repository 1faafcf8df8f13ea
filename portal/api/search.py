"""Search and suggestions."""

from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from portal.api import parameters
from portal.results import Target, targets_of
from search.documents import Kind
from search.service import Hit, SearchRequest, SearchService

TYPES = {kind.value: kind for kind in Kind}
SUGGESTIONS = 8


@view_config(route_name="api.search", renderer="json", permission=NO_PERMISSION_REQUIRED)
def search(request: Request) -> dict[str, Any]:
    """Everything public that answers ``q``, best first; history last."""
    parameters.known_only(request, "q", "type", "page", "page_size")
    page, size = parameters.page(request)
    kind = parameters.one_of(request, "type", TYPES, None)
    text = parameters.text(request, "q")
    filters = {"kind": (kind.value,)} if kind else {}
    found = request.service(SearchService).search(
        SearchRequest(text, request.now, filters, page=page, page_size=size)
    )
    return {
        "query": text,
        "total": found.total,
        "did_you_mean": None,
        "items": [item(request, *one) for one in targets_of(request, found.hits)],
    }


def item(request: Request, hit: Hit, target: Target) -> dict[str, Any]:
    """One result; ``code``, ``level`` and ``status`` are those of procedures."""
    card = target.card
    return {
        "type": hit.kind.value,
        "code": card.code if card else None,
        "slug": target.slug,
        "level": card.level.value if card else None,
        "status": card.status.value if card else None,
        "title": hit.title,
        "snippet": "".join(words for words, _ in hit.snippet),
        "url": request.site.base_url + target.url,
        "score": round(hit.score, 4),
    }


@view_config(route_name="api.suggest", renderer="json", permission=NO_PERMISSION_REQUIRED)
def suggest(request: Request) -> dict[str, Any]:
    """The first titles that answer what was typed so far."""
    parameters.known_only(request, "q")
    text = parameters.text(request, "q")
    if not text.strip():
        return {"items": []}
    found = request.service(SearchService).search(
        SearchRequest(text, request.now, page_size=SUGGESTIONS)
    )
    return {
        "items": [
            {
                "text": hit.title,
                "type": hit.kind.value,
                "url": request.site.base_url + target.url,
            }
            for hit, target in targets_of(request, found.hits)
        ]
    }
