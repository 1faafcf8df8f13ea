"""The page of a POST that came after the sign-in had ended: nothing typed is lost.

Three ways on, all without scripts: sign in on the page itself and then send again; send
again at once, where only the token against forgery had gone with the closed browser; copy,
where a draft without an account has lost the browser that owned it. Nothing is ever sent
without a press of the person, who sees what will be sent and where it belongs.
"""

from typing import Any
from urllib.parse import urlsplit

import colander
from pyramid.csrf import get_csrf_token
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response

from content.people.service import digest
from portal.forms import fields
from portal.forms.accessible import AccessibleForm
from portal.http.derivers import PRIVATE
from portal.http.parcels import MAX_PACKED, Parcel, pack, parcel_of, takes_posts
from portal.i18n import _
from portal.security.policy import SIGN_IN_COOKIE, draft_tokens

PAGE, AGAIN = "errors/ended.jinja2", "errors/send_again.jinja2"
CARRIED = "mang_theo"
FORBIDDEN = 403


def sign_in_schema(*, carrying: bool = False) -> colander.SchemaNode:
    """Address and password, and with them what was typed before."""
    schema = colander.SchemaNode(colander.Mapping())
    schema.add(fields.email("email", autocomplete="username"))
    schema.add(fields.password("password"))
    if carrying:
        schema.add(fields.hidden(CARRIED, max_length=MAX_PACKED))
    return schema


def can_be_saved(request: Request) -> bool:
    """Whether this refused request is a form of ours, sent from a page of ours."""
    posted = request.method == "POST" and _from_here(request)
    return posted and takes_posts(request, request.path_qs)


def ended(request: Request) -> Response:
    """The way on for a POST that nobody signed in has sent."""
    parcel = parcel_of(request)
    if _is_lost_draft(request):
        return _page(request, PAGE, parcel, form=None, is_draft=True)
    form = None if parcel.too_long else _door(request, parcel)
    return _page(request, PAGE, parcel, form=form, is_draft=False)


def without_token(request: Request) -> Response:
    """The way on for a POST whose token is not that of this browser."""
    known = request.cookies.get(SIGN_IN_COOKIE) or _owned_here(request)
    parcel = parcel_of(request)
    if known and not parcel.too_long:
        return _page(request, AGAIN, parcel, signed_in=False)
    return ended(request)


def send_again(request: Request, parcel: Parcel) -> Response:
    """What was typed and the button that sends it, for somebody who has just signed in."""
    response = render_to_response(AGAIN, {"parcel": parcel, "signed_in": True}, request=request)
    response.headers["Cache-Control"] = PRIVATE
    return response


def _door(request: Request, parcel: Parcel) -> AccessibleForm:
    form = AccessibleForm(
        sign_in_schema(carrying=True),
        action=request.route_path("accounts.sign_in"),
        csrf_token=get_csrf_token(request),
        renderer=request.registry["form_renderer"],
        buttons=[("gui", "", _("Đăng nhập và xem lại nội dung"), "primary")],
    )
    return form.fill({CARRIED: pack(parcel)})


def _page(request: Request, renderer: str, parcel: Parcel, **values: Any) -> Response:
    # The page of a refusal may not know who is there.
    request.environ["portal.session_allowed"] = False
    response = render_to_response(renderer, {"parcel": parcel, **values}, request=request)
    response.status_int = FORBIDDEN
    response.headers["Cache-Control"] = PRIVATE
    return response


def _is_lost_draft(request: Request) -> bool:
    """A draft of a browser without an account; signing in would not make it anybody's."""
    context = getattr(request, "context", None)
    has_owner = getattr(context, "owner_id", None) is not None
    return getattr(context, "owner_token_digest", None) is not None and not has_owner


def _owned_here(request: Request) -> bool:
    mark = getattr(getattr(request, "context", None), "owner_token_digest", None)
    return mark is not None and mark in map(digest, draft_tokens(request))


def _from_here(request: Request) -> bool:
    """Not another site's form: a stranger's text shall not wait behind our sign-in.

    Browsers say where a POST comes from; one too old to say so is believed, since nothing is
    sent without a press.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
