"""Money of a dossier: what is to be paid, when and why not; obligations; receipts taken.

Amounts are whole đồng. Rows are never deleted: what is no longer to be paid is cancelled, what
went back is refunded. Law 97/2015/QH13 arts 10, 14; ``obligations.py`` alone writes here.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content.agencies.models import Agency
from content.dossiers.models import MAX_APPLICANT, Dossier
from content.dossiers.states import Actor
from content.errors import InvalidTransition
from content.orm import Base, Id, Versioned, by_value, reference
from content.people.models import Account

MAX_AMOUNT = 100_000_000_000
MAX_CHARGE = 300
MAX_ACCOUNT = 300
MAX_REFERENCE = 80


class ChargeKind(StrEnum):
    """Phí, lệ phí, or an obligation of another kind (thuế, tiền sử dụng đất)."""

    FEE = "phí"
    CHARGE = "lệ phí"
    OTHER = "khác"


class Moment(StrEnum):
    """Thu trước, thu sau, đối tượng miễn phí."""

    BEFORE = "before"
    AFTER = "after"
    EXEMPT = "exempt"


class ChargeState(StrEnum):
    """Chưa thanh toán … Đã hoàn phí. ``WAITING``: the post or a provider has it on the way."""

    UNPAID = "unpaid"
    WAITING = "waiting"
    PAID = "paid"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


class Means(StrEnum):
    """How money came."""

    CASH = "cash"
    TRANSFER = "transfer"
    POST = "post"
    ONLINE = "online"


KIND_NAMES = {
    ChargeKind.FEE: "Phí",
    ChargeKind.CHARGE: "Lệ phí",
    ChargeKind.OTHER: "Nghĩa vụ tài chính khác",
}
MOMENT_NAMES = {
    Moment.BEFORE: "Thu trước",
    Moment.AFTER: "Thu sau",
    Moment.EXEMPT: "Đối tượng miễn phí",
}
STATE_NAMES = {
    ChargeState.UNPAID: "Chưa thanh toán",
    ChargeState.WAITING: "Chờ thanh toán",
    ChargeState.PAID: "Đã thanh toán",
    ChargeState.REFUNDED: "Đã hoàn phí",
    ChargeState.CANCELLED: "Hủy thanh toán",
}
MEANS_NAMES = {
    Means.CASH: "tiền mặt",
    Means.TRANSFER: "chuyển khoản",
    Means.POST: "bưu chính thu hộ",
    Means.ONLINE: "trực tuyến",
}
#: The series of receipts; phí and lệ phí are numbered apart (domain §7.1). The first two are
#: those of the printed receipts, so that book and paper have one series.
SYMBOLS = {ChargeKind.FEE: "BLP", ChargeKind.CHARGE: "BLLP", ChargeKind.OTHER: "XNT"}

#: What may become of a charge; everything else is refused.
NEXT: Mapping[ChargeState, frozenset[ChargeState]] = {
    ChargeState.UNPAID: frozenset({ChargeState.WAITING, ChargeState.PAID, ChargeState.CANCELLED}),
    ChargeState.WAITING: frozenset({ChargeState.UNPAID, ChargeState.PAID, ChargeState.CANCELLED}),
    ChargeState.PAID: frozenset({ChargeState.REFUNDED}),
    ChargeState.REFUNDED: frozenset(),
    ChargeState.CANCELLED: frozenset(),
}
#: Still to be paid.
OWED = frozenset({ChargeState.UNPAID, ChargeState.WAITING})


class Obligation(Versioned, Base):
    """A financial obligation the dossier waits for (T10): how much, where to, why.

    ``open_for`` is the dossier's id until it ends, so that each has at most one open.
    """

    __tablename__ = "financial_obligation"
    __table_args__ = (
        UniqueConstraint("open_for"),
        CheckConstraint("amount > 0", name="amount_positive"),
    )

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id")
    open_for: Mapped[int | None] = mapped_column(BigInteger)
    amount: Mapped[int] = mapped_column(BigInteger)
    account: Mapped[str] = mapped_column(String(MAX_ACCOUNT))
    legal_basis: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    pay_by: Mapped[date | None] = mapped_column(Date)
    asked_as: Mapped[Actor] = mapped_column(by_value(Actor))
    asked_by_id: Mapped[int] = reference("account.id")
    asked_at: Mapped[datetime]
    is_paid: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]

    dossier: Mapped[Dossier] = relationship()
    asked_by: Mapped[Account] = relationship()


class MoneyReceipt(Base):
    """A receipt: one number for one kind of money, at one agency in one year.

    ``event_number`` is the line of the dossier's log that tells it and leaves the paper.
    """

    __tablename__ = "money_receipt"
    __table_args__ = (
        UniqueConstraint("agency_id", "symbol", "year", "number"),
        UniqueConstraint("provider", "transaction", "kind"),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("ix__money_receipt__day", "agency_id", "taken_at"),
    )

    id: Mapped[Id]
    agency_id: Mapped[int] = reference("agency.id", index=False)
    dossier_id: Mapped[int] = reference("dossier.id")
    event_number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[ChargeKind] = mapped_column(by_value(ChargeKind))
    symbol: Mapped[str] = mapped_column(String(10))
    year: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    amount: Mapped[int] = mapped_column(BigInteger)
    payer: Mapped[str] = mapped_column(String(MAX_APPLICANT))
    means: Mapped[Means] = mapped_column(by_value(Means))
    provider: Mapped[str | None] = mapped_column(String(40))
    transaction: Mapped[str] = mapped_column(String(MAX_REFERENCE), default="")
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[int | None] = reference("account.id")
    taken_by_name: Mapped[str] = mapped_column(String(120), default="")

    dossier: Mapped[Dossier] = relationship()
    agency: Mapped[Agency] = relationship()

    @property
    def words(self) -> str:
        """``05/BLP-2026``, as it is called in lists."""
        return f"{self.number:02d}/{self.symbol}-{self.year}"


class Charge(Versioned, Base):
    """One line to be paid. Exempt ones cost nothing and say why and by which proof: a line of
    0 with its reason, not a missing line (Law 97/2015/QH13 art. 10)."""

    __tablename__ = "dossier_charge"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        CheckConstraint(
            "moment <> 'exempt' OR (amount = 0 AND exempt_reason <> '')", name="exempt_with_reason"
        ),
        CheckConstraint(
            "state NOT IN ('paid', 'refunded') OR amount = 0 OR receipt_id IS NOT NULL",
            name="paid_with_receipt",
        ),
        CheckConstraint("state <> 'refunded' OR refund_reason <> ''", name="refund_with_reason"),
    )

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id")
    obligation_id: Mapped[int | None] = reference("financial_obligation.id")
    kind: Mapped[ChargeKind] = mapped_column(by_value(ChargeKind))
    name: Mapped[str] = mapped_column(String(MAX_CHARGE))
    amount: Mapped[int] = mapped_column(BigInteger)
    moment: Mapped[Moment] = mapped_column(by_value(Moment))
    state: Mapped[ChargeState] = mapped_column(by_value(ChargeState))
    exempt_group: Mapped[str] = mapped_column(String(MAX_CHARGE), default="")
    exempt_reason: Mapped[str] = mapped_column(Text, default="")
    proof: Mapped[str] = mapped_column(String(MAX_CHARGE), default="")
    set_by_id: Mapped[int | None] = reference("account.id")
    set_at: Mapped[datetime]
    receipt_id: Mapped[int | None] = reference("money_receipt.id")
    refunded_at: Mapped[datetime | None]
    refunded_by_id: Mapped[int | None] = reference("account.id")
    refund_reason: Mapped[str] = mapped_column(Text, default="")
    refund_account: Mapped[str] = mapped_column(String(MAX_ACCOUNT), default="")

    dossier: Mapped[Dossier] = relationship()
    obligation: Mapped[Obligation | None] = relationship()
    receipt: Mapped[MoneyReceipt | None] = relationship()
    set_by: Mapped[Account | None] = relationship(foreign_keys=[set_by_id])
    refunded_by: Mapped[Account | None] = relationship(foreign_keys=[refunded_by_id])

    def become(self, state: ChargeState) -> None:
        """Change the state. Raises ``InvalidTransition("charge_state")`` off the table."""
        if state not in NEXT[self.state]:
            raise InvalidTransition("charge_state", before=self.state.value, after=state.value)
        self.state = state


def charges_of(session: Session, dossier: Dossier) -> list[Charge]:
    """All lines of a dossier, in the order in which they were set."""
    query = select(Charge).where(Charge.dossier_id == dossier.id)
    return list(session.scalars(query.order_by(Charge.id)))


def open_obligation(session: Session, dossier: Dossier) -> Obligation | None:
    """What the dossier waits for, if it waits for money."""
    query = select(Obligation).where(Obligation.open_for == dossier.id)
    return session.scalars(query).first()


def cancel_owed(session: Session, dossier: Dossier, now: datetime) -> None:
    """The dossier ends early: nothing more is to be paid."""
    for one in charges_of(session, dossier):
        if one.state in OWED:
            one.become(ChargeState.CANCELLED)
    obligation = open_obligation(session, dossier)
    if obligation is not None:
        obligation.open_for, obligation.closed_at = None, now
