"""The issued papers of a dossier, for the desk and for the owner: found, opened, made at once.

Opening a paper that the worker has not made yet makes it now, in transactions of its own;
what was asked before that is forgotten, so nothing may have been written by then.
"""

from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy import select

from content.dossiers.models import Dossier
from content.dossiers.reads import view_of
from content.errors import NotFound
from content.letters.issued import IssuedPaper
from content.letters.listing import PaperLine, paper_lines
from content.letters.values import PaperSize
from content.signing.checking import signed_file
from portal.http.downloads import open_file, send_pdf
from portal.paper_maker import PaperMaker


def find_line(request: Request, dossier: Dossier, slug: str) -> PaperLine:
    """The paper of this name. Raises ``NotFound`` for one the dossier has not come to."""
    for line in paper_lines(request.db, dossier):
        if line.slug == slug:
            return line
    raise NotFound("letter")


def issued_paper(request: Request, dossier: Dossier, slug: str) -> IssuedPaper:
    """The paper with its bytes. Raises ``NotFound``, ``Unavailable``."""
    dossier_id = dossier.id
    line = find_line(request, view_of(request.db, dossier).dossier, slug)
    if not line.is_issued:
        request.tm.abort()
        try:
            request.service(PaperMaker).at_once(line.source)
        finally:
            request.tm.begin()
        again = request.db.scalars(select(Dossier).where(Dossier.id == dossier_id)).one()
        line = find_line(request, view_of(request.db, again).dossier, slug)
    assert line.paper is not None  # it is issued now
    return line.paper


def send_issued(
    request: Request, paper: IssuedPaper, name: str, size: PaperSize, *, inline: bool
) -> Response:
    """The stored bytes, as they were issued; on A4 with all signatures. Raises ``NotFound``
    if they are lost."""
    file = (signed_file(request.db, paper) if size == "a4" else None) or paper.file_of(size)
    if file is None:
        raise NotFound("letter")
    with open_file(request, file) as source:
        content = source.read()
    return send_pdf(content, name, inline=inline)
