"""What applicants pay by their answers: lines added, changed, taken out, each with a condition."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.procedures.forms import FormDefinition, Kind, marks, sentence
from content.procedures.forms.conditions import Op, Test
from content.procedures.forms.definition import FeeRule, places
from content.procedures.forms.sentences import label_of
from content.procedures.forms.serialise import condition_to_json
from content.procedures.kinds import FeeKind
from portal.editorial.forms.building import BOTH
from portal.editorial.forms.context import (
    OVERTAKEN,
    FormContext,
    attach,
    begin,
    deed,
    fee_at,
    saved,
    stored,
    surroundings,
    url,
)
from portal.editorial.opened import base_of, field, is_as_opened, overtaken, with_base, written
from portal.forms import fields
from portal.http.pages import form_page, make_form, posted
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/forms/fees.jinja2"
MAX_FEE = 1_000_000_000
MAX_RULES = 30


@dataclass(frozen=True)
class Line:
    """One fee line of the page; ``mark`` tells its button which line it was about."""

    fee: FeeRule
    times: str
    when: str
    mark: str
    edit_url: str
    when_url: str


@view_config(
    route_name="editorial.form.fees",
    renderer=PAGE,
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def fees(context: FormContext, request: Request) -> Any:
    """The fee lines, and a form for one more."""
    definition = context.definition
    if request.method == "POST" and posted(request, "viec") == "bo":
        return _drop(context, request)
    form = make_form(request, _schema(definition), _("Thêm dòng phí"))
    page = form_page(
        request,
        PAGE,
        form,
        **{
            **surroundings(request, context),
            "heading": _("Phí, lệ phí theo câu trả lời"),
            "action": request.path,
            "lines": _lines(context, request),
            "editing": None,
        },
    )
    part = f"{marks.FEES}:moi"
    if request.method != "POST":
        page["w"] = begin(request, context, form, part)
        return page
    attach(request, context, form, part)
    rule = _read(form.accept(request.POST), None)
    if len(definition.fees) >= MAX_RULES:
        words = f"Biểu mẫu đã có {MAX_RULES} dòng phí, là nhiều nhất; ông/bà bỏ bớt một dòng trước."
        raise form.refuse(words)
    grown = replace(definition, fees=(*definition.fees, rule))
    return stored(request, context, grown, request.path, part)


@view_config(
    route_name="editorial.form.fee",
    renderer=PAGE,
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def fee(context: FormContext, request: Request) -> Any:
    """One fee line changed; its condition has a page of its own."""
    index = _place(context, request, fee_at(context, request.matchdict["index"]))
    definition, here = context.definition, context.definition.fees[index]
    form = make_form(request, _schema(definition, here), _("Lưu dòng phí"))
    page = form_page(
        request,
        PAGE,
        form,
        **{
            **surroundings(request, context),
            "heading": _("Sửa dòng phí"),
            "action": url(request, context, "fees"),
            "lines": (),
            "editing": _line(context, request, index, here),
        },
    )
    part, values = f"{marks.FEES}:{index}", _values(here)
    if request.method != "POST":
        form.fill(with_base(values))
        page["w"] = begin(request, context, form, part)
        return page
    attach(request, context, form, part)
    data = form.accept(request.POST)
    if not is_as_opened(request, values):
        by, at = deed(context, marks.FEES)
        raise overtaken(request, form, data, values, by=by, at=at)
    rule = _read(data, here)
    kept = tuple(rule if i == index else one for i, one in enumerate(definition.fees))
    to = url(request, context, "fees")
    return stored(request, context, replace(definition, fees=kept), to, part)


def _place(context: FormContext, request: Request, index: int) -> int:
    """Where the line that the form was opened with stands by now; others may have moved it."""
    base = base_of(request)
    lines = [_values(one) for one in context.definition.fees]
    return lines.index(base) if base in lines and lines[index] != base else index


def _drop(context: FormContext, request: Request) -> Response:
    """Take out the line that the page showed, wherever it stands by now."""
    wanted = posted(request, "dong")
    found = [one for one in context.definition.fees if _mark(one) == wanted]
    if not found:
        return HTTPSeeOther(f"{request.path}?{OVERTAKEN}={marks.FEES}")
    kept = list(context.definition.fees)
    kept.remove(found[0])
    return saved(request, context, replace(context.definition, fees=tuple(kept)), request.path)


def _lines(context: FormContext, request: Request) -> Sequence[Line]:
    return [
        _line(context, request, index, one) for index, one in enumerate(context.definition.fees)
    ]


def _line(context: FormContext, request: Request, index: int, fee: FeeRule) -> Line:
    definition = context.definition
    return Line(
        fee,
        label_of(definition, fee.times) if fee.times else "",
        sentence(definition, fee.when, lead="thu khi") if fee.when else "",
        _mark(fee),
        url(request, context, "fee", index=index),
        url(request, context, "fee.when", index=index),
    )


def _mark(fee: FeeRule) -> str:
    return written({**_values(fee), "when": condition_to_json(fee.when)})


def _values(fee: FeeRule) -> dict[str, Any]:
    return {
        "label": fee.label,
        "kind": fee.kind,
        "amount": str(fee.amount),
        "times": fee.times,
    }


def _schema(definition: FormDefinition, here: FeeRule | None = None) -> Any:
    top = [one for _s, one, groups in places(definition) if not groups]
    numbers = [(one.id, one.label) for one in top if one.kind is Kind.NUMBER]
    if here and here.times and here.times not in dict(numbers):
        numbers.append((here.times, here.times))
    schema = fields.mapping(
        fields.text("label", _("Tên khoản")),
        fields.choice("kind", _("Loại"), [(one.value, one.value) for one in FeeKind]),
        fields.integer("amount", _("Mức thu (đồng)"), minimum=0, maximum=MAX_FEE),
        fields.choice("times", _("Nhân với số ở câu"), numbers, required=False),
        field(),
    )
    if here is None:
        choices = [
            (f"{one.id}={option.value}", f"“{one.label}” là “{option.label}”")
            for one in top
            if one.kind is Kind.CHOICE
            for option in one.options
        ]
        hint = _("Điều kiện khác, hoặc nhiều điều kiện: thêm dòng rồi bấm Điều kiện ở dòng đó.")
        when = fields.choice("when", _("Chỉ thu khi"), choices, required=False, hint=hint)
        schema.add(when)
    return schema


def _read(data: dict[str, Any], here: FeeRule | None) -> FeeRule:
    question, _equals, value = (data.get("when") or "").partition("=")
    when = Test(question, Op.EQUALS, value) if question else None
    return FeeRule(
        label=data["label"],
        amount=int(data["amount"]),
        kind=data["kind"],
        times=data["times"],
        when=here.when if here else when,
    )
