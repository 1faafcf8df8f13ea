"""Acting on a dossier with its secret: the secret stands in a cookie of this browser alone.

Given by POST on the look-up page, kept for an hour, good for one dossier; never in an
address, so that no log and no history has it.
"""

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.dossiers.lookup import look_up
from content.dossiers.models import Dossier
from portal import own_messages, own_supplement

COOKIE, LIFE = "ho_so_mo", 3600
ACT = "viec"
ACTS = {"bo-sung": "lookup.supply", "rut": "lookup.withdraw", "tin-nhan": "lookup.messages"}
METHODS = ("GET", "HEAD", "POST")


def opened(request: Request, dossier: Dossier, secret: str, act: str) -> Response:
    """On to the act, with the dossier open in this browser."""
    response = HTTPSeeOther(request.route_path(ACTS[act]))
    response.set_cookie(
        COOKIE,
        f"{dossier.lookup_code}.{''.join(secret.split())}",
        max_age=LIFE,
        path=request.route_path("lookup"),
        httponly=True,
        samesite="Lax",
        secure=request.settings.secure_cookies,
    )
    return response


@view_config(
    route_name="lookup.supply",
    permission=NO_PERMISSION_REQUIRED,
    methods=METHODS,
    uses_session=True,
)
def supply(request: Request) -> Response:
    """Answer the authority's request for a supplement."""
    dossier = _open(request)
    return own_supplement.answer(request, dossier, _back(request, dossier))


@view_config(
    route_name="lookup.withdraw",
    permission=NO_PERMISSION_REQUIRED,
    methods=METHODS,
    uses_session=True,
)
def withdraw(request: Request) -> Response:
    """Ask to withdraw it, or take that back."""
    dossier = _open(request)
    return own_supplement.withdraw(request, dossier, _back(request, dossier))


@view_config(
    route_name="lookup.messages",
    permission=NO_PERMISSION_REQUIRED,
    methods=METHODS,
    uses_session=True,
)
def messages(request: Request) -> Response:
    """Read what the authority wrote, and write to it."""
    dossier = _open(request)
    here = request.route_path("lookup.messages")
    return own_messages.talk(
        request,
        dossier,
        _back(request, dossier),
        here,
        lambda token: request.route_path("lookup.message_file", file=token),
    )


@view_config(route_name="lookup.message_file", permission=NO_PERMISSION_REQUIRED, uses_session=True)
def message_file(request: Request) -> Response:
    """A file of a message."""
    return own_messages.send_message_file(request, _open(request), request.matchdict["file"])


def _open(request: Request) -> Dossier:
    """The dossier that is open in this browser; without one, to the look-up page."""
    code, _dot, secret = request.cookies.get(COOKIE, "").partition(".")
    found = look_up(request.db, code, secret=secret) if secret else None
    if found is None or found.dossier is None:
        raise HTTPSeeOther(request.route_path("lookup"))
    return found.dossier


def _back(request: Request, dossier: Dossier) -> str:
    path: str = request.route_path("lookup", _query={"ma": dossier.lookup_code})
    return path
