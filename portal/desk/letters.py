"""The papers the desk has issued for a dossier, as PDF on A4 or A5, and their printing.

They are stored when they are issued and sent as they are; each printing is counted with who
and when. The acknowledgement of an online submission is no statutory paper: it is made from
what the dossier froze, the same every time.
"""

from dataclasses import dataclass, replace
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.models import Dossier
from content.dossiers.reads import view_of
from content.dossiers.states import Action
from content.letters.from_dossiers import LetterSite, acknowledgement
from content.letters.issued import NEVER, IssuedPaper, Prints
from content.letters.issuing import count_print
from content.letters.listing import PaperLine, paper_lines
from content.letters.render import Letters
from content.letters.values import PaperSize
from content.signing.checking import signers_of
from content.words import clock_and_day
from portal.desk.officer import officer
from portal.desk_contexts import DeskDossier
from portal.http.downloads import send_pdf
from portal.i18n import _
from portal.issued_papers import issued_paper, send_issued
from portal.security.permissions import Permission

SIZE = "kho"
SMALL: PaperSize = "a5"
LARGE: PaperSize = "a4"
ACKNOWLEDGEMENT = "xac-nhan-nop"


@dataclass(frozen=True)
class LetterLink:
    """A paper in the list: where it opens in both sizes and where its printing is counted;
    ``state`` says that it is not made yet, or why not."""

    title: Any
    number: str
    url: str
    small_url: str
    print_url: str | None
    printed: Any
    state: Any = None
    sign_url: str | None = None
    signed: tuple[str, ...] = ()


def letters_of(request: Request, dossier: Dossier) -> list[LetterLink]:
    """What has been issued for the dossier, in the order of the log; the log is loaded."""
    lines = paper_lines(request.db, dossier)
    signed = signers_of(request.db, [line.paper.id for line in lines if line.paper])
    links = [_link(request, dossier, line, signed) for line in lines]
    if any(line.action == Action.SUBMIT_ONLINE.value for line in dossier.events):
        links.append(_acknowledgement_link(request, dossier))
    return links


def _link(
    request: Request, dossier: Dossier, line: PaperLine, signed: dict[int, tuple[str, ...]]
) -> LetterLink:
    place = {"number": dossier.lookup_code, "letter": line.slug}
    return LetterLink(
        title=line.title,
        number=line.paper.number_words if line.paper else "",
        url=request.route_path("desk.letter", **place),
        small_url=request.route_path("desk.letter", **place, _query={SIZE: SMALL}),
        print_url=request.route_path("desk.letter.print", **place),
        printed=printed_words(line.prints),
        state=_state(line),
        sign_url=request.route_path("desk.sign", **place) if line.is_issued else None,
        signed=signed.get(line.paper.id, ()) if line.paper else (),
    )


def _acknowledgement_link(request: Request, dossier: Dossier) -> LetterLink:
    place = {"number": dossier.lookup_code, "letter": ACKNOWLEDGEMENT}
    return LetterLink(
        title=_("Xác nhận đã gửi hồ sơ trực tuyến"),
        number="",
        url=request.route_path("desk.letter", **place),
        small_url=request.route_path("desk.letter", **place, _query={SIZE: SMALL}),
        print_url=None,
        printed=None,
    )


def _state(line: PaperLine) -> Any:
    if line.is_issued:
        return None
    if line.trouble:
        return _("Chưa lập được, hệ thống sẽ thử lại; mở giấy để lập ngay.")
    return _("Đang lập; mở giấy để lập ngay.")


def printed_words(prints: Prints) -> Any:
    """How often and by whom last; None for a paper that was never printed."""
    if prints == NEVER or prints.last_at is None:
        return None
    told = {
        "count": str(prints.count),
        "when": clock_and_day(prints.last_at),
        "who": prints.last_by,
    }
    return _("Đã in ${count} lần, gần nhất ${when}, ${who}.") % told


@view_config(route_name="desk.letter", permission=Permission.DOSSIER_HANDLE, uses_session=True)
def letter(context: DeskDossier, request: Request) -> Response:
    """One paper; 404 for one that the dossier has not come to."""
    slug, size = request.matchdict["letter"], asked_size(request.GET.get(SIZE))
    name = f"{slug}-{context.dossier.code or context.dossier.lookup_code}"
    if slug == ACKNOWLEDGEMENT:
        return send_pdf(_acknowledgement(request, context.dossier, size), name, inline=True)
    paper = issued_paper(request, context.dossier, slug)
    return send_issued(request, paper, name, size, inline=True)


@view_config(
    route_name="desk.letter.print",
    permission=Permission.DOSSIER_HANDLE,
    methods=("POST",),
    uses_session=True,
)
def print_letter(context: DeskDossier, request: Request) -> Response:
    """Count a printing, then show the paper that the browser prints."""
    slug, size = request.matchdict["letter"], asked_size(request.POST.get(SIZE))
    place = {"number": context.dossier.lookup_code, "letter": slug}
    paper: IssuedPaper = issued_paper(request, context.dossier, slug)
    count_print(request.db, paper, officer(request), size, request.now)
    query = {SIZE: SMALL} if size == SMALL else {}
    return HTTPSeeOther(request.route_path("desk.letter", **place, _query=query))


def asked_size(asked: Any) -> PaperSize:
    """A5 where it is asked for, else A4."""
    return SMALL if asked == SMALL else LARGE


def _acknowledgement(request: Request, dossier: Dossier, size: PaperSize) -> bytes:
    made = acknowledgement(view_of(request.db, dossier).dossier, request.service(LetterSite))
    return request.service(Letters).make(replace(made, paper=size))
