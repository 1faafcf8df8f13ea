"""The owner's two acts on a dossier: answering a request, wishing to withdraw.

Shared by the account's pages and by the look-up with the secret; who may is decided before.
"""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response

from content.dossiers.models import Dossier
from content.dossiers.proposals import ProposalKind, ProposalState, open_proposal
from content.dossiers.service import MAX_REASON, is_sentence
from content.dossiers.states import Status
from content.dossiers.supplement_requests import open_request
from content.dossiers.supplying import SupplyService
from content.dossiers.withdrawals import WithdrawalService, may_withdraw, was_paid
from content.errors import Conflict, InvalidTransition
from content.people.models import Account
from content.words import short_date, weekday
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form, refused_page
from portal.i18n import _
from portal.supplying import SupplyPage

SUPPLY, WITHDRAW = "lookup/supply.jinja2", "lookup/withdraw.jinja2"
WISH = "lookup/wish.jinja2"
KEEP_ON = "khong_rut"


def own_acts(request: Request, dossier: Dossier) -> dict[str, Any]:
    """What the owner can do now: the open request in words, whether a withdrawal may be
    wished or waits."""
    asked = open_request(request.db, dossier) if _waits(dossier) else None
    wish = open_proposal(request.db, dossier, ProposalKind.WITHDRAWAL)
    return {
        "asked": asked,
        "reply_by": f"{weekday(asked.reply_by)}, {short_date(asked.reply_by)}"
        if asked and asked.reply_by
        else None,
        "may_withdraw": may_withdraw(dossier),
        "wish": wish if wish and wish.state is ProposalState.AWAITING else None,
    }


def answer(request: Request, dossier: Dossier, back: str) -> Response:
    """The form of the open request; without one, back to the dossier."""
    done, account_id = HTTPSeeOther(back), request.identity.account_id
    asked = open_request(request.db, dossier) if _waits(dossier) else None
    if asked is None:
        return done
    shown = SupplyPage(request, dossier, asked)
    by = asked.reply_by
    page = form_page(
        request,
        SUPPLY,
        shown.form(),
        dossier=dossier,
        asked=asked,
        reply_by=f"{weekday(by)}, {short_date(by)}" if by else None,
        back=back,
    )
    if request.method != "POST":
        return render_to_response(SUPPLY, page, request=request)
    answered = shown.accept()
    if answered.supply is None:
        if answered.changed:
            values = {**page, "form": answered.form}
            return render_to_response(SUPPLY, values, request=request)
        # Returned, not raised: the files that came are kept.
        return refused_page(request, answered.form)
    account = request.db.get(Account, account_id) if account_id is not None else None
    owner = account if account and account.id == dossier.owner_id else None
    service = request.service(SupplyService)
    try:
        service.supply_online(dossier, answered.supply, owner, request_id=asked.id)
    except (Conflict, InvalidTransition):
        # The desk took it in, or a second click: the dossier's page says what holds.
        return done
    return say(done, Notice.SUPPLEMENT_SENT)


def withdraw(request: Request, dossier: Dossier, back: str) -> Response:
    """Ask for the withdrawal, or take the wish back."""
    done, service = HTTPSeeOther(back), request.service(WithdrawalService)
    if request.method == "POST" and KEEP_ON in request.POST:
        service.keep_on(dossier)
        return say(done, Notice.WITHDRAWAL_TAKEN_BACK)
    acts = own_acts(request, dossier)
    if not acts["may_withdraw"] or (acts["wish"] and request.method == "POST"):
        return done
    if acts["wish"]:
        values = {"dossier": dossier, "wish": acts["wish"], "back": back}
        return render_to_response(WISH, values, request=request)
    schema = fields.mapping(
        fields.paragraph(
            "reason",
            _("Lý do rút hồ sơ"),
            max_length=MAX_REASON,
            rows=4,
            validators=(_sentence,),
            hint=_("Ví dụ: tôi nộp nhầm thủ tục."),
        )
    )
    form = make_form(request, schema, _("Gửi đề nghị rút hồ sơ"))
    page = form_page(request, WITHDRAW, form, dossier=dossier, paid=was_paid(dossier), back=back)
    if request.method != "POST":
        return render_to_response(WITHDRAW, page, request=request)
    data = form.accept(request.POST)
    try:
        service.wish(dossier, data["reason"])
    except (Conflict, InvalidTransition):
        return done
    return say(done, Notice.WITHDRAWAL_ASKED)


def _waits(dossier: Dossier) -> bool:
    return dossier.status is Status.SUPPLEMENT_ASKED


def _sentence(node: Any, value: str) -> None:
    if not is_sentence(value):
        raise colander.Invalid(node, _("Ông/bà ghi lý do thành câu."))
