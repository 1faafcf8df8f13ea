"""Asking for supplements: T5 before acceptance, T8 during appraisal.

All at once and, unless the procedure's own law says otherwise, only once (NĐ 61/2018 arts
11, 17.2, 19.4; NĐ 118/2025). Before acceptance the desk asks by itself; during appraisal,
and for every further request, somebody proposes and the leader approves. The only writer of
these moves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from content.calendar.clocks import supplement_notice_by
from content.calendar.days import add_working_days
from content.calendar.pauses import PauseCause
from content.dossiers import handling_notices
from content.dossiers.handling import HandlingService
from content.dossiers.holding import demand_work
from content.dossiers.log import Deed, allowed, move
from content.dossiers.models import Dossier
from content.dossiers.proposals import Proposal, ProposalKind, Proposals, open_proposal
from content.dossiers.reasons import demand_reason, demand_short
from content.dossiers.slip_numbers import Symbol, issue_number
from content.dossiers.states import Action, Actor, Facts, Need, Status
from content.dossiers.supplement_items import chosen_items
from content.dossiers.supplement_requests import SupplementRequest
from content.dossiers.waiting import begin_waiting
from content.errors import Conflict, InvalidTransition
from content.people.models import Account
from content.words import local

_ACTIONS = {
    Status.SUBMITTED: Action.REQUEST_SUPPLEMENT_INTAKE,
    Status.IN_PROGRESS: Action.REQUEST_SUPPLEMENT_PROCESS,
}
_STAGES = {
    Action.REQUEST_SUPPLEMENT_INTAKE: "intake",
    Action.REQUEST_SUPPLEMENT_PROCESS: "appraisal",
}


@dataclass(frozen=True)
class Wanted:
    """What is asked for: item key → remark, the reason, its legal basis."""

    items: Mapping[str, str]
    reason: str
    legal_basis: str = ""


@dataclass(frozen=True)
class _Approval:
    """A request about to be made: by whom, in which part, with whose approval."""

    by: Account | None
    actor: Actor
    items: list[dict[str, Any]]
    reason: str
    legal_basis: str
    leader: Account | None = None
    data: dict[str, Any] = field(default_factory=dict)


def needs_leader(dossier: Dossier) -> bool:
    """Whether the next request is only proposed: during appraisal, and from the second on."""
    return dossier.status is not Status.SUBMITTED or dossier.supplement_count > 0


def action_for(dossier: Dossier) -> Action:
    """The move that asks in the dossier's state. Raises ``InvalidTransition``."""
    action = _ACTIONS.get(dossier.status)
    if action is None:
        raise InvalidTransition("wrong_state", status=int(dossier.status))
    return action


class SupplementService(HandlingService):
    """Requests for supplements, as of one instant."""

    def ask(
        self, dossier: Dossier, officer: Account, wanted: Wanted, *, revision: int | None = None
    ) -> SupplementRequest:
        """T5 by the desk itself, for the first request.

        Raises ``Invalid`` (``items``, ``reason``, ``legal_basis``), ``NotAllowed``,
        ``InvalidTransition`` (``leader_needed``, ``too_many_supplements`` …), ``Conflict``.
        """
        actor = self.take_up(dossier, officer, Action.REQUEST_SUPPLEMENT_INTAKE, revision)
        allowed(
            dossier.status, Action.REQUEST_SUPPLEMENT_INTAKE, actor, self._as_if_complete(dossier)
        )
        if needs_leader(dossier):
            raise InvalidTransition("leader_needed", status=int(dossier.status))
        items, reason, basis = self._read(dossier, wanted)
        return self._carry_out(dossier, _Approval(officer, actor, items, reason, basis))

    def propose(
        self,
        dossier: Dossier,
        officer: Account,
        wanted: Wanted,
        *,
        revision: int | None = None,
    ) -> Proposal:
        """Lay a request before the leader; during appraisal who has the dossier does. What the
        table would refuse now is refused now."""
        action = action_for(dossier)
        actor = self.take_up(dossier, officer, action, revision)
        allowed(dossier.status, action, actor, self._as_if_complete(dossier))
        if action is Action.REQUEST_SUPPLEMENT_PROCESS:
            demand_work(self.session, dossier, officer, self.now)
        items, reason, basis = self._read(dossier, wanted)
        proposals = Proposals(self.session, self.now, self.rules)
        if open_proposal(self.session, dossier, ProposalKind.SUPPLEMENT) is not None:
            raise Conflict("proposal_changed")
        proposal = proposals.draft(
            dossier,
            officer,
            ProposalKind.SUPPLEMENT,
            reason,
            legal_basis=basis,
            data={"items": items},
        )
        # The part that may make the move, where the officer has several.
        proposal.drafted_as = actor
        proposals.send(proposal, officer)
        return proposal

    def approve(
        self, proposal: Proposal, leader: Account, *, seen: int | None = None
    ) -> SupplementRequest:
        """The leader agrees, and the request is made in the name of who proposed it."""
        proposals = Proposals(self.session, self.now, self.rules)
        proposals.approve(proposal, leader, seen=seen)
        approval = _Approval(
            by=proposal.drafted_by,
            actor=proposal.drafted_as,
            items=list(proposal.data["items"]),
            reason=proposal.text,
            legal_basis=proposal.legal_basis,
            leader=leader,
            data={"proposal": proposal.id},
        )
        request = self._carry_out(proposal.dossier, approval)
        proposals.finish(proposal)
        return request

    def last_day(self, dossier: Dossier) -> date | None:
        """Until when a request may be made: the third working day after receipt (NĐ 61/2018
        art. 19.4); ``None`` before reception."""
        since = dossier.clock_from or dossier.received_at
        if since is None:
            return None
        return supplement_notice_by(self.calendar_for(dossier), since)

    def left(self, dossier: Dossier) -> int:
        """How many requests may still be made."""
        return max(0, self.rule_of(dossier).max_supplements - dossier.supplement_count)

    def reply_by(self, dossier: Dossier) -> date | None:
        """The last day to answer a request made now, where the procedure sets a limit."""
        days = self.rule_of(dossier).supplement_wait_days
        if days is None:
            return None
        return add_working_days(self.calendar_for(dossier), local(self.now).date(), days)

    def _as_if_complete(self, dossier: Dossier) -> Facts:
        """The guards alone: what can still be given does not count."""
        given = frozenset({Need.ITEMS, Need.LEADER_APPROVAL})
        return replace(self.facts_of(dossier), given=given, reason="Lý do.")

    def _read(self, dossier: Dossier, wanted: Wanted) -> tuple[list[dict[str, Any]], str, str]:
        items = chosen_items(dossier, wanted.items)
        reason = demand_reason(wanted.reason)
        return items, reason, demand_short(wanted.legal_basis, "legal_basis")

    def _carry_out(self, dossier: Dossier, approval: _Approval) -> SupplementRequest:
        action = action_for(dossier)
        given = {Need.ITEMS} if approval.items else set()
        if approval.leader is not None:
            given.add(Need.LEADER_APPROVAL)
        facts = replace(self.facts_of(dossier), given=frozenset(given), reason=approval.reason)
        allowed(dossier.status, action, approval.actor, facts)
        request = self._row(dossier, approval)
        slip = issue_number(self.session, Symbol.SUPPLEMENT, dossier.agency, self.now)
        deed = Deed(
            action,
            approval.actor,
            approval.by,
            dossier.agency_id,
            text=approval.reason,
            data={
                **self._data(approval, request),
                "stage": _STAGES[action],
                "slip": slip,
            },
        )
        move(self.session, dossier, deed, facts, self.now)
        dossier.supplement_count += 1
        begin_waiting(
            self.session,
            dossier,
            PauseCause.SUPPLEMENT,
            self.now,
            reason=approval.reason,
            by=approval.by.id if approval.by else None,
        )
        follow = self.rules.follow_url(dossier.lookup_code)
        handling_notices.tell_supplement(self.session, request, slip["text"], follow, self.now)
        return request

    def _row(self, dossier: Dossier, approval: _Approval) -> SupplementRequest:
        request = SupplementRequest(
            dossier=dossier,
            number=dossier.supplement_count + 1,
            items=approval.items,
            reason=approval.reason,
            legal_basis=approval.legal_basis,
            asked_at=self.now,
            asked_by=approval.by,
            approved_by_id=approval.leader.id if approval.leader else None,
            reply_by=self.reply_by(dossier),
            due_before=dossier.due_date,
            supplied=[],
            before={},
        )
        self.session.add(request)
        return request

    def _data(self, approval: _Approval, request: SupplementRequest) -> dict[str, Any]:
        data: dict[str, Any] = {
            **approval.data,
            "number": request.number,
            "items": approval.items,
            "reply_by": request.reply_by.isoformat() if request.reply_by else None,
            "due_before": request.due_before.isoformat() if request.due_before else None,
        }
        if approval.legal_basis:
            data["legal_basis"] = approval.legal_basis
        if approval.leader is not None:
            data["approved_by"] = approval.leader.name
        if approval.by is not None and approval.by.phone:
            data["contact_phone"] = approval.by.phone
        return data
