"""What is said once after a redirect: a code in a short-lived cookie, never free text.

Only pages with a session may ask, because their answers are not kept by caches.
"""

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response

from portal.http.notice_codes import Notice
from portal.http.notice_words import NOT_DONE, WORDS

__all__ = ["Notice", "includeme", "say", "take_notices"]

COOKIE = "thong_bao"
LIFE = 60


def say(response: Response, notice: Notice) -> Response:
    """Have the next page say it; returns the response."""
    response.set_cookie(COOKIE, notice.value, max_age=LIFE, httponly=True, samesite="Lax")
    return response


def take_notices(request: Request) -> list[tuple[str, str]]:
    """What is to be said now, as the ``flash`` macro wants it; it is said once."""
    given = request.cookies.get(COOKIE)
    if given not in list(Notice):
        return []
    request.response.delete_cookie(COOKIE)
    notice = Notice(given)
    kind = "warn" if notice in NOT_DONE else "ok"
    return [(kind, request.localizer.translate(WORDS[notice]))]


def includeme(config: Configurator) -> None:
    """``request.take_notices()`` for layouts of private pages."""
    config.add_request_method(take_notices)
