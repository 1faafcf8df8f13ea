"""What can be taken along: the posting sheet of a procedure, and forms that are files of ours."""

from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import NotFound
from content.files.model import StoredFile
from content.letters.posting import PostingSheet
from content.letters.render import Letters
from content.letters.values import Office
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.parts import FormFile
from content.procedures.reads import READABLE, versions
from content.procedures.reception_places import place_of
from content.procedures.wording import status_in_words
from content.text import slugify
from portal.http.derivers import SHARED
from portal.http.downloads import send_file, send_pdf
from portal.procedures.rows import procedure_url

MAX_DIGITS = 18


@view_config(route_name="catalogue.sheet", permission=NO_PERMISSION_REQUIRED)
def sheet(context: Procedure, request: Request) -> Response:
    """The sheet that hangs at the office (NĐ 63/2010 art. 17), as PDF."""
    version = context.current_version
    if version is None:
        raise NotFound("version")
    site = request.site
    adopted = (row.decision for row in versions(request.db, context) if row.id == version.id)
    decision = next(adopted, None)
    letter = PostingSheet(
        record=version.document,
        office=Office(name=site.authority, place=site.authority, hotline=site.hotline),
        url=site.base_url + procedure_url(request, context.address),
        feedback=f"{site.address}; {site.email}",
        made_at=request.now,
        valid_from=version.valid_from,
        decision=decision.number if decision else "",
        standing=status_in_words(context.status, context.status_since),
        place=place_of(request.db, context.id),
        sample=site.sample,
    )
    content = request.service(Letters).make(letter)
    response = send_pdf(content, f"{context.key} {slugify(context.name, limit=60)}")
    response.headers["Cache-Control"] = SHARED
    return response


@view_config(route_name="catalogue.form", permission=NO_PERMISSION_REQUIRED)
def form(context: Procedure, request: Request) -> Response:
    """A form of this procedure, in any version people may read."""
    stored = _stored(request, context)
    return send_file(request, stored, stored.name)


def _stored(request: Request, procedure: Procedure) -> StoredFile:
    asked = request.matchdict["file"]
    if not (asked.isascii() and asked.isdigit()) or len(asked) > MAX_DIGITS:
        raise NotFound("form")
    # The address names a code, which may be held at several levels.
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
