"""The full listing and the list of sectors."""

from itertools import groupby
from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.procedures.facets import Facet
from content.procedures.listing import Catalogue, Filters
from content.text import sort_key
from portal.catalogue.narrowing import Narrowing
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.procedures.rows import rows
from search.service import SearchService


@view_config(
    route_name="catalogue.listing",
    renderer="catalogue/listing.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def listing(request: Request) -> dict[str, Any]:
    """Procedures with facets, counts, orders and pages."""
    narrowing = Narrowing.of(request)
    ids = None
    if narrowing.words:
        ids = request.service(SearchService).procedure_ids(narrowing.words, at=request.now)
    found = request.service(Catalogue).listing(
        request.db, narrowing.filters(ids), page=page_number(request.GET), sort=narrowing.sort
    )
    all_sectors = (request.route_path("catalogue.sectors"), _("Tất cả lĩnh vực"))
    return {
        "narrowing": narrowing,
        "narrowing_chips": narrowing.chips(found),
        "kept": narrowing.kept(),
        "listing": found,
        "rows": rows(request, found.items),
        "groups": narrowing.groups(found, all_sectors),
        "scopes": narrowing.scopes(),
        "sorts": narrowing.sorts(),
        "links": page_links(request, found.page, found.pages),
    }


@view_config(
    route_name="catalogue.sectors",
    renderer="catalogue/sectors.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def sectors(request: Request) -> dict[str, Any]:
    """Every sector with the number of its procedures, by first letter."""
    found = request.service(Catalogue).listing(request.db, Filters(), page_size=1)
    base = request.route_path("catalogue.listing")
    lines = sorted(
        (
            (f"{base}?linh-vuc={value.slug}", value.name, value.count)
            for value in found.facets[Facet.SECTOR]
        ),
        key=lambda line: sort_key(line[1]),
    )
    letters = [
        (letter, list(group))
        for letter, group in groupby(lines, key=lambda line: line[1][:1].upper())
    ]
    return {"letters": letters}
