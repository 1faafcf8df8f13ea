"""The administrator's calendar table."""

from datetime import date

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from content.calendar.holidays_seed import seeded_days
from content.calendar.models import CalendarEntry
from content.calendar.store import load_calendar, seed_calendar
from content.calendar.working import DayKind


def test_seeding_twice_adds_nothing_the_second_time(session):
    assert seed_calendar(session) == len(list(seeded_days()))
    assert seed_calendar(session) == 0


def test_a_seeded_calendar_loads_as_it_was(session):
    seed_calendar(session)
    calendar = load_calendar(session)
    assert dict(calendar.days) == {day.date: day for day in seeded_days()}


def test_what_an_administrator_removed_stays_removed(session):
    seed_calendar(session)
    session.execute(delete(CalendarEntry).where(CalendarEntry.date == date(2027, 11, 24)))
    session.add(CalendarEntry(date=date(2027, 11, 22), kind=DayKind.OFF, name="Hoán đổi"))
    assert seed_calendar(session) == 0
    calendar = load_calendar(session)
    assert calendar.is_working(date(2027, 11, 24))
    assert not calendar.is_working(date(2027, 11, 22))


def test_an_empty_table_is_estimated(session):
    calendar = load_calendar(session)
    assert not calendar.is_working(date(2026, 9, 2))
    assert calendar.is_provisional(2026)


def test_a_day_is_entered_once(session):
    seed_calendar(session)
    entry = session.scalars(select(CalendarEntry).limit(1)).one()
    session.add(CalendarEntry(date=entry.date, kind=DayKind.OFF, name="Lần hai"))
    with pytest.raises(IntegrityError):
        session.flush()
