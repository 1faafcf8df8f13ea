"""From the address of a page of this site to the public thing it shows."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from pyramid.interfaces import IRoutesMapper
from pyramid.request import Request
from sqlalchemy import select

from content.enquiries.models import Enquiry
from content.library.models import LegalDocument
from content.news.models import Article, Page
from content.procedures import reads as procedures
from content.procedures.kinds import LEVEL_BY_SLUG
from content.procedures.life_events import LifeEvent
from portal.results import Target, targets_of
from portal.vocabulary import Pinned
from search.documents import Kind

Match = Mapping[str, str]
MAX_ADDRESS = 300


def _procedure(request: Request, match: Match) -> int | None:
    found = procedures.find(request.db, match["code"], LEVEL_BY_SLUG.get(match.get("level", "")))
    return found.id if found else None


def _by_slug(model: Any) -> Callable[[Request, Match], int | None]:
    def find(request: Request, match: Match) -> int | None:
        found: int | None = request.db.scalar(select(model.id).where(model.slug == match["slug"]))
        return found

    return find


LOADERS: Mapping[str, tuple[Kind, Callable[[Request, Match], int | None]]] = {
    "catalogue.procedure": (Kind.PROCEDURE, _procedure),
    "catalogue.procedure.level": (Kind.PROCEDURE, _procedure),
    "catalogue.life_event": (Kind.LIFE_EVENT, _by_slug(LifeEvent)),
    "news.article": (Kind.NEWS, _by_slug(Article)),
    "news.page": (Kind.PAGE, _by_slug(Page)),
    "library.document": (Kind.DOCUMENT, _by_slug(LegalDocument)),
    "library.enquiry": (Kind.ENQUIRY, _by_slug(Enquiry)),
}


def shown_at(request: Request, address: str) -> tuple[Pinned, Target] | None:
    """What readers see at an address, pasted whole or from its first slash; ``None`` if it
    is not one that search finds, or nobody may see it."""
    path = _path(request, address)
    mapper = request.registry.getUtility(IRoutesMapper)
    found: dict[str, Any] = mapper(Request.blank(path)) if path else {"route": None}
    route = found["route"]
    if route is None or route.name not in LOADERS:
        return None
    kind, load = LOADERS[route.name]
    object_id = load(request, found["match"])
    if object_id is None:
        return None
    return next(targets_of(request, [Pinned(kind, object_id)]), None)


def _path(request: Request, address: str) -> str | None:
    try:
        parts = urlsplit(address.strip())
        own = urlsplit(request.site.base_url).netloc
        path = unquote(parts.path, errors="strict")
    except ValueError:
        return None
    is_here = not parts.netloc or parts.netloc in (own, request.host)
    return path if is_here and path.startswith("/") and path.isprintable() else None
