"""One question on a page of its own, with how it will look to applicants."""

from dataclasses import replace
from typing import Any

from pyramid.csrf import get_csrf_token
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.view import view_config

from content.agencies.places import Places
from content.procedures.forms import FormDefinition, Question, Section, acts, marks, sentence
from portal.editorial.forms.building import BOTH
from portal.editorial.forms.context import (
    FormContext,
    attach,
    begin,
    deed,
    question_at,
    stored,
    surroundings,
    url,
)
from portal.editorial.forms.question_form import read, schema_of, shown
from portal.editorial.opened import is_as_opened, overtaken, with_base
from portal.forms.dynamic import DynamicForm, FormPage
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/forms/question.jinja2"


@view_config(
    route_name="editorial.form.question",
    renderer=PAGE,
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def question(context: FormContext, request: Request) -> Any:
    """Edit a question."""
    here = question_at(context, request)
    form = make_form(request, schema_of(context.definition, here), _("Lưu câu hỏi"))
    when = here.when
    page = form_page(
        request,
        PAGE,
        form,
        heading=_("Sửa câu hỏi"),
        question=here,
        when=sentence(context.definition, when) if when else None,
        when_url=url(request, context, "question.when", id=here.id),
        preview=preview(request, here),
        **surroundings(request, context),
    )
    part = marks.of_question(here.id)
    if request.method != "POST":
        form.fill(with_base(shown(here)))
        page["w"] = begin(request, context, form, part)
        return page
    attach(request, context, form, part)
    changed = read(here, form.accept(request.POST))
    if request.POST.get("xem"):
        # Scripts ask while somebody types; nothing is stored.
        told = {"preview": preview(request, changed)}
        return render_to_response("editorial/forms/preview.jinja2", told, request=request)
    if not is_as_opened(request, shown(here)):
        by, at = deed(context, part)
        raise overtaken(request, form, shown(changed), shown(here), by=by, at=at)
    properties = {name: getattr(changed, name) for name in changed.__dataclass_fields__}
    definition = acts.change_question(context.definition, here.id, **properties)
    to = f"{url(request, context)}#muc-{here.id}"
    return stored(request, context, definition, to, part)


def preview(request: Request, question: Question) -> Any:
    """The question as applicants see it, alone; nothing it shows can be sent."""
    alone = replace(question, when=None)
    definition = FormDefinition("xem", "Xem", (Section("xem", "Xem", (alone,)),))
    form = DynamicForm(
        FormPage(
            definition=definition,
            action=request.path,
            csrf_token=get_csrf_token(request),
            renderer=request.registry["form_renderer"],
            places=request.service(Places),
            buttons=(),
            formid="xem",
        )
    )
    fields = form.deform.children
    return [field.serialize(field.cstruct) for field in fields]
