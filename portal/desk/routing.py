"""A dossier's way through the house: transferring, forwarding, sending back, assigning,
signing for it, taking the last step back; the control slip."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.hand_overs import hand_overs_of, standing
from content.dossiers.opinion_reads import opinions_of
from content.dossiers.processes import graph_of, steps_back, steps_on
from content.dossiers.routing import RoutingService
from content.dossiers.service import MAX_REASON
from content.dossiers.states import Action
from content.dossiers.step_clock import desk_due
from content.errors import Conflict, InvalidTransition, NotFound
from content.letters.from_dossiers import LetterSite
from content.letters.from_hand_overs import control_slip
from content.letters.render import Letters
from content.people.models import Account
from portal.desk.act_page import PAGE, act_page, perform
from portal.desk.dossier import overtaken_page, seen
from portal.desk.dossier_page import PAGE as DOSSIER_PAGE
from portal.desk.dossier_page import page as dossier_page
from portal.desk.dossier_page import urls
from portal.desk.officer import clocks, officer
from portal.desk.passing_page import (
    NOTE_ROWS,
    elsewhere,
    first_steps,
    named,
    passing_page,
    stands,
)
from portal.desk.schemas import sentence_of
from portal.desk.time_left import clock
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.downloads import send_pdf
from portal.http.notices import Notice, say
from portal.http.pages import make_form
from portal.i18n import _
from portal.security.permissions import Permission

METHODS = ("GET", "HEAD", "POST")


@view_config(
    route_name="desk.transfer",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def transfer(context: DeskDossier, request: Request) -> Any:
    """T7."""
    dossier = context.dossier
    steps = first_steps(request, dossier)
    by = desk_due(clocks(request).of(dossier.agency), dossier)
    rule = _("Phải chuyển trước ${when} (Nghị định 61/2018/NĐ-CP, Điều 18).")
    told = [rule % {"when": clock(by)}] if by else []
    return passing_page(
        request,
        context,
        Action.TRANSFER,
        (_("Chuyển xử lý hồ sơ"), _("Chuyển hồ sơ"), Notice.DOSSIER_TRANSFERRED),
        steps,
        told,
        lambda service, me, to, data, revision: service.transfer(
            dossier,
            me,
            to,
            step_key=data.get("step"),
            note=data.get("note") or "",
            revision=revision,
        ),
        needs_note=False,
    )


@view_config(
    route_name="desk.forward",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def forward(context: DeskDossier, request: Request) -> Any:
    """T18, to the next step."""
    dossier = context.dossier
    steps = steps_on(graph_of(request.db, dossier), dossier.step_key)
    return passing_page(
        request,
        context,
        Action.FORWARD,
        (_("Chuyển bước tiếp theo"), _("Chuyển bước"), Notice.DOSSIER_FORWARDED),
        steps,
        [stands(dossier)],
        lambda service, me, to, data, revision: service.forward(
            dossier, me, to, data["note"], step_key=data.get("step"), revision=revision
        ),
    )


@view_config(
    route_name="desk.assign",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def assign(context: DeskDossier, request: Request) -> Any:
    """T18, to somebody else at the same step."""
    dossier = context.dossier
    here = graph_of(request.db, dossier).step(dossier.step_key)
    return passing_page(
        request,
        context,
        Action.FORWARD,
        (_("Giao hồ sơ cho người khác"), _("Giao hồ sơ"), Notice.DOSSIER_ASSIGNED),
        (here,) if here else (),
        [stands(dossier), _("Thời hạn của bước không đổi.")],
        lambda service, me, to, data, revision: service.assign(
            dossier, me, to, data["note"], revision=revision
        ),
        units=False,
    )


@view_config(
    route_name="desk.send_back",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def send_back(context: DeskDossier, request: Request) -> Any:
    """T18, to an earlier step, with the reason."""
    dossier = context.dossier
    if request.method != "POST" and (back := elsewhere(request, context, Action.FORWARD)):
        return back
    steps = steps_back(graph_of(request.db, dossier), dossier.step_key)
    schema = fields.mapping(
        fields.choice("step", _("Trả về bước"), named(steps), as_list=len(steps) > 4),
        fields.paragraph(
            "reason",
            _("Lý do trả lại"),
            max_length=MAX_REASON,
            rows=NOTE_ROWS,
            validators=(sentence_of,),
            hint=_("Viết cho người nhận; người nộp hồ sơ không đọc nội dung này."),
        ),
        fields.hidden("revision"),
    )
    form = make_form(request, schema, _("Trả lại"))
    told = [stands(dossier), _("Hồ sơ trở về người đã làm bước đó.")]
    page = act_page(request, context, form, _("Trả lại bước trước"), told)
    if request.method != "POST":
        first = steps[-1].key if steps else ""
        form.fill({"revision": str(dossier.revision), "step": first})
        return page
    data = form.accept(request.POST)

    def do(me: Account, revision: int) -> None:
        service = request.service(RoutingService)
        service.send_back(dossier, me, data["step"], data["reason"], revision=revision)

    return perform(request, context, Action.FORWARD, form, page, do, Notice.DOSSIER_SENT_BACK)


@view_config(
    route_name="desk.receive",
    permission=Permission.DOSSIER_HANDLE,
    methods=("POST",),
    uses_session=True,
)
def receive(context: DeskDossier, request: Request) -> Response:
    """Sign for it with one press; the second press finds it signed."""
    dossier, me = context.dossier, officer(request)
    done = HTTPSeeOther(urls(request, dossier)["dossier"])
    try:
        request.service(RoutingService).receive(dossier, me, revision=seen(request))
    except (Conflict, InvalidTransition):
        rows = standing(hand_overs_of(request.db, dossier))
        if rows and rows[-1].taken_by_id == me.id:
            return say(done, Notice.DOSSIER_TAKEN)
        raise overtaken_page(request, DOSSIER_PAGE, dossier_page(request, context)) from None
    return say(done, Notice.DOSSIER_TAKEN)


@view_config(
    route_name="desk.take_back",
    permission=Permission.DOSSIER_HANDLE,
    methods=("POST",),
    uses_session=True,
)
def take_back(context: DeskDossier, request: Request) -> Response:
    """Undo one's own last step, while nobody went on from there."""
    dossier, me = context.dossier, officer(request)
    done = HTTPSeeOther(urls(request, dossier)["dossier"])
    try:
        request.service(RoutingService).take_back(dossier, me, revision=seen(request))
    except (Conflict, InvalidTransition):
        last = dossier.events[-1]
        if last.actor_id == me.id and last.data.get("undone"):
            return say(done, Notice.STEP_TAKEN_BACK)
        return say(done, Notice.STEP_STAYS)
    return say(done, Notice.STEP_TAKEN_BACK)


@view_config(
    route_name="desk.control_slip", permission=Permission.DOSSIER_HANDLE, uses_session=True
)
def slip(context: DeskDossier, request: Request) -> Response:
    """Phiếu kiểm soát as it stands now."""
    dossier = context.dossier
    rows = hand_overs_of(request.db, dossier)
    if not rows:
        raise NotFound("control_slip")
    opinions = opinions_of(request.db, dossier)
    made = control_slip(dossier, rows, request.service(LetterSite), request.now, opinions)
    name = f"phieu-kiem-soat-{dossier.code or dossier.lookup_code}"
    return send_pdf(request.service(Letters).make(made), name, inline=True)
