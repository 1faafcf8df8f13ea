"""Panels of an officer's page: what lies before the leader, the money, the result and its way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from content.dossiers.charging import Standing, charge_name
from content.dossiers.models import Dossier
from content.dossiers.money import (
    MOMENT_NAMES,
    STATE_NAMES,
    Charge,
    ChargeState,
    Moment,
    Obligation,
    open_obligation,
)
from content.dossiers.obligations import CHARGED, ObligationService
from content.dossiers.proposals import ProposalKind
from content.dossiers.refunding import REFUNDERS
from content.dossiers.result_models import (
    ITEM_STATES,
    KIND_NAMES,
    DossierResult,
    ItemState,
    PostalItem,
)
from content.dossiers.results import result_of
from content.dossiers.returning import items_of
from content.dossiers.signed_files import signatures_of
from content.dossiers.states import Action, Actor
from content.words import clock_and_day, short_date
from content.words import money as in_dong
from portal.desk.acts import may_do
from portal.desk.officer import parts_of
from portal.desk.sense import BACK, REFUSAL, may_propose
from portal.desk_contexts import DeskDossier
from portal.i18n import _
from portal.signatures import SignatureLine, lines_of

_KINDS = {
    ChargeState.UNPAID: "warn",
    ChargeState.WAITING: "warn",
    ChargeState.PAID: "ok",
    ChargeState.REFUNDED: "info",
    ChargeState.CANCELLED: "info",
}


@dataclass(frozen=True)
class MoneyLine:
    """A line to be paid, in words; ``kind`` is the badge's."""

    name: str
    amount: str
    state: str
    kind: str
    remark: str


def to_leader(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """Where a result or a refusal is laid before the leader."""
    may = [
        may_propose(request, context, kind) for kind in (ProposalKind.RESULT, ProposalKind.REFUSAL)
    ]
    if not any(may):
        return None
    number = context.dossier.lookup_code
    address = request.route_path("desk.propose_result", number=number)
    addresses = (address, f"{address}?loai={REFUSAL}")
    urls = [one if is_open else None for one, is_open in zip(addresses, may, strict=True)]
    return {"result_url": urls[0], "refusal_url": urls[1]}


def money(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """What is to be paid, was paid, went back; and what this officer can do about it."""
    dossier = context.dossier
    if dossier.received_at is None:
        return None
    found = request.service(ObligationService).standing(dossier)
    asked = open_obligation(request.db, dossier)
    if not (found.charges or found.implied or found.unsettled or dossier.fees):
        return None
    return {
        "lines": [*(_line(one) for one in found.charges), *_implied(found)],
        "unsettled": found.unsettled,
        "owed": in_dong(found.owed) if found.owed else None,
        "asked": _asked(asked) if asked else None,
        "links": list(_links(request, context, found)),
    }


def result(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """The result with its files, and where its items of the post are."""
    dossier = context.dossier
    found, items = result_of(request.db, dossier), items_of(request.db, dossier)
    if found is None and not items:
        return None
    may_return = Action.HAND_OVER_RESULT in may_do(request, context)
    return {
        "result": found,
        "kind": KIND_NAMES[found.kind] if found else None,
        "issued_on": short_date(found.issued_on) if found else None,
        "valid_to": short_date(found.valid_to) if found and found.valid_to else None,
        "files": _files(request, dossier, found) if found else [],
        "items": [_item(request, dossier, one, may_return=may_return) for one in items],
    }


def _files(
    request: Request, dossier: Dossier, found: DossierResult
) -> list[tuple[str, str, list[SignatureLine] | None]]:
    """Each file with its signatures; ``None`` where nobody has looked for them."""
    signed = signatures_of(request.db, dossier)
    return [
        (
            one.name,
            _file_url(request, dossier, one.token),
            lines_of(signed[place]) if signed is not None else None,
        )
        for place, one in enumerate(found.files)
    ]


def _file_url(request: Request, dossier: Dossier, token: str) -> str:
    path: str = request.route_path("desk.result_file", number=dossier.lookup_code, file=token)
    return path


def _line(one: Charge) -> MoneyLine:
    remark = MOMENT_NAMES[one.moment]
    if one.moment is Moment.EXEMPT:
        remark = _exempt_words(one)
    if one.receipt is not None:
        remark = f"biên lai {one.receipt.words}, {clock_and_day(one.receipt.taken_at)}"
    if one.state is ChargeState.REFUNDED:
        remark = f"hoàn trả: {one.refund_reason}"
    exempt = one.moment is Moment.EXEMPT and one.state is ChargeState.UNPAID
    state = STATE_NAMES[one.state]
    if exempt:
        state = "Miễn" if one.exempt_group else "Không phải nộp"
    kind = "ok" if exempt else _KINDS[one.state]
    return MoneyLine(one.name, in_dong(one.amount), state, kind, remark)


def _exempt_words(one: Charge) -> str:
    """Who is exempt, by which proof; or why nobody pays, who need not be anybody."""
    if not one.exempt_group:
        return one.exempt_reason
    proof = f" ({one.proof})" if one.proof else ""
    why = f"; {one.exempt_reason}" if one.exempt_reason != one.exempt_group else ""
    return f"{MOMENT_NAMES[Moment.EXEMPT]}: {one.exempt_group}{proof}{why}"


def _implied(found: Standing) -> list[MoneyLine]:
    state = STATE_NAMES[ChargeState.UNPAID]
    return [
        MoneyLine(charge_name(one), in_dong(int(one["amount"])), state, "warn", "")
        for one in found.implied
    ]


def _asked(one: Obligation) -> dict[str, Any]:
    return {
        "account": one.account,
        "legal_basis": one.legal_basis,
        "reason": one.reason,
        "pay_by": short_date(one.pay_by) if one.pay_by else None,
        "by": f"{one.asked_by.name}, {clock_and_day(one.asked_at)}",
    }


def paying(request: Request, context: DeskDossier, found: Standing) -> Iterator[tuple[str, Any]]:
    """(address, words) of what this officer may do so that what is owed gets paid."""
    dossier, parts = context.dossier, parts_of(request, context)
    here = {"number": dossier.lookup_code}
    own = [one for one in found.charges if one.obligation_id is None]
    taken = any(one.state in (ChargeState.PAID, ChargeState.REFUNDED) for one in own)
    charged = dossier.status in CHARGED
    if Actor.ONE_STOP in parts and charged and dossier.fees and not taken:
        yield request.route_path("desk.fees", **here), _("Xác định phí, lệ phí…")
    if address := taking_url(request, context, found):
        yield address, _("Xác nhận đã thu tiền…")


def taking_url(request: Request, context: DeskDossier, found: Standing) -> str | None:
    """Where this officer takes what is owed; ``None`` where it is not theirs to take, or the
    dossier waits for it and the act stands among the others."""
    dossier = context.dossier
    waits = Action.PAYMENT_CONFIRMED in may_do(request, context)
    payable = dossier.status in CHARGED or found.at_the_post
    if not (Actor.CASHIER in parts_of(request, context) and found.owed and payable) or waits:
        return None
    address: str = request.route_path("desk.take", number=dossier.lookup_code)
    return address


def _links(request: Request, context: DeskDossier, found: Standing) -> Iterator[tuple[str, Any]]:
    """(address, words) of what this officer may do; services decide once more."""
    yield from paying(request, context, found)
    if parts_of(request, context) & REFUNDERS and found.paid:
        here = {"number": context.dossier.lookup_code}
        yield request.route_path("desk.refund", **here), _("Hoàn trả phí, lệ phí…")


def _item(
    request: Request, dossier: Dossier, one: PostalItem, *, may_return: bool
) -> dict[str, Any]:
    address = request.route_path("desk.item", number=dossier.lookup_code, item=one.id)
    acts = may_return and one.state is ItemState.SENT
    return {
        "tracking": one.tracking,
        "state": ITEM_STATES[one.state],
        "sent": clock_and_day(one.sent_at),
        "ended": clock_and_day(one.ended_at) if one.ended_at else None,
        "where": f"{one.recipient}, {one.address}",
        "cod": in_dong(one.cod) if one.cod else None,
        "remark": one.remark,
        "delivered_url": address if acts else None,
        "back_url": f"{address}?{BACK}=1" if acts else None,
    }
