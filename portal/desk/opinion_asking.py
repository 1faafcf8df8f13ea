"""Asking another unit's opinion about a dossier, and what comes of it: the asking side."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.log import Record
from content.dossiers.models import Dossier
from content.dossiers.opinion_models import MAX_QUESTION, OpinionState
from content.dossiers.opinion_reads import answer_file, givers, opinion_of
from content.dossiers.opinions import OpinionService, Question
from content.dossiers.states import Action
from content.people.models import Account
from content.people.roles import ROLE_NAMES
from content.procedures.forms.conditions import day
from content.words import local, short_date, weekday
from portal.desk.act_page import PAGE, act_page, perform
from portal.desk.acting import carry_out
from portal.desk.dossier_page import PAGE as DOSSIER_PAGE
from portal.desk.dossier_page import page as dossier_page
from portal.desk.dossier_page import urls
from portal.desk.officer import officer
from portal.desk.passing_page import elsewhere, receiver
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.downloads import send_file
from portal.http.notices import Notice, say
from portal.http.pages import make_form
from portal.i18n import _
from portal.security.permissions import Permission


@view_config(
    route_name="desk.ask_opinion",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def ask(context: DeskDossier, request: Request) -> Any:
    """The question, whom, until when, and the papers they may read."""
    dossier = context.dossier
    if request.method != "POST" and (back := elsewhere(request, context, Action.FORWARD)):
        return back
    form = make_form(request, _schema(request, dossier), _("Gửi yêu cầu góp ý"))
    due = dossier.due_date
    told = [
        _("Đơn vị được hỏi chỉ đọc câu hỏi và giấy tờ ông/bà chọn; họ không xử lý hồ sơ."),
        _("Đồng hồ của hồ sơ vẫn chạy; ngày hẹn trả là ${day}.")
        % {"day": f"{weekday(due)}, {short_date(due)}"}
        if due
        else _("Đồng hồ của hồ sơ vẫn chạy."),
    ]
    page = act_page(request, context, form, _("Xin ý kiến đơn vị khác"), told)
    if request.method != "POST":
        form.fill({"revision": str(dossier.revision)})
        return page
    data = form.accept(request.POST)
    until = day(data["due_date"])
    assert until is not None  # the form has read it
    question = Question(
        receiver(data["to"]), data["question"], until, tuple(data.get("papers") or ())
    )

    def do(me: Account, revision: int) -> None:
        request.service(OpinionService).ask(dossier, me, question, revision=revision)

    return perform(request, context, Action.FORWARD, form, page, do, Notice.OPINION_ASKED)


@view_config(
    route_name="desk.withdraw_opinion",
    permission=Permission.DOSSIER_HANDLE,
    methods=("POST",),
    uses_session=True,
)
def withdraw(context: DeskDossier, request: Request) -> Response:
    """The answer is needed no more. A second click finds it withdrawn."""
    opinion = opinion_of(request.db, context.dossier, _number(request))
    me = officer(request)
    if opinion.state is OpinionState.WITHDRAWN and opinion.ended_by_id == me.id:
        done = HTTPSeeOther(urls(request, context.dossier)["dossier"])
        return say(done, Notice.OPINION_DROPPED)
    service = request.service(OpinionService)
    return carry_out(
        request,
        context,
        Record.OPINION_ENDED,
        lambda me, revision: service.withdraw(opinion, me, revision=revision),
        Notice.OPINION_DROPPED,
        DOSSIER_PAGE,
        lambda: dossier_page(request, context),
    )


@view_config(
    route_name="desk.opinion_file", permission=Permission.DOSSIER_HANDLE, uses_session=True
)
def file(context: DeskDossier, request: Request) -> Response:
    """A file of an answer."""
    opinion = opinion_of(request.db, context.dossier, _number(request))
    found = answer_file(opinion, request.matchdict["file"])
    return send_file(request, found.file, found.name)


def _number(request: Request) -> int:
    return int(request.matchdict["opinion"][:9])


def _schema(request: Request, dossier: Dossier) -> colander.SchemaNode:
    found = givers(request.db, dossier, local(request.now).date())
    units = [
        (
            str(one.agency_id) if one.account_id is None else f"{one.agency_id}-{one.account_id}",
            one.agency
            if one.role is None
            else f"{one.agency} – {one.person} ({ROLE_NAMES[one.role].lower()})",
        )
        for one in found
    ]
    schema = fields.mapping(
        fields.choice(
            "to",
            _("Đơn vị, người được hỏi"),
            units,
            as_list=True,
            hint=_("Chọn đơn vị thì chuyên viên, lãnh đạo của đơn vị đó trả lời."),
        ),
        fields.paragraph(
            "question",
            _("Nội dung xin ý kiến"),
            max_length=MAX_QUESTION,
            rows=5,
            hint=_("Chỉ ghi điều đơn vị được hỏi cần biết; người nộp hồ sơ không đọc mục này."),
        ),
        fields.date(
            "due_date",
            _("Trả lời chậm nhất ngày"),
            hint=_("Một ngày làm việc. Ghi ngày/tháng/năm, ví dụ 05/03/2026."),
        ),
    )
    papers = [(one.token, f"{one.paper or one.name}: {one.name}") for one in dossier.attachments]
    if papers:
        schema.add(
            fields.choices(
                "papers",
                _("Giấy tờ đơn vị được hỏi đọc"),
                papers,
                hint=_("Họ đọc được đến khi trả lời, trả lại, hoặc ông/bà rút yêu cầu."),
            )
        )
    schema.add(fields.hidden("revision"))
    return schema
