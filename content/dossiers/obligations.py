"""Money of a dossier: fees settled, obligations asked for (T10), payments confirmed (T11).

Duties are parted: the desk says what is to be paid, the cashier says that it was, and never
for an amount they set themselves. With ``refunding.py`` the only writer of ``money``. Law
97/2015/QH13; NĐ 61/2018/NĐ-CP art. 19.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.calendar.pauses import PauseCause
from content.dossiers import money_notices
from content.dossiers.charging import (
    Settled,
    Standing,
    charge_from,
    charges_from,
    standing_of,
)
from content.dossiers.clock import recount
from content.dossiers.holding import demand_work
from content.dossiers.locking import lock
from content.dossiers.log import Deed, Record, allowed, move
from content.dossiers.models import MAX_APPLICANT, Dossier
from content.dossiers.money import (
    KIND_NAMES,
    MAX_ACCOUNT,
    MAX_AMOUNT,
    MAX_REFERENCE,
    OWED,
    Charge,
    ChargeKind,
    ChargeState,
    Means,
    Moment,
    MoneyReceipt,
    Obligation,
    charges_of,
    open_obligation,
)
from content.dossiers.officer_news import News, tell_holder
from content.dossiers.reasons import demand_line, demand_short
from content.dossiers.receipting import Taken, write_receipts
from content.dossiers.refunding import RefundService
from content.dossiers.states import Action, Actor, Need, Status
from content.dossiers.step_clock import recount_step
from content.dossiers.waiting import begin_waiting, end_waiting, pauses_of
from content.errors import Conflict, Invalid, InvalidTransition
from content.people.models import Account
from content.words import local

DESK = frozenset({Actor.ONE_STOP})
CASHIERS = frozenset({Actor.CASHIER})
#: Money is settled and taken from the reception until the result is in somebody's hands;
#: what the post took for us comes later still.
CHARGED = frozenset({Status.RECEIVED, Status.IN_PROGRESS, Status.PAYMENT_ASKED, Status.RESOLVED})


@dataclass(frozen=True)
class Asked:
    """T10: how much of which kind, where to, on what ground, until when."""

    amounts: Sequence[tuple[ChargeKind, int]]
    account: str
    legal_basis: str
    reason: str = ""
    pay_by: date | None = None


@dataclass(frozen=True)
class Payment:
    """What the cashier confirms; ``charges`` names the lines, ``None`` all that are owed."""

    means: Means
    payer: str = ""
    transaction: str = ""
    charges: Sequence[int] | None = None


@dataclass(frozen=True)
class ProviderNotice:
    """A provider says that an obligation was paid; told twice, it is taken once."""

    provider: str
    transaction: str
    amount: int
    payer: str = ""


def money_facts(session: Session, dossier: Dossier) -> dict[str, bool]:
    """What the table of moves and the desk have to know of a dossier's money.

    ``paid``: money is here that has not gone back; ``refund_settled``: money was here and all
    of it went back; ``fee_after_unpaid``: something is owed that the post does not take for us;
    ``fees_unsettled``: a fee may be due and nobody has said which.
    """
    found = standing_of(session, dossier)
    return {
        "paid": found.paid > 0,
        "refund_settled": found.refunded > 0 and found.paid == 0,
        "fee_after_unpaid": found.owed > found.at_the_post,
        "fees_unsettled": found.unsettled,
    }


class ObligationService(RefundService):
    """The money of dossiers, as of one instant."""

    def settle(
        self, dossier: Dossier, officer: Account, said: Settled, *, revision: int | None = None
    ) -> list[Charge]:
        """Say which frozen lines are paid and when; replaces what was settled before.

        Raises ``Invalid`` (``lines``, ``times``, ``reason``, ``proof``), ``InvalidTransition``
        (``wrong_state``, ``money_taken``), ``NotAllowed``, ``Conflict``.
        """
        actor = self.take_part(dossier, officer, DESK, revision)
        if dossier.status not in CHARGED:
            raise InvalidTransition("wrong_state", status=int(dossier.status))
        before = [one for one in charges_of(self.session, dossier) if one.obligation_id is None]
        if any(one.state not in (*OWED, ChargeState.CANCELLED) for one in before):
            raise InvalidTransition("money_taken", dossier=dossier.id)
        made = charges_from(dossier, said, officer, self.now)
        for one in before:
            if one.state in OWED:
                one.become(ChargeState.CANCELLED)
        self.session.add_all(made)
        lines = [{"name": one.name, "amount": one.amount} for one in made]
        data = {"lines": lines, "moment": made[0].moment.value, "exempt": made[0].exempt_reason}
        self.write_down(
            dossier, Deed(Record.FEES_SETTLED, actor, officer, dossier.agency_id, data=data)
        )
        return made

    def ask(
        self, dossier: Dossier, officer: Account, said: Asked, *, revision: int | None = None
    ) -> Obligation:
        """T10, by the desk or the specialist who has it: the clock stops until it is paid.

        Raises ``Invalid`` (``amount``, ``account``, ``legal_basis``, ``reason``, ``pay_by``),
        ``NotAllowed`` (also ``not_holder``), ``InvalidTransition``, ``Conflict``."""
        actor = self.take_up(dossier, officer, Action.REQUEST_FEE, revision)
        if actor is Actor.SPECIALIST:
            demand_work(self.session, dossier, officer, self.now)
        total = _demand_amounts(said.amounts)
        account = demand_line(said.account, "account", MAX_ACCOUNT)
        basis = demand_line(said.legal_basis, "legal_basis")
        reason = demand_short(said.reason, "reason")
        if said.pay_by is not None and said.pay_by < local(self.now).date():
            raise Invalid({"pay_by": "in_the_past"})
        facts = replace(self.facts_of(dossier), given=frozenset({Need.AMOUNT}))
        allowed(dossier.status, Action.REQUEST_FEE, actor, facts)
        obligation = Obligation(
            dossier=dossier,
            open_for=dossier.id,
            amount=total,
            account=account,
            legal_basis=basis,
            reason=reason,
            pay_by=said.pay_by,
            asked_as=actor,
            asked_by=officer,
            asked_at=self.now,
        )
        charges = [_owed(obligation, kind, amount, officer) for kind, amount in said.amounts]
        self.session.add_all([obligation, *charges])
        data = {
            "charges": [{"name": one.name, "amount": one.amount} for one in charges],
            "amount": total,
            "account": account,
            "legal_basis": basis,
            "pay_by": said.pay_by.isoformat() if said.pay_by else None,
        }
        deed = Deed(Action.REQUEST_FEE, actor, officer, dossier.agency_id, reason, data)
        begin_waiting(
            self.session, dossier, PauseCause.PAYMENT, self.now, reason=basis, by=officer.id
        )
        move(self.session, dossier, deed, facts, self.now)
        follow = self.rules.follow_url(dossier.lookup_code)
        money_notices.tell_asked(self.session, obligation, follow, self.now)
        return obligation

    def confirm(
        self, dossier: Dossier, cashier: Account, said: Payment, *, revision: int | None = None
    ) -> list[MoneyReceipt]:
        """The cashier has the money: receipts with numbers; T11 where the dossier waited.

        Raises ``Invalid`` (``charges``, ``payer``, ``transaction``), ``InvalidTransition``
        (``nothing_owed``, ``own_amount``, ``wrong_state``), ``NotAllowed``, ``Conflict``.
        """
        actor = self.take_part(dossier, cashier, CASHIERS, revision)
        payer = demand_short(said.payer, "payer", MAX_APPLICANT) or dossier.applicant_name
        transaction = demand_short(said.transaction, "transaction", MAX_REFERENCE)
        if said.means is not Means.CASH and not transaction:
            raise Invalid({"transaction": "required"})
        charges = self._owed_lines(dossier, said.charges)
        if any(one.set_by_id == cashier.id for one in charges):
            raise InvalidTransition("own_amount", dossier=dossier.id)
        taken = Taken(said.means, payer, transaction, cashier)
        return self._take(dossier, actor, charges, taken)

    def confirm_from_provider(self, dossier: Dossier, notice: ProviderNotice) -> bool:
        """T11 by a provider's word; whether it was news. Raises ``Invalid`` (``amount``) for
        another sum than was asked, ``InvalidTransition("nothing_owed")``."""
        lock(self.session, dossier)
        known = select(MoneyReceipt.id).where(
            MoneyReceipt.provider == notice.provider,
            MoneyReceipt.transaction == notice.transaction,
        )
        if self.session.scalar(known) is not None:
            return False
        charges = self._owed_lines(dossier, None)
        if sum(one.amount for one in charges) != notice.amount:
            raise Invalid({"amount": "differs"})
        payer = notice.payer or dossier.applicant_name
        taken = Taken(Means.ONLINE, payer, notice.transaction, None, notice.provider)
        self._take(dossier, Actor.SYSTEM, charges, taken)
        return True

    def standing(self, dossier: Dossier) -> Standing:
        """The money of a dossier at a glance."""
        return standing_of(self.session, dossier)

    def implied(self, dossier: Dossier) -> list[Charge]:
        """The lines that follow from the frozen fees, not written down."""
        lines = standing_of(self.session, dossier).implied
        return [charge_from(dossier, line, Moment.BEFORE, None, self.now) for line in lines]

    def write_lines(self, dossier: Dossier) -> list[Charge]:
        """All lines, those that follow from the frozen fees written down now."""
        made = self.implied(dossier)
        self.session.add_all(made)
        self.session.flush()  # receipts and forms name their ids
        return charges_of(self.session, dossier)

    def _owed_lines(self, dossier: Dossier, wanted: Sequence[int] | None) -> list[Charge]:
        obligation = open_obligation(self.session, dossier)
        owed = [one for one in self.write_lines(dossier) if one.state in OWED and one.amount]
        if obligation is not None:
            owed = [one for one in owed if one.obligation_id == obligation.id]
        elif dossier.status not in CHARGED and not any(
            one.state is ChargeState.WAITING for one in owed
        ):
            raise InvalidTransition("wrong_state", status=int(dossier.status))
        if not owed:
            raise InvalidTransition("nothing_owed", dossier=dossier.id)
        if wanted is None or obligation is not None:
            return owed
        chosen = [one for one in owed if one.id in set(wanted)]
        if not chosen:
            raise Invalid({"charges": "required"})
        if len(chosen) != len(set(wanted)):
            raise Conflict("dossier_changed")
        return chosen

    def _take(
        self, dossier: Dossier, actor: Actor, charges: list[Charge], taken: Taken
    ) -> list[MoneyReceipt]:
        obligation = open_obligation(self.session, dossier)
        receipts, data = write_receipts(self.session, dossier, charges, taken, self.now)
        deed = Deed(Action.PAYMENT_CONFIRMED, actor, taken.by, dossier.agency_id, data=data)
        if obligation is None:
            self.write_down(dossier, deed)
        else:
            obligation.open_for, obligation.is_paid, obligation.closed_at = None, True, self.now
            self._go_on(dossier, deed)
        follow = self.rules.follow_url(dossier.lookup_code)
        money_notices.tell_paid(self.session, dossier, receipts, follow, self.now)
        tell_holder(self.session, dossier, News.PAYMENT, self.now, by=taken.by)
        return receipts

    def _go_on(self, dossier: Dossier, deed: Deed) -> None:
        """T11: the clock runs again, without the time that was waited."""
        by = deed.account.id if deed.account else None
        end_waiting(self.session, dossier, self.now, by=by)
        self.session.flush()  # the pause that has just ended counts
        before = dossier.due_date
        pauses = [one.as_pause() for one in pauses_of(self.session, dossier)]
        recount(self.rules.calendar, dossier, pauses)
        recount_step(self.session, self.rules.calendar, dossier)
        due: dict[str, Any] = {
            "due_before": before.isoformat() if before else None,
            "due_after": dossier.due_date.isoformat() if dossier.due_date else None,
        }
        done = replace(deed, data={**deed.data, **due})
        move(self.session, dossier, done, self.facts_of(dossier), self.now)


def _owed(obligation: Obligation, kind: ChargeKind, amount: int, officer: Account) -> Charge:
    return Charge(
        dossier=obligation.dossier,
        obligation=obligation,
        kind=kind,
        name=KIND_NAMES[kind],
        amount=amount,
        moment=Moment.BEFORE,
        state=ChargeState.UNPAID,
        set_by_id=officer.id,
        set_at=obligation.asked_at,
    )


def _demand_amounts(amounts: Sequence[tuple[ChargeKind, int]]) -> int:
    if not amounts:
        raise Invalid({"amount": "required"})
    total = sum(amount for _, amount in amounts)
    if any(amount <= 0 for _, amount in amounts) or total > MAX_AMOUNT:
        raise Invalid({"amount": "out_of_range"})
    return total
