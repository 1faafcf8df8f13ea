"""One decision while it is prepared: its heading, its procedures, its file; then publishing."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.procedures import preparing
from content.procedures.decision_reminders import tell
from content.procedures.prepared import PreparedDecision
from content.procedures.preparing_marks import last_change
from portal.editorial import writing
from portal.editorial.decisions import schemas
from portal.editorial.decisions.page import PAGE, page_of, to
from portal.editorial.decisions.words import REFUSED
from portal.editorial.opened import is_as_opened, name_of, overtaken, with_base
from portal.http.derivers import PRIVATE
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form, posted
from portal.i18n import _
from portal.security.permissions import Permission

CONFLICT = 409
BOTH = ("GET", "HEAD", "POST")
POST = ("POST",)
HEADING = "editorial/decisions/heading.jinja2"
NEW_SUBJECT = "decision:new"


@view_config(
    route_name="editorial.decision.new",
    renderer=HEADING,
    permission=Permission.DECISION_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new decision."""
    form = make_form(request, schemas.heading(), _("Lưu và chọn thủ tục"))
    page = form_page(request, HEADING, form, prepared=None, back=None, writing=None, clash=None)
    if request.method != "POST":
        form.fill({"agency": request.site.authority, "publisher": "province"})
        page["writing"] = writing.begin(request, NEW_SUBJECT, form, None, lock=False)
        return page
    writing.attach(request, form, NEW_SUBJECT)
    data = form.accept(request.POST)
    try:
        prepared = preparing.create(
            request.db,
            schemas.as_heading(data),
            by=request.identity.account_id,
            now=request.now,
        )
    except Invalid as invalid:
        raise _refused(form, invalid) from None
    # Its address names its id.
    request.db.flush()
    writing.finish(request, NEW_SUBJECT)
    return say(HTTPSeeOther(to(request, prepared)), Notice.DECISION_SAVED)


@view_config(
    route_name="editorial.decision.edit",
    renderer=HEADING,
    permission=Permission.DECISION_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit(context: PreparedDecision, request: Request) -> Any:
    """The heading again; the second of two who save is told, and keeps what was typed."""
    if context.decision_id is not None:
        return HTTPSeeOther(to(request, context))
    subject = f"decision:{context.id}"
    form = make_form(request, schemas.heading(), _("Lưu"))
    page = form_page(
        request,
        HEADING,
        form,
        prepared=context,
        back=to(request, context),
        writing=None,
        clash=None,
    )
    if request.method != "POST":
        form.fill(with_base(schemas.as_data(context)))
        page["writing"] = writing.begin(request, subject, form, context.updated_at)
        return page
    writing.attach(request, form, subject)
    heading = schemas.as_heading(form.accept(request.POST))
    now = schemas.as_data(context)
    if not is_as_opened(request, now):
        mine = schemas.as_data(heading)
        by, at = context.updated_by, context.updated_at
        raise overtaken(request, form, mine, now, by=by, at=at)
    try:
        preparing.edit(
            context,
            heading,
            revision=context.revision,
            by=request.identity.account_id,
            now=request.now,
        )
    except Invalid as invalid:
        raise _refused(form, invalid) from None
    writing.finish(request, subject)
    return say(HTTPSeeOther(to(request, context)), Notice.DECISION_SAVED)


def _refused(form: Any, invalid: Invalid) -> Exception:
    """The first problem beside its field; one error at a time is enough for dates."""
    name, code = next(iter(invalid.problems.items()))
    refused: Exception = form.refuse(REFUSED[name, code], name)
    return refused


@view_config(
    route_name="editorial.decision",
    renderer=PAGE,
    permission=Permission.DECISION_EDIT,
    uses_session=True,
)
def show(context: PreparedDecision, request: Request) -> Any:
    """The decision as it stands, what is missing, and what can be done."""
    if context.decision_id is not None:
        return HTTPSeeOther(request.route_path("editorial.signed", id=context.decision_id))
    return page_of(request, context)


@view_config(
    route_name="editorial.decision.publish",
    permission=Permission.DECISION_PUBLISH,
    methods=POST,
    uses_session=True,
)
def publish(context: PreparedDecision, request: Request) -> Response:
    """Put it into force. A stale page is led back to the reasons; a second click to the
    result; what is not what the page showed is shown first, with status 409."""
    try:
        decision = preparing.publish(
            request.db,
            context,
            now=request.now,
            by=request.identity.account_id,
            four_eyes=request.settings.editorial.four_eyes,
            seen=posted(request, "dau"),
        )
    except Conflict:
        return _changed_meanwhile(context, request)
    except (InvalidTransition, Invalid, NotAllowed):
        return HTTPSeeOther(to(request, context))
    # Its address, and the mails, name its id.
    request.db.flush()
    tell(request.db, decision, now=request.now)
    target = request.route_path("editorial.signed", id=decision.id)
    return say(HTTPSeeOther(target), Notice.DECISION_PUBLISHED)


def _changed_meanwhile(context: PreparedDecision, request: Request) -> Response:
    """Nothing was written; the page says who changed what would be published."""
    by, at = last_change(request.db, context)
    told = page_of(request, context) | {"changed_by": {"name": name_of(request, by), "at": at}}
    response = render_to_response(PAGE, told, request=request)
    response.status_int = CONFLICT
    response.headers["Cache-Control"] = PRIVATE
    return response


@view_config(
    route_name="editorial.decision.discard",
    renderer="editorial/decisions/discard.jinja2",
    permission=Permission.DECISION_EDIT,
    methods=BOTH,
    uses_session=True,
)
def discard(context: PreparedDecision, request: Request) -> Any:
    """Asks once, then throws away what was never published."""
    if request.method != "POST" and context.decision_id is None:
        return {"prepared": context, "back": to(request, context)}
    try:
        preparing.discard(request.db, context)
    except InvalidTransition:
        return HTTPSeeOther(to(request, context))
    return say(HTTPSeeOther(request.route_path("editorial.decisions")), Notice.DECISION_DISCARDED)
