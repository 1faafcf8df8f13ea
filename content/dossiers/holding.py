"""Who has a dossier: whose part it is to act on it now, and whether the leader's turn is over.

What is done inside is done by whoever has the dossier (domain §13 row 27: each step has one
named person): a colleague with the same role looks on. Asked by routing, by the drafts laid
before the leader and by the clerk's completion; changes nothing.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.chain_models import ChainPart
from content.dossiers.handling import capacities
from content.dossiers.models import Dossier
from content.dossiers.processes import graph_of, leader_comes
from content.dossiers.proposals import Proposal, ProposalKind, ProposalState, open_proposal
from content.dossiers.states import Actor
from content.errors import NotAllowed
from content.people.delegations import standing_in
from content.people.models import Account
from content.words import local


def has_it(session: Session, dossier: Dossier, officer: Account, now: datetime) -> bool:
    """Whether the dossier is this officer's: they have it, stand in for who has it, lead the
    unit, or nobody has it and the step is their part."""
    mine = {one.value for one in capacities(session, officer, dossier, now)}
    if dossier.holder_id == officer.id or Actor.HEAD.value in mine:
        return True
    if dossier.holder_id is not None:
        return stands_in(session, officer, dossier.holder_id, now)
    here = graph_of(session, dossier).step(dossier.step_key)
    return here is None or here.performer.value in mine


def may_work_on(session: Session, dossier: Dossier, officer: Account, now: datetime) -> bool:
    """Whether what is drafted, asked for or laid before the leader is this officer's to do: they
    have the dossier; in a chain whoever takes part, for agencies do their parts side by side."""
    return has_it(session, dossier, officer, now) or is_in_chain(session, dossier)


def demand_it(session: Session, dossier: Dossier, officer: Account, now: datetime) -> None:
    """Raises ``NotAllowed("not_holder")`` for colleagues who do not have it."""
    if not has_it(session, dossier, officer, now):
        raise NotAllowed("not_holder")


def demand_work(session: Session, dossier: Dossier, officer: Account, now: datetime) -> None:
    """The same of :func:`may_work_on`."""
    if not may_work_on(session, dossier, officer, now):
        raise NotAllowed("not_holder")


def stands_in(session: Session, officer: Account, absent_id: int, now: datetime) -> bool:
    """Whether an officer does an absent colleague's work today."""
    today = local(now).date()
    return any(one.absent_id == absent_id for one in standing_in(session, officer.id, today))


def awaits_leader(session: Session, dossier: Dossier) -> bool:
    """Whether the leader's signature is still to come: the process has a leader's step that the
    dossier has not left, and the leader has agreed with no result (T15: the clerk completes
    after the leader's signature). In a chain the agency that decides says so by its part."""
    if agreed_result(session, dossier) is not None or is_in_chain(session, dossier):
        return False
    return leader_comes(graph_of(session, dossier), dossier.step_key)


def agreed_result(session: Session, dossier: Dossier) -> Proposal | None:
    """The result that the leader has agreed with and the clerk has not yet completed."""
    found = open_proposal(session, dossier, ProposalKind.RESULT)
    return found if found is not None and found.state is ProposalState.APPROVED else None


def is_in_chain(session: Session, dossier: Dossier) -> bool:
    """Whether agencies do parts of it (``chains.py``)."""
    query = select(ChainPart.id).where(ChainPart.dossier_id == dossier.id)
    return session.scalars(query.limit(1)).first() is not None
