"""The editors' list of procedures, and what is missing sector by sector."""

from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from content.errors import Invalid
from content.procedures import checking
from content.procedures.kinds import LEVEL_BY_SLUG, Status
from content.procedures.standing import today
from content.procedures.wording import status_in_words
from content.procedures.worklist import Asked, Missing, Work, counts, sectors
from portal.editorial.procedures import words
from portal.editorial.procedures.shared import names, worklist
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.procedures.rows import capital
from portal.security.permissions import Permission

MAX_WORDS = 200
REVIEW = "editorial/procedures/review.jinja2"
#: So many get a day by one press; more are to be narrowed first.
MAX_REVIEWS = 300
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
    checkers = names(request, [row.check.checked_by for row in found.items if row.check])
    return {
        "checkers": checkers,
        "review_url": request.route_path("editorial.procedures.review")
        + (f"?{request.query_string}" if request.query_string else ""),
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
    route_name="editorial.procedures.review",
    renderer=REVIEW,
    permission=Permission.PROCEDURE_EDIT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def review(request: Request) -> Any:
    """One day by which all procedures of the narrowed list are to be compared again."""
    kept, day = worklist(request), today(request.now)
    asked = asked_of(request, {slug for slug, _name in sectors(kept.lines(request.db))})
    ids = kept.ids(request.db, asked, day=day)
    schema = fields.mapping(fields.date("review_by", _("Kiểm tra lại trước ngày")))
    form = make_form(request, schema, _("Đặt hạn kiểm tra"))
    back = request.route_path("editorial.procedures")
    if request.query_string:
        back = f"{back}?{request.query_string}"
    too_many = len(ids) > MAX_REVIEWS
    page = form_page(
        request, REVIEW, form, total=len(ids), most=MAX_REVIEWS, too_many=too_many, back=back
    )
    if request.method != "POST" or too_many:
        return page
    data = form.accept(request.POST)
    by, review_by = request.identity.account_id, date.fromisoformat(data["review_by"])
    try:
        checking.plan_reviews(request.db, ids, review_by, by=by, now=request.now)
    except Invalid as error:
        raise form.refuse(words.problem(error.problems["review_by"]), "review_by") from None
    return say(HTTPSeeOther(back), Notice.REVIEWS_PLANNED)


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
