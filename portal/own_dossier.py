"""A dossier as its owner sees it, signed in or with the secret: the page and the papers.

Shared by the account's pages and by the look-up. Who may see it is decided before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyramid.request import Request
from pyramid.response import Response

from content.dossiers.models import Dossier
from content.dossiers.reads import DossierView, view_of
from content.dossiers.service import DossierService
from content.dossiers.states import Action
from content.errors import NotFound
from content.letters.form_adapter import filled_form
from content.letters.from_dossiers import (
    LetterSite,
    acknowledgement,
    receipt_slip,
    refusal_slip,
)
from content.letters.render import Letters
from content.letters.values import Letter
from content.procedures.forms import parse
from portal.http.downloads import send_pdf
from portal.i18n import _


@dataclass(frozen=True)
class Paper:
    """A letter about the dossier: when there is one, what it is called, how it is made."""

    title: Any
    made: Callable[[Request, Dossier], Letter]
    action: Action


def _acknowledgement(request: Request, dossier: Dossier) -> Letter:
    secret = request.service(DossierService).secret_of(dossier) or ""
    return acknowledgement(dossier, request.service(LetterSite), secret=secret)


def _receipt(request: Request, dossier: Dossier) -> Letter:
    return receipt_slip(dossier, request.service(LetterSite))


def _refusal(request: Request, dossier: Dossier) -> Letter:
    return refusal_slip(dossier, request.service(LetterSite))


def _form(request: Request, dossier: Dossier) -> Letter:
    return filled_form(
        parse(dossier.form),
        dossier.answers,
        made_at=dossier.submitted_at or request.now,
        reference=dossier.code or dossier.lookup_code,
        sample=request.site.sample,
    )


PAPERS = {
    "giay-tiep-nhan": Paper(_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"), _receipt, Action.ACCEPT),
    "phieu-tu-choi": Paper(
        _("Phiếu từ chối tiếp nhận giải quyết hồ sơ"), _refusal, Action.REFUSE_RECEPTION
    ),
    "xac-nhan-nop": Paper(
        _("Xác nhận đã gửi hồ sơ trực tuyến"), _acknowledgement, Action.SUBMIT_ONLINE
    ),
    "to-khai": Paper(_("Tờ khai đã gửi"), _form, Action.SUBMIT_ONLINE),
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
        "papers_made": [(name, paper.title) for name, paper in _made(view)],
        "start_url": request.route_path("apply.start", code=dossier.procedure.key),
    }


def send_paper(request: Request, dossier: Dossier, name: str) -> Response:
    """A letter as PDF. Raises ``NotFound`` for one the dossier has not come to."""
    view = view_of(request.db, dossier)
    paper = dict(_made(view)).get(name)
    if paper is None:
        raise NotFound("letter")
    content = request.service(Letters).make(paper.made(request, dossier))
    return send_pdf(content, f"{name}-{dossier.code or dossier.lookup_code}")


def _made(view: DossierView) -> list[tuple[str, Paper]]:
    done = {line.action for line in view.dossier.events}
    return [(name, paper) for name, paper in PAPERS.items() if paper.action.value in done]
