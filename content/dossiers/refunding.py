"""Giving money back: who took it does not, and it goes back as a whole. Law 97/2015/QH13."""

from content.dossiers import money_notices
from content.dossiers.handling import HandlingService
from content.dossiers.log import Deed, Record
from content.dossiers.models import Dossier
from content.dossiers.money import MAX_ACCOUNT, ChargeState, charges_of
from content.dossiers.reasons import demand_line, demand_reason
from content.dossiers.states import Actor
from content.errors import InvalidTransition
from content.people.models import Account

REFUNDERS = frozenset({Actor.ONE_STOP, Actor.LEADER})


class RefundService(HandlingService):
    """Refunds, as of one instant."""

    def refund(
        self,
        dossier: Dossier,
        officer: Account,
        reason: str,
        account: str,
        *,
        revision: int | None = None,
    ) -> int:
        """Give back all that was paid, in đồng; who took it does not. Raises ``Invalid``
        (``reason``, ``account``), ``InvalidTransition`` (``nothing_paid``, ``own_receipt``)."""
        actor = self.take_part(dossier, officer, REFUNDERS, revision)
        text, where = demand_reason(reason), demand_line(account, "account", MAX_ACCOUNT)
        total = self._give_back(dossier, officer, text, where)
        data = {"amount": total, "account": where}
        self.write_down(
            dossier, Deed(Record.MONEY_REFUNDED, actor, officer, dossier.agency_id, text, data)
        )
        follow = self.rules.follow_url(dossier.lookup_code)
        money_notices.tell_refunded(self.session, dossier, total, text, follow, self.now)
        return total

    def settle_refund(self, dossier: Dossier, officer: Account, decision: str) -> None:
        """The desk has decided on a withdrawal that money goes back; silent without money."""
        if any(one.state is ChargeState.PAID for one in charges_of(self.session, dossier)):
            self._give_back(dossier, officer, decision, "")

    def _give_back(self, dossier: Dossier, officer: Account, reason: str, account: str) -> int:
        paid = [one for one in charges_of(self.session, dossier) if one.state is ChargeState.PAID]
        if not paid:
            raise InvalidTransition("nothing_paid", dossier=dossier.id)
        if any(one.receipt is not None and one.receipt.taken_by_id == officer.id for one in paid):
            raise InvalidTransition("own_receipt", dossier=dossier.id)
        for one in paid:
            one.become(ChargeState.REFUNDED)
            one.refunded_at, one.refunded_by = self.now, officer
            one.refund_reason, one.refund_account = reason, account
        return sum(one.amount for one in paid)
