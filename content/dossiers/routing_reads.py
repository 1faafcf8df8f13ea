"""What is read of the way through the house: receivers to choose from, times by step.

Rows for pages and reports; changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.desks import ancestor_ids
from content.dossiers.hand_overs import HandOver, HandOverKind, Punctuality
from content.dossiers.models import Dossier
from content.people.models import Account, Membership
from content.people.roles import Role
from content.processes.graph import INSIDE, Step


@dataclass(frozen=True)
class Choice:
    """A unit, or a person of a unit, that may be given a dossier."""

    agency_id: int
    agency: str
    account_id: int | None = None
    person: str = ""
    role: Role | None = None


def receivers(
    session: Session, dossier: Dossier, steps: Iterable[Step], today: date, *, units: bool = True
) -> list[Choice]:
    """Units near the dossier (its own, those above, what belongs to these) and, after each,
    its people with a part that one of the steps asks for."""
    near = _near(session, dossier, today)
    roles = {one.performer.value for one in steps} or {one.value for one in INSIDE}
    query = (
        select(Membership, Account)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.agency_id.in_([one.id for one in near]), Account.is_active.is_(True))
        .order_by(Account.name, Account.id)
    )
    people: dict[int, list[Choice]] = {}
    names = {one.id: one.name for one in near}
    for membership, account in session.execute(query):
        if membership.role.value in roles:
            here = membership.agency_id
            made = Choice(here, names[here], account.id, account.name, membership.role)
            people.setdefault(here, []).append(made)
    found: list[Choice] = []
    for one in near:
        found += [Choice(one.id, one.name)] if units else []
        found += people.get(one.id, [])
    return found


def _near(session: Session, dossier: Dossier, today: date) -> list[Agency]:
    """First where it is, then the rest in the order of the tree."""
    here = {dossier.unit_id or dossier.agency_id, dossier.agency_id}
    here |= {dossier.competent_agency_id} if dossier.competent_agency_id else set()
    above: set[int] = set()
    for one in here:
        above |= ancestor_ids(session, one)
    query = select(Agency).where(
        or_(Agency.id.in_(above), Agency.parent_id.in_(above)),
        or_(Agency.valid_to.is_(None), Agency.valid_to >= today),
    )
    found = list(session.scalars(query.order_by(Agency.position, Agency.name)))
    return sorted(found, key=lambda one: one.id not in here)


@dataclass(frozen=True)
class StepTime:
    """How long a step took in a unit: how often it was done, the mean of its working minutes,
    how often late, and how often it had a limit at all."""

    step: str
    unit: str
    unit_id: int
    times: int
    mean_minutes: int
    late: int
    limited: int


def average_by_step(
    session: Session,
    since: datetime,
    until: datetime,
    *,
    procedure_id: int | None = None,
    agency_ids: Iterable[int] | None = None,
) -> list[StepTime]:
    """Steps that ended in [``since``, ``until``), by unit, the slowest first.

    A step passed between colleagues counts once, with the time of both; what was taken back
    counts not at all.
    """
    ended = case((HandOver.kind != HandOverKind.ASSIGN, 1), else_=0)
    late = case((HandOver.outcome == Punctuality.LATE, 1), else_=0)
    limited = case((HandOver.outcome.is_not(None), 1), else_=0)
    query = (
        select(
            HandOver.from_step_name,
            HandOver.from_name,
            HandOver.from_agency_id,
            func.sum(ended),
            func.sum(HandOver.from_minutes),
            func.sum(late),
            func.sum(limited),
        )
        .where(HandOver.undone_at.is_(None), HandOver.given_at >= since, HandOver.given_at < until)
        .group_by(HandOver.from_step_name, HandOver.from_name, HandOver.from_agency_id)
        .having(func.sum(ended) > 0)
    )
    if procedure_id is not None:
        query = query.join(Dossier, Dossier.id == HandOver.dossier_id)
        query = query.where(Dossier.procedure_id == procedure_id)
    if agency_ids is not None:
        query = query.where(HandOver.from_agency_id.in_(list(agency_ids)))
    found = [
        StepTime(step, unit, unit_id, times, total // times, late_times, with_limit)
        for step, unit, unit_id, times, total, late_times, with_limit in session.execute(query)
    ]
    return sorted(found, key=lambda one: (-one.mean_minutes, one.step, one.unit))
