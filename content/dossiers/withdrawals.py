"""Withdrawing a dossier: T12. The applicant wishes it, the desk confirms it.

A wish changes nothing by itself: work goes on until the desk has settled what belongs to it
– the money that was paid, the papers that go back. An officer may also write down a wish
brought to the desk. The only writer of this move.
"""

from dataclasses import dataclass, replace
from typing import Any

from content.dossiers import handling_notices
from content.dossiers.ending import put_in_order
from content.dossiers.handling import HandlingService
from content.dossiers.locking import lock
from content.dossiers.log import Deed, allowed, move
from content.dossiers.models import Dossier
from content.dossiers.moves import find_move
from content.dossiers.obligations import ObligationService, money_facts
from content.dossiers.proposals import (
    Proposal,
    ProposalKind,
    Proposals,
    ProposalState,
    open_proposal,
)
from content.dossiers.reasons import demand_reason, demand_short
from content.dossiers.states import Action, Actor, Facts
from content.dossiers.supplement_requests import Outcome
from content.errors import Conflict, Invalid, InvalidTransition
from content.people.models import Account

#: How a wish came to the desk.
WAYS = ("counter", "letter", "phone", "online", "national")


@dataclass(frozen=True)
class Settlement:
    """What the desk settles: the decision on the refund, the papers that go back."""

    refund: str = ""
    papers: str = ""


def may_withdraw(dossier: Dossier) -> bool:
    """Whether the dossier's state allows a withdrawal."""
    return find_move(dossier.status, Action.WITHDRAW) is not None


def was_paid(dossier: Dossier) -> bool:
    """Whether money has come in: the log says so (T11)."""
    return any(line.action == Action.PAYMENT_CONFIRMED.value for line in dossier.events)


class WithdrawalService(HandlingService):
    """Withdrawals, as of one instant."""

    def wish(self, dossier: Dossier, reason: str, *, way: str = "online") -> Proposal:
        """The applicant asks, here or on the national portal; the desk sees it at once. Raises
        ``Invalid`` for ``reason``, ``InvalidTransition``, ``Conflict("withdrawal_asked")``."""
        lock(self.session, dossier)
        if not may_withdraw(dossier):
            raise InvalidTransition("wrong_state", status=int(dossier.status))
        text = demand_reason(reason)
        proposals = Proposals(self.session, self.now, self.rules)
        proposal = proposals.prepare(
            dossier, ProposalKind.WITHDRAWAL, {"way": way}, by=Actor.CITIZEN, text=text
        )
        if proposal is None:
            raise Conflict("withdrawal_asked")
        proposals.await_decision(proposal)
        return proposal

    def keep_on(self, dossier: Dossier) -> None:
        """The applicant has changed their mind before the desk decided; silent without a
        wish."""
        lock(self.session, dossier)
        proposal = open_proposal(self.session, dossier, ProposalKind.WITHDRAWAL)
        if proposal is not None and proposal.state is ProposalState.AWAITING:
            Proposals(self.session, self.now, self.rules).take_back(proposal)

    def confirm(
        self,
        proposal: Proposal,
        officer: Account,
        settled: Settlement,
        *,
        seen: int | None = None,
    ) -> None:
        """The desk confirms a wish. Raises ``Invalid`` (``refund``, ``papers``),
        ``InvalidTransition("refund_not_settled")`` for a paid dossier without one."""
        proposals = Proposals(self.session, self.now, self.rules)
        actor = proposals.approve(proposal, officer, seen=seen)
        asked = proposal.sent_at or proposal.drafted_at
        data = {"way": proposal.data.get("way", "online"), "asked_at": asked.isoformat()}
        self._carry_out(proposal.dossier, officer, actor, proposal.text, data, settled, proposal)
        proposals.finish(proposal)

    def decline(
        self, proposal: Proposal, officer: Account, remark: str, *, seen: int | None = None
    ) -> None:
        """The desk cannot confirm it, and says why; work goes on."""
        text = demand_reason(remark, "remark")
        proposals = Proposals(self.session, self.now, self.rules)
        proposals.reject(proposal, officer, text, seen=seen)
        follow = self.rules.follow_url(proposal.dossier.lookup_code)
        handling_notices.tell_withdrawal_declined(
            self.session, proposal, officer.name, follow, self.now
        )

    def withdraw(
        self,
        dossier: Dossier,
        officer: Account,
        reason: str,
        way: str,
        settled: Settlement,
        *,
        revision: int | None = None,
    ) -> None:
        """The desk writes down a wish that came to it in person, by letter or by phone."""
        actor = self.take_up(dossier, officer, Action.WITHDRAW, revision)
        if way not in WAYS:
            raise Invalid({"way": "unknown"})
        text = demand_reason(reason)
        data = {"way": way, "asked_at": self.now.isoformat()}
        self._carry_out(dossier, officer, actor, text, data, settled, None)

    def _carry_out(
        self,
        dossier: Dossier,
        officer: Account,
        actor: Actor,
        reason: str,
        data: dict[str, Any],
        settled: Settlement,
        proposal: Proposal | None,
    ) -> None:
        refund = demand_short(settled.refund, "refund")
        papers = demand_short(settled.papers, "papers")
        facts = self._facts(dossier, refund)
        allowed(dossier.status, Action.WITHDRAW, actor, facts)
        data = {**data, "from": int(dossier.status), "refund": refund, "papers": papers}
        data["stage"] = dossier.step_name or ""
        if refund:
            money = ObligationService(self.session, self.now, self.rules)
            money.settle_refund(dossier, officer, refund)
        proposals = Proposals(self.session, self.now, self.rules)
        put_in_order(proposals, dossier, Outcome.ENDED, officer, but=proposal)
        deed = Deed(Action.WITHDRAW, actor, officer, dossier.agency_id, reason, data)
        move(self.session, dossier, deed, facts, self.now)
        follow = self.rules.follow_url(dossier.lookup_code)
        handling_notices.tell_withdrawn(self.session, dossier, deed, follow, self.now)

    def _facts(self, dossier: Dossier, refund: str) -> Facts:
        """Money that came in and has not gone back is settled by the decision typed here."""
        money = money_facts(self.session, dossier)
        paid = money["paid"] or was_paid(dossier)
        settled = money["refund_settled"] or bool(refund)
        return replace(self.facts_of(dossier), paid=paid, refund_settled=settled)
