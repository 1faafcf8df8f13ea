"""Procedures: a filtered list, and one whole published version."""

from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.errors import Invalid, NotFound
from content.procedures import reads
from content.procedures.facets import Facet
from content.procedures.filing import open_filing
from content.procedures.kinds import LEVEL_BY_SLUG, Level
from content.procedures.listing import Card, Catalogue, Filters, Scope, Sort
from content.procedures.models import Procedure
from content.procedures.presentation import card_fee, card_limit, public_document
from content.procedures.reception_places import place_of
from content.procedures.standing import today
from portal.api import parameters
from search.service import SearchService

STATUSES = {"current": Scope.CURRENT, "all": Scope.ALL, "expired": Scope.EXPIRED}
FACETS = {
    "sector": Facet.SECTOR,
    "agency": Facet.AGENCY,
    "level": Facet.LEVEL,
    "service_level": Facet.SERVICE_LEVEL,
}
LEVELS = {**LEVEL_BY_SLUG, **{level.value: level for level in Level}}


def procedure_url(request: Request, address: str) -> str:
    """The page of a procedure."""
    return f"{request.site.base_url}/thu-tuc/{address}"


def item(request: Request, card: Card) -> dict[str, Any]:
    """A procedure in a list. Unknown is ``null``, never zero."""
    return {
        "code": card.code,
        "slug": card.slug,
        "name": card.name,
        "sector": card.sector,
        "level": card.level.value,
        "agency": card.agency,
        "status": card.status.value,
        "filing": card.filing.value if card.filing else None,
        "service_level": card.service_level.value if card.service_level else None,
        "time_limit": card_limit(card.card),
        "fees": card_fee(card.card, today(request.now)),
        "as_of": card.as_of,
        "url": procedure_url(request, card.address),
    }


@view_config(route_name="api.procedures", renderer="json", permission=NO_PERMISSION_REQUIRED)
def procedures(request: Request) -> dict[str, Any]:
    """The list; ``status`` is ``current`` (default), ``all`` or ``expired``."""
    parameters.known_only(request, "page", "page_size", "q", "status", *FACETS)
    page, page_size = parameters.page(request)
    scope = parameters.one_of(request, "status", STATUSES, Scope.CURRENT)
    query = parameters.text(request, "q")
    ids = hits(request, query) if query.strip() else None
    chosen = {facet: request.GET[name] for name, facet in FACETS.items() if request.GET.get(name)}
    catalogue: Catalogue = request.service(Catalogue)
    chosen = {facet: slug_of(request, catalogue, facet, value) for facet, value in chosen.items()}
    found = catalogue.listing(
        request.db,
        Filters(scope, chosen, ids),
        page=page,
        page_size=page_size,
        sort=Sort.NAME if ids is None else Sort.GIVEN,
    )
    # A page past the end is empty, where the page for people shows the last one.
    items = found.items if found.page == page else []
    return {
        "total": found.total,
        "page": page,
        "page_size": page_size,
        "items": [item(request, card) for card in items],
    }


def slug_of(request: Request, catalogue: Catalogue, facet: Facet, given: str) -> str:
    """The facet's word for a slug or a name. Raises ``Invalid`` for neither."""
    table = catalogue.table(request.db)
    for value in table.values(facet, (1 << len(table.ids)) - 1):
        if given in (value.slug, value.name) or (
            facet is Facet.LEVEL and given in LEVELS and value.slug == LEVELS[given].slug
        ):
            return value.slug
    raise Invalid({facet.value: "not_an_option"})


def hits(request: Request, query: str) -> list[int]:
    """The ids of the procedures a search finds, best first."""
    return request.service(SearchService).procedure_ids(query, at=request.now)


@view_config(route_name="api.procedure", renderer="json", permission=NO_PERMISSION_REQUIRED)
def procedure(request: Request) -> dict[str, Any]:
    """The version in force in the catalogue format, with version, validity and decision."""
    parameters.known_only(request, "level")
    level = parameters.one_of(request, "level", LEVELS, None)
    found = reads.find(request.db, request.matchdict["code"], level)
    if found is None or found.current_version is None:
        raise NotFound("procedure")
    version = found.current_version
    rows = {row.id: row for row in reads.versions(request.db, found)}
    decision = rows[version.id].decision if version.id in rows else None
    filing = open_filing(found)
    return {
        **public_document(version.document),
        "slug": found.slug,
        "status": found.status.value,
        "filing": filing.value if filing else None,
        "url": procedure_url(request, found.address),
        "version": version.number,
        "valid_from": version.valid_from.isoformat() if version.valid_from else None,
        "valid_to": version.valid_to.isoformat() if version.valid_to else None,
        "reception_place": _reception_place(request, found),
        "decision": decision
        and {
            "number": decision.number,
            "signed_on": decision.signed_on.isoformat(),
            "agency": decision.agency,
            "effective_on": decision.in_force_from.isoformat(),
            "is_sample": decision.is_sample,
        },
    }


def _reception_place(request: Request, procedure: Procedure) -> dict[str, Any] | None:
    """Where it is received when that is told by name; ``reason`` and ``legal_basis`` say why
    that is no one-stop desk."""
    place = place_of(request.db, procedure.id)
    if place is None:
        return None
    return {
        "name": place.name,
        "address": place.where or None,
        "phone": place.phone or None,
        "hours": list(place.open_hours),
        "elsewhere": place.elsewhere,
        "reason": place.reason or None,
        "legal_basis": place.legal_basis or None,
    }
