"""What readers see: the units as a tree with their people, and the roster day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies import hours
from content.calendar.working import DayKind, WorkingCalendar
from content.staff.models import DutyTurn, StaffMember, Unit
from content.writing import trash


@dataclass(frozen=True)
class UnitNode:
    """A unit with its contact data filled up from the agency it stands for; ``hours`` in
    words and ``sessions`` as they are kept, inherited from above where it has none."""

    unit: Unit
    address: str
    phone: str
    email: str
    hours: tuple[str, ...]
    sessions: list[Any]
    members: tuple[StaffMember, ...]
    below: tuple["UnitNode", ...]


def chart(session: Session) -> tuple[UnitNode, ...]:
    """The units under their superiors, each with its people, in the editors' order.

    A unit whose superior is in the bin stands at the top rather than nowhere.
    """
    units = session.scalars(in_order(Unit)).all()
    members = session.scalars(in_order(StaffMember)).all()
    known = {unit.id for unit in units}

    def below(parent_id: int | None, inherited: list[Any]) -> tuple[UnitNode, ...]:
        return tuple(
            node(unit, inherited)
            for unit in units
            if (unit.parent_id if unit.parent_id in known else None) == parent_id
        )

    def node(unit: Unit, inherited: list[Any]) -> UnitNode:
        agency = unit.agency
        sessions = unit.sessions or (agency.sessions if agency else []) or inherited
        return UnitNode(
            unit,
            unit.address or (agency.address if agency else None) or "",
            unit.phone or (agency.phone if agency else None) or "",
            unit.email or (agency.email if agency else None) or "",
            hours.in_words(sessions),
            sessions,
            tuple(one for one in members if one.unit_id == unit.id),
            below(unit.id, sessions),
        )

    return below(None, [])


def in_order(kind: type[Unit] | type[StaffMember]) -> Any:
    """Everything of a kind that is not in the bin, in the editors' order."""
    return select(kind).where(trash.in_use(kind)).order_by(kind.position, kind.id)


def at_desk(session: Session, agency_id: int) -> Sequence[StaffMember]:
    """Who works at the one-stop desk of an agency, by counter in the editors' order."""
    units = select(Unit.id).where(trash.in_use(Unit), Unit.agency_id == agency_id)
    query = in_order(StaffMember).where(StaffMember.at_desk, StaffMember.unit_id.in_(units))
    return session.scalars(query).all()


@dataclass(frozen=True)
class RosterDay:
    """One day of the roster; ``holiday`` and ``make_up`` name what the day is."""

    day: date
    holiday: str
    make_up: str
    is_working: bool
    turns: tuple[DutyTurn, ...]


def roster(
    session: Session, calendar: WorkingCalendar, first: date, days: int
) -> tuple[RosterDay, ...]:
    """``days`` days from ``first`` on, each with who is on duty and whether it is a day off."""
    last = first + timedelta(days=days - 1)
    turns = _between(session, first, last)
    return tuple(
        _roster_day(calendar, first + timedelta(days=number), turns) for number in range(days)
    )


def _roster_day(calendar: WorkingCalendar, day: date, turns: Sequence[DutyTurn]) -> RosterDay:
    entry = calendar.exception(day)
    is_off = entry is not None and entry.kind is DayKind.OFF
    return RosterDay(
        day,
        entry.name if entry and is_off else "",
        entry.name if entry and not is_off else "",
        calendar.is_working(day),
        tuple(turn for turn in turns if turn.starts_on <= day <= turn.ends_on),
    )


def on_duty(session: Session, day: date) -> Sequence[DutyTurn]:
    """Who is on duty on a day."""
    return _between(session, day, day)


def _between(session: Session, first: date, last: date) -> Sequence[DutyTurn]:
    query = select(DutyTurn).where(
        trash.in_use(DutyTurn), DutyTurn.starts_on <= last, DutyTurn.ends_on >= first
    )
    return session.scalars(query.order_by(DutyTurn.starts_on, DutyTurn.id)).all()
