"""What every service of the desk does before it moves a dossier: lock, look, ask who acts.

The services of single families of moves (supplements, money, results …) are built on this;
each asks the table of moves through ``log.move`` and writes nothing else of a dossier than
its own family.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from content.calendar.clocks import apology_latest_date, supplement_notice_by
from content.calendar.working import WorkingCalendar
from content.dossiers.chain_models import ChainPart
from content.dossiers.deadlines import calendar_of
from content.dossiers.desks import ancestor_ids
from content.dossiers.locking import lock
from content.dossiers.log import Deed, write
from content.dossiers.models import Dossier
from content.dossiers.moves import actors_of, possible_moves
from content.dossiers.rules import FilingRules
from content.dossiers.states import Action, Actor, Facts
from content.errors import Conflict, NotAllowed
from content.people.delegations import posts_of
from content.people.models import Account
from content.procedures.handling import HandlingRule, handling_of
from content.words import local

_ACTORS = {actor.value: actor for actor in Actor}


def agencies_in_charge(session: Session, dossier: Dossier) -> frozenset[int]:
    """The agencies that have the dossier (the desk that received it, the unit that has it
    now, the one that decides) and all above them: whose officers may act on it."""
    found: set[int] = set()
    for one in {dossier.agency_id, dossier.unit_id, dossier.competent_agency_id}:
        if one is not None:
            found |= ancestor_ids(session, one)
    return frozenset(found)


def has_open_parts(session: Session, dossier_id: int) -> bool:
    """Whether an agency of the dossier's chain has not ended its part."""
    query = select(ChainPart.id).where(
        ChainPart.dossier_id == dossier_id, ChainPart.finished_at.is_(None)
    )
    return session.scalars(query.limit(1)).first() is not None


def capacities(
    session: Session, officer: Account, dossier: Dossier, now: datetime
) -> frozenset[Actor]:
    """In which parts an officer may act on a dossier now: own roles and those of absent
    colleagues they stand in for."""
    here = agencies_in_charge(session, dossier)
    posts = posts_of(session, officer, local(now).date())
    roles = {role for agency, role in posts if agency in here}
    return frozenset(_ACTORS[role.value] for role in roles if role.value in _ACTORS)


def offered(dossier: Dossier, actors: frozenset[Actor]) -> frozenset[Action]:
    """The moves that any of these capacities knows from the dossier's state."""
    return frozenset(
        move.action for actor in actors for move in possible_moves(dossier.status, actor)
    )


class HandlingService:
    """Base of the desk's services: one authority, one instant."""

    def __init__(self, session: Session, now: datetime, rules: FilingRules) -> None:
        self.session = session
        self.now = now
        self.rules = rules

    def take_up(
        self, dossier: Dossier, officer: Account, action: Action, revision: int | None = None
    ) -> Actor:
        """Lock the dossier as the officer saw it; returns the part in which they act.

        Raises ``NotAllowed("not_your_desk")`` for strangers, ``NotAllowed("actor")`` for
        colleagues whose part does not know this action, ``Conflict("dossier_changed")``.
        """
        return self.take_part(dossier, officer, actors_of(action), revision)

    def take_part(
        self,
        dossier: Dossier,
        officer: Account,
        wanted: frozenset[Actor],
        revision: int | None = None,
    ) -> Actor:
        """The same for what is no move: in which of the wanted parts the officer acts."""
        lock(self.session, dossier)
        mine = capacities(self.session, officer, dossier, self.now)
        if not mine:
            raise NotAllowed("not_your_desk")
        fitting = sorted(mine & wanted)
        if not fitting:
            raise NotAllowed("actor")
        if revision is not None and revision != dossier.revision:
            raise Conflict("dossier_changed")
        return fitting[0]

    def write_down(self, dossier: Dossier, deed: Deed) -> None:
        """Write down what moves nothing; whoever looked before must look again."""
        flag_modified(dossier, "status_since")
        write(self.session, dossier, deed, dossier.status, self.now)

    def rule_of(self, dossier: Dossier) -> HandlingRule:
        """How dossiers of this procedure are handled."""
        return handling_of(self.session, dossier.procedure_id)

    def calendar_for(self, dossier: Dossier) -> WorkingCalendar:
        """Working time at the desk that received it."""
        return calendar_of(self.rules.calendar, dossier.agency)

    def facts_of(self, dossier: Dossier) -> Facts:
        """What the table of moves has to know and the dossier itself tells.

        A supplement is asked for by the third working day (NĐ 61/2018 art. 19.4), an apology
        sent at least a day before the due date (art. 19.9). Money and results are added by
        the services that know them, with ``dataclasses.replace``.
        """
        rule, calendar = self.rule_of(dossier), self.calendar_for(dossier)
        today = local(self.now).date()
        facts = Facts(
            previous=dossier.previous_status,
            supplement_requests=dossier.supplement_count,
            max_supplements=rule.max_supplements,
            extensions=dossier.extension_count,
            max_extensions=rule.max_extensions,
            may_resolve_at_once=rule.at_once,
            chain_open=has_open_parts(self.session, dossier.id),
        )
        if dossier.received_at is not None:
            late = today > supplement_notice_by(calendar, dossier.clock_from or dossier.received_at)
            facts = replace(facts, supplement_notice_late=late)
        if dossier.due_date is not None:
            late = today > apology_latest_date(calendar, dossier.due_date)
            facts = replace(facts, apology_late=late)
        return facts
