"""What the authority says of itself and its rules, in English: units, where to complain, legal
documents, questions, terms.

These pages are there whatever is translated: what is not is said in Vietnamese, and the page
says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markupsafe import Markup
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.agencies.hours import in_english
from content.enquiries import reads as enquiries
from content.enquiries.models import Enquiry
from content.library import reads as library
from content.library.models import LegalDocument
from content.news.bodies import for_page
from content.news.models import BodyFormat
from content.news.translating import format_of
from content.reception import guide
from content.reception.models import ReceivingPlace
from content.reception.service import receiving_places
from content.staff.reads import UnitNode, chart
from content.terms.service import all_terms
from content.words import local
from content.writing.translatable import Said, Told, told
from portal.http.paging import page_links, page_number
from portal.i18n import ENGLISH_ROOT, alternates


def body_html(said: Said, original: BodyFormat = BodyFormat.TEXT) -> Markup:
    """Structured text or HTML as readers see it."""
    form = format_of(said.text) if said.language == "en" else original
    return Markup(for_page(said.text, form, table="Table"))  # noqa: S704 - escaped or sanitised there


def about(request: Request, rows: Iterable[Told]) -> dict[str, Any]:
    """What each of these pages says of its translations."""
    shown = list(rows)
    original = request.path.removeprefix(ENGLISH_ROOT)
    return {
        "original": original,
        "is_whole": all(one.is_whole for one in shown),
        "is_behind": any(one.is_behind for one in shown),
        "alternates": alternates(original),
    }


@view_config(
    route_name="english.documents",
    renderer="english/documents.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def documents(request: Request) -> dict[str, Any]:
    """One page of legal documents, the last issued first."""
    today = local(request.now).date()
    found = library.search(request.db, library.Asked(page=page_number(request.GET)), today)
    said = told(request.db, found.items)
    return {
        "documents": [(one, one.effect(today), said[one.id]) for one in found.items],
        "total": found.total,
        "links": page_links(request, found.page, found.pages),
        **about(request, said.values()),
    }


@view_config(
    route_name="english.document",
    renderer="english/document.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def document(context: LegalDocument, request: Request) -> dict[str, Any]:
    """One with its facts and files."""
    said = told(request.db, [context])[context.id]
    return {
        "document": context,
        "words": said,
        "effect": context.effect(local(request.now).date()),
        **about(request, [said]),
    }


@view_config(
    route_name="english.enquiries",
    renderer="english/enquiries.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def questions(request: Request) -> dict[str, Any]:
    """One page of questions that were answered."""
    found = enquiries.search(request.db, enquiries.Asked(page=page_number(request.GET)))
    said = told(request.db, found.items)
    return {
        "enquiries": [(one, said[one.id]) for one in found.items],
        "total": found.total,
        "links": page_links(request, found.page, found.pages),
        **about(request, said.values()),
    }


@view_config(
    route_name="english.enquiry",
    renderer="english/enquiry.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def question(context: Enquiry, request: Request) -> dict[str, Any]:
    """One question with its answer."""
    said = told(request.db, [context])[context.id]
    return {
        "enquiry": context,
        "words": said,
        "answer": body_html(said["body"], context.body_format),
        **about(request, [said]),
    }


@view_config(
    route_name="english.terms", renderer="english/terms.jinja2", permission=NO_PERMISSION_REQUIRED
)
def terms(request: Request) -> dict[str, Any]:
    """The glossary in the order of the words that stand first."""
    every = all_terms(request.db)
    said = told(request.db, every)
    rows = [(one, said[one.id]) for one in every]
    rows.sort(key=lambda row: (row[1]["name"].language, row[1]["name"].text.casefold()))
    return {"terms": rows, **about(request, said.values())}


@view_config(
    route_name="english.units", renderer="english/units.jinja2", permission=NO_PERMISSION_REQUIRED
)
def units(request: Request) -> dict[str, Any]:
    """The chart: what each unit is for, when it is open, who works there."""
    nodes = chart(request.db)
    every = list(_all(nodes))
    said = told(request.db, [node.unit for node in every])
    hours = {node.unit.id: in_english(node.sessions) for node in every}
    return {"nodes": nodes, "said_of": said, "hours": hours, **about(request, said.values())}


def _all(nodes: Sequence[UnitNode]) -> Iterator[UnitNode]:
    for node in nodes:
        yield node
        yield from _all(node.below)


@view_config(
    route_name="english.guide", renderer="english/guide.jinja2", permission=NO_PERMISSION_REQUIRED
)
def where_to(request: Request) -> dict[str, Any]:
    """Where complaints, denunciations and petitions go."""
    parts = guide.parts(request.db)
    texts = told(request.db, [one.own for one in parts if one.own])
    bodies = {one.part: _body_of(one, texts) for one in parts}
    own = receiving_places(request.db)
    said = told(request.db, own)
    rows: list[tuple[Any, Told]] = [(one, said[one.id]) for one in own]
    rows = rows or [_usual(one) for one in guide.USUAL_PLACES]
    is_own = all(one.is_own for one in parts) and bool(own)
    said_of_page = about(request, [*texts.values(), *said.values()])
    return {
        "parts": [(one, bodies[one.part].language, body_html(bodies[one.part])) for one in parts],
        "places": [(one, words, _reached(request, one)) for one, words in rows],
        **said_of_page,
        # What stands there by law until an authority writes its own is in Vietnamese.
        "is_whole": said_of_page["is_whole"] and is_own,
    }


def _body_of(one: guide.ShownPart, texts: dict[int, Told]) -> Said:
    return texts[one.own.id]["body"] if one.own else Said(one.body, "vi")


def _usual(one: guide.UsualPlace) -> tuple[guide.UsualPlace, Told]:
    return one, Told({"receiver": Said(one.receiver, "vi"), "matter": Said(one.matter, "vi")})


def _reached(request: Request, place: ReceivingPlace | guide.UsualPlace) -> dict[str, str]:
    """Where to write and call; what is empty comes from the agency, else from the site."""
    one = place if isinstance(place, ReceivingPlace) else None
    agency, site = (one.agency if one else None), request.site
    return {
        "address": (agency.address if agency else site.address) or "",
        "phone": (one.phone if one else "") or (agency.phone if agency else site.hotline) or "",
        "email": (one.email if one else "") or (agency.email if agency else site.email) or "",
    }
