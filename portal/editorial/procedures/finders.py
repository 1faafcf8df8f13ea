"""Finders for editors: the list, what stands around the questions, showing, the bin."""

from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.audit import AuditEntry
from content.errors import Conflict, Invalid
from content.procedures import finder_editing, finders
from content.procedures.finders import Finder, Problem, Question
from content.procedures.life_events import LifeEvent
from content.writing.trash import in_use
from portal.editorial import writing
from portal.editorial.opened import field, is_as_opened, overtaken, with_base
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form, posted
from portal.i18n import _
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
NEW = "moi"
PROBLEMS = {
    "no_questions": _("Chưa có câu hỏi nào."),
    "no_options": _("chưa có câu trả lời để chọn"),
    "leads_nowhere": _("dẫn tới một câu hỏi không còn nữa"),
    "dead_end": _("là ngõ cụt: không dẫn tới câu hỏi, thủ tục hay lời khuyên nào"),
    "circle": _("nằm trên một vòng luẩn quẩn, người hỏi quay lại chính câu này"),
    "result_gone": _("dẫn tới một thủ tục không có hoặc không còn áp dụng ở cấp đã ghi"),
    "case_gone": _("dẫn tới một trường hợp mà thủ tục không có"),
    "unreachable": _("không có câu nào dẫn tới"),
}


def told(problem: Problem, questions: Sequence[Question]) -> str:
    """A problem with the question and the answer it is about."""
    said = str(PROBLEMS[problem.code])
    question = next((one for one in questions if one.key == problem.question), None)
    if question is None:
        return said
    where = f"Câu “{question.text}”"
    if problem.option is not None:
        where += f", câu trả lời “{question.options[problem.option].words}”"
    return f"{where} {said}."


@view_config(
    route_name="editorial.finders",
    renderer="editorial/procedures/finders.jinja2",
    permission=Permission.PROCEDURE_EDIT,
    uses_session=True,
)
def finder_list(request: Request) -> dict[str, Any]:
    """All finders, with what stops them from being shown."""
    query = select(Finder).where(in_use(Finder)).order_by(Finder.position, Finder.id)
    found = request.db.scalars(query)
    return {
        "rows": [
            (
                request.route_path("editorial.finder", id=one.id),
                one,
                len(one.questions or ()),
                len(_problems(request, finders.questions_of(one))),
                to_finder(request, one, ".move"),
            )
            for one in found
        ],
        "new_url": request.route_path("editorial.finder.new"),
    }


def _problems(request: Request, questions: Sequence[Question]) -> list[Problem]:
    return [*finders.problems_of(questions), *finders.lost_results(request.db, questions)]


def _around(request: Request) -> Any:
    events = request.db.execute(
        select(LifeEvent.slug, LifeEvent.title).order_by(LifeEvent.position)
    )
    return fields.mapping(
        fields.text("title", _("Tên bộ câu hỏi"), max_length=finders.MAX_TITLE),
        fields.paragraph(
            "intro", _("Lời giới thiệu"), rows=3, required=False, max_length=finders.MAX_TEXT
        ),
        fields.choice(
            "life_event",
            _("Dẫn từ trang sự kiện"),
            [(row.slug, row.title) for row in events],
            required=False,
        ),
        field(),
    )


@view_config(
    route_name="editorial.finder.new",
    renderer="editorial/procedures/finder_new.jinja2",
    permission=Permission.PROCEDURE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A finder that nobody sees yet."""
    form = make_form(request, _around(request), _("Tạo bộ câu hỏi"))
    page = form_page(request, "editorial/procedures/finder_new.jinja2", form)
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    try:
        made = finder_editing.create(request.db, **_described(request, data))
    except Conflict:
        raise form.refuse(_("Đã có bộ câu hỏi mang tên này."), "title") from None
    return say(HTTPSeeOther(to_finder(request, made)), Notice.FINDER_SAVED)


def _described(request: Request, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": data["title"],
        "intro": data["intro"] or "",
        "life_event": data["life_event"],
        "by": request.identity.account_id,
        "now": request.now,
    }


def to_finder(request: Request, finder: Finder, name: str = "", **more: Any) -> str:
    url: str = request.route_path(f"editorial.finder{name}", id=finder.id, **more)
    return url


@view_config(
    route_name="editorial.finder",
    renderer="editorial/procedures/finder.jinja2",
    permission=Permission.PROCEDURE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def finder(context: Finder, request: Request) -> Any:
    """The questions with their ways, the check, and what stands around them."""
    questions = finders.questions_of(context)
    form = make_form(request, _around(request), _("Lưu phần giới thiệu"))
    texts = {one.key: one.text for one in questions}
    page = form_page(
        request,
        "editorial/procedures/finder.jinja2",
        form,
        finder=context,
        questions=[
            (
                to_finder(request, context, ".question", key=one.key),
                to_finder(request, context, ".question.drop", key=one.key),
                to_finder(request, context, ".question.move", key=one.key),
                one,
            )
            for one in questions
        ],
        texts=texts,
        problems=[told(one, questions) for one in _problems(request, questions)],
        new_url=to_finder(request, context, ".question", key=NEW),
        show_url=to_finder(request, context, ".show"),
        delete_url=to_finder(request, context, ".delete"),
        clash=None,
        w=None,
        public_url=request.route_path("catalogue.finder", slug=context.slug),
        back=request.route_path("editorial.finders"),
        may_show=bool(request.has_permission(Permission.PROCEDURE_SETTLE)),
    )
    subject = f"finder:{context.id}"
    now = {"title": context.title, "intro": context.intro, "life_event": context.life_event}
    if request.method != "POST":
        form.fill(with_base(now))
        page["w"] = writing.begin(request, subject, form, context.updated_at)
        return page
    writing.attach(request, form, subject)
    data = form.accept(request.POST)
    if not is_as_opened(request, now):
        by, at = last_writer(request, context), context.updated_at
        raise overtaken(request, form, data, now, by=by, at=at)
    writing.finish(request, subject)
    finder_editing.describe(request.db, context, **_described(request, data))
    return say(HTTPSeeOther(to_finder(request, context)), Notice.FINDER_SAVED)


@view_config(
    route_name="editorial.finder.show",
    permission=Permission.PROCEDURE_SETTLE,
    methods=("POST",),
    uses_session=True,
)
def show(context: Finder, request: Request) -> Response:
    """Let readers see it, or hide it. With problems it stays hidden; the page names them."""
    target = HTTPSeeOther(to_finder(request, context))
    by, now = request.identity.account_id, request.now
    try:
        finder_editing.show(
            request.db, context, public=request.POST.get("hien") == "1", by=by, now=now
        )
    except Invalid:
        return target
    return say(target, Notice.FINDER_SAVED)


@view_config(
    route_name="editorial.finder.move",
    permission=Permission.PROCEDURE_EDIT,
    methods=("POST",),
    uses_session=True,
)
def move(context: Finder, request: Request) -> Response:
    """One place up or down in the list."""
    finder_editing.move(request.db, context, -1 if posted(request, "len") == "1" else 1)
    return HTTPSeeOther(request.route_path("editorial.finders"))


@view_config(
    route_name="editorial.finder.delete",
    permission=Permission.PROCEDURE_SETTLE,
    methods=("POST",),
    uses_session=True,
)
def delete(context: Finder, request: Request) -> Response:
    """Into the bin; readers no longer see it, and it can be had back for thirty days."""
    by, now = request.identity.account_id, request.now
    finder_editing.throw_away(request.db, context, by=by, now=now)
    return say(HTTPSeeOther(request.route_path("editorial.finders")), Notice.FINDER_DELETED)


def last_writer(request: Request, finder: Finder) -> int | None:
    """Who changed a finder last, as the audit knows."""
    query = select(AuditEntry.actor_id).where(AuditEntry.subject == f"finder:{finder.id}")
    return request.db.scalars(query.order_by(AuditEntry.id.desc()).limit(1)).first()
