"""Notices about money: asked for, paid, given back. The text is the portal's."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from content.dossiers.models import Dossier
from content.dossiers.money import KIND_NAMES, MoneyReceipt, Obligation
from content.dossiers.notices import day_words, tell
from content.words import amount_in_words, money


def tell_asked(session: Session, asked: Obligation, follow_url: str, now: datetime) -> None:
    """What is to be paid, why, where to; the time limit stands still."""
    tell(
        session,
        asked.dossier,
        "payment_asked",
        now,
        amount=money(asked.amount),
        in_words=amount_in_words(asked.amount),
        account=asked.account,
        legal_basis=asked.legal_basis,
        reason=asked.reason,
        pay_by=day_words(asked.pay_by),
        officer_name=asked.asked_by.name,
        follow_url=follow_url,
    )


def tell_paid(
    session: Session,
    dossier: Dossier,
    receipts: Sequence[MoneyReceipt],
    follow_url: str,
    now: datetime,
) -> None:
    """We have the money, with the numbers of the receipts."""
    tell(
        session,
        dossier,
        "payment_received",
        now,
        amount=money(sum(one.amount for one in receipts)),
        receipts=[
            f"{KIND_NAMES[one.kind]}: {money(one.amount)}, biên lai số {one.words}"
            for one in receipts
        ],
        officer_name=receipts[0].taken_by_name,
        follow_url=follow_url,
    )


def tell_refunded(
    session: Session, dossier: Dossier, amount: int, reason: str, follow_url: str, now: datetime
) -> None:
    """What goes back and why."""
    tell(
        session,
        dossier,
        "payment_refunded",
        now,
        amount=money(amount),
        reason=reason,
        follow_url=follow_url,
    )
