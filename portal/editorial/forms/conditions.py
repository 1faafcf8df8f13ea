"""When a question or a step is asked: chosen question by question, read as a sentence.

Two pages' worth of choices without scripts: first the question to look at, then what its
answer must be. The tests stand in one group (all or any), or in groups within it.
"""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, NotFound
from content.procedures.forms import (
    AllOf,
    AnyOf,
    Condition,
    FormDefinition,
    Kind,
    Not,
    Question,
    Test,
    acts,
    sentence,
)
from content.procedures.forms.conditions import Op, canonical, day, number
from content.procedures.forms.definition import places
from content.procedures.forms.rules import TESTS
from portal.editorial.forms.building import BOTH
from portal.editorial.forms.context import (
    FormContext,
    question_at,
    saved,
    section_at,
    surroundings,
    url,
)
from portal.forms import fields
from portal.forms.typed import read_day, read_number
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/forms/condition.jinja2"
MAX_PARTS = 20
_OPS = {
    Op.EQUALS: (_("là"), _("không là")),
    Op.CONTAINS: (_("có"), _("không có")),
    Op.GREATER: (_("lớn hơn"), _("không lớn hơn")),
    Op.LESS: (_("nhỏ hơn"), _("không nhỏ hơn")),
    Op.BEFORE: (_("trước ngày"), _("không trước ngày")),
    Op.AFTER: (_("sau ngày"), _("không sau ngày")),
    Op.ANSWERED: (_("đã được trả lời"), _("chưa được trả lời")),
}
NEW_GROUP = "moi"


@view_config(
    route_name="editorial.form.question.when",
    renderer=PAGE,
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def of_question(context: FormContext, request: Request) -> Any:
    """The condition of a question."""
    here = question_at(context, request)
    found = [(s, q, g) for s, q, g in places(context.definition) if q.id == here.id]
    groups = found[0][2]
    earlier = _earlier(context.definition, here.id, None, groups)

    def changed(when: Condition | None) -> FormDefinition:
        return acts.change_question(context.definition, here.id, when=when)

    home = url(request, context, "question", id=here.id)
    return _page(context, request, here.when, changed, earlier, here.label, home)


@view_config(
    route_name="editorial.form.section.when",
    renderer=PAGE,
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def of_section(context: FormContext, request: Request) -> Any:
    """The condition of a step."""
    here = section_at(context, request)
    earlier = _earlier(context.definition, None, here.id, ())

    def changed(when: Condition | None) -> FormDefinition:
        return acts.change_section(context.definition, here.id, when=when)

    home = f"{url(request, context)}#buoc-{here.id}"
    return _page(context, request, here.when, changed, earlier, here.title, home)


def _earlier(
    definition: FormDefinition,
    question: str | None,
    section: str | None,
    groups: tuple[str, ...],
) -> list[Question]:
    """What a condition may look at: earlier questions, within the same groups."""
    found = []
    for its_section, one, its_groups in places(definition):
        if one.id == question or its_section.id == section:
            break
        in_reach = groups[: len(its_groups)] == its_groups and one.id not in groups
        if in_reach and one.kind is not Kind.STATEMENT:
            found.append(one)
    return found


def _page(
    context: FormContext,
    request: Request,
    when: Condition | None,
    changed: Any,
    earlier: list[Question],
    label: str,
    home: str,
) -> Any:
    if request.method == "POST" and (act := request.POST.get("viec")) in ("bo", "gop"):
        joined, parts = taken_apart(when)
        if act == "gop":
            joined = AnyOf if request.POST.get("gop") == "any" else AllOf
        else:
            parts = without(parts, str(request.POST.get("so", "")))
        return _stored(context, request, changed(put_together(joined, parts)))
    asked = request.GET.get("cau", "")
    target = next((one for one in earlier if one.id == asked), None)
    form = _form(request, context, target, earlier, when)
    joined, parts = taken_apart(when)
    page = form_page(
        request,
        PAGE,
        form,
        heading=_("Điều kiện hiện"),
        label=label,
        back=home,
        action=request.path,
        told=sentence(context.definition, when) if when else None,
        joined="any" if joined is AnyOf else "all",
        parts=_lines(context.definition, parts),
        asks=target,
        **surroundings(request, context),
    )
    if request.method != "POST":
        return page
    if target is None:
        data = form.accept(request.POST)
        return HTTPSeeOther(f"{request.path}?cau={data['question']}")
    part, group = _read(form, target, form.accept(request.POST))
    grown = with_part(joined, parts, part, group)
    return _stored(context, request, changed(grown), form)


def _stored(
    context: FormContext, request: Request, definition: FormDefinition, form: Any = None
) -> Response:
    try:
        return saved(request, context, definition, request.path)
    except Conflict:
        if form is None:
            return HTTPSeeOther(request.path + "?vua-doi=1")
        raise form.refuse(_("Người khác vừa đổi biểu mẫu này; hãy mở lại trang.")) from None


def _form(
    request: Request,
    context: FormContext,
    target: Question | None,
    earlier: list[Question],
    when: Condition | None,
) -> Any:
    if target is None:
        options = [(one.id, one.label) for one in earlier]
        schema = fields.mapping(
            fields.choice("question", _("Xem câu trả lời của câu hỏi"), options, as_list=True)
        )
        return make_form(request, schema, _("Tiếp tục"))
    ops = [
        (f"{prefix}{op.value}", words[bool(prefix)])
        for op, words in _OPS.items()
        if target.kind in TESTS[op]
        for prefix in ("", "khong:")
    ]
    schema = fields.mapping(fields.choice("op", f"“{target.label}”", ops, as_list=True))
    schema.add(_value_field(target))
    groups = [(str(i), w) for i, w in _groups(context.definition, when)]
    groups.append((NEW_GROUP, _("Vào một nhóm mới")))
    words = _("Đặt vào nhóm")
    schema.add(fields.choice("group", words, groups, required=False))
    schema.add(fields.hidden("revision"))
    form = make_form(request, schema, _("Thêm điều kiện"))
    return form.fill({"revision": str(context.form.revision or 0)})


def _value_field(target: Question) -> colander.SchemaNode:
    words = _("Giá trị để so")
    if target.options:
        options = [(one.value, one.label) for one in target.options]
        return fields.choice("value", words, options, required=False)
    if target.kind is Kind.DATE:
        return fields.date("value", words, required=False)
    return fields.text("value", words, required=False)


def _groups(definition: FormDefinition, when: Condition | None) -> list[tuple[int, str]]:
    _joined, parts = taken_apart(when)
    return [
        (index, sentence(definition, part, lead="Nhóm:"))
        for index, part in enumerate(parts)
        if isinstance(part, AllOf | AnyOf)
    ]


def _read(form: Any, target: Question, data: dict[str, Any]) -> tuple[Condition, str | None]:
    told = data["op"]
    op = Op(told.removeprefix("khong:"))
    value = data["value"] or None
    if op is Op.ANSWERED:
        value = None
    elif value is None:
        raise form.refuse(_("Ông/bà chưa ghi giá trị để so."), "value")
    elif target.kind is Kind.NUMBER:
        found = number(read_number(value))
        if found is None:
            raise form.refuse(_("Giá trị để so phải là số."), "value")
        value = canonical(found)
    elif target.kind is Kind.DATE and day(read_day(value)) is None:
        raise form.refuse(_("Giá trị để so phải là một ngày."), "value")
    test = Test(target.id, op, value)
    return (Not(test) if told.startswith("khong:") else test), data["group"]


Join = type[AllOf] | type[AnyOf]


def taken_apart(when: Condition | None) -> tuple[Join, tuple[Condition, ...]]:
    """How the parts of a condition are joined, and the parts."""
    if isinstance(when, AllOf | AnyOf):
        return type(when), when.parts
    return AllOf, () if when is None else (when,)


def put_together(joined: Join, parts: tuple[Condition, ...]) -> Condition | None:
    """The condition of these parts; none without any, a lone one bare."""
    if not parts:
        return None
    if len(parts) == 1 and joined is AllOf:
        return parts[0]
    return joined(parts)


def with_part(
    joined: Join, parts: tuple[Condition, ...], part: Condition, group: str | None
) -> Condition | None:
    """The condition with one part more: beside the others, in a group, or in a new one."""
    if len(parts) >= MAX_PARTS:
        raise NotFound("condition")
    other: Join = AnyOf if joined is AllOf else AllOf
    if group == NEW_GROUP:
        return put_together(joined, (*parts, other((part,))))
    if group is not None and group.isdecimal() and int(group) < len(parts):
        inner = parts[int(group)]
        if isinstance(inner, AllOf | AnyOf):
            grown = type(inner)((*inner.parts, part))
            return put_together(joined, tuple(grown if one is inner else one for one in parts))
    return put_together(joined, (*parts, part))


def without(parts: tuple[Condition, ...], where: str) -> tuple[Condition, ...]:
    """The parts without the one at "2", or at "2.0" inside a group."""
    outer, _dot, inner = where.partition(".")
    if not outer.isdecimal() or (inner and not inner.isdecimal()):
        return parts
    kept: list[Condition] = []
    for index, part in enumerate(parts):
        if index != int(outer):
            kept.append(part)
        elif inner and isinstance(part, AllOf | AnyOf):
            left = tuple(one for i, one in enumerate(part.parts) if i != int(inner))
            kept += [type(part)(left)] if left else []
    return tuple(kept)


def _lines(
    definition: FormDefinition, parts: tuple[Condition, ...]
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(place, words, the lines inside a group)."""
    lines = []
    for index, part in enumerate(parts):
        inner = [
            (f"{index}.{i}", sentence(definition, one, lead=""))
            for i, one in enumerate(part.parts if isinstance(part, AllOf | AnyOf) else ())
        ]
        lines.append((str(index), sentence(definition, part, lead="").strip(), inner))
    return lines
