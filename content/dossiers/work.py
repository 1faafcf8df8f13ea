"""Who works on a dossier: taking what came to one's part, and giving it back to the unit.

Assigning is ``RoutingService.assign``. All of it is T18: the step and its limit stay, a line of
the control slip is written, and the applicant is told nothing of people.
"""

from dataclasses import replace

from content.dossiers.hand_overs import HandOver, HandOverKind
from content.dossiers.log import move
from content.dossiers.models import Dossier
from content.dossiers.passing import Passing, pass_on
from content.dossiers.processes import graph_of
from content.dossiers.reasons import demand_reason
from content.dossiers.routing import RoutingService
from content.dossiers.states import Action, Need
from content.errors import InvalidTransition
from content.people.models import Account


class WorkService(RoutingService):
    """Claiming and releasing, as of one instant."""

    def claim(self, dossier: Dossier, officer: Account, *, revision: int | None = None) -> HandOver:
        """Sign for what waits for the officer's part; it is theirs then. Raises as
        ``receive``."""
        return self.receive(dossier, officer, revision=revision)

    def release(
        self, dossier: Dossier, officer: Account, reason: str, *, revision: int | None = None
    ) -> HandOver:
        """Give it back to the unit without a name: whoever of the part signs for it has it.

        Within the unit only; for who has it, who stands in for them, or the head. Raises
        ``InvalidTransition("nobody_has_it")``, ``Invalid`` (``reason``), else as ``forward``.
        """
        actor = self._mine(dossier, officer, revision)
        if dossier.holder_id is None:
            raise InvalidTransition("nobody_has_it")
        here = graph_of(self.session, dossier).step(dossier.step_key)
        if here is not None and here.account_id is not None:
            # The process names one person for this step.
            raise InvalidTransition("step_has_a_name")
        unit = dossier.unit or dossier.agency
        passing = Passing(HandOverKind.ASSIGN, here, unit, None, demand_reason(reason))
        row = pass_on(self.session, self.rules.calendar, dossier, passing, officer, self.now)
        facts = replace(self.facts_of(dossier), given=frozenset({Need.TEXT}))
        deed = self._deed(Action.FORWARD, actor, officer, row)
        move(self.session, dossier, deed, facts, self.now)
        return row
