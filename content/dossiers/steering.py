"""What a leader sees first: what is late, what is due, what waits for their signature.

Figures of every unit in sight, in a fixed number of queries. Reads only.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, joinedload

from content.calendar.days import next_working_day
from content.calendar.working import WorkingCalendar
from content.dossiers.desks import desks_of
from content.dossiers.models import Dossier
from content.dossiers.proposals import Proposal, ProposalKind, ProposalState
from content.dossiers.reads import WITHOUT_DOCUMENTS
from content.dossiers.scope import in_units
from content.dossiers.states import CLOCK_RUNS, Status
from content.people.models import Account
from content.people.roles import Role
from content.words import local

LIMIT = 50


class Figure(StrEnum):
    """The columns of the table of units."""

    SUBMITTED = "submitted"
    OPEN = "open"
    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"
    WAITING = "waiting"
    TO_SIGN = "to_sign"


@dataclass(frozen=True)
class UnitLine:
    """One unit of the table."""

    agency_id: int
    figures: dict[Figure, int]


@dataclass(frozen=True)
class Pile:
    """The first lines of a heap, and how much is in it."""

    dossiers: Sequence[Dossier]
    total: int


def led_by(session: Session, leader: Account, now: datetime) -> set[int]:
    """The units for which somebody signs, themselves or for an absent colleague."""
    return desks_of(session, leader, now, Role.LEADER)


def overdue(session: Session, units: Collection[int], now: datetime) -> Pile:
    """Open dossiers past their date, the longest first."""
    return _pile(session, units, Dossier.due_date < local(now).date())


def due_today(session: Session, units: Collection[int], now: datetime) -> Pile:
    """Open dossiers whose day is today."""
    return _pile(session, units, Dossier.due_date == local(now).date())


def to_sign(session: Session, units: Collection[int]) -> list[Proposal]:
    """Proposals that await the leader, the oldest first; withdrawals are the desk's."""
    query = (
        select(Proposal)
        .join(Dossier)
        .options(
            joinedload(Proposal.dossier).options(WITHOUT_DOCUMENTS),
            joinedload(Proposal.drafted_by),
        )
        .where(
            Proposal.state == ProposalState.AWAITING,
            Proposal.kind != ProposalKind.WITHDRAWAL,
            in_units(units),
        )
        .order_by(Proposal.sent_at, Proposal.id)
        .limit(LIMIT)
    )
    return list(session.scalars(query))


def unit_table(
    session: Session, units: Collection[int], calendar: WorkingCalendar, now: datetime
) -> list[UnitLine]:
    """Every unit that has open work, with its figures; four queries."""
    today = local(now).date()
    counted: dict[int, Counter[Figure]] = {}
    soon = next_working_day(calendar, today)
    for owner, mine in _owners(units):
        rows = session.execute(
            select(owner, *_figures(today, soon))
            .where(mine, Dossier.status.in_(_OPEN))
            .group_by(owner)
        )
        for unit, *numbers in rows:
            told = dict(zip(_COUNTED, numbers, strict=True))
            counted.setdefault(unit, Counter()).update({k: v or 0 for k, v in told.items()})
        waiting = session.execute(
            select(owner, func.count(Proposal.id))
            .join(Proposal, Proposal.dossier_id == Dossier.id)
            .where(
                mine,
                Proposal.state == ProposalState.AWAITING,
                Proposal.kind != ProposalKind.WITHDRAWAL,
            )
            .group_by(owner)
        )
        for unit, number in waiting:
            counted.setdefault(unit, Counter())[Figure.TO_SIGN] += number
    return [UnitLine(unit, {one: counted[unit][one] for one in Figure}) for unit in counted]


def totals(lines: Iterable[UnitLine]) -> dict[Figure, int]:
    """All units together."""
    found: Counter[Figure] = Counter()
    for line in lines:
        found.update(line.figures)
    return {one: found[one] for one in Figure}


_OPEN = (*CLOCK_RUNS, Status.SUBMITTED, Status.SUPPLEMENT_ASKED, Status.PAYMENT_ASKED)
_COUNTED = (
    *(Figure.SUBMITTED, Figure.OPEN, Figure.SOON),
    *(Figure.TODAY, Figure.OVERDUE, Figure.WAITING),
)


def _owners(units: Collection[int]) -> tuple[tuple[Any, ColumnElement[bool]], ...]:
    handed_on = Dossier.unit_id.in_(units)
    here = and_(Dossier.unit_id.is_(None), Dossier.agency_id.in_(units))
    return ((Dossier.unit_id.expression, handed_on), (Dossier.agency_id.expression, here))


def _figures(today: date, soon: date) -> list[ColumnElement[int]]:
    runs = Dossier.status.in_(CLOCK_RUNS)
    conditions = (
        Dossier.status == Status.SUBMITTED,
        runs,
        and_(runs, Dossier.due_date > today, Dossier.due_date <= soon),
        and_(runs, Dossier.due_date == today),
        and_(runs, Dossier.due_date < today),
        Dossier.status.in_((Status.SUPPLEMENT_ASKED, Status.PAYMENT_ASKED)),
    )
    return [func.sum(case((one, 1), else_=0)) for one in conditions]


def _pile(session: Session, units: Collection[int], which: ColumnElement[bool]) -> Pile:
    mine = and_(in_units(units), Dossier.status.in_(CLOCK_RUNS), which)
    total = session.scalar(select(func.count(Dossier.id)).where(mine)) or 0
    query = (
        select(Dossier)
        .options(
            WITHOUT_DOCUMENTS.load_only(
                Dossier.unit_id, Dossier.promised_date, Dossier.extended_to, Dossier.step_name
            ),
            joinedload(Dossier.holder),
        )
        .where(mine)
        .order_by(Dossier.due_date, Dossier.id)
        .limit(LIMIT)
    )
    return Pile(session.scalars(query).all(), total)
