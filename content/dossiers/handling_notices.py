"""Notices of what happens between reception and result: supplements, apologies, ends.

Each says the agency, the person and the times (NĐ 224/2026 art. 15.1g); the text around the
values is the portal's template of that name.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from content.dossiers.log import Deed
from content.dossiers.models import Dossier
from content.dossiers.notices import day_words, tell
from content.dossiers.proposals import Proposal
from content.dossiers.states import Action
from content.dossiers.supplement_requests import Outcome, SupplementRequest


def tell_supplement(
    session: Session, request: SupplementRequest, slip: str, follow_url: str, now: datetime
) -> None:
    """What is missing, why, until when, and where to send it."""
    tell(
        session,
        request.dossier,
        "supplement_asked",
        now,
        slip=slip,
        items=[
            f"{one['name']}: {one['remark']}" if one["remark"] else one["name"]
            for one in request.items
        ],
        reason=request.reason,
        legal_basis=request.legal_basis,
        reply_by=day_words(request.reply_by),
        clock_runs=request.dossier.received_at is not None,
        officer_name=request.asked_by.name if request.asked_by else "",
        officer_phone=(request.asked_by.phone or "") if request.asked_by else "",
        follow_url=follow_url,
    )


def tell_supplied(
    session: Session, request: SupplementRequest, follow_url: str, now: datetime
) -> None:
    """We have the supplement; the old date and the new one."""
    dossier = request.dossier
    tell(
        session,
        dossier,
        "supplement_received",
        now,
        items=[one["name"] for one in request.items],
        at_desk=request.outcome is Outcome.SUPPLIED_AT_DESK,
        old_due=day_words(request.due_before),
        new_due=day_words(request.due_after),
        follow_url=follow_url,
    )


def tell_stopped(
    session: Session, dossier: Dossier, deed: Deed, follow_url: str, now: datetime
) -> None:
    """It is stopped: why, by whom, what goes back."""
    tell(
        session,
        dossier,
        "stopped",
        now,
        slip=deed.data["slip"]["text"],
        issuer=deed.data["slip"]["agency_name"],
        expired=deed.action is Action.SUPPLEMENT_EXPIRED,
        reason=deed.text,
        legal_basis=deed.data.get("legal_basis", ""),
        papers=deed.data.get("papers", ""),
        money=deed.data.get("money", ""),
        officer_name=deed.account.name if deed.account else "",
        follow_url=follow_url,
    )


def tell_withdrawn(
    session: Session, dossier: Dossier, deed: Deed, follow_url: str, now: datetime
) -> None:
    """The withdrawal is confirmed."""
    tell(
        session,
        dossier,
        "withdrawn",
        now,
        reason=deed.text,
        refund=deed.data.get("refund", ""),
        papers=deed.data.get("papers", ""),
        officer_name=deed.account.name if deed.account else "",
        follow_url=follow_url,
    )


def tell_withdrawal_declined(
    session: Session, proposal: Proposal, officer_name: str, follow_url: str, now: datetime
) -> None:
    """The desk could not confirm the withdrawal; work goes on."""
    tell(
        session,
        proposal.dossier,
        "withdrawal_declined",
        now,
        remark=proposal.remark,
        officer_name=officer_name,
        follow_url=follow_url,
    )


def tell_apology(
    session: Session, dossier: Dossier, deed: Deed, follow_url: str, now: datetime
) -> None:
    """We are sorry: the old date, why, the new one."""
    tell(
        session,
        dossier,
        "apology",
        now,
        slip=deed.data["slip"]["text"],
        issuer=deed.data["slip"]["agency_name"],
        late_unit=deed.data["late_unit"],
        old_due=day_words(_day(deed.data["old_due"])),
        new_due=day_words(_day(deed.data["new_due"])),
        reason=deed.text,
        officer_name=deed.account.name if deed.account else "",
        follow_url=follow_url,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
