"""Apologising for a delay with a new date: T17. A specialist drafts, the leader signs.

At most once, and at least a day before the due date (NĐ 61/2018 art. 19.9): the last day is
the last working day before it. The date of the receipt slip stays, and with it lateness in
the statistics. The only writer of this move.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from content.calendar.clocks import apology_latest_date
from content.dossiers import handling_notices
from content.dossiers.chain_reads import late_names
from content.dossiers.clock import recount
from content.dossiers.handling import HandlingService
from content.dossiers.log import Deed, allowed, move
from content.dossiers.models import Dossier
from content.dossiers.proposals import Proposal, ProposalKind, Proposals, ProposalState
from content.dossiers.reasons import demand_reason, demand_short
from content.dossiers.service import MAX_LEGAL_BASIS
from content.dossiers.slip_numbers import Symbol, deciding_agency, issue_number
from content.dossiers.states import Action, Facts, Need
from content.dossiers.waiting import pauses_of
from content.errors import Invalid, InvalidTransition
from content.people.models import Account
from content.people.signing_as import signs_as
from content.words import local

#: A new date further away than this is a slip of the pen.
MAX_DAYS = 366


@dataclass(frozen=True)
class Apology:
    """What is said: why it is late, the new date, which unit or agency overran (NĐ 61/2018
    art. 19.6-19.9; "" for the one that has the dossier)."""

    reason: str
    new_due: date | None
    late_unit: str = ""


class ApologyService(HandlingService):
    """Apologies, as of one instant."""

    def latest(self, dossier: Dossier) -> date | None:
        """The last day on which one may be issued; ``None`` without a due date."""
        if dossier.due_date is None:
            return None
        return apology_latest_date(self.calendar_for(dossier), dossier.due_date)

    def late_unit(self, dossier: Dossier) -> str:
        """The agencies of its chain that overran, to be named (NĐ 61/2018 art. 19.6); "" where
        the unit that has the dossier answers alone."""
        named = late_names(self.session, self.rules.calendar, dossier, self.now)
        return named[:MAX_LEGAL_BASIS]

    def draft(
        self,
        dossier: Dossier,
        officer: Account,
        said: Apology,
        *,
        seen: int | None = None,
        revision: int | None = None,
    ) -> Proposal:
        """Keep a draft, complete or not yet. Raises ``Invalid`` (``reason``, ``new_due``,
        ``late_unit``), ``NotAllowed``, ``InvalidTransition``, ``Conflict``."""
        facts = replace(self._facts(dossier), reason="Lý do.")
        actor = self.take_up(dossier, officer, Action.APOLOGISE_AND_EXTEND, revision)
        allowed(dossier.status, Action.APOLOGISE_AND_EXTEND, actor, facts)
        reason = demand_reason(said.reason)
        data = {
            "new_due": self._day(dossier, said.new_due).isoformat(),
            "old_due": dossier.due_date.isoformat() if dossier.due_date else None,
            "late_unit": demand_short(said.late_unit, "late_unit") or self.late_unit(dossier),
        }
        proposals = Proposals(self.session, self.now, self.rules)
        return proposals.draft(dossier, officer, ProposalKind.APOLOGY, reason, data=data, seen=seen)

    def propose(
        self,
        dossier: Dossier,
        officer: Account,
        said: Apology,
        *,
        seen: int | None = None,
        revision: int | None = None,
    ) -> Proposal:
        """A draft, laid before the leader at once."""
        proposal = self.draft(dossier, officer, said, seen=seen, revision=revision)
        Proposals(self.session, self.now, self.rules).send(proposal, officer)
        return proposal

    def sign(self, proposal: Proposal, leader: Account, *, seen: int | None = None) -> None:
        """The leader signs: the new date holds, the applicant is told.

        Raises ``InvalidTransition`` (``apology_too_late``, ``too_many_extensions`` …) where
        the time has passed since it was drafted.
        """
        proposals = Proposals(self.session, self.now, self.rules)
        actor = proposals.approve(proposal, leader, seen=seen)
        dossier = proposal.dossier
        new_due = self._day(dossier, date.fromisoformat(proposal.data["new_due"]))
        facts = replace(self._facts(dossier), reason=proposal.text)
        allowed(dossier.status, Action.APOLOGISE_AND_EXTEND, actor, facts)
        issuer = deciding_agency(dossier)
        data: dict[str, Any] = {
            "proposal": proposal.id,
            "drafted_by": proposal.drafted_by.name if proposal.drafted_by else None,
            "old_due": dossier.due_date.isoformat() if dossier.due_date else None,
            "promised": dossier.promised_date.isoformat() if dossier.promised_date else None,
            "new_due": new_due.isoformat(),
            "late_unit": proposal.data.get("late_unit", ""),
            "signed_by": signs_as(leader),
            "slip": issue_number(self.session, Symbol.APOLOGY, issuer, self.now),
        }
        deed = Deed(Action.APOLOGISE_AND_EXTEND, actor, leader, issuer.id, proposal.text, data)
        move(self.session, dossier, deed, facts, self.now)
        dossier.extension_count += 1
        dossier.extended_to, dossier.extended_at = new_due, self.now
        recount(
            self.rules.calendar,
            dossier,
            [one.as_pause() for one in pauses_of(self.session, dossier)],
        )
        proposals.finish(proposal)
        follow = self.rules.follow_url(dossier.lookup_code)
        handling_notices.tell_apology(self.session, dossier, deed, follow, self.now)

    def prepare(self, dossier: Dossier, *, new_due: date | None = None) -> Proposal | None:
        """A draft for the officer to complete, where an apology may still come in time;
        ``None`` otherwise, and where one is there. ``new_due`` is filled in already."""
        latest = self.latest(dossier)
        if latest is None:
            return None
        facts = self._facts(dossier)
        if facts.apology_late or facts.extensions >= facts.max_extensions:
            return None
        assert dossier.due_date is not None
        data = {"old_due": dossier.due_date.isoformat(), "latest": latest.isoformat()}
        if new_due is not None:
            data["new_due"] = new_due.isoformat()
        proposals = Proposals(self.session, self.now, self.rules)
        return proposals.prepare(dossier, ProposalKind.APOLOGY, data)

    def _facts(self, dossier: Dossier) -> Facts:
        if dossier.due_date is None:
            raise InvalidTransition("no_due_date", dossier=dossier.id)
        given = frozenset({Need.NEW_DUE, Need.LEADER_SIGNATURE})
        return replace(self.facts_of(dossier), given=given)

    def _day(self, dossier: Dossier, day: date | None) -> date:
        """The new date: a working day after the one that cannot be kept."""
        if day is None:
            raise Invalid({"new_due": "required"})
        assert dossier.due_date is not None
        today = local(self.now).date()
        if day <= max(dossier.due_date, today):
            raise Invalid({"new_due": "not_after_due"})
        if (day - today).days > MAX_DAYS:
            raise Invalid({"new_due": "too_far"})
        if not self.calendar_for(dossier).is_working(day):
            raise Invalid({"new_due": "day_off"})
        return day


def is_prepared(proposal: Proposal) -> bool:
    """Whether a draft was made by the clock and nobody has completed it."""
    return proposal.state is ProposalState.DRAFTED and not proposal.text
