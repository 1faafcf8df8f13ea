"""Safe defaults of every view, each left only by an option that a reviewer can see.

``methods``: the methods a view answers, GET and HEAD unless told otherwise.
``uses_session``: the view may know who is there; its page is private and never kept
by caches, as is one with the token of a form. All other pages cannot know, and may be
kept for a short while.
"""

from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPMethodNotAllowed
from pyramid.request import Request
from pyramid.response import Response
from pyramid.viewderivers import INGRESS

from portal.security.csrf import GIVEN

READING = ("GET", "HEAD")
PRIVATE = "private, no-store"
#: Browsers ask each time, and are mostly told that nothing changed: who just changed a page
#: sees the new one. Caches in front may keep it for a minute.
SHARED = "public, max-age=0, s-maxage=60"
#: Where a request's environment says that its public page is for this one time.
ONCE = "portal.once"
#: And here, from which state of the search index it was made.
SEARCHED = "portal.searched"


def methods_deriver(view: Callable[..., Response], info: Any) -> Callable[..., Response]:
    """405 for methods the view does not declare."""
    allowed = info.options.get("methods") or READING
    if info.exception_only:
        return view

    def wrapped(context: Any, request: Request) -> Response:
        if request.method not in allowed:
            raise HTTPMethodNotAllowed(headers={"Allow": ", ".join(allowed)})
        return view(context, request)

    return wrapped


def session_deriver(view: Callable[..., Response], info: Any) -> Callable[..., Response]:
    """Opens the session to the view, and decides what caches may keep."""
    uses_session = bool(info.options.get("uses_session"))
    if info.exception_only:
        return view

    def wrapped(context: Any, request: Request) -> Response:
        request.environ["portal.session_allowed"] = uses_session
        response = view(context, request)
        is_private = uses_session or GIVEN in request.environ
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = PRIVATE if is_private else SHARED
        if is_private:
            response.vary = [*(response.vary or ()), "Cookie"]
        return response

    return wrapped


methods_deriver.options = ("methods",)  # type: ignore[attr-defined]
session_deriver.options = ("uses_session",)  # type: ignore[attr-defined]


def includeme(config: Configurator) -> None:
    """Both stand before the check of permissions; the CSRF check follows the methods."""
    config.add_view_deriver(session_deriver, "session", under=INGRESS, over="secured_view")
    config.add_view_deriver(
        methods_deriver, "methods", under=INGRESS, over=("session", "csrf_view")
    )
