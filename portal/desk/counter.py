"""Reception at the counter and by post: which procedure, at which desk; then it begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import func, select

from content.agencies.models import Agency
from content.dossiers.counter import CounterService
from content.dossiers.counter_models import CounterReception
from content.dossiers.desks import desks_of, receives
from content.dossiers.models import Draft
from content.errors import NotFound
from content.procedures.codes import parse_procedure_code
from content.procedures.kinds import CURRENT, Channel
from content.procedures.models import Procedure
from content.text import clean
from portal.desk.officer import officer
from portal.http.pages import posted
from portal.i18n import _
from portal.security.permissions import Permission
from search.index import IndexUnavailable
from search.service import SearchService

PAGE = "desk/counter.jinja2"
MAX_QUERY = 200
RESULTS = 12
RECENT = 6
HALF_DONE = 50
CHANNEL_WORDS = {"quay": Channel.COUNTER, "buu-chinh": Channel.POST}
CHANNEL_NAMES = {"quay": _("Người nộp đến quầy"), "buu-chinh": _("Hồ sơ đến qua bưu chính")}


@dataclass(frozen=True)
class Half:
    """A reception that waits to be finished."""

    url: str
    procedure: str
    applicant: str
    desk: str
    officer: str
    saved_at: Any


@view_config(
    route_name="desk.counter",
    renderer=PAGE,
    permission=Permission.COUNTER_USE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def choose(request: Request) -> Any:
    """Search by words or code, the procedures this officer received last first; or begin."""
    desks = desks_here(request)
    if request.method == "POST":
        return _begin(request, desks)
    query = clean(request.GET.get("q", "")[:MAX_QUERY])
    desk = _desk(desks, request.GET.get("don-vi", "")) or _usual_desk(request, desks)
    channel = request.GET.get("kenh", "")
    return {
        "query": query,
        "found": searched(request, query) if query else [],
        "recent": [] if query else _recent(request),
        "desks": desks,
        "desk": desk,
        "channel": channel if channel in CHANNEL_WORDS else "quay",
        "channels": list(CHANNEL_NAMES.items()),
        "half_done": _half_done(request, desks),
    }


def desks_here(request: Request) -> list[Agency]:
    """The desks at which this officer receives."""
    mine = desks_of(request.db, officer(request), request.now)
    query = select(Agency).where(Agency.id.in_(mine)).order_by(Agency.position, Agency.name)
    return [one for one in request.db.scalars(query) if receives(one)]


def searched(request: Request, text: str) -> Sequence[Procedure]:
    """Procedures in force that answer, best first; without an index by code and name."""
    code = parse_procedure_code(text)
    query = select(Procedure).where(Procedure.status.in_(CURRENT))
    if code is not None:
        found = query.where(Procedure.code == code.base).order_by(Procedure.is_primary.desc())
        return list(request.db.scalars(found.limit(RESULTS)))
    try:
        ids = request.service(SearchService).procedure_ids(text, at=request.now)
    except IndexUnavailable:
        name = Procedure.name.contains(text, autoescape=True)
        return list(request.db.scalars(query.where(name).limit(RESULTS)))
    best = ids[: RESULTS * 4]
    by_id = {one.id: one for one in request.db.scalars(query.where(Procedure.id.in_(best)))}
    return [by_id[one] for one in best if one in by_id][:RESULTS]


def _recent(request: Request) -> list[Procedure]:
    """What this officer has received last, once each."""
    last = func.max(CounterReception.begun_at)
    query = (
        select(Procedure)
        .join(Draft, Draft.procedure_id == Procedure.id)
        .join(CounterReception, CounterReception.draft_id == Draft.id)
        .where(
            CounterReception.officer_id == request.identity.account_id,
            Procedure.status.in_(CURRENT),
        )
        .group_by(Procedure.id)
        .order_by(last.desc())
        .limit(RECENT)
    )
    return list(request.db.scalars(query))


def _usual_desk(request: Request, desks: list[Agency]) -> Agency | None:
    """The desk of this officer's last reception, else the first."""
    query = (
        select(CounterReception.agency_id)
        .where(CounterReception.officer_id == request.identity.account_id)
        .order_by(CounterReception.id.desc())
        .limit(1)
    )
    last = request.db.scalar(query)
    return next((one for one in desks if one.id == last), desks[0] if desks else None)


def _half_done(request: Request, desks: list[Agency]) -> list[Half]:
    """Receptions begun at these desks and not finished, the last typed first."""
    query = (
        select(CounterReception)
        .join(Draft, Draft.id == CounterReception.draft_id)
        .where(
            CounterReception.agency_id.in_([one.id for one in desks]),
            Draft.dossier_id.is_(None),
            Draft.expires_at > request.now,
        )
        .order_by(Draft.saved_at.desc(), Draft.id.desc())
        .limit(HALF_DONE)
    )
    return [_half(request, one) for one in request.db.scalars(query)]


def _half(request: Request, reception: CounterReception) -> Half:
    looked = request.service(CounterService).look(reception)
    return Half(
        url=typing_url(request, reception),
        procedure=reception.draft.procedure.name,
        applicant=looked.applicant.name,
        desk=reception.agency.name,
        officer=reception.officer.name,
        saved_at=reception.draft.saved_at,
    )


def typing_url(request: Request, reception: CounterReception, **query: str) -> str:
    """Where a reception is typed."""
    url: str = request.route_path(
        "desk.counter.typing", key=reception.draft.key, _query=query or None
    )
    return url


def _begin(request: Request, desks: list[Agency]) -> Response:
    """A reception of the chosen procedure, and on to it."""
    desk = _desk(desks, posted(request, "don-vi"))
    number = posted(request, "thu-tuc")
    channel = CHANNEL_WORDS.get(posted(request, "kenh"))
    readable = number.isascii() and number.isdigit() and len(number) < 18
    procedure = request.db.get(Procedure, int(number)) if readable else None
    if desk is None or procedure is None or channel is None:
        raise NotFound("procedure")
    service = request.service(CounterService)
    reception = service.begin(procedure, desk, officer(request), channel)
    return HTTPSeeOther(typing_url(request, reception))


def _desk(desks: list[Agency], slug: str) -> Agency | None:
    return next((one for one in desks if one.slug == slug), None)
