"""A dossier at the desk: its page, its acceptance, its refusal.

Two officers may open the same dossier. Each form says which revision was seen; who comes
second is told what the first one did, nothing is written and nothing typed is lost.
"""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import exception_view_config, view_config

from content.dossiers import wording
from content.dossiers.models import Dossier
from content.dossiers.service import DossierService
from content.dossiers.states import Action
from content.errors import Conflict, InvalidTransition
from content.words import clock_and_day
from portal.desk import schemas
from portal.desk.asked import number
from portal.desk.dossier_page import PAGE, acts_for, page, urls
from portal.desk.officer import officer
from portal.desk_contexts import DeskDossier
from portal.http.derivers import PRIVATE
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

REFUSAL_PAGE = "desk/refuse.jinja2"
#: The button that really refuses; without it the form shows what will be read.
REFUSE = "tu_choi"
CONFLICT = 409


class Overtaken(Exception):
    """Somebody else was faster; ``response`` tells who and what. Raised, so that the
    transaction is aborted."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


@exception_view_config(Overtaken)
def overtaken(error: Overtaken, _request: Request) -> Response:
    """The page that was prepared."""
    return error.response


@view_config(
    route_name="desk.dossier",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    uses_session=True,
)
def show(context: DeskDossier, request: Request) -> dict[str, Any]:
    """The dossier and what can be done with it."""
    return page(request, context)


@view_config(
    route_name="desk.accept",
    permission=Permission.DOSSIER_ACCEPT,
    methods=("POST",),
    uses_session=True,
)
def accept(context: DeskDossier, request: Request) -> Response:
    """Receive it. The same officer's second click reaches the same page."""
    dossier, me = context.dossier, officer(request)
    done = HTTPSeeOther(urls(request, dossier)["dossier"])
    try:
        request.service(DossierService).accept(
            dossier, me, revision=seen(request), competent_id=competent_asked(request)
        )
    except (Conflict, InvalidTransition):
        if _did(dossier, Action.ACCEPT, me.id):
            return say(done, Notice.ACCEPTED)
        raise overtaken_page(request, PAGE, page(request, context)) from None
    return say(done, Notice.ACCEPTED)


@view_config(
    route_name="desk.refuse",
    renderer=REFUSAL_PAGE,
    permission=Permission.DOSSIER_ACCEPT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def refuse(context: DeskDossier, request: Request) -> Any:
    """First the reason, then what the applicant will read, then the refusal."""
    dossier = context.dossier
    if request.method != "POST":
        if Action.REFUSE_RECEPTION not in acts_for(request, context):
            return HTTPSeeOther(urls(request, dossier)["dossier"])
        shown = refusal_page(request, dossier)
        shown["form"].fill({"revision": str(dossier.revision)})
        return shown
    data = refusal_page(request, dossier)["form"].accept(request.POST)
    if REFUSE in request.POST:
        return _refuse(request, dossier, data)
    shown = refusal_page(request, dossier, data)
    shown["form"].fill(data)
    if Action.REFUSE_RECEPTION not in acts_for(request, context):
        raise overtaken_page(request, REFUSAL_PAGE, shown)
    return shown


def _refuse(request: Request, dossier: Dossier, data: dict[str, Any]) -> Response:
    me = officer(request)
    done = HTTPSeeOther(urls(request, dossier)["dossier"])
    try:
        request.service(DossierService).refuse(
            dossier,
            me,
            data["reason"],
            legal_basis=data["legal_basis"] or "",
            revision=seen(request),
        )
    except (Conflict, InvalidTransition):
        if _did(dossier, Action.REFUSE_RECEPTION, me.id):
            return say(done, Notice.REFUSED)
        raise overtaken_page(request, REFUSAL_PAGE, refusal_page(request, dossier, data)) from None
    return say(done, Notice.REFUSED)


def refusal_page(
    request: Request, dossier: Dossier, typed: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The form, with what the applicant will read once there is something to read."""
    again = (REFUSE, "1", _("Từ chối tiếp nhận và báo cho người nộp"), "danger")
    form = make_form(
        request,
        schemas.refusal(),
        _("Xem lại nội dung người nộp sẽ đọc") if typed else _("Xem nội dung người nộp sẽ đọc"),
        *([again] if typed else []),
    )
    return form_page(
        request,
        REFUSAL_PAGE,
        form,
        dossier=dossier,
        typed=typed,
        officer_name=request.identity.name,
        urls=urls(request, dossier),
        overtaken=None,
    )


def seen(request: Request) -> int:
    """The revision that the officer's page showed; what makes no sense was never shown."""
    given = request.POST.get("revision", "")
    readable = isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 10
    return int(given) if readable else 0


def competent_asked(request: Request) -> int | None:
    """The agency that decides, as chosen at the acceptance; what makes no sense is none that
    exists."""
    given = request.POST.get("competent", "")
    return (number(given) or 0) if isinstance(given, str) and given else None


def overtaken_page(request: Request, renderer: str, values: dict[str, Any]) -> Overtaken:
    """The same page, with what the other person did; status 409."""
    told = {**values, "overtaken": last_deed(values["dossier"])}
    response = render_to_response(renderer, told, request=request)
    response.status_int = CONFLICT
    response.headers["Cache-Control"] = PRIVATE
    return Overtaken(response)


def last_deed(dossier: Dossier) -> dict[str, str]:
    """Who did what to the dossier last, and when."""
    last = wording.timeline(dossier, inside=True)[-1]
    return {"who": last.who, "when": clock_and_day(last.at), "what": last.sentence}


def _did(dossier: Dossier, action: Action, account_id: int) -> bool:
    """Whether it was this officer who did this last."""
    last = dossier.events[-1]
    return last.action == action.value and last.actor_id == account_id
