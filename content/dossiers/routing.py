"""Moving a dossier inside the house: T7 from the desk to a unit, T18 from step to step.

NĐ 61/2018/NĐ-CP arts 18, 19. Who has the dossier passes it on, sends it back with a reason,
signs for what came, and may take back the last step while nobody went on from there. The only
writer of these moves; each leaves a line of the control slip (``hand_overs.py``).
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from content import audit
from content.agencies.models import Agency
from content.dossiers.desks import ancestor_ids
from content.dossiers.hand_overs import (
    MAX_NOTE,
    MAY_BE_TAKEN_BACK,
    HandOver,
    HandOverKind,
    hand_overs_of,
    standing,
)
from content.dossiers.handling import HandlingService, capacities
from content.dossiers.holding import agreed_result, demand_it, has_it, stands_in
from content.dossiers.locking import lock
from content.dossiers.log import Deed, allowed, move
from content.dossiers.models import Dossier
from content.dossiers.passing import Passing, next_event, pass_on, sign, stand, told_of
from content.dossiers.processes import adopt, graph_of, steps_back, steps_on, undo_minutes
from content.dossiers.proposals import Proposals
from content.dossiers.reasons import demand_reason
from content.dossiers.states import Action, Actor, Need
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.people.models import Account
from content.processes.graph import INSIDE, Step
from content.words import local


@dataclass(frozen=True)
class Receiver:
    """To whom a dossier goes: a unit, and one person of it if it is meant for one."""

    agency_id: int
    account_id: int | None = None


class RoutingService(HandlingService):
    """The way of dossiers through the house, as of one instant.

    All moves raise ``NotAllowed``, ``InvalidTransition``, ``Conflict``, and ``Invalid`` for
    ``step``, ``to``, ``note``.
    """

    def transfer(
        self,
        dossier: Dossier,
        officer: Account,
        to: Receiver,
        *,
        step_key: str | None = None,
        note: str = "",
        revision: int | None = None,
    ) -> HandOver:
        """T7: from the desk to the unit that handles it; the process of the day is adopted."""
        actor = self.take_up(dossier, officer, Action.TRANSFER, revision)
        facts = replace(self.facts_of(dossier), given=frozenset({Need.ASSIGNEE}))
        allowed(dossier.status, Action.TRANSFER, actor, facts)
        adopt(self.session, dossier, self.now)
        steps = graph_of(self.session, dossier).entries()
        step = _chosen(steps, step_key) if steps else None
        passing = self._passing(HandOverKind.TRANSFER, step, to, _short(note))
        row = pass_on(self.session, self.rules.calendar, dossier, passing, officer, self.now)
        move(
            self.session, dossier, self._deed(Action.TRANSFER, actor, officer, row), facts, self.now
        )
        return row

    def forward(
        self,
        dossier: Dossier,
        officer: Account,
        to: Receiver,
        note: str,
        *,
        step_key: str | None = None,
        revision: int | None = None,
    ) -> HandOver:
        """T18: to the next step."""
        actor = self._mine(dossier, officer, revision)
        steps = steps_on(graph_of(self.session, dossier), dossier.step_key)
        if not steps:
            raise InvalidTransition("last_step")
        passing = self._passing(HandOverKind.FORWARD, _chosen(steps, step_key), to, _text(note))
        return self._pass(dossier, officer, actor, passing)

    def send_back(
        self,
        dossier: Dossier,
        officer: Account,
        step_key: str,
        reason: str,
        *,
        revision: int | None = None,
    ) -> HandOver:
        """T18: to an earlier step that this one may return to, to whoever did it then; a
        result that the leader agreed with is proposed anew."""
        actor = self._mine(dossier, officer, revision)
        steps = steps_back(graph_of(self.session, dossier), dossier.step_key)
        if not steps:
            raise InvalidTransition("no_way_back")
        step = _chosen(steps, step_key)
        agency, account = self._did(dossier, step)
        passing = Passing(HandOverKind.BACK, step, agency, account, demand_reason(reason))
        agreed = agreed_result(self.session, dossier)
        if agreed is not None:
            Proposals(self.session, self.now, self.rules).set_aside(agreed, officer)
        return self._pass(dossier, officer, actor, passing)

    def assign(
        self,
        dossier: Dossier,
        officer: Account,
        to: Receiver,
        note: str,
        *,
        revision: int | None = None,
    ) -> HandOver:
        """T18: to somebody else at the same step; its limit goes on."""
        actor = self._mine(dossier, officer, revision)
        here = graph_of(self.session, dossier).step(dossier.step_key)
        passing = self._passing(HandOverKind.ASSIGN, here, to, _text(note))
        if passing.account is None or passing.account.id == dossier.holder_id:
            raise Invalid({"to": "required"})
        return self._pass(dossier, officer, actor, passing)

    def receive(
        self, dossier: Dossier, officer: Account, *, revision: int | None = None
    ) -> HandOver:
        """Sign for what came to this officer, or to their unit without a name (then it is
        theirs). Raises ``InvalidTransition("taken_already")`` where nothing waits."""
        lock(self.session, dossier)
        if not capacities(self.session, officer, dossier, self.now):
            raise NotAllowed("not_your_desk")
        if revision is not None and revision != dossier.revision:
            raise Conflict("dossier_changed")
        rows = standing(hand_overs_of(self.session, dossier))
        if not rows or rows[-1].taken_at is not None:
            raise InvalidTransition("taken_already")
        row = rows[-1]
        if not self.is_for(dossier, row, officer):
            raise NotAllowed("not_for_you")
        sign(row, officer, self.now)
        dossier.holder_id = officer.id
        self._note(dossier, officer, "receive_hand_over", row)
        return row

    def take_back(
        self, dossier: Dossier, officer: Account, *, revision: int | None = None
    ) -> HandOver:
        """Undo the officer's own last internal step while nothing followed; the line stays,
        marked. Raises ``InvalidTransition`` with ``not_yours_to_undo``, ``taken_already``,
        ``something_followed``, ``too_late_to_undo``."""
        actor = self.take_up(dossier, officer, Action.FORWARD, revision)
        rows = standing(hand_overs_of(self.session, dossier))
        against = self.against_undo(dossier, rows, officer)
        if against is not None:
            raise InvalidTransition(against)
        row, before = rows[-1], rows[-2]
        row.undone_at = self.now
        stand(dossier, before)
        dossier.step_due_at = row.from_due_at
        facts = replace(self.facts_of(dossier), given=frozenset({Need.TEXT}))
        deed = self._deed(Action.FORWARD, actor, officer, row)
        told = {**deed.data, "undone": True, "to_unit": before.to_name, "step": before.step_key}
        told["step_name"] = before.step_name
        move(self.session, dossier, replace(deed, data=told), facts, self.now)
        return row

    def against_undo(self, dossier: Dossier, rows: list[HandOver], officer: Account) -> str | None:
        """Why the last hand-over cannot be taken back by this officer; ``None`` if it can."""
        last = rows[-1] if len(rows) > 1 else None
        if last is None or last.kind not in MAY_BE_TAKEN_BACK or last.given_by_id != officer.id:
            return "not_yours_to_undo"
        if last.taken_at is not None:
            return "taken_already"
        if next_event(self.session, dossier) != last.event_number + 1:
            return "something_followed"
        if agreed_result(self.session, dossier) is not None:
            return "something_followed"  # what was signed is not unsigned by moving a paper
        until = last.given_at + timedelta(minutes=undo_minutes(self.session, dossier))
        return None if self.now <= until else "too_late_to_undo"

    def is_for(self, dossier: Dossier, row: HandOver, officer: Account) -> bool:
        """Whether an officer may sign for a hand-over: named, standing in for who is named, or
        in the part of a unit without a name."""
        if row.to_person_id is not None:
            named = row.to_person_id
            return named == officer.id or stands_in(self.session, officer, named, self.now)
        mine = capacities(self.session, officer, dossier, self.now)
        return row.to_performer in {one.value for one in mine}

    def may_pass_on(self, dossier: Dossier, officer: Account) -> bool:
        """Whether the dossier is this officer's to pass on (``holding.has_it``)."""
        return has_it(self.session, dossier, officer, self.now)

    def _mine(self, dossier: Dossier, officer: Account, revision: int | None) -> Actor:
        """Lock it for T18; in the part that the step asks for, if the officer has it."""
        actor = self.take_up(dossier, officer, Action.FORWARD, revision)
        facts = replace(self.facts_of(dossier), given=frozenset({Need.TEXT}))
        allowed(dossier.status, Action.FORWARD, actor, facts)
        demand_it(self.session, dossier, officer, self.now)
        here = graph_of(self.session, dossier).step(dossier.step_key)
        mine = capacities(self.session, officer, dossier, self.now)
        fitting = [one for one in mine if here and one.value == here.performer.value]
        return fitting[0] if fitting and here and here.performer in INSIDE else actor

    def _pass(self, dossier: Dossier, officer: Account, actor: Actor, passing: Passing) -> HandOver:
        row = pass_on(self.session, self.rules.calendar, dossier, passing, officer, self.now)
        facts = replace(self.facts_of(dossier), given=frozenset({Need.TEXT}))
        move(
            self.session, dossier, self._deed(Action.FORWARD, actor, officer, row), facts, self.now
        )
        return row

    def _passing(self, kind: HandOverKind, step: Step | None, to: Receiver, remark: str) -> Passing:
        """Raises ``Invalid`` for an unknown unit, or a person who has not the step's part."""
        agency = self.session.get(Agency, to.agency_id)
        today = local(self.now).date()
        if agency is None or (agency.valid_to is not None and agency.valid_to < today):
            raise Invalid({"to": "unknown"})
        account_id = to.account_id or (step.account_id if step else None)
        account = self.session.get(Account, account_id) if account_id else None
        if account_id and (account is None or not self._fits(account, step, agency)):
            raise Invalid({"to": "not_this_role"})
        return Passing(kind, step, agency, account, remark)

    def _fits(self, account: Account, step: Step | None, agency: Agency) -> bool:
        here = ancestor_ids(self.session, agency.id)
        roles = {one.role.value for one in account.memberships if one.agency_id in here}
        wanted = {step.performer.value} if step else {one.value for one in INSIDE}
        return account.is_active and bool(roles & wanted)

    def _did(self, dossier: Dossier, step: Step) -> tuple[Agency, Account | None]:
        """Who had a step last; where nobody had it, the unit that has the dossier."""
        for row in reversed(standing(hand_overs_of(self.session, dossier))):
            if row.step_key == step.key:
                person = row.taken_by_id or row.to_person_id
                return row.to_agency, self.session.get(Account, person) if person else None
        agency = dossier.unit or dossier.agency
        return agency, self.session.get(Account, step.account_id) if step.account_id else None

    def _deed(self, action: Action, actor: Actor, officer: Account, row: HandOver) -> Deed:
        return Deed(action, actor, officer, row.from_agency_id, "", told_of(row))

    def _note(self, dossier: Dossier, officer: Account, what: str, row: HandOver) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=officer.id,
            action=f"dossier.{what}",
            subject=f"dossier:{dossier.id}",
            hand_over=row.number,
        )


def _chosen(steps: tuple[Step, ...], key: str | None) -> Step:
    """The step of the key; without one the only one there is."""
    if key is None and len(steps) == 1:
        return steps[0]
    for one in steps:
        if one.key == key:
            return one
    raise Invalid({"step": "required" if key is None else "unknown"})


def _short(text: str) -> str:
    if len(text) > MAX_NOTE:
        raise Invalid({"note": "too_long"})
    return text.strip()


def _text(text: str) -> str:
    if not text.strip():
        raise Invalid({"note": "required"})
    return _short(text)
