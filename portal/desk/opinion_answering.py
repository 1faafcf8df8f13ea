"""Opinions that other units ask for: the list, the question with its papers, the answer.

The asked unit's side. Nothing else of the dossier is shown or can be done here.
"""

from collections.abc import Callable
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.opinion_models import MAX_ANSWER, MAX_QUESTION, Opinion, OpinionState
from content.dossiers.opinion_reads import answer_file, asked_of, is_open, papers_for
from content.dossiers.opinions import OpinionService
from content.errors import Conflict, InvalidTransition, NotFound
from content.words import clock_and_day
from portal.desk.files import is_shown_inline, send_paper
from portal.desk.officer import officer, sight
from portal.desk.opinion_panel import day_of, state_of
from portal.desk.saying_no import said_no
from portal.desk_contexts import DeskOpinion
from portal.forms import fields
from portal.forms.accessible import AccessibleForm
from portal.forms.messages import size_name
from portal.given_files import files_given
from portal.http.downloads import send_file
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "desk/opinion.jinja2"
FILES = "files"
_FILE_WORDS = "Tệp kèm theo"
METHODS = ("GET", "HEAD", "POST")


@view_config(
    route_name="desk.opinions",
    renderer="desk/opinions.jinja2",
    permission=Permission.DESK_USE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """What waits for this officer's units, the earliest due first; or what has ended."""
    is_done = request.GET.get("xong") == "1"
    found = asked_of(request.db, sight(request), request.now, open_only=not is_done)
    return {
        "is_done": is_done,
        "lines": [
            {
                "opinion": one.opinion,
                "is_mine": one.is_mine,
                "url": request.route_path("desk.opinion", id=one.opinion.id),
                "due": day_of(one.opinion),
                "state": state_of(one.opinion, request.now),
            }
            for one in found
        ],
    }


@view_config(
    route_name="desk.opinion",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def one(context: DeskOpinion, request: Request) -> Any:
    """The question with its papers; sent, it is answered."""
    form = make_form(request, _answer_schema(), _("Gửi ý kiến"))
    page = _page(request, context.opinion, form, is_back=False)
    if request.method != "POST":
        form.fill({"revision": str(context.opinion.revision)})
        return page
    data = form.accept(request.POST)
    files = files_given(request, form, FILES, _FILE_WORDS, ("pdf", "jpeg", "png"))

    def do(service: OpinionService, seen: int) -> None:
        me = officer(request)
        service.answer(context.opinion, me, data["answer"], files, revision=seen)

    return _end(request, context.opinion, form, data, do, Notice.OPINION_GIVEN)


@view_config(
    route_name="desk.opinion.give_back",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def give_back(context: DeskOpinion, request: Request) -> Any:
    """Not for this unit to answer, and why."""
    form = make_form(request, _reason_schema(), _("Trả lại yêu cầu góp ý"))
    page = _page(request, context.opinion, form, is_back=True)
    if request.method != "POST":
        form.fill({"revision": str(context.opinion.revision)})
        return page
    data = form.accept(request.POST)

    def do(service: OpinionService, seen: int) -> None:
        service.give_back(context.opinion, officer(request), data["reason"], revision=seen)

    return _end(request, context.opinion, form, data, do, Notice.OPINION_GIVEN_BACK)


@view_config(
    route_name="desk.opinion.paper", permission=Permission.DOSSIER_HANDLE, uses_session=True
)
def paper(context: DeskOpinion, request: Request) -> Response:
    """A paper that was shown, while the question is open."""
    token = request.matchdict["file"]
    if token not in {one.token for one in papers_for(context.opinion)}:
        raise NotFound("file")
    return send_paper(request, context.opinion.dossier, token)


@view_config(
    route_name="desk.opinion.file", permission=Permission.DOSSIER_HANDLE, uses_session=True
)
def file(context: DeskOpinion, request: Request) -> Response:
    """A file of the unit's own answer."""
    found = answer_file(context.opinion, request.matchdict["file"])
    return send_file(request, found.file, found.name)


def _end(
    request: Request,
    opinion: Opinion,
    form: AccessibleForm,
    data: dict[str, Any],
    do: Callable[[OpinionService, int], None],
    notice: Notice,
) -> Response:
    done = HTTPSeeOther(request.route_path("desk.opinions"))
    mine = opinion.ended_by_id == officer(request).id
    if mine and opinion.state is not OpinionState.WITHDRAWN:
        return say(done, notice)  # the second click of the same officer
    seen = data["revision"] or ""
    revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
    try:
        with said_no(form):
            do(request.service(OpinionService), revision)
    except (Conflict, InvalidTransition):
        raise form.refuse(_who_ended(opinion)) from None
    return say(done, notice)


def _who_ended(opinion: Opinion) -> Any:
    if opinion.ended_at is None:
        return _("Yêu cầu góp ý vừa thay đổi; ông/bà mở lại trang rồi gửi.")
    return _("${who} đã xử lý yêu cầu góp ý này lúc ${when}; ông/bà mở lại trang để xem.") % {
        "who": opinion.ended_by,
        "when": clock_and_day(opinion.ended_at),
    }


def _page(
    request: Request, opinion: Opinion, form: AccessibleForm, *, is_back: bool
) -> dict[str, Any]:
    may = is_open(opinion) and request.service(OpinionService).answers_as(opinion, officer(request))
    place = {"id": opinion.id}
    return form_page(
        request,
        PAGE,
        form,
        opinion=opinion,
        dossier=opinion.dossier,
        state=state_of(opinion, request.now),
        due=day_of(opinion),
        asked=clock_and_day(opinion.asked_at),
        ended=clock_and_day(opinion.ended_at) if opinion.ended_at else None,
        is_open=is_open(opinion),
        may_answer=bool(may),
        is_back=is_back,
        url=request.route_path("desk.opinion", **place),
        back_url=request.route_path("desk.opinion.give_back", **place),
        papers=[
            (
                one.paper,
                one.name,
                size_name(one.file.size),
                request.route_path("desk.opinion.paper", file=one.token, **place),
                is_shown_inline(one),
            )
            for one in papers_for(opinion)
        ],
        files=[
            (one.name, request.route_path("desk.opinion.file", file=one.token, **place))
            for one in opinion.files
        ],
    )


def _answer_schema() -> colander.SchemaNode:
    return fields.mapping(
        fields.paragraph(
            "answer",
            _("Ý kiến của đơn vị"),
            max_length=MAX_ANSWER,
            rows=7,
            hint=_("Đã gửi thì không sửa được. Người nộp hồ sơ không đọc ý kiến này."),
        ),
        fields.files(
            FILES,
            _(_FILE_WORDS),
            accept=".pdf,.jpg,.jpeg,.png",
            multiple=True,
            hint=_("Tối đa 5 tệp PDF hoặc ảnh."),
        ),
        fields.hidden("revision"),
    )


def _reason_schema() -> colander.SchemaNode:
    return fields.mapping(
        fields.paragraph(
            "reason",
            _("Lý do trả lại"),
            max_length=MAX_QUESTION,
            rows=4,
            hint=_("Ví dụ: việc này thuộc đơn vị nào, hoặc câu hỏi còn thiếu điều gì."),
        ),
        fields.hidden("revision"),
    )
