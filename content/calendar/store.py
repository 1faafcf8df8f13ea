"""Reading and first filling of the calendar table; no rules."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.calendar.holidays_seed import counterparts, seeded_days
from content.calendar.models import CalendarEntry
from content.calendar.provisional import provisional_days
from content.calendar.working import WorkingCalendar


def load_calendar(session: Session) -> WorkingCalendar:
    """The administrator's calendar with standard hours, in one query.

    Years without a single entry are estimated. An agency's own hours are put on with
    ``WorkingCalendar.with_hours``.
    """
    entries = session.scalars(select(CalendarEntry)).all()
    calendar = WorkingCalendar.of(
        (entry.as_day() for entry in entries if entry.ended_at is None), fallback=provisional_days
    )
    if all(entry.entered_at is None and entry.ended_at is None for entry in entries):
        return calendar
    return replace(calendar, history=tuple(entry.as_known() for entry in entries))


def seed_calendar(session: Session) -> int:
    """Adds the known days of years that have no entry yet; returns how many.

    A year somebody has touched is left alone, so that a deleted day does not come back.
    """
    kept = {day.year for day in session.scalars(select(CalendarEntry.date))}
    new = [day for day in seeded_days() if day.date.year not in kept]
    other = counterparts()
    for day in new:
        session.add(
            CalendarEntry(
                date=day.date,
                kind=day.kind,
                name=day.name,
                legal_basis=day.legal_basis,
                is_provisional=day.provisional,
                counterpart=other.get(day.date),
            )
        )
    return len(new)
