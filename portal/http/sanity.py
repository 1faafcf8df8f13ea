"""Junk is refused at the door, before anybody decodes it by accident.

Path, query and cookies must be UTF-8 without NUL. Bodies are checked field by field
where forms are read, because there the rest of the form must be kept.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest, HTTPRequestEntityTooLarge
from pyramid.request import Request
from pyramid.response import Response
from pyramid.tweens import EXCVIEW

MAX_QUERY = 16_000


def is_sane(raw: bytes) -> bool:
    """Whether percent-decoded bytes are UTF-8 text without NUL."""
    try:
        return "\0" not in raw.decode("utf-8")
    except UnicodeDecodeError:
        return False


def sanity_tween(handler: Callable[[Request], Response], registry: Any) -> Callable[..., Response]:
    """400 for undecodable addresses, 413 for bodies over the limit."""
    limit = registry["settings"].limits.body

    def tween(request: Request) -> Response:
        query = request.environ.get("QUERY_STRING", "")
        if len(query) > MAX_QUERY:
            raise HTTPBadRequest("query too long")
        path = request.environ.get("PATH_INFO", "").encode("latin-1", "replace")
        if not is_sane(path) or not is_sane(unquote_to_bytes(query.replace("+", " "))):
            raise HTTPBadRequest("undecodable address")
        if (request.content_length or 0) > limit:
            raise HTTPRequestEntityTooLarge
        return handler(request)

    return tween


def includeme(config: Configurator) -> None:
    """Inside of the exception views, which render the refusal."""
    config.add_tween("portal.http.sanity.sanity_tween", under=EXCVIEW)
