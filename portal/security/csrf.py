"""Cross-site request forgery: a token in a cookie, repeated in every form that posts.

The cookie needs no session, so a form on a page without a session works too. The
check runs before anything looks at who is there.
"""

from typing import Any

from pyramid.config import Configurator
from pyramid.csrf import CookieCSRFStoragePolicy
from pyramid.request import Request
from pyramid.viewderivers import INGRESS, csrf_view

COOKIE = "xac_thuc_bieu_mau"
FIELD = "csrf_token"
#: Where a request's environment says that its page holds the token of one browser.
GIVEN = "portal.csrf_given"


class NotedTokens(CookieCSRFStoragePolicy):
    """Notes who was given a token: a page that holds one is that browser's alone."""

    def new_csrf_token(self, request: Request) -> Any:
        """A token for a browser that has none."""
        request.environ[GIVEN] = True
        return super().new_csrf_token(request)

    def get_csrf_token(self, request: Request) -> Any:
        """The browser's token."""
        request.environ[GIVEN] = True
        return super().get_csrf_token(request)


def includeme(config: Configurator) -> None:
    """Every unsafe request must carry the token."""
    settings = config.registry["settings"]
    config.set_csrf_storage_policy(
        NotedTokens(
            cookie_name=COOKIE, secure=settings.secure_cookies, httponly=True, samesite="Lax"
        )
    )
    # Before the permission, which asks who is there; Pyramid's own order is the other way.
    config.add_view_deriver(csrf_view, "csrf_view", under=INGRESS, over="secured_view")
    config.set_default_csrf_options(require_csrf=True, token=FIELD, check_origin=False)
