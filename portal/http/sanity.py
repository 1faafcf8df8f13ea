"""Junk is refused at the door, before anybody decodes it by accident.

Path, query and cookies must be UTF-8 without NUL. A form must have a shape that can be
read; its fields are checked one by one where forms are read, because there the rest of
the form must be kept.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest, HTTPRequestEntityTooLarge
from pyramid.request import Request
from pyramid.response import Response
from pyramid.tweens import EXCVIEW

from portal.database import SAFE_METHODS
from portal.security.csrf import FIELD

MAX_QUERY = 16_000


def is_sane(raw: bytes) -> bool:
    """Whether percent-decoded bytes are UTF-8 text without NUL."""
    try:
        return "\0" not in raw.decode("utf-8")
    except UnicodeDecodeError:
        return False


def is_readable_form(request: Request) -> bool:
    """Whether the body can be taken apart, and the token that every form has is a text."""
    try:
        return isinstance(request.POST.get(FIELD, ""), str)
    except (ValueError, LookupError, DeprecationWarning):  # the last is WebOb's for a charset
        return False


def let_go_of_files(request: Request) -> None:
    """Files that came with a form lie on the disk: they go with the request, not when somebody
    collects the garbage."""
    for value in request.POST.values():
        file = getattr(value, "file", None)
        if file is not None:
            file.close()


def sanity_tween(handler: Callable[[Request], Response], registry: Any) -> Callable[..., Response]:
    """400 for undecodable addresses, 413 for bodies over the limit."""
    limit = registry["settings"].limits.body

    def tween(request: Request) -> Response:
        environ = request.environ
        query = environ.get("QUERY_STRING", "")
        path = environ.get("PATH_INFO", "").encode("latin-1", "replace")
        sane = is_sane(path) and is_sane(unquote_to_bytes(query.encode("latin-1", "replace")))
        if len(query) > MAX_QUERY or not sane:
            # The page of the refusal must be able to read its own address.
            environ["PATH_INFO"] = "/api/" if path.startswith(b"/api/") else "/"
            environ["QUERY_STRING"] = ""
            raise HTTPBadRequest("undecodable address")
        if (request.content_length or 0) > limit:
            raise HTTPRequestEntityTooLarge
        if request.method not in SAFE_METHODS:
            if not is_readable_form(request):
                raise HTTPBadRequest("unreadable form")
            request.add_finished_callback(let_go_of_files)
        return handler(request)

    return tween


def includeme(config: Configurator) -> None:
    """Inside of the exception views, which render the refusal."""
    config.add_tween("portal.http.sanity.sanity_tween", under=EXCVIEW)
