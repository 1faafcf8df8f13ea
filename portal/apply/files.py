"""What a draft holds, for its owner: the files that came, and the form filled in as PDF."""

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.drafts import DraftService
from content.errors import NotFound
from content.letters.form_adapter import filled_form
from content.letters.render import Letters
from content.text import slugify
from portal.contexts import DraftContext
from portal.http.downloads import send_bytes, send_file, send_pdf
from portal.security.permissions import Permission


@view_config(route_name="apply.file", permission=Permission.DRAFT_EDIT, uses_session=True)
def file(context: DraftContext, request: Request) -> Response:
    """A file of the draft, as it came."""
    drafts = request.service(DraftService)
    found = drafts.attachment(context.draft, request.matchdict["file"])
    if found is None:
        raise NotFound("attachment")
    return send_file(request, found.file, found.name)


@view_config(route_name="apply.sheet", permission=Permission.DRAFT_EDIT, uses_session=True)
def sheet(context: DraftContext, request: Request) -> Response:
    """The form with what is filled in so far."""
    draft = context.draft
    definition = request.service(DraftService).definition(draft)
    letter = filled_form(definition, draft.answers, made_at=request.now, sample=request.site.sample)
    if request.GET.get("dang") == "docx":
        from content.letters.form_docx import DOCX, make_docx  # noqa: PLC0415 - large

        return send_bytes(make_docx(letter), f"{slugify(definition.title)}.docx", DOCX)
    return send_pdf(request.service(Letters).make(letter), slugify(definition.title))
