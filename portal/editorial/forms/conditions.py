"""When a question or a step is asked: chosen question by question, read as a sentence.

Two pages' worth of choices without scripts: first the question to look at, then what its
answer must be. The tests stand in one group (all or any), or in groups within it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict
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
    marks,
    sentence,
)
from content.procedures.forms.conditions import Op, canonical, day, number
from content.procedures.forms.definition import places
from content.procedures.forms.rules import TESTS
from content.procedures.forms.serialise import condition_to_json
from portal.editorial.forms.building import BOTH
from portal.editorial.forms.condition_parts import (
    NEW_GROUP,
    earlier_of,
    lines,
    put_together,
    taken_apart,
    with_part,
    without,
)
from portal.editorial.forms.context import (
    FormContext,
    attach,
    begin,
    deed,
    demand_mark,
    fee_at,
    kept_text,
    overtaken_at,
    question_at,
    saved,
    section_at,
    stored,
    surroundings,
    url,
)
from portal.editorial.opened import field, name_of, written
from portal.forms import fields
from portal.forms.typed import read_day, read_number
from portal.http.pages import form_page, make_form, posted
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/forms/condition.jinja2"
#: The question a condition looks at: in the address, and among what is kept of a page.
ABOUT = "cau"
_OPS = {
    Op.EQUALS: (_("là"), _("không là")),
    Op.CONTAINS: (_("có"), _("không có")),
    Op.GREATER: (_("lớn hơn"), _("không lớn hơn")),
    Op.LESS: (_("nhỏ hơn"), _("không nhỏ hơn")),
    Op.BEFORE: (_("trước ngày"), _("không trước ngày")),
    Op.AFTER: (_("sau ngày"), _("không sau ngày")),
    Op.ANSWERED: (_("đã được trả lời"), _("chưa được trả lời")),
}


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
    earlier = earlier_of(context.definition, here.id, None, groups)

    def changed(when: Condition | None) -> FormDefinition:
        return acts.change_question(context.definition, here.id, when=when)

    home = url(request, context, "question", id=here.id)
    part = marks.of_question(here.id)
    return condition_page(
        context, request, Asked(here.when, changed, earlier, here.label, home, part)
    )


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
    earlier = earlier_of(context.definition, None, here.id, ())

    def changed(when: Condition | None) -> FormDefinition:
        return acts.change_section(context.definition, here.id, when=when)

    home = f"{url(request, context)}#buoc-{here.id}"
    part = marks.of_section(here.id)
    return condition_page(
        context, request, Asked(here.when, changed, earlier, here.title, home, part)
    )


@view_config(
    route_name="editorial.form.fee.when",
    renderer=PAGE,
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def of_fee(context: FormContext, request: Request) -> Any:
    """When a line of the fees is to be paid: any condition on the whole form's answers."""
    definition, index = context.definition, fee_at(context, request.matchdict["index"])
    fee = definition.fees[index]
    earlier = [
        one
        for _s, one, groups in places(definition)
        if not groups and one.kind is not Kind.STATEMENT
    ]

    def changed(when: Condition | None) -> FormDefinition:
        line = replace(fee, when=when)
        return replace(
            definition,
            fees=tuple(line if i == index else one for i, one in enumerate(definition.fees)),
        )

    home = url(request, context, "fees")
    return condition_page(
        context, request, Asked(fee.when, changed, earlier, fee.label, home, marks.FEES)
    )


@dataclass(frozen=True)
class Asked:
    """One condition on its page: what it is now, how to store another, what it may look at."""

    when: Condition | None
    changed: Callable[[Condition | None], FormDefinition]
    earlier: list[Question]
    label: str
    home: str
    part: str

    @property
    def mark(self) -> str:
        """The condition that a page shows, for its buttons to carry."""
        return written(condition_to_json(self.when))

    @property
    def kept(self) -> str:
        """How what is typed here and not saved is named: apart from the part it belongs to."""
        return f"dieu-kien {self.home} {self.part}"


def condition_page(context: FormContext, request: Request, asked: Asked) -> Any:
    """Show a condition, or change it. Buttons that name a place in it are guarded: it must
    be the condition that their page showed. A part more goes beside what is there now."""
    if request.method == "POST" and posted(request, "viec") in ("bo", "gop"):
        return _rearranged(context, request, asked)
    wanted = request.GET.get(ABOUT) or kept_text(request, context, asked.kept).get(ABOUT, "")
    target = next((one for one in asked.earlier if one.id == wanted), None)
    form = _form(request, context, target, asked.earlier, asked.when)
    joined, parts = taken_apart(asked.when)
    page = form_page(
        request,
        PAGE,
        form,
        **{
            **surroundings(request, context),
            "heading": _("Điều kiện hiện"),
            "label": asked.label,
            "back": asked.home,
            "action": request.path,
            "told": sentence(context.definition, asked.when) if asked.when else None,
            "joined": "any" if joined is AnyOf else "all",
            "parts": lines(context.definition, parts),
            "asks": target,
            "seen": asked.mark,
        },
    )
    if request.method != "POST":
        form.fill({"opened": asked.mark, ABOUT: target.id if target else None})
        page["w"] = begin(request, context, form, asked.kept)
        return page
    attach(request, context, form, asked.kept)
    data = form.accept(request.POST)
    if target is None:
        return HTTPSeeOther(f"{request.path}?{ABOUT}={data['question']}")
    part, group = _read(form, target, data)
    if group not in (None, NEW_GROUP) and (posted(request, "opened") or asked.mark) != asked.mark:
        raise form.refuse(_moved(request, context, asked.part), "group")
    changed = asked.changed(with_part(joined, parts, part, group))
    return stored(request, context, changed, request.path, asked.kept)


def _rearranged(context: FormContext, request: Request, asked: Asked) -> Response:
    joined, parts = taken_apart(asked.when)
    try:
        demand_mark(request, asked.mark, asked.part)
    except Conflict as error:
        return overtaken_at(request, context, error, request.path)
    if posted(request, "viec") == "gop":
        joined = AnyOf if posted(request, "gop") == "any" else AllOf
    else:
        parts = without(parts, posted(request, "so"))
    changed = asked.changed(put_together(joined, parts))
    return saved(request, context, changed, request.path)


def _moved(request: Request, context: FormContext, part: str) -> str:
    by, _at = deed(context, part)
    who = name_of(request, by) or "Người khác"
    return f"{who} vừa đổi điều kiện này; ông/bà chọn lại nhóm rồi thêm."


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
    schema.add(field())
    schema.add(fields.hidden(ABOUT))
    action = f"{request.path}?{ABOUT}={target.id}"
    return make_form(request, schema, _("Thêm điều kiện"), action=action)


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
