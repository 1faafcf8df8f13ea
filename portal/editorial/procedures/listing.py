"""The editors' list of procedures, and what is missing sector by sector."""

from typing import Any, TypeVar
from urllib.parse import urlencode

from pyramid.request import Request
from pyramid.view import view_config

from content.procedures.kinds import LEVEL_BY_SLUG, Status
from content.procedures.standing import today
from content.procedures.wording import status_in_words
from content.procedures.worklist import Asked, Missing, Work, counts, sectors
from portal.editorial.procedures import words
from portal.editorial.procedures.shared import worklist
from portal.http.paging import page_links, page_number
from portal.procedures.rows import capital
from portal.security.permissions import Permission

MAX_WORDS = 200
E = TypeVar("E", Missing, Work, Status)


def _choice(kind: type[E], given: str) -> E | None:
    return kind(given) if given in {one.value for one in kind} else None


def asked_of(request: Request, known_sectors: set[str]) -> Asked:
    """What the address asks for; what is unknown narrows nothing."""
    given = request.GET
    sector = given.get("linh-vuc", "")
    return Asked(
        words=given.get("q", "")[:MAX_WORDS],
        sector=sector if sector in known_sectors else None,
        level=LEVEL_BY_SLUG.get(given.get("cap", "")),
        status=_choice(Status, given.get("tinh-trang", "")),
        missing=_choice(Missing, given.get("thieu", "")),
        work=_choice(Work, given.get("viec", "")),
    )


@view_config(
    route_name="editorial.procedures",
    renderer="editorial/procedures/list.jinja2",
    permission=Permission.PROCEDURE_EDIT,
    uses_session=True,
)
def procedures(request: Request) -> dict[str, Any]:
    """Search, filters, lines; each line says what is missing and what there is to do."""
    kept, day = worklist(request), today(request.now)
    known = sectors(kept.lines(request.db))
    asked = asked_of(request, {slug for slug, _name in known})
    found = kept.find(request.db, asked, day=day, page=page_number(request.GET))
    here: str = request.route_path("editorial.procedures")
    return {
        "asked": asked,
        "page": found,
        "links": page_links(request, found.page, found.pages),
        "rows": [
            (request.route_path("editorial.procedure", id=row.line.id), row) for row in found.items
        ],
        "sectors": known,
        "levels": list(LEVEL_BY_SLUG.items()),
        "statuses": [(one.value, capital(status_in_words(one))) for one in Status],
        "status_words": {one: capital(status_in_words(one)) for one in Status},
        "missing_words": words.MISSING,
        "work_words": words.WORK,
        "state_words": words.STATES,
        "jobs": [
            (f"{here}?{urlencode({'viec': one.value})}", words.WORK[one], count, asked.work is one)
            for one, count in counts(request.db, day=day).items()
        ],
        "all_url": here,
    }


@view_config(
    route_name="editorial.procedures.gaps",
    renderer="editorial/procedures/gaps.jinja2",
    permission=Permission.PROCEDURE_EDIT,
    uses_session=True,
)
def gaps(request: Request) -> dict[str, Any]:
    """Sector by sector, how many procedures in force lack file, fee, unit, level, steps."""
    here: str = request.route_path("editorial.procedures")
    rows = worklist(request).by_sector(request.db, day=today(request.now))

    def link(slug: str, missing: Missing | None = None) -> str:
        query = {"linh-vuc": slug} if slug else {}
        return f"{here}?{urlencode(query | ({'thieu': missing.value} if missing else {}))}"

    return {
        "rows": [
            (
                link(one.slug),
                one,
                [
                    (words.MISSING[part], count, link(one.slug, part))
                    for part, count in one.missing.items()
                ],
            )
            for one in rows
        ],
        "parts": list(words.MISSING.values()),
    }
