"""The bytes of a medium. What is not a picture or a recording is a download, never a page."""

from typing import BinaryIO

from pyramid.httpexceptions import HTTPFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from webob.static import FileIter

from content.errors import NotFound
from content.files import FileService
from content.files.model import StoredFile
from content.media import reads
from content.media.kinds import MediumKind
from content.media.models import Medium, Rendition
from content.media.presentation import exact
from portal.http.downloads import POLICY, disposition

FOR_EVER = "public, max-age=31536000, immutable"
#: The file behind a stable address may be replaced; readers see the new one soon.
SHORT = "public, max-age=300"
USUAL = 1024
SHOWN = (MediumKind.IMAGE, MediumKind.AUDIO, MediumKind.VIDEO)


class Streamed(FileIter):
    """A file in blocks, whole or in part, closed also where nothing of it is sent (304, 416)."""

    def close(self) -> None:
        """Called by the server at the end of the answer."""
        self.file.close()


@view_config(route_name="media.size", permission=NO_PERMISSION_REQUIRED)
def size(request: Request) -> Response:
    """One size of a picture; an older version leads to what the picture is now."""
    medium = reads.by_key(request.db, request.matchdict["key"])
    wanted = request.matchdict["name"]
    found = next((one for one in medium.renditions if one.name == wanted), None)
    if found is not None and request.matchdict["version"] == medium.version:
        return _send(request, found.file, wanted, FOR_EVER)
    now = found or _nearest(medium, wanted)
    if now is None:
        raise NotFound("medium")
    return HTTPFound(exact(medium, now), headers={"Cache-Control": SHORT})


def _nearest(medium: Medium, wanted: str) -> Rendition | None:
    width = wanted.partition(".")[0]
    return medium.fallback(int(width) if width.isdecimal() and len(width) < 6 else USUAL)


@view_config(route_name="media.file", permission=NO_PERMISSION_REQUIRED)
def file(request: Request) -> Response:
    """A document, a recording, or the usual size of a picture, at the address that stays."""
    medium = reads.by_key(request.db, request.matchdict["key"])
    usual = medium.fallback(USUAL)
    stored = usual.file if usual else medium.file
    return _send(request, stored, medium.name, SHORT, inline=medium.kind in SHOWN)


def _send(
    request: Request, file: StoredFile, name: str, keep: str, *, inline: bool = True
) -> Response:
    """The bytes, whole or the part asked for (RFC 9110, 14)."""
    response = Response(
        app_iter=Streamed(_opened(request, file)), content_type=file.media_type, charset=None
    )
    response.content_length = file.size
    response.accept_ranges = "bytes"
    response.etag = file.sha256[:32]
    response.conditional_response = True
    response.headers["Content-Disposition"] = disposition(name, inline=inline)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = keep
    return response


def _opened(request: Request, file: StoredFile) -> BinaryIO:
    try:
        return request.service(FileService).open(file)
    except FileNotFoundError:
        raise NotFound("medium") from None
