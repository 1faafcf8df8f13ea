"""The register on screen: by desk and year, with filters; volumes, cancelled lines, closing."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.agencies.models import Agency
from content.dossiers.desks import receives
from content.dossiers.register import CLOSERS, RegisterService, books_kept
from content.dossiers.register_books import closing_of, last_number, volumes_of
from content.dossiers.register_reads import (
    WITH_RESULT,
    Which,
    browse,
    line_numbered,
    lines_from,
    years_of,
)
from content.errors import Invalid, InvalidTransition, NotFound
from content.letters.from_dossiers import LetterSite, office_of_desk
from content.letters.register_book import PART, RegisterBook, write_register
from content.letters.render import Letters
from content.words import local
from portal.desk import schemas
from portal.desk.officer import agencies_in_sight, officer
from portal.http.downloads import send_bytes, send_pdf
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.security.permissions import Permission

PAGE, CANCEL_PAGE = "desk/register.jinja2", "desk/register_cancel.jinja2"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_YEAR = 1900
NAMES = {
    Which.ALL: _("Tất cả"),
    Which.OPEN: _("Đang giải quyết"),
    Which.RETURNED: _("Đã trả kết quả"),
    Which.CANCELLED: _("Dòng đã hủy"),
}


@dataclass(frozen=True)
class Book:
    """The book of an address: one desk, one year."""

    agency: Agency
    year: int


def desks_with_books(request: Request) -> list[Agency]:
    """The desks whose register this officer may read."""
    return [one for one in agencies_in_sight(request).values() if receives(one)]


def book_of(request: Request) -> Book:
    """The book that the address names. Raises ``NotFound`` for another's."""
    slug, year = request.matchdict["slug"], int(request.matchdict["year"])
    agency = next((one for one in desks_with_books(request) if one.slug == slug), None)
    if agency is None or year < FIRST_YEAR:
        raise NotFound("register")
    return Book(agency, year)


@view_config(
    route_name="desk.register", renderer=PAGE, permission=Permission.DESK_USE, uses_session=True
)
def show(request: Request) -> dict[str, Any]:
    """Lines of a year, fifty on a page."""
    desks = desks_with_books(request)
    wanted = request.GET.get("don-vi", "")
    agency = next((one for one in desks if one.slug == wanted), desks[0] if desks else None)
    if agency is None:
        return {"agency": None, "desks": []}
    this_year = local(request.now).year
    years = sorted({this_year, *years_of(request.db, [agency.id])}, reverse=True)
    given = request.GET.get("nam", "")
    year = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else this_year
    which = _which(request.GET.get("muc", ""))
    query = request.GET.get("q", "")
    found = browse(
        request.db, agency.id, year, which=which, query=query, page=page_number(request.GET)
    )
    place = {"slug": agency.slug, "year": str(year)}
    last = last_number(request.db, agency.id, year)
    return {
        "agency": agency,
        "desks": desks,
        "years": years,
        "year": year,
        "which": which,
        "tabs": _tabs(request, agency, year, which),
        "query": query[:200],
        "found": found,
        "links": page_links(request, found.number, found.pages),
        "closing": closing_of(request.db, agency.id, year),
        "volumes": len(volumes_of(request.db, agency.id, year)) + 1,
        "parts": list(range(1, last + 1, PART)),
        "part": PART,
        "place": place,
        "may_keep": agency.id in books_kept(request.db, officer(request), request.now),
        "may_close": agency.id in books_kept(request.db, officer(request), request.now, CLOSERS),
        "this_year": this_year,
    }


def _which(word: str) -> Which:
    return Which(word) if word in set(Which) else Which.ALL


def _tabs(request: Request, agency: Agency, year: int, chosen: Which) -> list[tuple[Any, ...]]:
    return [
        (
            f"{request.path}?{urlencode({'don-vi': agency.slug, 'nam': year, 'muc': one.value})}",
            words,
            None,
            one is chosen,
        )
        for one, words in NAMES.items()
    ]


@view_config(route_name="desk.register.pdf", permission=Permission.DESK_USE, uses_session=True)
def printed(request: Request) -> Response:
    """A part of the book in the statutory layout."""
    book = book_of(request)
    rows = lines_from(request.db, book.agency.id, book.year, first=_first(request), many=PART)
    if not rows:
        raise NotFound("register")
    site = request.service(LetterSite)
    made = RegisterBook(
        office=office_of_desk(book.agency, site),
        year=book.year,
        rows=rows,
        made_at=request.now,
        closing=closing_of(request.db, book.agency.id, book.year),
        sample=site.sample,
    )
    content = request.service(Letters).make(made)
    return send_pdf(content, f"so-theo-doi-{book.agency.slug}-{book.year}", inline=True)


@view_config(route_name="desk.register.xlsx", permission=Permission.DESK_USE, uses_session=True)
def spreadsheet(request: Request) -> Response:
    """A part of the book as a spreadsheet."""
    book = book_of(request)
    rows = lines_from(request.db, book.agency.id, book.year, first=_first(request), many=PART)
    content = write_register(rows, office=book.agency.name, year=book.year)
    return send_bytes(content, f"so-theo-doi-{book.agency.slug}-{book.year}.xlsx", XLSX)


def _first(request: Request) -> int:
    given = request.GET.get("tu", "1")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 1


@view_config(
    route_name="desk.register.volume",
    permission=Permission.DESK_USE,
    methods=("POST",),
    uses_session=True,
)
def new_volume(request: Request) -> Response:
    """The next line begins a new volume."""
    book = book_of(request)
    try:
        request.service(RegisterService).open_volume(book.agency, officer(request))
    except InvalidTransition:
        return say(_back(request, book), Notice.VOLUME_EMPTY)
    return say(_back(request, book), Notice.VOLUME_OPENED)


@view_config(
    route_name="desk.register.close",
    permission=Permission.DESK_USE,
    methods=("POST",),
    uses_session=True,
)
def close(request: Request) -> Response:
    """Close a year that is over, for good."""
    book = book_of(request)
    try:
        request.service(RegisterService).close(book.agency, book.year, officer(request))
    except InvalidTransition:
        return say(_back(request, book), Notice.REGISTER_STAYS)
    return say(_back(request, book), Notice.REGISTER_CLOSED)


@view_config(
    route_name="desk.register.cancel",
    renderer=CANCEL_PAGE,
    permission=Permission.DESK_USE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def cancel(request: Request) -> Any:
    """Cancel one line, with the reason that stays in the book."""
    book = book_of(request)
    number = int(request.matchdict["number"][:9])
    line = line_numbered(request.db, book.agency.id, book.year, number)
    if line is None:
        raise NotFound("register")
    form = make_form(request, schemas.cancellation(), _("Hủy dòng này"))
    page = form_page(
        request,
        CANCEL_PAGE,
        form,
        line=line,
        agency=book.agency,
        is_open=line.dossier.finished_at is None,
        has_result=line.dossier.status in WITH_RESULT,
        back_url=_back(request, book).location,
    )
    if request.method != "POST":
        return page
    reason = form.accept(request.POST)["reason"]
    try:
        request.service(RegisterService).cancel(line, officer(request), reason)
    except Invalid:
        raise form.refuse(schemas.NOT_A_SENTENCE, "reason") from None
    except InvalidTransition as refused:
        if refused.code == "cancelled_already":
            return _back(request, book)
        raise form.refuse(_WHY[refused.code], "reason") from None
    return say(_back(request, book), Notice.LINE_CANCELLED)


_WHY = {
    "dossier_open": _("Hồ sơ còn đang giải quyết: rút hoặc dừng hồ sơ trước rồi hủy dòng."),
    "has_result": _("Hồ sơ đã có kết quả: dòng này không hủy được."),
    "register_closed": _("Sổ của năm này đã khóa, không ghi thêm được."),
}


def _back(request: Request, book: Book) -> HTTPSeeOther:
    query = {"don-vi": book.agency.slug, "nam": str(book.year)}
    return HTTPSeeOther(request.route_path("desk.register", _query=query))
