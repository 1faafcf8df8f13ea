"""Results that go by post: what waits, the list that is given to the post, what is on its way."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies.models import Agency
from content.dossiers.desks import desks_of
from content.dossiers.post_batches import (
    PostService,
    batch_source,
    batches,
    on_the_way,
    waiting,
)
from content.dossiers.result_models import PostalBatch, PostalItem
from content.errors import InvalidTransition, NotFound
from content.letters.issued import IssuedPaper
from content.words import clock_and_day, money
from portal.desk.officer import officer
from portal.http.notices import Notice, say
from portal.http.pages import posted
from portal.issued_papers import send_issued
from portal.paper_maker import PaperMaker
from portal.security.permissions import Permission

PAGE = "desk/postal.jinja2"
MAX_ID = 18


@view_config(
    route_name="desk.postal",
    renderer=PAGE,
    permission=Permission.COUNTER_USE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def postal(request: Request) -> Any:
    """The page; a POST makes a list of everything that waits at one desk."""
    me = officer(request)
    desks = desks_of(request.db, me, request.now)
    if request.method == "POST":
        return _list(request, desks)
    found = waiting(request.db, desks)
    return {
        "groups": [
            (agency, [_line(request, one) for one in found if one.dossier.agency_id == agency.id])
            for agency in _agencies(request, {one.dossier.agency_id for one in found})
        ],
        "on_the_way": [_line(request, one) for one in on_the_way(request.db, desks)],
        "batches": [
            (
                request.route_path("desk.postal.batch", id=one.id),
                clock_and_day(one.made_at),
                one.agency.name,
                len(one.items),
            )
            for one in batches(request.db, desks)
        ],
    }


@view_config(route_name="desk.postal.batch", permission=Permission.COUNTER_USE, uses_session=True)
def batch_pdf(request: Request) -> Response:
    """The list as it was issued; made now if nobody has made it yet."""
    number = int(request.matchdict["id"][:MAX_ID])
    batch = request.db.get(PostalBatch, number)
    if batch is None or batch.agency_id not in desks_of(request.db, officer(request), request.now):
        raise NotFound("letter")
    paper = _paper(request, number)
    if paper is None or paper.digest is None:
        request.tm.abort()
        try:
            request.service(PaperMaker).at_once(batch_source(number))
        finally:
            request.tm.begin()
        paper = _paper(request, number)
    if paper is None:
        raise NotFound("letter")
    return send_issued(request, paper, f"ban-giao-buu-chinh-{number}", "a4", inline=True)


def _list(request: Request, desks: set[int]) -> Response:
    back = HTTPSeeOther(request.route_path("desk.postal"))
    found = _agencies(request, desks)
    agency = next((one for one in found if one.slug == posted(request, "don_vi")), None)
    if agency is None:
        return say(back, Notice.POST_EMPTY)
    try:
        service = request.service(PostService)
        service.hand_to_post(agency, officer(request), posted(request, "nguoi_nhan")[:100])
    except InvalidTransition:
        return say(back, Notice.POST_EMPTY)
    return say(back, Notice.POST_LISTED)


def _agencies(request: Request, ids: set[int]) -> list[Agency]:
    query = select(Agency).where(Agency.id.in_(ids)).order_by(Agency.position, Agency.name)
    return list(request.db.scalars(query))


def _paper(request: Request, number: int) -> IssuedPaper | None:
    query = select(IssuedPaper).where(IssuedPaper.source == batch_source(number))
    found: IssuedPaper | None = request.db.scalars(query).first()
    return found


def _line(request: Request, one: PostalItem) -> dict[str, Any]:
    dossier = one.dossier
    return {
        "code": dossier.code or dossier.lookup_code,
        "url": request.route_path("desk.dossier", number=dossier.lookup_code),
        "tracking": one.tracking,
        "recipient": one.recipient,
        "address": one.address,
        "cod": money(one.cod) if one.cod else "–",
        "sent": clock_and_day(one.sent_at),
        "item_url": request.route_path("desk.item", number=dossier.lookup_code, item=one.id),
    }
