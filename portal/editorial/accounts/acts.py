"""What buttons of an account's page do: leaving a post, closing, signing out, a new link."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.memberships import leave_role
from content.errors import InvalidTransition, NotFound
from content.people.accounts import link_that_waits
from content.people.models import Account
from portal.editorial.accounts.listing import keeper
from portal.editorial.saving import POST_ONLY
from portal.http.notices import Notice, say
from portal.security.permissions import Permission

_REFUSED = {
    "own_administrator": Notice.OWN_ACCOUNT,
    "own_account": Notice.OWN_ACCOUNT,
    "holds_dossiers": Notice.ROLE_STAYS,
}


@view_config(
    route_name="editorial.account.leave",
    permission=Permission.ACCOUNT_KEEP,
    methods=POST_ONLY,
    uses_session=True,
)
def leave(context: Account, request: Request) -> Response:
    """A part less; while dossiers hang on it, it stays and the page says so."""
    number = int(request.matchdict["post"][:18])
    post = next((one for one in context.memberships if one.id == number), None)
    if post is None:
        raise NotFound("post")
    actor = request.identity.account_id
    try:
        leave_role(request.db, context, post, request.now, actor_id=actor)
    except InvalidTransition as refused:
        return _back(request, context, _REFUSED[refused.code])
    return _back(request, context, Notice.ROLE_LEFT)


@view_config(
    route_name="editorial.account.close",
    permission=Permission.ACCOUNT_KEEP,
    methods=POST_ONLY,
    uses_session=True,
)
def close(context: Account, request: Request) -> Response:
    """Nobody signs in with it any more; not one's own."""
    try:
        keeper(request).close(context)
    except InvalidTransition as refused:
        return _back(request, context, _REFUSED[refused.code])
    return _back(request, context, Notice.ACCOUNT_CLOSED)


@view_config(
    route_name="editorial.account.reopen",
    permission=Permission.ACCOUNT_KEEP,
    methods=POST_ONLY,
    uses_session=True,
)
def reopen(context: Account, request: Request) -> Response:
    """It may be used again."""
    keeper(request).reopen(context)
    return _back(request, context, Notice.ACCOUNT_REOPENED)


@view_config(
    route_name="editorial.account.sign_out",
    permission=Permission.ACCOUNT_KEEP,
    methods=POST_ONLY,
    uses_session=True,
)
def sign_out(context: Account, request: Request) -> Response:
    """A lost telephone, a machine left open."""
    keeper(request).sign_out(context)
    return _back(request, context, Notice.ACCOUNT_SIGNED_OUT)


@view_config(
    route_name="editorial.account.invite",
    renderer="editorial/accounts/invited.jinja2",
    permission=Permission.ACCOUNT_KEEP,
    methods=POST_ONLY,
    uses_session=True,
)
def invite(context: Account, request: Request) -> Any:
    """The link, shown this once: what is kept of it is a digest."""
    try:
        token = keeper(request).invite(context)
    except InvalidTransition:
        return _back(request, context, Notice.NOT_NOW)
    path = request.route_path("accounts.invitation", token=token)
    return {
        "account": context,
        "address": f"{request.settings.site.base_url}{path}",
        "link": link_that_waits(request.db, context, request.now),
    }


def _back(request: Request, account: Account, notice: Notice) -> Response:
    return say(HTTPSeeOther(request.route_path("editorial.account", id=account.id)), notice)
