"""The cashier's day: receipts in the order of their numbers, totals, what waits to be taken.

Reads only. Refunds do not take a receipt away; they are listed on the day they were settled.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from content.dossiers.models import Dossier
from content.dossiers.money import (
    Charge,
    ChargeKind,
    ChargeState,
    Means,
    MoneyReceipt,
    Obligation,
)
from content.words import LOCAL_ZONE

MAX_WAITING = 200


@dataclass(frozen=True)
class Refund:
    """Money that went back on the day."""

    dossier: Dossier
    amount: int
    reason: str


@dataclass(frozen=True)
class CashDay:
    """One day of some agencies, in đồng."""

    day: date
    receipts: Sequence[MoneyReceipt]
    refunds: Sequence[Refund]

    @property
    def total(self) -> int:
        """Everything that was taken."""
        return sum(one.amount for one in self.receipts)

    @property
    def refunded(self) -> int:
        """Everything that went back."""
        return sum(one.amount for one in self.refunds)

    def by_kind(self) -> dict[ChargeKind, int]:
        """What was taken, phí and lệ phí apart."""
        return {kind: self._sum(kind=kind) for kind in ChargeKind if self._sum(kind=kind)}

    def by_means(self) -> dict[Means, int]:
        """What was taken, by how it came."""
        return {means: self._sum(means=means) for means in Means if self._sum(means=means)}

    def _sum(self, kind: ChargeKind | None = None, means: Means | None = None) -> int:
        return sum(one.amount for one in self.receipts if one.kind is kind or one.means is means)


def cash_day(session: Session, agency_ids: Collection[int], day: date) -> CashDay:
    """Receipts and refunds of a day in Việt Nam."""
    begin, end = _bounds(day)
    query = (
        select(MoneyReceipt)
        .where(
            MoneyReceipt.agency_id.in_(agency_ids),
            MoneyReceipt.taken_at >= begin,
            MoneyReceipt.taken_at < end,
        )
        .options(joinedload(MoneyReceipt.dossier), joinedload(MoneyReceipt.agency))
        .order_by(MoneyReceipt.agency_id, MoneyReceipt.symbol, MoneyReceipt.number)
    )
    gone = (
        select(Charge)
        .join(Dossier, Dossier.id == Charge.dossier_id)
        .where(
            Dossier.agency_id.in_(agency_ids),
            Charge.refunded_at >= begin,
            Charge.refunded_at < end,
        )
        .options(joinedload(Charge.dossier))
        .order_by(Charge.id)
    )
    refunds = [Refund(one.dossier, one.amount, one.refund_reason) for one in session.scalars(gone)]
    return CashDay(day, list(session.scalars(query)), refunds)


def to_take(session: Session, agency_ids: Collection[int]) -> list[tuple[Dossier, int]]:
    """Dossiers that wait for a payment, or whose money the post has, with the sum."""
    asked = (
        select(Obligation)
        .join(Dossier, Dossier.id == Obligation.dossier_id)
        .where(Obligation.open_for.is_not(None), Dossier.agency_id.in_(agency_ids))
        .options(joinedload(Obligation.dossier))
        .order_by(Obligation.id)
        .limit(MAX_WAITING)
    )
    posted = (
        select(Charge)
        .join(Dossier, Dossier.id == Charge.dossier_id)
        .where(Charge.state == ChargeState.WAITING, Dossier.agency_id.in_(agency_ids))
        .options(joinedload(Charge.dossier))
        .order_by(Charge.id)
        .limit(MAX_WAITING)
    )
    found: dict[int, tuple[Dossier, int]] = {}
    for one in session.scalars(asked):
        found[one.dossier_id] = (one.dossier, one.amount)
    for line in session.scalars(posted):
        before = found.get(line.dossier_id, (line.dossier, 0))[1]
        found[line.dossier_id] = (line.dossier, before + line.amount)
    return list(found.values())


def _bounds(day: date) -> tuple[datetime, datetime]:
    begin = datetime.combine(day, time(), LOCAL_ZONE)
    return begin, begin + timedelta(days=1)
