"""From a line of a dossier's log to the paper it leaves.

Each maker reads the event's data (``content.dossiers.event_data``) and what the dossier
froze; what neither tells is left out or leaves room to write, never guessed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from content.dossiers import wording
from content.dossiers.desks import receives
from content.dossiers.event_data import (
    Apologised,
    MoneyTaken,
    Numbered,
    RefusedAfterAppraisal,
    ResultReturned,
    SignedBy,
    Stopped,
    SupplementAsked,
)
from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.slip_numbers import issuer_of
from content.dossiers.states import Action, Actor
from content.letters.from_dossiers import (
    CLOSING,
    LetterSite,
    counted,
    office_of,
    receipt_of,
    refusal_of,
    submitter_of,
)
from content.letters.handing import ReturnSlip
from content.letters.kinds import PaperKind
from content.letters.kinds import receipt_of as receipt_kind
from content.letters.receipts import ChargeReceipt, FeeReceipt, ReceiptLine
from content.letters.slips import (
    Apology,
    MissingPaper,
    RefusalNotice,
    StopNotice,
    SupplementSlip,
)
from content.letters.values import Office, OfficialLetter, Signer, local_day
from content.words import LOCAL_ZONE, short_date

#: The signer's title while the event names none.
HEAD_OF_AGENCY = "Thủ trưởng cơ quan"
_EXPIRED = "Đã hết thời hạn bổ sung, hoàn thiện hồ sơ."
_WITHDRAWN = "Theo đề nghị rút hồ sơ của ông/bà."

Maker = Callable[[Dossier, DossierEvent, LetterSite], OfficialLetter]


def letter_of(
    kind: PaperKind, dossier: Dossier, event: DossierEvent, site: LetterSite
) -> OfficialLetter:
    """The paper of this kind that an event left; ``Invalid`` where its data is not there.

    It has a number only where the event itself gave it one.
    """
    letter = MAKERS[kind](dossier, event, site)
    # Receipts of one act have numbers of their own, each in the series of its kind.
    receipts = event.data.get("receipts") or {}
    told = Numbered.of(receipts.get(kind.value) or event.data)
    return replace(letter, number=told.number, symbol=told.symbol or letter.symbol)


def supplement_slip(dossier: Dossier, event: DossierEvent, site: LetterSite) -> SupplementSlip:
    """T5 and T8."""
    said = SupplementAsked.of(event.data)
    return SupplementSlip(
        office=office_of(dossier, site),
        made_at=event.at,
        sample=site.sample,
        submitter=submitter_of(dossier),
        procedure=dossier.procedure_name,
        dossier_code=dossier.code or dossier.lookup_code,
        missing=tuple(MissingPaper(name=one.paper, remark=one.remark) for one in said.items),
        reason=said.reason or event.text,
        legal_basis=said.legal_basis,
        reply_by=said.reply_by,
        guide=said.guide or event.actor_name,
        guide_phone=said.guide_phone,
    )


def apology(dossier: Dossier, event: DossierEvent, site: LetterSite) -> Apology:
    """T17. The old date is that of the event, else the one promised on the receipt."""
    said = Apologised.of(event.data)
    old, new = said.old_due or dossier.promised_date, said.new_due or dossier.extended_to
    return Apology(
        **_about(dossier, event, site, said.signed_by),
        due_at=_end_of(old) if old else event.at,
        new_due_at=_end_of(new) if new else event.at,
        reason=said.reason or event.text,
        late_unit=said.late_unit,
    )


def stop_notice(dossier: Dossier, event: DossierEvent, site: LetterSite) -> StopNotice:
    """T9, T12, T13."""
    said = Stopped.of(event.data)
    withdrawn = event.action == Action.WITHDRAW.value
    reasons = {Action.WITHDRAW.value: _WITHDRAWN, Action.SUPPLEMENT_EXPIRED.value: _EXPIRED}
    stage = dossier.step_name or (
        wording.status_words(event.from_status) if event.from_status is not None else ""
    )
    return StopNotice(
        **_about(dossier, event, site, said.signed_by),
        is_received=dossier.code is not None,
        requested_on=said.requested_on or (local_day(event.at) if withdrawn else None),
        stage=said.stage or stage,
        reason=said.reason or event.text or reasons.get(event.action, ""),
        legal_basis=said.legal_basis,
        papers_back=said.papers_back,
        money_back=said.money_back,
    )


def refusal_notice(dossier: Dossier, event: DossierEvent, site: LetterSite) -> RefusalNotice:
    """T14."""
    said = RefusedAfterAppraisal.of(event.data)
    return RefusalNotice(
        **_about(dossier, event, site, said.signed_by),
        reason=said.reason or event.text,
        legal_basis=said.legal_basis,
    )


def return_slip(dossier: Dossier, event: DossierEvent, site: LetterSite) -> ReturnSlip:
    """T16."""
    said = ResultReturned.of(event.data)
    return ReturnSlip(
        office=office_of(dossier, site),
        made_at=event.at,
        sample=site.sample,
        submitter=submitter_of(dossier),
        procedure=dossier.procedure_name,
        dossier_code=dossier.code or dossier.lookup_code,
        returned_at=event.at,
        recipient=said.recipient or dossier.applicant_name,
        giver=event.actor_name or dossier.agency_name,
        means=said.means,
        proof=said.proof,
        tracking=said.tracking,
        due=short_date(dossier.promised_date) if dossier.promised_date else "",
        papers=counted(said.papers),
        originals_back=counted(said.originals_back),
    )


def fee_receipt(dossier: Dossier, event: DossierEvent, site: LetterSite) -> FeeReceipt:
    """T11: the fees of what was paid."""
    return _money(FeeReceipt, PaperKind.FEE_RECEIPT, dossier, event, site)


def charge_receipt(dossier: Dossier, event: DossierEvent, site: LetterSite) -> FeeReceipt:
    """T11: the charges (lệ phí) of what was paid."""
    return _money(ChargeReceipt, PaperKind.CHARGE_RECEIPT, dossier, event, site)


def _money(
    form: type[FeeReceipt],
    kind: PaperKind,
    dossier: Dossier,
    event: DossierEvent,
    site: LetterSite,
) -> FeeReceipt:
    said = MoneyTaken.of(event.data)
    lines = tuple(
        ReceiptLine(name=one.name, amount=one.amount)
        for one in said.charges
        if receipt_kind(one.name) is kind
    )
    return form(
        office=office_of(dossier, site),
        made_at=event.at,
        sample=site.sample,
        submitter=submitter_of(dossier),
        procedure=dossier.procedure_name,
        dossier_code=dossier.code or dossier.lookup_code,
        paid_at=event.at,
        lines=lines,
        payer=said.payer or dossier.applicant_name,
        collector=event.actor_name or dossier.agency_name,
        means=said.means,
        reference=said.reference,
    )


def _about(
    dossier: Dossier, event: DossierEvent, site: LetterSite, signed_by: SignedBy | None
) -> dict[str, Any]:
    """What all letters of the agency share."""
    return {
        "office": _agency_office(dossier, event, site),
        "made_at": event.at,
        "sample": site.sample,
        "submitter": replace(submitter_of(dossier), identity=""),
        "procedure": dossier.procedure_name,
        "dossier_code": dossier.code or dossier.lookup_code,
        "received_at": dossier.received_at or dossier.submitted_at or event.at,
        "signer": _signer(event, signed_by),
    }


def _agency_office(dossier: Dossier, event: DossierEvent, site: LetterSite) -> Office:
    """The agency that decided, under the authority; the authority itself is under nobody here."""
    desk = office_of(dossier, site)
    agency = issuer_of(dossier, event)
    if agency.name == site.authority or receives(agency):
        return desk
    return replace(desk, name=agency.name, parent=site.authority)


def _signer(event: DossierEvent, signed_by: SignedBy | None) -> Signer:
    """Who the event says signs, else the leader who acted; room for a name otherwise."""
    name = event.actor_name if event.role == Actor.LEADER.value else ""
    if signed_by is None:
        return Signer(title=HEAD_OF_AGENCY, name=name)
    return Signer(
        title=signed_by.title or HEAD_OF_AGENCY,
        name=signed_by.name or name,
        capacity=signed_by.capacity,
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day, CLOSING, LOCAL_ZONE)


MAKERS: dict[PaperKind, Maker] = {
    PaperKind.RECEIPT_SLIP: receipt_of,
    PaperKind.REFUSAL_SLIP: refusal_of,
    PaperKind.SUPPLEMENT_SLIP: supplement_slip,
    PaperKind.APOLOGY: apology,
    PaperKind.STOP_NOTICE: stop_notice,
    PaperKind.REFUSAL_NOTICE: refusal_notice,
    PaperKind.RETURN_SLIP: return_slip,
    PaperKind.FEE_RECEIPT: fee_receipt,
    PaperKind.CHARGE_RECEIPT: charge_receipt,
}
