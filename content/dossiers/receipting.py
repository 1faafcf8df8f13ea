"""Receipts: one number for each kind of money taken, at one agency, in one year, without gaps.

Phí and lệ phí have numbers of their own (domain §7.1), drawn from the series of the printed
receipts, so that the book and the paper agree.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.money import (
    MEANS_NAMES,
    SYMBOLS,
    Charge,
    ChargeKind,
    ChargeState,
    Means,
    MoneyReceipt,
)
from content.dossiers.slip_numbers import next_slip_number
from content.people.models import Account
from content.words import local

#: The paper of each kind; what is neither phí nor lệ phí has a number and no paper.
PAPERS = {ChargeKind.FEE: "fee_receipt", ChargeKind.CHARGE: "charge_receipt"}


@dataclass(frozen=True)
class Taken:
    """How the money came and who took it; nobody, where a provider did."""

    means: Means
    payer: str
    transaction: str = ""
    by: Account | None = None
    provider: str | None = None


def write_receipts(
    session: Session, dossier: Dossier, charges: list[Charge], taken: Taken, now: datetime
) -> tuple[list[MoneyReceipt], dict[str, Any]]:
    """Mark the lines as paid; the receipts, and what the log's line tells of them."""
    receipts: dict[ChargeKind, MoneyReceipt] = {}
    for kind in ChargeKind:
        lines = [one for one in charges if one.kind is kind]
        if not lines:
            continue
        receipt = _receipt(session, dossier, kind, sum(one.amount for one in lines), taken, now)
        session.add(receipt)
        receipts[kind] = receipt
        for one in lines:
            one.become(ChargeState.PAID)
            one.receipt = receipt
    data: dict[str, Any] = {
        "charges": [_told(one) for one in charges if one.kind in PAPERS],
        "others": [_told(one) for one in charges if one.kind not in PAPERS],
        "amount": sum(one.amount for one in charges),
        "payer": taken.payer,
        "means": MEANS_NAMES[taken.means],
        "reference": taken.transaction,
        "receipts": {
            PAPERS.get(kind, "other"): {"number": one.number, "symbol": one.symbol}
            for kind, one in receipts.items()
        },
    }
    return list(receipts.values()), data


def _told(charge: Charge) -> dict[str, Any]:
    return {"name": charge.name, "amount": charge.amount, "paid": True}


def _receipt(
    session: Session, dossier: Dossier, kind: ChargeKind, amount: int, taken: Taken, now: datetime
) -> MoneyReceipt:
    year, symbol = local(now).year, SYMBOLS[kind]
    last = select(func.max(DossierEvent.number)).where(DossierEvent.dossier_id == dossier.id)
    return MoneyReceipt(
        agency_id=dossier.agency_id,
        dossier=dossier,
        event_number=(session.scalar(last) or 0) + 1,
        kind=kind,
        symbol=symbol,
        year=year,
        number=next_slip_number(session, symbol, dossier.agency_id, year),
        amount=amount,
        payer=taken.payer,
        means=taken.means,
        provider=taken.provider,
        transaction=taken.transaction,
        taken_at=now,
        taken_by_id=taken.by.id if taken.by else None,
        taken_by_name=taken.by.name if taken.by else "",
    )
