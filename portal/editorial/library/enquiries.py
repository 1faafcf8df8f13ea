"""Questions and answers: the piles, and wording one of them.

What readers already see is corrected by those who may publish.
"""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from content.enquiries import reads
from content.enquiries.models import Enquiry, EnquiryState, Origin
from content.enquiries.service import EnquiryService
from content.enquiries.wording import Wording
from content.errors import Conflict
from content.procedures.models import Sector
from content.text import clean
from portal.editorial import writing
from portal.editorial.home.due import review_of
from portal.editorial.library import enquiry_clash
from portal.editorial.library import enquiry_schemas as schemas
from portal.editorial.saving import BOTH, number_of, revision_of, saved
from portal.forms.accessible import FormInvalid
from portal.http.notices import Notice
from portal.http.pages import form_page, make_form
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/library/enquiry.jinja2"
PILE = "xem"
PILES = {
    "cho": _("Chờ trả lời"),
    "chua-cong-bo": _("Chưa công bố"),
    "da-cong-bo": _("Đã công bố"),
    "tu-choi": _("Không trả lời"),
}
STATES = {
    EnquiryState.WAITING: _("Chờ trả lời"),
    EnquiryState.ANSWERED: _("Đã trả lời"),
    EnquiryState.REFUSED: _("Không trả lời"),
}
MAX_WORDS = 200


@view_config(
    route_name="editorial.enquiries",
    renderer="editorial/library/enquiries.jinja2",
    permission=Permission.ENQUIRY_EDIT,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """What waits, unless another pile is asked for."""
    pile = request.GET.get(PILE, "")
    pile = pile if pile in PILES else "cho"
    words = clean(request.GET.get("q", ""))[:MAX_WORDS]
    asked = reads.Asked(words=words, pile=pile, page=page_number(request.GET))
    found, counts = reads.queue(request.db, asked), reads.counts(request.db)
    days = request.settings.editorial.answer_days
    here = request.route_path("editorial.enquiries")
    return {
        "pile": pile,
        "words": words,
        "found": found,
        "enquiries": [(one, reads.is_late(one, request.now, days)) for one in found.items],
        "origins": Origin,
        "late": reads.waiting(request.db, request.now, days).late,
        "answer_days": days,
        "tabs": [
            (f"{here}?{PILE}={name}", label, counts[name], name == pile)
            for name, label in PILES.items()
        ],
        "links": page_links(request, found.page, found.pages),
    }


def _schema(request: Request) -> Any:
    sectors = request.db.scalars(select(Sector).order_by(Sector.name)).all()
    return schemas.wording(sectors, reads.topics(request.db))


@view_config(
    route_name="editorial.enquiry.new",
    renderer=PAGE,
    permission=Permission.ENQUIRY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new entry of an editor; it is published from its own page."""
    writing.allow_scroll_mark(request)
    service = request.service(EnquiryService)
    entry = service.entry()
    form = make_form(request, _schema(request), _("Lưu"))
    page = form_page(request, PAGE, form, enquiry=None, writing=None, clash=None)
    if request.method != "POST":
        form.fill({"revision": "0"})
        page["writing"] = writing.begin(request, "enquiry:new", form, None, lock=False)
        return page
    writing.attach(request, form, "enquiry:new")
    answer = _save(request, form, entry)
    writing.finish(request, "enquiry:new")
    return answer


@view_config(
    route_name="editorial.enquiry",
    renderer=PAGE,
    permission=Permission.ENQUIRY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Enquiry, request: Request) -> Any:
    """One question: its wording and answer, who asked, and what can be done with it."""
    writing.allow_scroll_mark(request)
    form = make_form(request, _schema(request), _("Lưu"))
    page = form_page(request, PAGE, form, **_about(request, context))
    if request.method != "POST":
        form.fill(enquiry_clash.shown(request, context))
        if page["may_change"]:
            page["writing"] = writing.begin(request, context.subject, form, context.updated_at)
        return page
    refuse_unless_may(request, context)
    writing.attach(request, form, context.subject)
    answer = _save(request, form, context)
    writing.finish(request, context.subject)
    return answer


def _about(request: Request, enquiry: Enquiry) -> dict[str, Any]:
    days = request.settings.editorial.answer_days
    return {
        "enquiry": enquiry,
        "review": review_of(request, Enquiry, enquiry.id),
        "writing": None,
        "clash": None,
        "is_asked": enquiry.origin is Origin.CITIZEN,
        "state": STATES[enquiry.state],
        "is_late": reads.is_late(enquiry, request.now, days),
        "is_answered": enquiry.state is EnquiryState.ANSWERED,
        "is_refused": enquiry.state is EnquiryState.REFUSED,
        "may_publish": bool(request.has_permission(Permission.ENQUIRY_PUBLISH)),
        "may_change": may_change(request, enquiry),
    }


def _save(request: Request, form: Any, enquiry: Enquiry) -> Any:
    def save(data: dict[str, Any]) -> None:
        wording = schemas.values(data)
        try:
            request.service(EnquiryService).save(
                enquiry,
                wording,
                revision=revision_of(data),
                actor_id=request.identity.account_id,
            )
        except Conflict:
            raise _clash(request, enquiry, wording, number_of(data["base"]) or 0) from None

    here = request.route_path("editorial.enquiries")
    answer = saved(request, form, here, save, schemas.REASONS, Notice.ENQUIRY_SAVED)
    answer.location = page_of(request, enquiry)
    return answer


def _clash(request: Request, enquiry: Enquiry, mine: Wording, base: int) -> FormInvalid:
    """The form with both wordings merged, and what differs; pressing save again saves it."""
    values, clash = enquiry_clash.merged(request, enquiry, mine, base)
    form = make_form(request, _schema(request), _("Lưu bản đã ghép"))
    form.fill(values)
    form_page(request, PAGE, form, **{**_about(request, enquiry), "clash": clash})
    writing.attach(request, form, enquiry.subject)
    return form.refuse(enquiry_clash.WORDS)


def page_of(request: Request, enquiry: Enquiry) -> str:
    """The editors' page of a question."""
    address: str = request.route_path("editorial.enquiry", id=enquiry.id)
    return address


def may_change(request: Request, enquiry: Enquiry) -> bool:
    """Whether this editor may change it: what readers see, only those who answer for it."""
    return not enquiry.is_public or bool(request.has_permission(Permission.ENQUIRY_PUBLISH))


def refuse_unless_may(request: Request, enquiry: Enquiry) -> None:
    """403 for the others."""
    if not may_change(request, enquiry):
        raise HTTPForbidden


def back(request: Request, enquiry: Enquiry) -> HTTPSeeOther:
    """To the editors' page of it."""
    return HTTPSeeOther(page_of(request, enquiry))
