"""One decision while it is prepared: its heading, its procedures, its file; then publishing."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.procedures import preparing
from content.procedures.decision_reminders import tell
from content.procedures.prepared import PreparedDecision
from portal.editorial import writing
from portal.editorial.decisions import schemas
from portal.editorial.decisions.page import PAGE, page_of, to
from portal.editorial.decisions.words import REFUSED
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
POST = ("POST",)
HEADING = "editorial/decisions/heading.jinja2"
NEW_SUBJECT = "decision:moi"


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
    page = form_page(request, HEADING, form, prepared=None, back=None)
    if request.method != "POST":
        form.fill({"agency": request.site.authority, "publisher": "province"})
        return {**page, "writing": writing.begin(request, NEW_SUBJECT, form, None)}
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
    page = form_page(request, HEADING, form, prepared=context, back=to(request, context))
    if request.method != "POST":
        form.fill(schemas.as_data(context))
        return {**page, "writing": writing.begin(request, subject, form, context.updated_at)}
    data = form.accept(request.POST)
    given = data["revision"] or ""
    try:
        preparing.edit(
            context,
            schemas.as_heading(data),
            revision=int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0,
            by=request.identity.account_id,
            now=request.now,
        )
    except Invalid as invalid:
        raise _refused(form, invalid) from None
    except Conflict:
        words = _(
            "Người khác vừa lưu quyết định này sau khi ông/bà mở. Phần ông/bà ghi vẫn ở dưới "
            "đây; hãy chép lại rồi mở lại trang để so với bản mới."
        )
        raise form.refuse(words) from None
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
    """Put it into force. A stale page is led back to the reasons; a second click to the result."""
    try:
        decision = preparing.publish(
            request.db,
            context,
            now=request.now,
            by=request.identity.account_id,
            four_eyes=request.settings.editorial.four_eyes,
        )
    except (InvalidTransition, Invalid, NotAllowed):
        return HTTPSeeOther(to(request, context))
    # Its address, and the mails, name its id.
    request.db.flush()
    tell(request.db, decision, now=request.now)
    target = request.route_path("editorial.signed", id=decision.id)
    return say(HTTPSeeOther(target), Notice.DECISION_PUBLISHED)


@view_config(
    route_name="editorial.decision.discard",
    permission=Permission.DECISION_EDIT,
    methods=POST,
    uses_session=True,
)
def discard(context: PreparedDecision, request: Request) -> Response:
    """Throw away what was never published."""
    try:
        preparing.discard(request.db, context)
    except InvalidTransition:
        return HTTPSeeOther(to(request, context))
    return say(HTTPSeeOther(request.route_path("editorial.decisions")), Notice.DECISION_DISCARDED)
