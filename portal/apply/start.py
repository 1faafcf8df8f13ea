"""Before the first question: what is needed, how long, how much, where; then a draft begins."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.dossiers.drafts import DraftService
from content.procedures.filing import open_filing
from content.procedures.kinds import Filing
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.presentation import Sheet, sheet
from content.procedures.standing import today
from portal.apply import choices, visitor
from portal.apply.journey import draft_url, journey_of
from portal.forms.messages import size_name
from portal.http.derivers import PRIVATE
from portal.http.pages import form_page
from portal.i18n import _
from portal.procedures.national import national_url
from portal.security.permissions import Permission

PAGE = "apply/start.jinja2"
ELSEWHERE = "apply/elsewhere.jinja2"
CONFLICT = 409


@view_config(
    route_name="apply.start",
    permission=NO_PERMISSION_REQUIRED,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def start(context: Procedure, request: Request) -> Response:
    """The page, and the draft that begins with it. Where nothing is filed here, it says so."""
    version = context.current_version
    told = _told(request, context)
    if open_filing(context) is not Filing.LOCAL or version is None:
        return _elsewhere(request, context, told)
    form = choices.choices_form(request, version, _("Bắt đầu điền hồ sơ"))
    draft = visitor.unfinished(request, context.id)
    resume = None
    if draft is not None:
        resume = {"url": journey_of(request, draft).first.url, "saved_at": draft.saved_at}
    page = form_page(request, PAGE, form, **told, resume=resume)
    if request.method == "POST":
        return begin(request, context, choices.chosen(request, form, version))
    return render_to_response(PAGE, page, request=request)


def begin(request: Request, procedure: Procedure, choice: choices.Chosen) -> Response:
    """A new draft, and on to its first step."""
    visitor.refuse_too_many(request)
    drafts = request.service(DraftService)
    holder, token = visitor.begin_as(request)
    draft = drafts.begin(procedure, holder, case=choice.case)
    choices.keep(drafts, draft, choice)
    response = HTTPSeeOther(journey_of(request, draft).first.url)
    return visitor.remember(request, response, token)


@view_config(
    route_name="apply.saved",
    renderer="apply/saved.jinja2",
    permission=Permission.DRAFT_EDIT,
    uses_session=True,
)
def saved(context: Any, request: Request) -> dict[str, Any]:
    """What is kept, how long, and how to come back."""
    draft = context.draft
    journey = journey_of(request, draft)
    here = journey.at(draft.step or "") or journey.first
    sign_in = request.route_path("accounts.sign_in", _query={"tiep": here.url})
    sign_up = request.route_path("accounts.sign_up", _query={"tiep": here.url})
    return {
        "draft": draft,
        "resume_url": here.url,
        "is_anonymous": draft.owner_id is None,
        "sign_in_url": sign_in,
        "sign_up_url": sign_up,
        "drop_url": draft_url(request, draft, "drop"),
    }


def _told(request: Request, procedure: Procedure) -> dict[str, Any]:
    """What the page says of the procedure."""
    said = _sheet(request, procedure.current_version)
    base = request.route_path("catalogue.listing")
    return {
        "procedure": procedure,
        "sheet": said,
        "cases": [group for group in said.papers if group.is_choice] if said else [],
        "procedure_url": f"{base}/{procedure.address}",
        "draft_days": request.settings.draft_days,
        "file_limit": size_name(request.settings.limits.file),
        "dossier_limit": size_name(request.settings.limits.dossier),
    }


def _sheet(request: Request, version: ProcedureVersion | None) -> Sheet | None:
    return sheet(version.document, today(request.now)) if version is not None else None


def _elsewhere(request: Request, procedure: Procedure, told: dict[str, Any]) -> Response:
    """Where to go instead; a POST has nothing to begin."""
    filing = open_filing(procedure)
    values = {**told, "filing": filing, "official_url": _official(request, procedure)}
    response = render_to_response(ELSEWHERE, values, request=request)
    if request.method == "POST":
        response.status_int = CONFLICT
        response.headers["Cache-Control"] = PRIVATE
    return response


def _official(request: Request, procedure: Procedure) -> str:
    if procedure.information_only:
        return procedure.official_url or str(request.site.national_portal_url)
    return national_url(request.site, procedure)
