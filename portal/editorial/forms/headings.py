"""The words around the questions: the form's title and source, a step's title and hint."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from content.procedures.forms import FormDefinition, acts, marks
from portal.editorial.forms.building import BOTH
from portal.editorial.forms.context import (
    FormContext,
    attach,
    begin,
    deed,
    section_at,
    stored,
    surroundings,
    url,
)
from portal.editorial.opened import field, is_as_opened, overtaken, with_base
from portal.forms import fields
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/forms/plain.jinja2"


@view_config(
    route_name="editorial.form.about",
    renderer=PAGE,
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def about_form(context: FormContext, request: Request) -> Any:
    """Title, number of the issued form, and where it comes from."""
    schema = fields.mapping(
        fields.text("title", _("Tên biểu mẫu")),
        fields.text("form_code", _("Số, ký hiệu mẫu ban hành"), required=False, max_length=100),
        fields.paragraph(
            "source_note",
            _("Ghi chú nguồn"),
            rows=3,
            required=False,
            hint=_("Nói biểu mẫu dựng từ đâu; người dân đọc dòng này trên tờ in."),
        ),
        field(),
    )
    definition = context.definition
    values = {name: getattr(definition, name) for name in ("title", "form_code", "source_note")}

    def changed(data: dict[str, Any]) -> FormDefinition:
        return replace(
            definition,
            title=data["title"],
            form_code=data["form_code"],
            source_note=data["source_note"],
        )

    form = make_form(request, schema, _("Lưu"))
    heading = _("Tên và nguồn của biểu mẫu")
    return _page(context, request, form, heading, Heading(values, changed, marks.ABOUT))


@view_config(
    route_name="editorial.form.section",
    renderer=PAGE,
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def section(context: FormContext, request: Request) -> Any:
    """A step's words."""
    here = section_at(context, request)
    schema = fields.mapping(
        fields.text("title", _("Tên bước")),
        fields.paragraph("hint", _("Lời hướng dẫn ở đầu bước"), rows=3, required=False),
        field(),
    )

    def changed(data: dict[str, Any]) -> FormDefinition:
        return acts.change_section(
            context.definition, here.id, title=data["title"], hint=data["hint"] or None
        )

    form = make_form(request, schema, _("Lưu bước"))
    values = {"title": here.title, "hint": here.hint}
    told = Heading(values, changed, marks.of_section(here.id), f"#buoc-{here.id}")
    return _page(context, request, form, _("Sửa bước"), told)


@dataclass(frozen=True)
class Heading:
    """Words that stand now, the form with others in their place, and where that is."""

    values: dict[str, Any]
    changed: Callable[[dict[str, Any]], FormDefinition]
    part: str
    anchor: str = ""


def _page(context: FormContext, request: Request, form: Any, heading: Any, told: Heading) -> Any:
    page = form_page(request, PAGE, form, **{**surroundings(request, context), "heading": heading})
    if request.method != "POST":
        form.fill(with_base(told.values))
        page["w"] = begin(request, context, form, told.part)
        return page
    attach(request, context, form, told.part)
    data = form.accept(request.POST)
    if not is_as_opened(request, told.values):
        by, at = deed(context, told.part)
        raise overtaken(request, form, data, told.values, by=by, at=at)
    to = f"{url(request, context)}{told.anchor}"
    return stored(request, context, told.changed(data), to, told.part)
