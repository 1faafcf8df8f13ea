"""What can be taken away: the definition as JSON; the empty and the filled form on paper."""

import json

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.letters.form_adapter import empty_form, filled_form
from content.letters.form_sheets import FormSheet
from content.letters.render import Letters
from content.procedures.forms import to_json
from portal.editorial.forms.context import FormContext
from portal.http.downloads import send_bytes, send_pdf
from portal.security.permissions import Permission


@view_config(
    route_name="editorial.form.file",
    permission=Permission.FORM_EDIT,
    uses_session=True,
)
def file(context: FormContext, request: Request) -> Response:
    """The file an address names, of the wording being worked on."""
    name, _dot, ending = request.matchdict["file"].partition(".")
    if ending == "json":
        text = json.dumps(to_json(context.definition), ensure_ascii=False, indent=1)
        return send_bytes(text.encode(), f"{context.key}.json", "application/json")
    sheet = _sheet(context, request, is_filled=name == "to-mau")
    if ending == "docx":
        from content.letters.form_docx import DOCX, make_docx  # noqa: PLC0415 - large

        return send_bytes(make_docx(sheet), f"{context.key}.docx", DOCX)
    return send_pdf(request.service(Letters).make(sheet), context.key)


def _sheet(context: FormContext, request: Request, *, is_filled: bool) -> FormSheet:
    made_at, sample = request.now, request.site.sample
    if not is_filled:
        return empty_form(context.definition, made_at=made_at, sample=sample)
    recorded = context.builder.recordings(context.key).all()
    answers = recorded[0].answers if recorded else {}
    return filled_form(context.definition, answers, made_at=made_at, sample=sample, is_example=True)
