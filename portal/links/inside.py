"""A link within the site, opened by the application itself: no network, no browser.

The page is asked for as anybody would ask for it, so a file whose bytes are lost, a page
that was taken down and an address that never was are all found by the same question.
"""

from urllib.parse import quote, unquote, urlsplit

from pyramid.request import Request
from pyramid.router import Router

#: Visits are not counted: who counts them knows robots by such a name.
ROBOT = "portal-link-check (bot)"
_SAFE = "/%:@!$&'()*+,;=~-._"


class Inside:
    """Tries addresses of one application."""

    def __init__(self, app: Router, base_url: str) -> None:
        self.app = app
        self.base_url = base_url

    def __call__(self, target: str) -> str:
        """ "malformed", "not_found", "server_error", or "" where a page answers."""
        try:
            parts = urlsplit(target)
        except ValueError:
            return "malformed"
        here = urlsplit(self.base_url)
        if (parts.scheme and parts.scheme not in ("http", "https")) or (
            parts.scheme and not parts.netloc
        ):
            return "malformed"
        if parts.netloc and parts.netloc != here.netloc:
            return "malformed"
        if not parts.path.startswith("/") and not parts.netloc:
            return "malformed"
        path = quote(unquote(parts.path or "/"), safe=_SAFE)
        return self._opened(f"{path}?{parts.query}" if parts.query else path)

    def _opened(self, path: str) -> str:
        try:
            request = Request.blank(path, base_url=self.base_url, method="HEAD")
        except (ValueError, UnicodeError):
            return "malformed"
        request.headers["User-Agent"] = ROBOT
        response = request.get_response(self.app)
        status = response.status_int
        close = getattr(response.app_iter, "close", None)
        if close is not None:
            close()
        if status >= 500:
            return "server_error"
        # What asks for a signature of the reader is there, too.
        return "" if status < 400 or status in (401, 403) else "not_found"
