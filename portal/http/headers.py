"""Security headers on every response, errors included.

Nothing is loaded from elsewhere and nothing runs inline; pages work without scripts.
"""

from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPMovedPermanently, HTTPRedirection
from pyramid.request import Request
from pyramid.response import Response
from pyramid.tweens import EXCVIEW

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
#: Browsers keep a move for good unless told otherwise, and would go round in a circle where
#: something returns to the address it had before.
MOVED = "public, max-age=60"
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


def headers_tween(handler: Callable[[Request], Response], registry: Any) -> Callable[..., Response]:
    """Adds what a view did not set itself."""
    settings = registry["settings"]
    headers = dict(HEADERS)
    if settings.secure_cookies:
        headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    if settings.site.sample:
        headers["X-Robots-Tag"] = "noindex, nofollow"

    def tween(request: Request) -> Response:
        response = handler(request)
        # A path is enough for a redirect, and stays right behind a proxy that ends TLS.
        response.autocorrect_location = False
        if response.status_int == HTTPMovedPermanently.code:
            response.headers.setdefault("Cache-Control", MOVED)
        if isinstance(response, HTTPRedirection):
            # Pyramid would make a page in English of it, that no browser shows.
            response.empty_body, response.content_type = True, None
        said = {name.lower() for name, _ in response.headerlist}
        response.headerlist.extend(one for one in headers.items() if one[0].lower() not in said)
        return response

    return tween


def includeme(config: Configurator) -> None:
    """Outside of the exception views, so that their pages carry the headers too."""
    config.add_tween("portal.http.headers.headers_tween", over=EXCVIEW)
