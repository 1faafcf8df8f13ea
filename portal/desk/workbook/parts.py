"""What the screens of the book share: rights, the book itself, addresses, paper."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response

from content.agencies.models import Agency
from content.dossiers.desks import subtree_ids
from content.files import FileService
from content.letters.from_dossiers import LetterSite
from content.letters.render import Letters
from content.letters.values import Office
from content.words import local, moment_words
from content.workbook.grids import Grid, write_xlsx
from content.workbook.kinds import BY_KEY, EntryKind
from content.workbook.models import WorkEntry
from content.workbook.paper import GridPaper
from content.workbook.rights import Rights
from content.workbook.service import WorkBook
from portal.desk.officer import officer
from portal.http.downloads import send_bytes, send_pdf

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rights(request: Request) -> Rights:
    """The officer's rights today, asked for once a request."""
    if Rights not in request.made:
        request.made[Rights] = Rights(request.db, officer(request), request.now)
    found: Rights = request.made[Rights]
    return found


def work_book(request: Request) -> WorkBook:
    """The book as of this request."""
    return WorkBook(request.db, request.service(FileService), request.now)


def this_year(request: Request) -> int:
    """The year of the clock in Việt Nam."""
    return local(request.now).year


def asked_year(request: Request) -> int:
    """The year of ``nam``; this one where it is missing or makes no sense."""
    given = request.GET.get("nam", "")
    is_year = given.isascii() and given.isdigit() and len(given) == 4
    return int(given) if is_year else this_year(request)


def asked_unit(request: Request, units: list[Agency]) -> Agency | None:
    """The unit of ``don-vi`` among those in sight; ``None`` is all of them."""
    slug = request.GET.get("don-vi", "")
    return next((one for one in units if one.slug == slug), None)


def narrowed(request: Request, unit: Agency | None, ids: frozenset[int]) -> frozenset[int]:
    """The units in sight, or the chosen one with all below it."""
    return frozenset(subtree_ids(request.db, [unit.id])) & ids if unit else ids


def address(request: Request, entry: WorkEntry, act: str = "entry", **more: Any) -> str:
    """Where an entry or an act on it stands."""
    slug = BY_KEY[entry.kind].slug
    return str(request.route_path(f"desk.work.{act}", book=slug, id=entry.id, **more))


def book_address(request: Request, kind: EntryKind, act: str = "book", **more: Any) -> str:
    """Where a book or an act on it stands."""
    return str(request.route_path(f"desk.work.{act}", book=kind.slug, **more))


def office_of(request: Request, unit: Agency | None) -> Office:
    """Who stands at the head of a paper: the unit below the authority, or the authority."""
    site = request.service(LetterSite)
    if unit is None or unit.name == site.authority:
        return Office(name=site.authority, place=site.place)
    return Office(name=unit.name, place=site.place, parent=site.authority)


def send_grid(
    request: Request, grid: Grid, name: str, unit: Agency | None, on_paper: Grid | None = None
) -> Response:
    """A table in the form of the address; paper may show another, narrower one."""
    office = office_of(request, unit)
    if request.matchdict["form"] == "pdf":
        sample = request.service(LetterSite).sample
        paper = GridPaper(office=office, grid=on_paper or grid, made_at=request.now, sample=sample)
        return send_pdf(request.service(Letters).make(paper), name, inline=True)
    printed = f"Lập lúc {moment_words(request.now)}"
    return send_bytes(write_xlsx(grid, office=office.name, printed=printed), f"{name}.xlsx", XLSX)
