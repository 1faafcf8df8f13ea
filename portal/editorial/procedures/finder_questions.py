"""One question of a finder: written, moved, taken out; the second of two editors merges."""

import re
from typing import Any

import colander
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Invalid
from content.procedures import finder_editing, finders
from content.procedures.codes import parse_procedure_code
from content.procedures.finders import Finder, Option, Question, Result
from content.procedures.kinds import LEVEL_BY_SLUG, Level
from content.procedures.weaving import weave
from portal.editorial import writing
from portal.editorial.opened import NAME, NOTE, base_of, is_as_opened, name_of, written
from portal.editorial.opened import field as opened_field
from portal.editorial.procedures import words
from portal.editorial.procedures.finders import last_writer, to_finder
from portal.editorial.procedures.rows_form import Group, Part, RowsForm
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import PAGE as PAGE_OF
from portal.http.pages import form_page, posted
from portal.i18n import _
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
PAGE = "editorial/procedures/question.jinja2"
NEW = "moi"
_LINE = re.compile(
    r"(?P<code>\S+)\s*(?:cấp\s+)?(?P<level>xã|tỉnh|huyện|khác)?\s*(?:\|(?P<case>.*))?"
)
_LEVELS = {"xã": "xa", "tỉnh": "tinh", "huyện": "huyen", "khác": "khac"}


@view_config(
    route_name="editorial.finder.question",
    renderer=PAGE,
    permission=Permission.PROCEDURE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def question(context: Finder, request: Request) -> Any:
    """One question with its answers."""
    asked = _asked(context, request.matchdict["key"])
    others = [(one.key, one.text) for one in finders.questions_of(context) if one.key != asked.key]
    is_new = request.matchdict["key"] == NEW
    subject = f"finder_question:{context.id}-{request.matchdict['key']}"
    now = _values(asked)
    opened = posted(request, NAME) or written(now)
    form = RowsForm(request, lambda: _parts(others), _("Lưu câu hỏi"), values={**now, NAME: opened})
    page = form_page(
        request,
        PAGE,
        form,
        finder=context,
        is_new=is_new,
        back=to_finder(request, context),
        clash=None,
        w=None,
    )
    if request.method != "POST" or form.pressed(request.POST):
        page["w"] = writing.begin(request, subject, form, None, lock=not is_new)
        return page
    writing.attach(request, form, subject)
    data = form.accept(request.POST)
    if not is_new and not is_as_opened(request, now):
        raise _overtaken(request, context, data, now, others)
    writing.finish(request, subject)
    changed = Question(
        asked.key, data["text"], data["hint"] or "", tuple(_option(one) for one in data["options"])
    )
    by = request.identity.account_id
    try:
        finder_editing.put_question(request.db, context, changed, by=by, now=request.now)
    except Invalid as error:
        raise form.refuse(words.problems(error)) from None
    return say(HTTPSeeOther(to_finder(request, context)), Notice.FINDER_SAVED)


@view_config(
    route_name="editorial.finder.question.drop",
    permission=Permission.PROCEDURE_EDIT,
    methods=("POST",),
    uses_session=True,
)
def drop(context: Finder, request: Request) -> Response:
    """Take a question out; what led to it is named by the check."""
    by, now = request.identity.account_id, request.now
    finder_editing.remove_question(request.db, context, request.matchdict["key"], by=by, now=now)
    return say(HTTPSeeOther(to_finder(request, context)), Notice.FINDER_SAVED)


@view_config(
    route_name="editorial.finder.question.move",
    permission=Permission.PROCEDURE_EDIT,
    methods=("POST",),
    uses_session=True,
)
def move(context: Finder, request: Request) -> Response:
    """One place up or down; the first question is asked first."""
    places = -1 if posted(request, "len") == "1" else 1
    by, key = request.identity.account_id, request.matchdict["key"]
    finder_editing.move_question(request.db, context, key, places, by=by, now=request.now)
    return HTTPSeeOther(f"{to_finder(request, context)}#cau-hoi")


def _values(question: Question) -> dict[str, Any]:
    return {
        "text": question.text,
        "hint": question.hint,
        "options": [_shown(one) for one in question.options],
    }


def _overtaken(
    request: Request,
    finder: Finder,
    data: dict[str, Any],
    now: dict[str, Any],
    others: list[tuple[str, str]],
) -> Exception:
    """Both wordings woven together for the second one, who is told who the other one is."""
    base = base_of(request) or {}
    mine = {name: data.get(name) for name in now}
    woven, clashes = weave(base, _plain(mine), _plain(now))
    form = RowsForm(
        request, lambda: _parts(others), _("Lưu câu hỏi"), values={**woven, NAME: written(now)}
    )
    renderer, page = request.made[PAGE_OF]
    request.made[PAGE_OF] = (renderer, {**page, "form": form})
    by = last_writer(request, finder)
    page["clash"] = {
        "name": name_of(request, by),
        "at": finder.updated_at,
        "rows": [
            {
                "title": _title(one.path),
                "base": _words(one.base),
                "mine": _words(one.mine),
                "theirs": _words(one.theirs),
                "both": True,
            }
            for one in clashes
        ],
        "url": request.path,
    }
    request.made[PAGE_OF] = (renderer, {**page, "form": form})
    refused: Exception = form.refuse({"": NOTE})
    return refused


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Rows without what only the form needs."""
    rows = [
        {name: row.get(name) or None for name in ("words", "next", "results", "advice")}
        for row in values.get("options") or ()
    ]
    return {"text": values.get("text"), "hint": values.get("hint") or "", "options": rows}


def _title(path: str) -> str:
    if path.startswith("text"):
        return "Câu hỏi"
    return "Giải thích" if path.startswith("hint") else "Câu trả lời"


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(str(one) for one in value.values() if one)
    return "" if value is None else str(value)


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
        opened_field(),
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
