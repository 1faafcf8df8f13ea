"""The process sheet as PDF."""

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.letters.from_dossiers import LetterSite
from content.letters.from_processes import process_sheet
from content.letters.render import Letters
from content.processes.models import ProcessVersion
from content.processes.reads import versions_of
from content.text import slugify
from portal.http.downloads import send_pdf
from portal.security.permissions import Permission


@view_config(
    route_name="editorial.process.version.pdf",
    permission=Permission.PROCESS_EDIT,
    uses_session=True,
)
def sheet(context: ProcessVersion, request: Request) -> Response:
    """A version with its cover, published or still a draft."""
    known = versions_of(request.db, context.procedure_id, context.case)
    made = process_sheet(context, known, request.service(LetterSite), request.now)
    name = f"{slugify(context.code) or 'quy-trinh'}-{context.number:02d}"
    return send_pdf(request.service(Letters).make(made), name, inline=True)
