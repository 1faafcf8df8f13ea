"""Finders for editors: the list, what stands around the questions, one question at a time."""

import re
from collections.abc import Sequence
from typing import Any

import colander
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import Conflict, Invalid
from content.procedures import finders
from content.procedures.codes import parse_procedure_code
from content.procedures.finders import Finder, Option, Problem, Question, Result
from content.procedures.kinds import LEVEL_BY_SLUG, Level
from content.procedures.life_events import LifeEvent
from portal.editorial.procedures import words
from portal.editorial.procedures.rows_form import Group, Part, RowsForm
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
NEW = "moi"
_LINE = re.compile(
    r"(?P<code>\S+)\s*(?:cấp\s+)?(?P<level>xã|tỉnh|huyện|khác)?\s*(?:\|(?P<case>.*))?"
)
_LEVELS = {"xã": "xa", "tỉnh": "tinh", "huyện": "huyen", "khác": "khac"}
PROBLEMS = {
    "no_questions": _("Chưa có câu hỏi nào."),
    "no_options": _("chưa có câu trả lời để chọn"),
    "leads_nowhere": _("dẫn tới một câu hỏi không còn nữa"),
    "dead_end": _("là ngõ cụt: không dẫn tới câu hỏi, thủ tục hay lời khuyên nào"),
    "circle": _("nằm trên một vòng luẩn quẩn, người hỏi quay lại chính câu này"),
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
    found = request.db.scalars(select(Finder).order_by(Finder.position, Finder.id))
    return {
        "rows": [
            (
                request.route_path("editorial.finder", id=one.id),
                one,
                len(one.questions or ()),
                len(finders.problems_of(finders.questions_of(one))),
            )
            for one in found
        ],
        "new_url": request.route_path("editorial.finder.new"),
    }


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
        made = finders.create(request.db, **_described(request, data))
    except Conflict:
        raise form.refuse(_("Đã có bộ câu hỏi mang tên này."), "title") from None
    return say(HTTPSeeOther(_to(request, made)), Notice.FINDER_SAVED)


def _described(request: Request, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": data["title"],
        "intro": data["intro"] or "",
        "life_event": data["life_event"],
        "by": request.identity.account_id,
        "now": request.now,
    }


def _to(request: Request, finder: Finder, name: str = "", **more: Any) -> str:
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
                _to(request, context, ".question", key=one.key),
                _to(request, context, ".question.drop", key=one.key),
                one,
            )
            for one in questions
        ],
        texts=texts,
        problems=[told(one, questions) for one in finders.problems_of(questions)],
        new_url=_to(request, context, ".question", key=NEW),
        show_url=_to(request, context, ".show"),
        public_url=request.route_path("catalogue.finder", slug=context.slug),
        back=request.route_path("editorial.finders"),
        may_show=bool(request.has_permission(Permission.PROCEDURE_SETTLE)),
    )
    if request.method != "POST":
        form.fill(
            {"title": context.title, "intro": context.intro, "life_event": context.life_event}
        )
        return page
    data = form.accept(request.POST)
    finders.describe(request.db, context, **_described(request, data))
    return say(HTTPSeeOther(_to(request, context)), Notice.FINDER_SAVED)


@view_config(
    route_name="editorial.finder.show",
    permission=Permission.PROCEDURE_SETTLE,
    methods=("POST",),
    uses_session=True,
)
def show(context: Finder, request: Request) -> Response:
    """Let readers see it, or hide it. With problems it stays hidden; the page names them."""
    target = HTTPSeeOther(_to(request, context))
    by, now = request.identity.account_id, request.now
    try:
        finders.show(request.db, context, public=request.POST.get("hien") == "1", by=by, now=now)
    except Invalid:
        return target
    return say(target, Notice.FINDER_SAVED)


@view_config(
    route_name="editorial.finder.question",
    renderer="editorial/procedures/question.jinja2",
    permission=Permission.PROCEDURE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def question(context: Finder, request: Request) -> Any:
    """One question with its answers."""
    asked = _asked(context, request.matchdict["key"])
    others = [(one.key, one.text) for one in finders.questions_of(context) if one.key != asked.key]
    values = {"text": asked.text, "hint": asked.hint, "options": [_shown(o) for o in asked.options]}
    form = RowsForm(request, lambda: _parts(others), _("Lưu câu hỏi"), values=values)
    page = form_page(
        request,
        "editorial/procedures/question.jinja2",
        form,
        finder=context,
        is_new=request.matchdict["key"] == NEW,
        back=_to(request, context),
    )
    if request.method != "POST" or form.pressed(request.POST):
        return page
    data = form.accept(request.POST)
    written = Question(
        asked.key, data["text"], data["hint"] or "", tuple(_option(one) for one in data["options"])
    )
    by, now = request.identity.account_id, request.now
    try:
        finders.put_question(request.db, context, written, by=by, now=now)
    except Invalid as error:
        raise form.refuse(words.problems(error)) from None
    return say(HTTPSeeOther(_to(request, context)), Notice.FINDER_SAVED)


@view_config(
    route_name="editorial.finder.question.drop",
    permission=Permission.PROCEDURE_EDIT,
    methods=("POST",),
    uses_session=True,
)
def drop(context: Finder, request: Request) -> Response:
    """Take a question out; what led to it is named by the check."""
    by, now = request.identity.account_id, request.now
    finders.remove_question(request.db, context, request.matchdict["key"], by=by, now=now)
    return say(HTTPSeeOther(_to(request, context)), Notice.FINDER_SAVED)


def _asked(finder: Finder, key: str) -> Question:
    if key == NEW:
        return Question(finders.new_key(finder), "")
    for one in finders.questions_of(finder):
        if one.key == key:
            return one
    raise HTTPNotFound


def _parts(others: list[tuple[str, str]]) -> list[Part]:
    def nodes(_row: Any) -> list[colander.SchemaNode]:
        made = [
            fields.text("words", _("Câu trả lời"), max_length=300),
            fields.paragraph(
                "results",
                _("Thủ tục cần làm"),
                rows=2,
                required=False,
                max_length=finders.MAX_TEXT,
                validators=[_are_results],
                hint=_("Mỗi dòng một thủ tục: 1.001193 xã | tên trường hợp (nếu có)."),
            ),
            fields.paragraph(
                "advice", _("Lời khuyên"), rows=2, required=False, max_length=finders.MAX_TEXT
            ),
        ]
        if others:
            hint = _("Chưa chọn nghĩa là câu trả lời này kết thúc ở thủ tục hoặc lời khuyên.")
            made.insert(
                1, fields.choice("next", _("Hỏi tiếp câu"), others, required=False, hint=hint)
            )
        return made

    return [
        fields.text("text", _("Câu hỏi"), max_length=300),
        fields.text("hint", _("Giải thích"), required=False, max_length=500),
        Group(
            "options", _("Các câu trả lời"), _("câu trả lời"), nodes, max_rows=finders.MAX_OPTIONS
        ),
    ]


def _shown(option: Option) -> dict[str, Any]:
    lines = [
        f"{one.code} {'khác' if one.level is Level.OTHER else one.level.value}"
        + (f" | {one.case}" if one.case else "")
        for one in option.results
    ]
    return {
        "words": option.words,
        "next": option.next or None,
        "results": "\n".join(lines) or None,
        "advice": option.advice or None,
    }


def _option(row: dict[str, Any]) -> Option:
    lines = (row.get("results") or "").splitlines()
    results = [_result(line) for line in lines if line.strip()]
    return Option(
        words=row["words"],
        next=row.get("next") or "",
        results=tuple(one for one in results if one is not None),
        advice=row.get("advice") or "",
    )


def _result(line: str) -> Result | None:
    found = _LINE.fullmatch(line.strip())
    code = parse_procedure_code(found["code"]) if found else None
    if found is None or code is None:
        return None
    level = LEVEL_BY_SLUG[_LEVELS[found["level"] or "xã"]]
    return Result(code.base, level, (found["case"] or "").strip())


def _are_results(node: colander.SchemaNode, value: str) -> None:
    for line in value.splitlines():
        if line.strip() and _result(line) is None:
            raise colander.Invalid(
                node, f"Dòng “{line.strip()[:60]}” chưa đúng; dạng đúng là 1.001193 xã."
            )
