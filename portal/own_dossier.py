"""A dossier as its owner sees it, signed in or with the secret: the page and the papers.

Shared by the account's pages and by the look-up. Who may see it is decided before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyramid.request import Request
from pyramid.response import Response

from content.dossiers.conversation import messages_of
from content.dossiers.models import Dossier
from content.dossiers.reads import view_of
from content.dossiers.service import DossierService
from content.dossiers.states import Action
from content.errors import NotFound
from content.letters.form_adapter import filled_form
from content.letters.from_dossiers import LetterSite, acknowledgement
from content.letters.listing import paper_lines
from content.letters.render import Letters
from content.letters.values import Letter
from content.procedures.forms import parse
from portal.http.downloads import send_pdf
from portal.i18n import _
from portal.issued_papers import issued_paper, send_issued
from portal.own_result import result_shown
from portal.own_supplement import own_acts


@dataclass(frozen=True)
class Paper:
    """What the applicant sent, on paper: what it is called, how it is made. Not issued by the
    authority, so it is made anew from what was frozen, the same every time."""

    title: Any
    made: Callable[[Request, Dossier], Letter]


def _acknowledgement(request: Request, dossier: Dossier) -> Letter:
    secret = request.service(DossierService).secret_of(dossier) or ""
    return acknowledgement(dossier, request.service(LetterSite), secret=secret)


def _form(request: Request, dossier: Dossier) -> Letter:
    return filled_form(
        parse(dossier.form),
        dossier.answers,
        made_at=dossier.submitted_at or request.now,
        reference=dossier.code or dossier.lookup_code,
        sample=request.site.sample,
    )


PAPERS = {
    "xac-nhan-nop": Paper(_("Xác nhận đã gửi hồ sơ trực tuyến"), _acknowledgement),
    "to-khai": Paper(_("Tờ khai đã gửi"), _form),
}


def shown(request: Request, dossier: Dossier) -> dict[str, Any]:
    """What the page says of the dossier."""
    view = view_of(request.db, dossier)
    last = dossier.events[-1] if dossier.events else None
    return {
        "view": view,
        "dossier": dossier,
        "status": dossier.status.name.lower(),
        "said_last": last.text if last is not None else "",
        "papers_made": _made(request, dossier),
        **own_acts(request, dossier),
        "talked": len(messages_of(request.db, dossier)),
        **result_shown(request, dossier),
        "start_url": request.route_path("apply.start", code=dossier.procedure.key),
    }


def send_paper(request: Request, dossier: Dossier, name: str) -> Response:
    """A paper as PDF. Raises ``NotFound`` for one the dossier has not come to."""
    file_name = f"{name}-{dossier.code or dossier.lookup_code}"
    paper = PAPERS.get(name)
    if paper is None:
        issued = issued_paper(request, dossier, name)
        return send_issued(request, issued, file_name, "a4", inline=False)
    view_of(request.db, dossier)
    if not _was_sent(dossier):
        raise NotFound("letter")
    content = request.service(Letters).make(paper.made(request, dossier))
    return send_pdf(content, file_name)


def _was_sent(dossier: Dossier) -> bool:
    return any(line.action == Action.SUBMIT_ONLINE.value for line in dossier.events)


def _made(request: Request, dossier: Dossier) -> list[tuple[str, Any]]:
    """Name and title of each paper, the latest issued first."""
    lines = [(line.slug, line.title) for line in reversed(paper_lines(request.db, dossier))]
    own = [(name, paper.title) for name, paper in PAPERS.items()] if _was_sent(dossier) else []
    return [*lines, *own]
