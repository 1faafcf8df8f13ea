"""Questions and answers that readers see: the list and one of them."""

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.enquiries import reads
from content.enquiries.models import MAX_TOPIC, Enquiry
from content.news.bodies import for_page, to_text
from content.procedures.kinds import PUBLIC
from content.text import clean
from portal.http.paging import page_links, page_number
from portal.i18n import listed, translated
from portal.procedures.rows import procedure_url

WORDS, TOPIC, SECTOR = "q", "chu-de", "linh-vuc"
MAX_WORDS = 200


def asked(query: Mapping[str, str]) -> reads.Asked:
    """What an address asks for."""
    return reads.Asked(
        words=clean(query.get(WORDS, ""))[:MAX_WORDS],
        topic=clean(query.get(TOPIC, ""))[:MAX_TOPIC],
        sector=clean(query.get(SECTOR, ""))[:MAX_TOPIC],
        page=page_number(query),
    )


@view_config(
    route_name="library.enquiries",
    renderer="library/enquiries.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def listing(request: Request) -> dict[str, Any]:
    """One page of questions with what can be chosen, and how many wait for an answer."""
    chosen = asked(request.GET)
    found = reads.search(request.db, chosen)
    days = request.settings.editorial.answer_days
    return {
        "alternates": listed(request),
        "asked": chosen,
        "found": found,
        "enquiries": [(one, to_text(one.body, one.body_format)) for one in found.items],
        "choices": reads.choices(request.db),
        "waiting": reads.waiting(request.db, request.now, days),
        "answer_days": days,
        "links": page_links(request, found.page, found.pages),
    }


@view_config(
    route_name="library.enquiry",
    renderer="library/enquiry.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def enquiry(context: Enquiry, request: Request) -> dict[str, Any]:
    """The question, its answer, and the procedures it is about."""
    return {
        "alternates": translated(request, context.subject, request.path),
        "enquiry": context,
        "answer": request.with_terms(for_page(context.body, context.body_format)),
        "procedures": [
            (procedure_url(request, one.address), one.name)
            for one in context.procedures
            if one.status in PUBLIC
        ],
    }
