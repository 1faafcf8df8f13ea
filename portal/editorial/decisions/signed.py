"""A published decision: its entries, what the law asks, which desks have said they have it."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from content.calendar.store import load_calendar
from content.errors import Invalid
from content.procedures import notified
from content.procedures.decisions import PublicationDecision, PublicationEntry
from content.procedures.duties import duties, enter
from content.procedures.standing import today
from portal.editorial.decisions.schemas import day
from portal.editorial.decisions.words import DUTIES, KINDS, PUBLISHERS, VERDICTS
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/decisions/signed.jinja2"
MAX_ENTRIES = 200


@view_config(
    route_name="editorial.signed",
    renderer=PAGE,
    permission=Permission.DECISION_EDIT,
    uses_session=True,
)
def show(context: PublicationDecision, request: Request) -> dict[str, Any]:
    """The decision."""
    return _page(context, request, _form(request, context))


@view_config(
    route_name="editorial.signed.entered",
    permission=Permission.DECISION_EDIT,
    methods=("POST",),
    uses_session=True,
)
def entered(context: PublicationDecision, request: Request) -> Response:
    """Write down when it was entered in the national database."""
    form = _form(request, context)
    _page(context, request, form)
    data = form.accept(request.POST)
    on = day(data["entered_on"])
    assert on is not None  # the form asks for it
    try:
        enter(request.db, context, on, by=request.identity.account_id, now=request.now)
    except Invalid:
        words = _("Ngày nhập phải từ ngày ký quyết định đến hôm nay.")
        raise form.refuse(words, "entered_on") from None
    target = request.route_path("editorial.signed", id=context.id)
    return say(HTTPSeeOther(target), Notice.DECISION_ENTERED)


def _form(request: Request, decision: PublicationDecision) -> Any:
    schema = fields.mapping(fields.date("entered_on", _("Ngày nhập")))
    form = make_form(request, schema, _("Ghi ngày nhập"))
    form.deform.action = request.route_path("editorial.signed.entered", id=decision.id)
    if decision.entered_on:
        form.fill({"entered_on": decision.entered_on.isoformat()})
    return form


def _entries(decision: PublicationDecision) -> Select[PublicationEntry]:
    return (
        select(PublicationEntry)
        .where(PublicationEntry.decision_id == decision.id)
        .options(joinedload(PublicationEntry.procedure))
        .order_by(PublicationEntry.id)
        .limit(MAX_ENTRIES)
    )


def _page(decision: PublicationDecision, request: Request, form: Any) -> dict[str, Any]:
    on = today(request.now)
    return form_page(
        request,
        PAGE,
        form,
        decision=decision,
        entries=request.db.scalars(_entries(decision)).all(),
        more=max(0, len(decision.entries) - MAX_ENTRIES),
        kinds=KINDS,
        publishers=PUBLISHERS,
        duties=duties(decision, load_calendar(request.db), on),
        duty_names=DUTIES,
        verdicts=VERDICTS,
        desks=notified.acknowledgements(request.db, decision, on),
        today=on,
        procedure_url=lambda one: request.route_path("catalogue.procedure", code=one.key),
        file_url=request.route_path("catalogue.decision.file", id=decision.id)
        if decision.file_id
        else None,
    )
