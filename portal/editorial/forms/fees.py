"""What applicants pay by their answers."""

from dataclasses import replace
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from content.errors import Conflict
from content.procedures.forms import FormDefinition, Kind, sentence
from content.procedures.forms.conditions import Op, Test
from content.procedures.forms.definition import FeeRule, places
from content.procedures.forms.sentences import label_of
from content.procedures.kinds import FeeKind
from portal.editorial.forms.building import BOTH, guarded
from portal.editorial.forms.context import FormContext, saved, surroundings
from portal.forms import fields
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/forms/fees.jinja2"
MAX_FEE = 1_000_000_000
MAX_RULES = 30


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
    if request.method == "POST" and request.POST.get("viec") == "bo":
        return _drop(context, request)
    form = make_form(request, _schema(definition), _("Thêm dòng phí"))
    form.fill({"revision": str(context.form.revision or 0)})
    page = form_page(
        request,
        PAGE,
        form,
        heading=_("Phí, lệ phí theo câu trả lời"),
        action=request.path,
        lines=[(fee, label_of(definition, fee.times) if fee.times else "", _when(definition, fee))
               for fee in definition.fees],
        **surroundings(request, context),
    )  # fmt: skip
    if request.method != "POST":
        return page
    rule = _read(form.accept(request.POST))
    grown = replace(definition, fees=(*definition.fees, rule)[:MAX_RULES])
    return guarded(request, context, form, grown, request.path)


def _drop(context: FormContext, request: Request) -> Any:
    given = str(request.POST.get("so", ""))
    index = int(given) if given.isdecimal() and len(given) < 4 else -1
    kept = tuple(one for i, one in enumerate(context.definition.fees) if i != index)
    try:
        return saved(request, context, replace(context.definition, fees=kept), request.path)
    except Conflict:
        return HTTPSeeOther(request.path + "?vua-doi=1")


def _schema(definition: FormDefinition) -> Any:
    top = [one for _s, one, groups in places(definition) if not groups]
    numbers = [(one.id, one.label) for one in top if one.kind is Kind.NUMBER]
    choices = [
        (f"{one.id}={option.value}", f"“{one.label}” là “{option.label}”")
        for one in top
        if one.kind is Kind.CHOICE
        for option in one.options
    ]
    return fields.mapping(
        fields.text("label", _("Tên khoản")),
        fields.choice("kind", _("Loại"), [(one.value, one.value) for one in FeeKind]),
        fields.integer("amount", _("Mức thu (đồng)"), minimum=0, maximum=MAX_FEE),
        fields.choice("times", _("Nhân với số ở câu"), numbers, required=False),
        fields.choice("when", _("Chỉ thu khi"), choices, required=False),
        fields.hidden("revision"),
    )


def _read(data: dict[str, Any]) -> FeeRule:
    question, _equals, value = (data["when"] or "").partition("=")
    return FeeRule(
        label=data["label"],
        amount=int(data["amount"]),
        kind=data["kind"],
        times=data["times"],
        when=Test(question, Op.EQUALS, value) if question else None,
    )


def _when(definition: FormDefinition, fee: FeeRule) -> str:
    return sentence(definition, fee.when, lead="thu khi") if fee.when else ""
