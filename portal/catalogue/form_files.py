"""Forms of a procedure as files of ours, to download."""

from urllib.parse import quote

from pyramid.request import Request
from pyramid.response import FileIter, Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import NotFound
from content.files import FileService
from content.files.model import StoredFile
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.parts import FormFile
from content.procedures.reads import READABLE
from content.text import slugify

MAX_DIGITS = 18


@view_config(route_name="catalogue.form", permission=NO_PERMISSION_REQUIRED)
def form(context: Procedure, request: Request) -> Response:
    """The bytes, always as a download under a safe name."""
    stored = _stored(request, context)
    source = request.service(FileService).open(stored)
    response = Response(app_iter=FileIter(source), content_type=stored.media_type)
    response.content_length = stored.size
    response.headers["Content-Disposition"] = _attachment(stored.name)
    return response


def _stored(request: Request, procedure: Procedure) -> StoredFile:
    """The file of a form of this code, in a version people may read."""
    asked = request.matchdict["file"]
    if not (asked.isascii() and asked.isdigit()) or len(asked) > MAX_DIGITS:
        raise NotFound("form")
    same = Procedure.code == procedure.code if procedure.code else Procedure.id == procedure.id
    query = (
        select(StoredFile)
        .join(FormFile, FormFile.file_id == StoredFile.id)
        .join(ProcedureVersion, ProcedureVersion.id == FormFile.version_id)
        .join(Procedure, Procedure.id == ProcedureVersion.procedure_id)
        .where(FormFile.id == int(asked), same, ProcedureVersion.state.in_(READABLE))
    )
    found: StoredFile | None = request.db.scalars(query).first()
    if found is None:
        raise NotFound("form")
    return found


def _attachment(name: str) -> str:
    """RFC 6266: a plain name for old browsers, the real one for the others."""
    stem, dot, suffix = name.rpartition(".")
    plain = slugify(stem or suffix) or "bieu-mau"
    ending = f".{slugify(suffix)}" if dot and stem else ""
    return f"attachment; filename=\"{plain}{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
