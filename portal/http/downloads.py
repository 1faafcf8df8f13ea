"""Files and letters sent to a browser: private, under their own name, never run as a page."""

import re
from typing import BinaryIO
from urllib.parse import quote

from pyramid.request import Request
from pyramid.response import FileIter, Response

from content.errors import NotFound
from content.files import FileService
from content.files.model import StoredFile
from content.text import slugify
from portal.http.derivers import PRIVATE

PDF = "application/pdf"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
#: Of what people sent: nothing is loaded, nothing runs, nobody frames it. Browsers' own
#: readers of PDFs and pictures still work.
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


def send_pdf(content: bytes, name: str, *, inline: bool = False) -> Response:
    """A letter or a form, ``name`` without its ending; ``inline``: shown, not saved."""
    response = Response(body=content, content_type=PDF, charset=None)
    response.headers["Content-Disposition"] = disposition(f"{name}.pdf", inline=inline)
    response.headers["Cache-Control"] = PRIVATE
    return response


def send_bytes(content: bytes, name: str, media_type: str) -> Response:
    """Bytes made here, ``name`` with its ending, to be saved."""
    response = Response(body=content, content_type=media_type, charset=None)
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Cache-Control"] = PRIVATE
    return response


def open_file(request: Request, file: StoredFile) -> BinaryIO:
    """The bytes of what somebody uploaded. Raises ``NotFound`` if they are lost."""
    try:
        return request.service(FileService).open(file)
    except FileNotFoundError:
        raise NotFound("file") from None


def send_file(request: Request, file: StoredFile, name: str) -> Response:
    """What somebody uploaded, to be saved. Raises ``NotFound`` if the bytes are lost."""
    source = open_file(request, file)
    return send_stream(source, name, size=file.size, media_type=file.media_type)


def send_stream(
    source: BinaryIO, name: str, *, size: int, media_type: str, inline: bool = False
) -> Response:
    """Bytes of people; whoever asks for ``inline`` has looked into them."""
    response = Response(app_iter=FileIter(source), content_type=media_type, charset=None)
    response.content_length = size
    response.headers["Content-Disposition"] = disposition(name, inline=inline)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = PRIVATE
    return response


def disposition(name: str, *, inline: bool = False) -> str:
    """RFC 6266: a plain name for old browsers, the real one (RFC 8187) for the others."""
    kind = "inline" if inline else "attachment"
    real = quote(name, safe="")
    return f"{kind}; filename=\"{_plain(name)}\"; filename*=UTF-8''{real}"


def _plain(name: str) -> str:
    if _SAFE.fullmatch(name):
        return name
    stem, dot, suffix = name.rpartition(".")
    ending = f".{slugify(suffix)}" if dot and stem else ""
    return f"{slugify(stem or suffix) or 'tep'}{ending}"
