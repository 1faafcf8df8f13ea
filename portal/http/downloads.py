"""Files and letters sent to a browser: private, under their own name, never run as a page."""

from urllib.parse import quote

from pyramid.request import Request
from pyramid.response import FileIter, Response

from content.errors import NotFound
from content.files import FileService
from content.files.model import StoredFile
from content.text import slugify
from portal.http.derivers import PRIVATE

PDF = "application/pdf"


def send_pdf(content: bytes, name: str) -> Response:
    """A letter or a form, ``name`` without its ending."""
    response = Response(body=content, content_type=PDF)
    response.headers["Content-Disposition"] = attachment(f"{name}.pdf")
    response.headers["Cache-Control"] = PRIVATE
    return response


def send_file(request: Request, file: StoredFile, name: str) -> Response:
    """What somebody uploaded, as it came. Raises ``NotFound`` if the bytes are lost."""
    try:
        source = request.service(FileService).open(file)
    except FileNotFoundError:
        raise NotFound("file") from None
    response = Response(app_iter=FileIter(source), content_type=file.media_type)
    response.content_length = file.size
    response.headers["Content-Disposition"] = attachment(name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = PRIVATE
    return response


def attachment(name: str) -> str:
    """RFC 6266: a plain name for old browsers, the real one (RFC 8187) for the others."""
    stem, dot, suffix = name.rpartition(".")
    plain = slugify(stem or suffix) or "tep"
    ending = f".{slugify(suffix)}" if dot and stem else ""
    return f"attachment; filename=\"{plain}{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
