"""“Điền và in”: a form filled in and printed without account, and without keeping anything."""

from typing import Any

from pyramid.csrf import get_csrf_token
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.agencies.places import Places
from content.letters.form_adapter import empty_form, filled_form
from content.letters.form_sheets import FormSheet
from content.letters.render import Letters
from content.procedures.form_bindings import bound_definition
from content.procedures.forms import FormDefinition
from content.procedures.forms.paper import on_paper
from content.procedures.models import Procedure
from content.text import slugify
from portal.apply.steps import communes_url
from portal.forms.accessible import ButtonSpec
from portal.forms.dynamic import DynamicForm, FormPage
from portal.http.downloads import send_bytes, send_pdf
from portal.http.pages import form_page, refused_page
from portal.i18n import _

PAGE = "apply/print.jinja2"
NO_FORM = "apply/no_form.jinja2"
EMPTY, WORD = "trong", "docx"
#: A paper form may have gaps, to be filled in by hand.
MAY_WAIT = frozenset({"required", "too_few_rows", "too_few_choices"})
BUTTONS: tuple[ButtonSpec, ...] = (
    ("_viec", "in", _("Tải tờ khai để in (PDF)"), "primary"),
    ("_viec", WORD, _("Tải bản Word (.docx)"), "secondary"),
)


@view_config(
    route_name="apply.print",
    permission=NO_PERMISSION_REQUIRED,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def fill(context: Procedure, request: Request) -> Response:
    """All sections on one page; a POST answers with the PDF."""
    base = request.route_path("catalogue.listing")
    told = {
        "procedure": context,
        "procedure_url": f"{base}/{context.address}",
        "official_url": context.official_url or request.site.national_portal_url,
    }
    definition = bound_definition(request.db, context)
    if definition is None:
        return render_to_response(NO_FORM, told, request=request)
    if EMPTY in request.GET:
        sample = request.site.sample
        sheet = empty_form(definition, made_at=request.now, sample=sample)
        return _word(sheet) if request.GET[EMPTY] == WORD else _pdf(request, sheet)
    return _fill(request, on_paper(definition), told)


def _fill(request: Request, definition: FormDefinition, told: dict[str, Any]) -> Response:
    page = FormPage(
        definition=definition,
        action=request.path_qs,
        csrf_token=get_csrf_token(request),
        renderer=request.registry["form_renderer"],
        places=request.service(Places),
        buttons=BUTTONS,
        data={"communes-url": communes_url(request)},
    )
    form = DynamicForm(page)
    empty_url = request.path + "?" + "&".join([*_kept_query(request), f"{EMPTY}=1"])
    values = form_page(request, PAGE, form, **told, definition=definition, empty_url=empty_url)
    if request.method != "POST":
        return render_to_response(PAGE, values, request=request)
    return _printed(request, page, form, values)


def _printed(
    request: Request, page: FormPage, form: DynamicForm, values: dict[str, Any]
) -> Response:
    """The PDF, or the page with what cannot be printed as it was typed."""
    reading = form.accept(request.POST, request.now)
    problems = [one for one in reading.problems if one.code not in MAY_WAIT]
    if problems:
        return refused_page(request, DynamicForm(page, reading.typed, problems=problems))
    if reading.changed:
        return render_to_response(PAGE, {**values, "form": reading.form}, request=request)
    made_at, sample = request.now, request.site.sample
    sheet = filled_form(page.definition, reading.answers, made_at=made_at, sample=sample)
    return _word(sheet) if reading.pressed == WORD else _pdf(request, sheet)


def _word(sheet: FormSheet) -> Response:
    from content.letters.form_docx import DOCX, make_docx  # noqa: PLC0415 - large

    return send_bytes(make_docx(sheet), f"{slugify(sheet.title)}.docx", DOCX)


def _pdf(request: Request, sheet: FormSheet) -> Response:
    # Nothing was written: other writers need not wait while the sheet is made.
    request.tm.abort()
    request.tm.begin()
    return send_pdf(request.service(Letters).make(sheet), slugify(sheet.title))


def _kept_query(request: Request) -> list[str]:
    level = request.GET.get("cap", "")
    return [f"cap={level}"] if level in ("xa", "huyen", "tinh", "khac") else []
