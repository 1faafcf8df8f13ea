"""The papers the desk has made for a dossier, as PDF on A4 or A5.

They are not stored: each is made again from what the dossier froze, the same every time.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.models import Dossier
from content.dossiers.states import Action
from content.errors import NotFound
from content.letters.from_dossiers import (
    LetterSite,
    acknowledgement,
    receipt_slip,
    refusal_slip,
)
from content.letters.render import Letters
from content.letters.values import OfficialLetter, PaperSize
from portal.contexts import DeskDossier
from portal.http.downloads import send_pdf
from portal.i18n import _
from portal.security.permissions import Permission

SIZE = "kho"
SMALL: PaperSize = "a5"


@dataclass(frozen=True)
class Kind:
    """A paper: its words, what in the dossier's log it comes from, how it is made."""

    title: Any
    action: Action
    make: Callable[[Dossier, LetterSite], OfficialLetter]


KINDS = {
    "giay-tiep-nhan": Kind(
        _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"), Action.ACCEPT, receipt_slip
    ),
    "phieu-tu-choi": Kind(
        _("Phiếu từ chối tiếp nhận giải quyết hồ sơ"), Action.REFUSE_RECEPTION, refusal_slip
    ),
    "xac-nhan-nop": Kind(
        _("Xác nhận đã gửi hồ sơ trực tuyến"), Action.SUBMIT_ONLINE, acknowledgement
    ),
}


@dataclass(frozen=True)
class LetterLink:
    """A paper that is there, in both sizes."""

    title: Any
    url: str
    small_url: str


def letters_of(request: Request, dossier: Dossier) -> list[LetterLink]:
    """What has been made for the dossier, the latest kind first."""
    done = {line.action for line in dossier.events}
    return [
        _link(request, dossier, name, kind)
        for name, kind in KINDS.items()
        if kind.action.value in done
    ]


def _link(request: Request, dossier: Dossier, name: str, kind: Kind) -> LetterLink:
    place = {"number": dossier.lookup_code, "letter": name}
    return LetterLink(
        title=kind.title,
        url=request.route_path("desk.letter", **place),
        small_url=request.route_path("desk.letter", **place, _query={SIZE: SMALL}),
    )


@view_config(route_name="desk.letter", permission=Permission.DOSSIER_HANDLE, uses_session=True)
def letter(context: DeskDossier, request: Request) -> Response:
    """One paper; 404 for one that the dossier has not come to."""
    name = request.matchdict["letter"]
    kind = KINDS.get(name)
    if kind is None:
        raise NotFound("letter")
    dossier = context.dossier
    made = kind.make(dossier, request.service(LetterSite))
    if request.GET.get(SIZE) == SMALL:
        made = replace(made, paper=SMALL)
    content = request.service(Letters).make(made)
    return send_pdf(content, f"{name}-{dossier.code or dossier.lookup_code}", inline=True)
