"""One of my dossiers: where it is, what I must do, its papers and letters."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.reads import attachment_of
from content.dossiers.service import DossierService
from portal import own_dossier, own_messages, own_result, own_supplement
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


@view_config(route_name="accounts.result", permission=Permission.DOSSIER_READ, uses_session=True)
def result(context: DossierContext, request: Request) -> Response:
    """A file of the result."""
    return own_result.send_result(request, context.dossier, request.matchdict["file"])


@view_config(
    route_name="accounts.supply",
    permission=Permission.DOSSIER_READ,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def supply(context: DossierContext, request: Request) -> Response:
    """Answer the authority's request for a supplement."""
    return own_supplement.answer(request, context.dossier, _page_of(request, context))


@view_config(
    route_name="accounts.withdraw",
    permission=Permission.DOSSIER_READ,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def withdraw(context: DossierContext, request: Request) -> Response:
    """Ask to withdraw it, or take that back."""
    return own_supplement.withdraw(request, context.dossier, _page_of(request, context))


@view_config(
    route_name="accounts.messages",
    permission=Permission.DOSSIER_READ,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def messages(context: DossierContext, request: Request) -> Response:
    """Read what the authority wrote, and write to it."""
    place = {"number": context.dossier.lookup_code}
    return own_messages.talk(
        request,
        context.dossier,
        _page_of(request, context),
        request.route_path("accounts.messages", **place),
        lambda token: request.route_path("accounts.message_file", file=token, **place),
    )


@view_config(
    route_name="accounts.message_file", permission=Permission.DOSSIER_READ, uses_session=True
)
def message_file(context: DossierContext, request: Request) -> Response:
    """A file of a message."""
    return own_messages.send_message_file(request, context.dossier, request.matchdict["file"])


def _page_of(request: Request, context: DossierContext) -> str:
    path: str = request.route_path("accounts.dossier", number=context.dossier.lookup_code)
    return path
