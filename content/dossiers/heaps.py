"""The heaps of an inbox: what each holds, and which an officer's parts look at.

Conditions on dossiers only; ``inbox.py`` asks them.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, bindparam, false, or_, select, true

from content.calendar.days import next_working_day
from content.calendar.working import WorkingCalendar
from content.dossiers.hand_overs import HandOver
from content.dossiers.models import Dossier
from content.dossiers.proposals import Proposal, ProposalKind, ProposalState, may_decide
from content.dossiers.sight import Sight
from content.dossiers.states import CLOCK_RUNS, Actor, Status
from content.people.roles import Role
from content.words import local


class Tab(StrEnum):
    """One heap each; the order is that of the screen."""

    WAITING = "waiting"
    TO_DECIDE = "to_decide"
    MINE = "mine"
    UNCLAIMED = "unclaimed"
    OVERDUE = "overdue"
    SOON = "soon"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    RESULT = "result"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ALL = "all"


#: Heaps of work to be done; the rest grow for ever.
OPEN = frozenset(Tab) - {Tab.ACCEPTED, Tab.REFUSED, Tab.ALL}

#: Spelled out in the statement, so that the index of running dossiers fits.
RUNNING: ColumnElement[bool] = Dossier.status.in_(
    bindparam("running", sorted(CLOCK_RUNS), expanding=True, literal_execute=True)
)

_OF_ROLE: Mapping[Role, tuple[Tab, ...]] = {
    Role.ONE_STOP: (
        *(Tab.WAITING, Tab.MINE, Tab.UNCLAIMED, Tab.TO_DECIDE, Tab.OVERDUE, Tab.SOON),
        *(Tab.SUPPLEMENT, Tab.PAYMENT, Tab.RESULT),
    ),
    Role.SPECIALIST: (
        *(Tab.MINE, Tab.UNCLAIMED, Tab.OVERDUE, Tab.SOON, Tab.SUPPLEMENT, Tab.PAYMENT),
    ),
    Role.HEAD: (Tab.MINE, Tab.UNCLAIMED, Tab.OVERDUE, Tab.SOON, Tab.SUPPLEMENT),
    Role.LEADER: (Tab.TO_DECIDE, Tab.MINE, Tab.UNCLAIMED, Tab.OVERDUE, Tab.SOON),
    Role.CLERK: (Tab.MINE, Tab.UNCLAIMED, Tab.OVERDUE, Tab.SOON, Tab.RESULT),
    Role.CASHIER: (Tab.PAYMENT, Tab.RESULT),
}


def tabs_of(sight: Sight) -> tuple[Tab, ...]:
    """The heaps that fit the officer's parts, and all dossiers at the end; a list begins with
    the first."""
    wanted = {tab for role in sight.roles for tab in _OF_ROLE.get(role, ())}
    return (*(tab for tab in Tab if tab in wanted), Tab.ALL)


class Heaps:
    """The conditions of all heaps for one officer, as of one instant."""

    def __init__(self, sight: Sight, calendar: WorkingCalendar, now: datetime) -> None:
        self.sight = sight
        self.now = now
        self.today = local(now).date()
        self.soon: date = next_working_day(calendar, self.today)

    def within(self, tab: Tab) -> ColumnElement[bool]:
        """Dossiers of a heap that are in sight."""
        return and_(self.sight.within(), self._in(tab))

    def _in(self, tab: Tab) -> ColumnElement[bool]:
        runs = RUNNING
        simple: dict[Tab, ColumnElement[bool]] = {
            Tab.WAITING: Dossier.status == Status.SUBMITTED,
            Tab.MINE: and_(Dossier.holder_id.in_(self.sight.people), runs),
            Tab.OVERDUE: and_(runs, Dossier.due_date < self.today),
            Tab.SOON: and_(runs, Dossier.due_date.between(self.today, self.soon)),
            Tab.SUPPLEMENT: Dossier.status == Status.SUPPLEMENT_ASKED,
            Tab.PAYMENT: Dossier.status == Status.PAYMENT_ASKED,
            Tab.RESULT: Dossier.status == Status.RESOLVED,
            Tab.ACCEPTED: Dossier.received_at.is_not(None),
            Tab.REFUSED: Dossier.status == Status.REFUSED,
            Tab.ALL: true(),
        }
        if tab is Tab.UNCLAIMED:
            return self._unclaimed()
        return self._to_decide() if tab is Tab.TO_DECIDE else simple[tab]

    def _unclaimed(self) -> ColumnElement[bool]:
        """What came to a part that the officer has, without a name; at the desk what nobody
        has passed on."""
        roles = self.sight.roles
        waiting = select(HandOver.dossier_id).where(
            HandOver.taken_at.is_(None),
            HandOver.undone_at.is_(None),
            HandOver.to_person_id.is_(None),
            HandOver.to_performer.in_([one.value for one in roles]),
            true() if self.sight.everything else HandOver.to_agency_id.in_(self.sight.agency_ids),
        )
        came = and_(Dossier.status == Status.IN_PROGRESS, Dossier.id.in_(waiting))
        if Role.ONE_STOP not in roles:
            return came
        free = and_(RUNNING, Dossier.holder_id.is_(None))
        return and_(free, or_(Dossier.status == Status.RECEIVED, Dossier.id.in_(waiting)))

    def _to_decide(self) -> ColumnElement[bool]:
        actors = frozenset(one for one in Actor if one.value in self.sight.roles)
        kinds = [one for one in ProposalKind if may_decide(one, actors)]
        if not kinds:
            return false()
        waiting = select(Proposal.dossier_id).where(
            Proposal.state == ProposalState.AWAITING, Proposal.kind.in_(kinds)
        )
        return Dossier.id.in_(waiting)
