"""The papers the desk issues: their kinds, their names in addresses, which act leaves which.

Reads events only; what a paper says is made in ``from_dossiers`` and ``from_events``.
"""

from enum import StrEnum

from content.dossiers.event_data import MoneyTaken
from content.dossiers.models import DossierEvent
from content.dossiers.states import Action, Status
from content.letters.ministry_forms import TT_2025_FROM
from content.letters.values import local_day
from content.text import fold


class PaperKind(StrEnum):
    """What a paper is for; the numbers of the ministry's forms changed in 2025."""

    RECEIPT_SLIP = "receipt_slip"
    SUPPLEMENT_SLIP = "supplement_slip"
    REFUSAL_SLIP = "refusal_slip"
    REFUSAL_NOTICE = "refusal_notice"
    APOLOGY = "apology"
    STOP_NOTICE = "stop_notice"
    CONTROL_SLIP = "control_slip"
    HANDOVER_SLIP = "handover_slip"
    RETURN_SLIP = "return_slip"
    FEE_RECEIPT = "fee_receipt"
    CHARGE_RECEIPT = "charge_receipt"
    CONTACT_NOTE = "contact_note"


#: How papers are called in addresses and file names.
SLUGS = {
    PaperKind.RECEIPT_SLIP: "giay-tiep-nhan",
    PaperKind.SUPPLEMENT_SLIP: "phieu-bo-sung",
    PaperKind.REFUSAL_SLIP: "phieu-tu-choi",
    PaperKind.REFUSAL_NOTICE: "thong-bao-tu-choi",
    PaperKind.APOLOGY: "van-ban-xin-loi",
    PaperKind.STOP_NOTICE: "thong-bao-dung",
    PaperKind.CONTROL_SLIP: "phieu-kiem-soat",
    PaperKind.HANDOVER_SLIP: "phieu-ban-giao",
    PaperKind.RETURN_SLIP: "giay-tra-ket-qua",
    PaperKind.FEE_RECEIPT: "bien-lai-phi",
    PaperKind.CHARGE_RECEIPT: "bien-lai-le-phi",
    PaperKind.CONTACT_NOTE: "phieu-lien-he",
}

_LEFT_BY = {
    Action.ACCEPT: PaperKind.RECEIPT_SLIP,
    Action.RECEIVE_AT_COUNTER: PaperKind.RECEIPT_SLIP,
    Action.RECEIVE_BY_POST: PaperKind.RECEIPT_SLIP,
    Action.REFUSE_RECEPTION: PaperKind.REFUSAL_SLIP,
    Action.REQUEST_SUPPLEMENT_INTAKE: PaperKind.SUPPLEMENT_SLIP,
    Action.REQUEST_SUPPLEMENT_PROCESS: PaperKind.SUPPLEMENT_SLIP,
    Action.SUPPLEMENT_EXPIRED: PaperKind.STOP_NOTICE,
    Action.STOP: PaperKind.STOP_NOTICE,
    Action.WITHDRAW: PaperKind.STOP_NOTICE,
    Action.REFUSE_AFTER_APPRAISAL: PaperKind.REFUSAL_NOTICE,
    Action.HAND_OVER_RESULT: PaperKind.RETURN_SLIP,
    Action.APOLOGISE_AND_EXTEND: PaperKind.APOLOGY,
}
_BY_ACTION = {action.value: kind for action, kind in _LEFT_BY.items()}


def papers_left(event: DossierEvent) -> tuple[PaperKind, ...]:
    """The papers an act leaves, often one, often none.

    A dossier withdrawn before its reception was never handled, so nothing is stopped; the
    stop notice exists since 15/9/2025 (TT 03/2025/TT-VPCP); money that nobody listed gets no
    receipt.
    """
    if event.action == Action.PAYMENT_CONFIRMED.value:
        return receipts_for(MoneyTaken.of(event.data))
    kind = _BY_ACTION.get(event.action)
    if kind is None or (kind is PaperKind.STOP_NOTICE and not _is_notified(event)):
        return ()
    return (kind,)


def receipts_for(money: MoneyTaken) -> tuple[PaperKind, ...]:
    """Fees and charges are receipted apart (Law 97/2015/QH13)."""
    kinds = {receipt_of(one.name) for one in money.charges if one.amount}
    return tuple(sorted(kinds, reverse=True))


def receipt_of(charge: str) -> PaperKind:
    """The receipt on which a line of this name belongs."""
    is_charge = fold(charge).startswith("le phi")
    return PaperKind.CHARGE_RECEIPT if is_charge else PaperKind.FEE_RECEIPT


def _is_notified(event: DossierEvent) -> bool:
    withdrawn_early = (
        event.action == Action.WITHDRAW.value and event.from_status is Status.SUBMITTED
    )
    return not withdrawn_early and local_day(event.at) >= TT_2025_FROM
