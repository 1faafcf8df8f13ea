"""Biểu II.06 counted by the database: the same columns as ``settling.settle`` makes of rows.

No dossier is loaded. Only those that concern the period are looked at, by the index of the
report (``ix__dossier__report``): what was finished from its first day on, and what is open.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select, union_all
from sqlalchemy.orm import Session

from content.dossiers.models import Dossier
from content.figures.scope import EVERYBODY, Units
from content.figures.settling import Period, Settling
from content.figures.sql import bounds, local_day
from content.figures.whose import handler, working_unit
from content.procedures.kinds import Channel


class Key(StrEnum):
    """What a report has a line for."""

    PROCEDURE = "procedure"
    AGENCY = "agency"
    UNIT = "unit"
    HANDLER = "handler"
    CHANNEL = "channel"


#: ``AGENCY`` is the desk that received it, ``UNIT`` and ``HANDLER`` who worked on it.
KEYS: Mapping[Key, ColumnElement[Any]] = {
    Key.PROCEDURE: Dossier.procedure_id.expression,
    Key.AGENCY: Dossier.agency_id.expression,
    Key.UNIT: working_unit,
    Key.HANDLER: handler,
    Key.CHANNEL: Dossier.channel.expression,
}


def settled_by(
    session: Session, period: Period, key: Key, units: Units = EVERYBODY
) -> dict[Any, Settling]:
    """A line for each value of the key that has a dossier concerned; one query."""
    found = _concerned(period, units, KEYS[key])
    query = select(found.c.key, *_columns(found, period)).group_by(found.c.key)
    return {
        one.key: Settling(*(number or 0 for number in one[1:])) for one in session.execute(query)
    }


def settled(session: Session, period: Period, units: Units = EVERYBODY) -> Settling:
    """All of them in one line."""
    found = _concerned(period, units, Dossier.id.expression)
    numbers = session.execute(select(*_columns(found, period))).one()
    return Settling(*(number or 0 for number in numbers))


def received_before(period: Period) -> ColumnElement[bool]:
    """Received by the end of the period; only received dossiers have this instant."""
    return Dossier.received_at < bounds(period)[1]


def concerns(period: Period, units: Units = EVERYBODY) -> ColumnElement[bool]:
    """Received by the end of the period and not finished before it began."""
    first, _after = bounds(period)
    ended = or_(Dossier.finished_at.is_(None), Dossier.finished_at >= first)
    return and_(received_before(period), ended, units.dossiers)


def was_late(period: Period) -> ColumnElement[bool]:
    """Of those concerned: finished late in the period, or open and late on its last day."""
    _first, after = bounds(period)
    done = Dossier.finished_at < after
    late_then = local_day(Dossier.finished_at) > Dossier.lawful_date
    late_now = Dossier.lawful_date < period.last
    still = or_(Dossier.finished_at.is_(None), Dossier.finished_at >= after)
    return or_(and_(done, late_then), and_(still, late_now))


def _concerned(period: Period, units: Units, key: ColumnElement[Any]) -> Subquery:
    """Two halves, for each finds its part of the index; a dossier is in one of them."""
    first, _after = bounds(period)

    def half(which: ColumnElement[bool]) -> Select[Any]:
        return select(
            key.label("key"),
            Dossier.channel,
            Dossier.received_at,
            Dossier.finished_at,
            Dossier.lawful_date,
        ).where(which, received_before(period), units.dossiers)

    open_ones = half(Dossier.finished_at.is_(None))
    return union_all(half(Dossier.finished_at >= first), open_ones).subquery("concerned")


def _columns(found: Subquery, period: Period) -> tuple[ColumnElement[int], ...]:
    """In the order of the fields of ``Settling``."""
    row = found.c
    first, after = bounds(period)
    new = row.received_at >= first
    online = row.channel == Channel.ONLINE
    done = func.coalesce(row.finished_at < after, False)
    day, due = local_day(row.finished_at), row.lawful_date
    late = func.coalesce(due < period.last, False)
    return tuple(
        func.sum(case((one, 1), else_=0))
        for one in (
            and_(new, online),
            and_(new, ~online),
            ~new,
            and_(done, day < due),
            and_(done, or_(due.is_(None), day == due)),
            and_(done, day > due),
            and_(~done, ~late),
            and_(~done, late),
        )
    )
