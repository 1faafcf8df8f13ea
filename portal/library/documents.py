"""The list of legal documents, one of them, and its files."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.errors import NotFound
from content.library import reads
from content.library.kinds import DocumentKind, Effect
from content.library.models import MAX_NAME, LegalDocument
from content.text import clean
from content.words import local
from portal.http.downloads import send_file
from portal.http.paging import page_links, page_number
from portal.i18n import listed, translated
from search.documents import Kind
from search.index import IndexUnavailable
from search.service import SearchService

#: How many documents may be found by the text of their files.
IN_FILES = 500
WORDS, KIND, AGENCY, YEAR, EFFECT = "q", "loai", "co-quan", "nam", "hieu-luc"


def asked(query: Mapping[str, str]) -> reads.Asked:
    """What an address asks for; nonsense asks for nothing."""
    kind, effect, year = query.get(KIND), query.get(EFFECT), query.get(YEAR, "")
    return reads.Asked(
        words=clean(query.get(WORDS, ""))[:MAX_NAME],
        kind=DocumentKind(kind) if kind in list(DocumentKind) else None,
        agency=clean(query.get(AGENCY, ""))[:MAX_NAME],
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        effect=Effect(effect) if effect in list(Effect) else None,
        page=page_number(query),
    )


@view_config(
    route_name="library.documents",
    renderer="library/documents.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def listing(request: Request) -> dict[str, Any]:
    """One page of documents with what can be chosen."""
    today = local(request.now).date()
    chosen = asked(request.GET)
    if chosen.words:
        chosen = replace(chosen, said_by=_said_by(request, chosen.words))
    found = reads.search(request.db, chosen, today)
    return {
        "alternates": listed(request),
        "asked": chosen,
        "found": found,
        "documents": [(one, one.effect(today)) for one in found.items],
        "choices": reads.choices(request.db),
        "effects": list(Effect),
        "links": page_links(request, found.page, found.pages),
    }


def _said_by(request: Request, words: str) -> tuple[int, ...]:
    """The documents whose files say the words; none while there is no index."""
    search = request.service(SearchService)
    try:
        return tuple(search.ids(Kind.DOCUMENT, words, at=request.now, limit=IN_FILES))
    except IndexUnavailable:
        return ()


@view_config(
    route_name="library.document",
    renderer="library/document.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def document(context: LegalDocument, request: Request) -> dict[str, Any]:
    """Its facts, its files, and which procedures rest on it."""
    listing_path = request.route_path("catalogue.listing")
    return {
        "alternates": translated(request, context.subject, request.path),
        "document": context,
        "effect": context.effect(local(request.now).date()),
        "procedures": [
            (f"{listing_path}/{one.address}", one.name)
            for one in reads.citing(request.db, context.number)
        ],
    }


@view_config(route_name="library.file", permission=NO_PERMISSION_REQUIRED)
def file(context: LegalDocument, request: Request) -> Response:
    """One of its files, to be saved."""
    wanted = int(request.matchdict["file"][:18])
    found = next((one for one in context.files if one.id == wanted), None)
    if found is None:
        raise NotFound("file")
    return send_file(request, found.file, found.name)
