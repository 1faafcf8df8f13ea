"""A draft before who decides: what it says, approve or send back with a remark.

Each kind that is decided here brings a line in ``KINDS``; its service makes the move.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.apologies import ApologyService
from content.dossiers.handling import capacities
from content.dossiers.proposals import (
    KIND_NAMES,
    MAX_TEXT,
    STATE_NAMES,
    Proposal,
    ProposalKind,
    Proposals,
    ProposalState,
    may_decide,
    may_draft,
)
from content.dossiers.results import ResultService
from content.dossiers.supplements import SupplementService
from content.dossiers.withdrawals import WithdrawalService, was_paid
from content.errors import Conflict, NotFound
from content.people.models import Account
from content.words import clock_and_day, short_date
from portal.desk.dossier import CONFLICT, Overtaken
from portal.desk.dossier_page import urls
from portal.desk.endings import settlement, settlement_fields
from portal.desk.officer import officer
from portal.desk.saying_no import said_no
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.derivers import PRIVATE
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "desk/proposal.jinja2"
REJECT, DROP = "khong_duyet", "bo"
MAX_ID = 18

Approve = Callable[[Request, Proposal, Account, int, dict[str, Any]], object]
RejectIt = Callable[[Request, Proposal, Account, str, int], object]


def _approve_supplement(
    request: Request, one: Proposal, me: Account, seen: int, _data: dict[str, Any]
) -> None:
    request.service(SupplementService).approve(one, me, seen=seen)


def _sign_apology(
    request: Request, one: Proposal, me: Account, seen: int, _data: dict[str, Any]
) -> None:
    request.service(ApologyService).sign(one, me, seen=seen)


def _confirm_withdrawal(
    request: Request, one: Proposal, me: Account, seen: int, data: dict[str, Any]
) -> None:
    request.service(WithdrawalService).confirm(one, me, settlement(data), seen=seen)


def _sign_result(
    request: Request, one: Proposal, me: Account, seen: int, _data: dict[str, Any]
) -> None:
    request.service(ResultService).sign(one, me, seen=seen)


def _sign_refusal(
    request: Request, one: Proposal, me: Account, seen: int, _data: dict[str, Any]
) -> None:
    request.service(ResultService).refuse_as_proposed(one, me, seen=seen)


def _decline_withdrawal(
    request: Request, one: Proposal, me: Account, remark: str, seen: int
) -> None:
    request.service(WithdrawalService).decline(one, me, remark, seen=seen)


def _reject(request: Request, one: Proposal, me: Account, remark: str, seen: int) -> None:
    request.service(Proposals).reject(one, me, remark, seen=seen)


@dataclass(frozen=True)
class Kind:
    """How a kind is decided: the words of the button, the service's acts."""

    words: Any
    approve: Approve
    reject: RejectIt = _reject
    notice: Notice = Notice.PROPOSAL_APPROVED


KINDS: dict[ProposalKind, Kind] = {
    ProposalKind.SUPPLEMENT: Kind(_("Duyệt và gửi cho người nộp"), _approve_supplement),
    ProposalKind.APOLOGY: Kind(_("Ký và báo cho người nộp"), _sign_apology),
    ProposalKind.RESULT: Kind(_("Ký, chuyển văn thư"), _sign_result, notice=Notice.RESULT_SIGNED),
    ProposalKind.REFUSAL: Kind(_("Ký và báo cho người nộp"), _sign_refusal),
    ProposalKind.WITHDRAWAL: Kind(
        _("Xác nhận rút hồ sơ"), _confirm_withdrawal, _decline_withdrawal
    ),
}


@view_config(
    route_name="desk.proposal",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def proposal(context: DeskDossier, request: Request) -> Any:
    """Read it; decide, or take it back."""
    one = _proposal(request, context)
    form = _form(request, context, one)
    page = form_page(request, PAGE, form, **_values(request, context, one))
    if request.method != "POST":
        form.fill({"seen": str(one.revision)})
        return page
    data = form.accept(request.POST)
    done = HTTPSeeOther(urls(request, context.dossier)["dossier"])
    try:
        with said_no(form):
            notice = _decide(request, one, data)
    except Conflict:
        request.db.refresh(one)
        if one.decided_by_id == officer(request).id:
            return done
        raise _too_late(request, context, one, page) from None
    return say(done, notice)


def _decide(request: Request, one: Proposal, data: dict[str, Any]) -> Notice:
    me, seen = officer(request), int(data["seen"] or 0) if _readable(data["seen"]) else 0
    if DROP in request.POST:
        request.service(Proposals).drop(one, me, seen=seen)
        return Notice.PROPOSAL_DROPPED
    kind = KINDS[one.kind]
    if REJECT in request.POST:
        kind.reject(request, one, me, data.get("remark") or "", seen)
        return Notice.PROPOSAL_REJECTED
    kind.approve(request, one, me, seen, data)
    return kind.notice


def _form(request: Request, context: DeskDossier, one: Proposal) -> Any:
    mine = capacities(request.db, officer(request), context.dossier, request.now)
    schema = fields.mapping(fields.hidden("seen"))
    decides = _waits(one) and may_decide(one.kind, mine) and one.kind in KINDS
    if decides and one.kind is ProposalKind.WITHDRAWAL:
        for node in settlement_fields(paid=was_paid(context.dossier)):
            schema.add(node)
    buttons = []
    if decides:
        schema.add(
            fields.paragraph(
                "remark",
                _("Ý kiến khi không duyệt"),
                required=False,
                max_length=MAX_TEXT,
                rows=3,
                hint=_("Chỉ cần ghi khi bấm “Không duyệt”."),
            )
        )
        buttons.append((REJECT, "1", _("Không duyệt, trả lại"), "secondary"))
    if _may_drop(one) and may_draft(one.kind, mine):
        buttons.append((DROP, "1", _("Bỏ dự thảo này"), "quiet"))
    form = make_form(request, schema, KINDS[one.kind].words if decides else "", *buttons)
    if not decides:
        form.deform.submit_buttons = tuple(buttons)
        form.deform.default_button = buttons[0][:3] if buttons else None
    return form


def _values(request: Request, context: DeskDossier, one: Proposal) -> dict[str, Any]:
    by = one.drafted_by
    return {
        "dossier": context.dossier,
        "proposal": one,
        "kind": KIND_NAMES[one.kind],
        "state": STATE_NAMES[one.state],
        "drafted_by": by.name if by else "",
        "drafted_at": clock_and_day(one.sent_at or one.drafted_at),
        "items": [(item["name"], item["remark"]) for item in one.data.get("items", ())],
        "dates": [
            (words, day_of(one.data[key])) for key, words in _DATES.items() if one.data.get(key)
        ],
        "late_unit": one.data.get("late_unit", ""),
        "decided": _decided(one),
        "urls": urls(request, context.dossier),
        "too_late": False,
    }


_DATES = {
    "old_due": _("Ngày hẹn đang giữ"),
    "new_due": _("Ngày hẹn mới"),
    "latest": _("Phải ký chậm nhất"),
}


def day_of(text: str) -> str:
    """``04/12/2026`` from the day as it is kept."""
    return short_date(date.fromisoformat(text))


def _decided(one: Proposal) -> dict[str, str] | None:
    if one.decided_at is None:
        return None
    return {
        "who": one.decided_by.name if one.decided_by else "",
        "when": clock_and_day(one.decided_at),
    }


def _proposal(request: Request, context: DeskDossier) -> Proposal:
    number = request.matchdict["proposal"][:MAX_ID]
    found = request.db.get(Proposal, int(number))
    if found is None or found.dossier_id != context.dossier.id:
        raise NotFound("proposal")
    return found


def _too_late(
    request: Request, context: DeskDossier, one: Proposal, page: dict[str, Any]
) -> Overtaken:
    """Somebody decided or took it back first; who and when."""
    values = {**page, **_values(request, context, one), "too_late": True}
    response: Response = render_to_response(PAGE, values, request=request)
    response.status_int = CONFLICT
    response.headers["Cache-Control"] = PRIVATE
    return Overtaken(response)


def _may_drop(one: Proposal) -> bool:
    """The applicant's wish is theirs to take back."""
    undecided = one.state in (ProposalState.DRAFTED, ProposalState.AWAITING)
    return undecided and one.kind is not ProposalKind.WITHDRAWAL


def _waits(one: Proposal) -> bool:
    return one.state is ProposalState.AWAITING


def _readable(text: str | None) -> bool:
    return bool(text) and text is not None and text.isascii() and text.isdigit() and len(text) < 10
