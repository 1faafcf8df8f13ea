"""The same-visit lane on one screen: enter, hand over, next; the day's list; the books."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from pyramid.csrf import get_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.agencies.models import Agency
from content.certification.acts import Act
from content.certification.book import PART, CertificationBook
from content.certification.models import BOOK_NAMES, Book, CertificationEntry
from content.certification.reads import books, last_of, lines_of, of_day, totals
from content.certification.service import CertificationService
from content.dossiers.wording import fee_words
from content.errors import Invalid, InvalidTransition, NotFound
from content.letters.from_dossiers import LetterSite, office_of_desk
from content.letters.render import Letters
from content.people.cards import parse_card
from content.procedures.models import Procedure
from content.words import local
from portal.desk import schemas
from portal.desk.counter import desks_here
from portal.desk.day_asked import day_asked
from portal.desk.officer import officer
from portal.desk_contexts import DeskCertification
from portal.forms.accessible import AccessibleForm
from portal.http.downloads import send_pdf
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE, CANCEL_PAGE = "desk/certify.jinja2", "desk/certify_cancel.jinja2"
READ_CARD, WRITE = "doc-the", "ghi-so"
JUST = "vua"
_CARD_FILLS = {"name": "person", "number": "identity"}
_OUT = _("Số này vượt mức cho phép.")
_WHY = {
    "fee": _("Biểu phí của thủ tục chưa tính được; ông/bà ghi số tiền đã thu, 0 nếu không thu."),
    "key": _("Trang đã để quá lâu; ông/bà mở lại trang rồi ghi."),
}


@dataclass(frozen=True)
class Shelf:
    """A book with the addresses of its printed parts."""

    name: str
    desk: str
    year: int
    last: int
    urls: tuple[str, ...]


@view_config(
    route_name="desk.certify",
    renderer=PAGE,
    permission=Permission.COUNTER_USE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def lane(request: Request) -> Any:
    """Write an act down; or read a card into the form, which writes nothing."""
    desks = desks_here(request)
    service = request.service(CertificationService)
    procedures = service.lane()
    if not desks or not procedures:
        return {"form": None, "desks": desks, "procedures": procedures}
    form = _form(request, procedures, desks)
    page = form_page(request, PAGE, form, **_around(request, desks, procedures))
    if request.method != "POST":
        form.fill(_usual(request, procedures, desks))
        return page
    line = request.POST.get("qr", "")
    if isinstance(line, str) and line.strip():
        return _fill_from_card(request, page, form, line)
    data = form.accept(request.POST)
    entry = _certify(request, form, data, procedures, desks)
    return HTTPSeeOther(request.route_path("desk.certify", _query={JUST: str(entry.id)}))


def _form(request: Request, procedures: list[Procedure], desks: list[Agency]) -> AccessibleForm:
    options = [(str(one.id), one.name) for one in procedures]
    places = [(one.slug, one.name) for one in desks]
    return AccessibleForm(
        schemas.same_visit(options, places),
        action=request.path,
        csrf_token=get_csrf_token(request),
        renderer=request.registry["form_renderer"],
        buttons=[
            ("_viec", WRITE, _("Ghi sổ và trả kết quả"), "primary"),
            ("_viec", READ_CARD, _("Điền từ mã QR"), "quiet"),
        ],
        data={"card": "qr", "card-fills": json.dumps(_CARD_FILLS), "press": WRITE},
    )


def _usual(request: Request, procedures: list[Procedure], desks: list[Agency]) -> dict[str, Any]:
    """One copy of one page, signed by who signed the last one."""
    last = last_of(request.db, request.identity.account_id)
    usual: dict[str, Any] = {"copies": "1", "pages": "1", "key": secrets.token_urlsafe(16)}
    usual |= {"procedure": str(procedures[0].id), "desk": desks[0].slug}
    if last is None:
        return usual
    known = {one.id: one for one in desks}
    usual |= {"signer_name": last.signer_name, "signer_title": last.signer_title}
    if last.agency_id in known:
        usual["desk"] = known[last.agency_id].slug
    if any(one.id == last.dossier.procedure_id for one in procedures):
        usual["procedure"] = str(last.dossier.procedure_id)
    return usual


def _fill_from_card(
    request: Request, page: dict[str, Any], form: AccessibleForm, line: str
) -> dict[str, Any]:
    """The same page with what the card says; nothing is written."""
    names = [child.name for child in form.deform.children if child.name != "qr"]
    given = {name: request.POST.get(name) for name in names}
    typed = {name: value for name, value in given.items() if isinstance(value, str) and value}
    card = parse_card(line, local(request.now).date())
    if card is None:
        form.fill(typed)
        words = _("Dòng này chưa phải nội dung mã QR của thẻ căn cước; quét lại hoặc nhập tay.")
        raise form.refuse(words, "qr")
    form.fill(typed | {"person": card.name, "identity": card.number})
    return page


def _certify(
    request: Request,
    form: AccessibleForm,
    data: dict[str, Any],
    procedures: list[Procedure],
    desks: list[Agency],
) -> CertificationEntry:
    desk = next((one for one in desks if one.slug == data.get("desk")), desks[0])
    procedure = next(one for one in procedures if str(one.id) == data["procedure"])
    act = Act(
        person=data["person"],
        document=data["document"],
        pages=int(data["pages"]),
        copies=int(data["copies"]),
        signer_name=data["signer_name"],
        signer_title=data["signer_title"],
        key=data["key"] or "",
        identity=data["identity"],
        fee=int(data["fee"]) if data["fee"] else None,
    )
    service = request.service(CertificationService)
    try:
        return service.certify(procedure, desk, officer(request), act)
    except Invalid as refused:
        name = next(iter(refused.problems))
        raise form.refuse(_WHY.get(name, _OUT), name if name != "key" else None) from None
    except InvalidTransition:
        words = _("Thủ tục này hiện không được giải quyết ngay tại quầy, hoặc sổ đã khóa.")
        raise form.refuse(words, "procedure") from None


def _around(request: Request, desks: list[Agency], procedures: list[Procedure]) -> dict[str, Any]:
    asked = day_asked(request)
    day = asked.day
    ids = {one.id: one for one in desks}
    entries = of_day(request.db, list(ids), day)
    just = request.GET.get(JUST, "")
    return {
        "desks": desks,
        "procedures": procedures,
        "tariffs": [(one.name, fee_words(_lines(request, one))) for one in procedures],
        "asked_day": asked,
        "day": day,
        "is_today": day == local(request.now).date(),
        "entries": entries,
        "sums": totals(entries),
        "just": next((one for one in entries if str(one.id) == just), None),
        "book_names": BOOK_NAMES,
        "shelves": _shelves(request, ids),
    }


def _lines(request: Request, procedure: Procedure) -> list[Any]:
    return request.service(CertificationService).fee_lines(procedure)


def _shelves(request: Request, desks: dict[int, Agency]) -> list[Shelf]:
    found = []
    for one in books(request.db, list(desks)):
        place = {"slug": desks[one.agency_id].slug, "book": one.book.value, "year": str(one.year)}
        urls = tuple(
            request.route_path("desk.certify.book", **place, _query={"tu": str(first)})
            for first in range(1, one.last + 1, PART)
        )
        name = BOOK_NAMES[one.book]
        found.append(Shelf(name, desks[one.agency_id].name, one.year, one.last, urls))
    return found


@view_config(route_name="desk.certify.book", permission=Permission.COUNTER_USE, uses_session=True)
def printed(request: Request) -> Response:
    """A part of a book, as PDF across A4."""
    slug, word, year = (request.matchdict[name] for name in ("slug", "book", "year"))
    desk = next((one for one in desks_here(request) if one.slug == slug), None)
    if desk is None or word not in set(Book):
        raise NotFound("book")
    given = request.GET.get("tu", "1")
    first = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 1
    entries = lines_of(request.db, desk.id, Book(word), int(year), first=first, many=PART)
    if not entries:
        raise NotFound("book")
    site = request.service(LetterSite)
    made = CertificationBook(
        office=office_of_desk(desk, site),
        book=Book(word),
        year=int(year),
        entries=entries,
        made_at=request.now,
        sample=site.sample,
    )
    return send_pdf(request.service(Letters).make(made), f"{word}-{slug}-{year}", inline=True)


@view_config(
    route_name="desk.certify.cancel",
    renderer=CANCEL_PAGE,
    permission=Permission.DOSSIER_ACCEPT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def cancel(context: DeskCertification, request: Request) -> Any:
    """Cancel a line that was entered by mistake."""
    entry = context.entry
    form = make_form(request, schemas.cancellation(), _("Hủy dòng này"))
    page = form_page(request, CANCEL_PAGE, form, entry=entry, book_name=BOOK_NAMES[entry.book])
    back = HTTPSeeOther(request.route_path("desk.certify"))
    if request.method != "POST":
        return page
    reason = form.accept(request.POST)["reason"]
    try:
        request.service(CertificationService).cancel(entry, officer(request), reason)
    except Invalid:
        raise form.refuse(schemas.NOT_A_SENTENCE, "reason") from None
    except InvalidTransition as refused:
        if refused.code == "cancelled_already":
            return back
        raise form.refuse(_("Sổ của năm này đã khóa, không ghi thêm được."), "reason") from None
    return say(back, Notice.LINE_CANCELLED)
