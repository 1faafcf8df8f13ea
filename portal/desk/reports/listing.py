"""The dossiers behind a number: a page of them, and ordering all of them as a spreadsheet."""

from dataclasses import replace
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies.models import Agency
from content.errors import NotFound
from content.figures import exports, lists
from content.figures.exports import Asked, ReportExport
from content.figures.groups import CHANNEL_NAMES
from content.figures.ii06 import LEVEL_TITLES
from content.figures.lists import Listed, Narrowed
from content.figures.settling import Period
from content.figures.which import WHICH_NAMES, Which
from content.people.models import Account
from content.procedures.kinds import Channel, Level
from content.procedures.models import Procedure, Sector
from content.words import short_date
from portal.desk.officer import officer
from portal.desk.reports.asking import Wanted, leads, shared, wanted
from portal.http.downloads import send_file
from portal.http.notices import Notice, say
from portal.http.paging import page_links, page_number
from portal.security.permissions import Permission

UNPROCESSABLE = 422
#: What narrows a list beside the period and the unit.
_NARROWING = ("loc", "linh-vuc", "cap", "thu-tuc", "kenh", "don-vi-giu", "can-bo-giu")
#: Those of them that no field of the page shows.
_UNSEEN = _NARROWING[2:]


_LATE = {Which.LATE, Which.LATE_WITHOUT_REASON, Which.SETTLED_LATE, Which.OPEN_LATE}


def _narrowed(request: Request, asked: Wanted, period: Period) -> Narrowed:
    """Read leniently: what narrows to nothing known narrows nothing."""
    word = request.GET.get("loc", "")
    which = Which(word) if word in set(Which) else Which.LATE
    sector = request.GET.get("linh-vuc", "")[:100]
    found = Narrowed(which, period, asked.units)
    if sector:
        query = select(Sector.id).where(Sector.slug == sector)
        found = replace(found, sector_id=request.db.scalar(query))
    names = ("thu-tuc", "don-vi-giu", "can-bo-giu")
    procedure, unit, holder = (_number(request, name) for name in names)
    if holder is not None and holder != officer(request).id and not leads(request, asked):
        raise NotFound("report")
    level, channel = request.GET.get("cap", ""), request.GET.get("kenh", "")
    return replace(
        found,
        level=Level(level) if level in set(Level) else None,
        channel=Channel(channel) if channel in set(Channel) else None,
        procedure_id=procedure,
        unit_id=unit,
        holder_id=holder,
    )


def _number(request: Request, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


@view_config(
    route_name="desk.reports.list",
    renderer="desk/reports/list.jinja2",
    permission=Permission.DESK_USE,
    uses_session=True,
)
def show(request: Request) -> dict[str, Any]:
    """Fifty at a time, those with the oldest promise first."""
    asked = wanted(request)
    page = {
        **shared(request, asked),
        "sectors": list(request.db.execute(select(Sector.slug, Sector.name).order_by(Sector.name))),
        "which_names": WHICH_NAMES,
        "kept": [(name, request.GET[name]) for name in _UNSEEN if request.GET.get(name)],
    }
    if asked.period.span is None:
        request.response.status_int = UNPROCESSABLE
        return {**page, "which": Which.LATE, "sector": "", "lines": None}
    narrowed = _narrowed(request, asked, asked.period.span.period)
    total = lists.count(request.db, narrowed)
    pages = max(1, -(-total // lists.PAGE_SIZE))
    number = min(page_number(request.GET), pages)
    return {
        **page,
        "which": narrowed.which,
        "sector": request.GET.get("linh-vuc", "")[:100],
        "total": total,
        "lines": [_line(request, one) for one in lists.page(request.db, narrowed, number)],
        "links": page_links(request, number, pages),
        "narrowed_to": _narrowed_words(request, narrowed),
        "order": request.route_path("desk.reports.order", _query=_address(request, asked)),
        "is_late": narrowed.which in _LATE,
    }


def _address(request: Request, asked: Wanted) -> dict[str, str]:
    given = {name: request.GET[name] for name in _NARROWING if request.GET.get(name)}
    return {**asked.query, **given}


def _narrowed_words(request: Request, asked: Narrowed) -> list[str]:
    """What narrows a list, by name."""
    named = (
        (Sector, asked.sector_id),
        (Procedure, asked.procedure_id),
        (Agency, asked.unit_id),
        (Account, asked.holder_id),
    )
    found = (request.db.get(kind, number) for kind, number in named if number is not None)
    told = [one.name for one in found if one is not None]
    if asked.level is not None:
        told.insert(0, LEVEL_TITLES[asked.level])
    if asked.channel is not None:
        told.append(CHANNEL_NAMES[asked.channel])
    return told


def _line(request: Request, one: Listed) -> dict[str, Any]:
    return {
        "row": one,
        "url": request.route_path("desk.dossier", number=one.lookup_code),
        "reason_url": request.route_path("desk.late", number=one.lookup_code),
        "channel": CHANNEL_NAMES[one.channel],
        "promised": short_date(one.promised) if one.promised else None,
        "extended": short_date(one.extended_to) if one.extended_to else None,
    }


@view_config(
    route_name="desk.reports.order",
    permission=Permission.DESK_USE,
    methods=("POST",),
    uses_session=True,
)
def order(request: Request) -> Response:
    """Have the worker write the whole of the list shown."""
    asked = wanted(request)
    if asked.period.span is None:
        raise NotFound("report")
    narrowed = _narrowed(request, asked, asked.period.span.period)
    parts = (
        f"Hồ sơ: {WHICH_NAMES[narrowed.which].lower()}",
        *_narrowed_words(request, narrowed),
        asked.period.span.words,
    )
    found = Asked(narrowed, ", ".join(parts), lists.count(request.db, narrowed))
    exports.order(request.db, officer(request), found, request.now)
    return say(HTTPSeeOther(request.route_path("desk.reports.exports")), Notice.EXPORT_ORDERED)


@view_config(
    route_name="desk.reports.exports",
    renderer="desk/reports/exports.jinja2",
    permission=Permission.DESK_USE,
    uses_session=True,
)
def ordered(request: Request) -> dict[str, Any]:
    """My exports: how far each is, and the file of those that are ready."""
    found = exports.exports_of(request.db, officer(request))
    return {
        "lines": [
            {
                "export": one,
                "percent": one.done * 100 // one.total if one.total else 0,
                "url": request.route_path("desk.reports.export", id=one.id) if one.file else None,
            }
            for one in found
        ],
        "busy": any(one.is_busy for one in found),
    }


@view_config(route_name="desk.reports.export", permission=Permission.DESK_USE, uses_session=True)
def download(request: Request) -> Response:
    """The file, for who ordered it alone."""
    found = request.db.get(ReportExport, int(request.matchdict["id"][:9]))
    if found is None or found.file is None or found.asked_by_id != officer(request).id:
        raise NotFound("report")
    return send_file(request, found.file, found.file.name)
