"""One of my dossiers: where it is, what I must do, its papers and letters."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.reads import attachment_of
from content.dossiers.service import DossierService
from portal import own_dossier
from portal.contexts import DossierContext
from portal.http.downloads import send_file
from portal.security.permissions import Permission


@view_config(
    route_name="accounts.dossier",
    renderer="accounts/dossier.jinja2",
    permission=Permission.DOSSIER_READ,
    uses_session=True,
)
def dossier(context: DossierContext, request: Request) -> dict[str, Any]:
    """Everything in it, to its owner."""
    secret = request.service(DossierService).secret_of(context.dossier)
    return {**own_dossier.shown(request, context.dossier), "secret": secret}


@view_config(route_name="accounts.letter", permission=Permission.DOSSIER_READ, uses_session=True)
def letter(context: DossierContext, request: Request) -> Response:
    """A letter as PDF."""
    return own_dossier.send_paper(request, context.dossier, request.matchdict["letter"])


@view_config(route_name="accounts.file", permission=Permission.DOSSIER_READ, uses_session=True)
def file(context: DossierContext, request: Request) -> Response:
    """A file as it was sent."""
    found = attachment_of(context.dossier, request.matchdict["file"])
    return send_file(request, found.file, found.name)
