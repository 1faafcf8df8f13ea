"""The calendar keeps what it said before: every receipt is counted with the days of its time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from content import audit
from content.calendar.keeping import CalendarKeeper, DayOff
from content.calendar.pauses import PauseCause
from content.calendar.store import load_calendar, seed_calendar
from content.dossiers.clock import recount
from content.dossiers.waiting import begin_waiting, end_waiting, pauses_of
from content.errors import Conflict
from tests.content.handling_moves.office import open_office

START = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
#: Weekdays of March 2027, on which nothing is in the calendar yet.
WEEKDAYS = [date(2027, 3, day) for day in range(1, 32) if date(2027, 3, day).weekday() < 5]


def off(day: date) -> DayOff:
    return DayOff(day, "Nghỉ thử", "Quyết định 1/QĐ-TTg")


@settings(max_examples=40)
@given(changes=st.lists(st.sampled_from(WEEKDAYS), max_size=12))
def test_the_calendar_of_any_moment_is_what_it_said_then(
    session: Session, changes: list[date]
) -> None:
    """Each change turns a day off or back; the model is a plain set kept beside."""
    with session.begin_nested() as undone:
        seed_calendar(session)
        session.flush()
        model: set[date] = set()
        told = [(START, frozenset(model))]
        for step, day in enumerate(changes, 1):
            keeper = CalendarKeeper(session, START + timedelta(minutes=step))
            there = [one for one in keeper.entries(2027) if one.date == day]
            plan = keeper.plan_removal(there[0]) if there else keeper.plan_day(off(day))
            keeper.apply(plan, mark=keeper.mark(), actor_id=None)
            session.flush()
            model ^= {day}
            told.append((keeper.now, frozenset(model)))
        calendar = load_calendar(session)
        for moment, expected in told:
            known = calendar.as_known_at(moment)
            assert {day for day in WEEKDAYS if not known.is_working(day)} == expected
            assert not known.is_working(date(2027, 1, 1))
        undone.rollback()


def test_waiting_does_not_bring_in_days_decided_after_the_receipt(any_session: Session) -> None:
    office = open_office(any_session, START)
    seed_calendar(any_session)
    any_session.flush()
    dossier = office.in_progress(START)
    promised = dossier.due_date
    assert promised == date(2026, 12, 1)
    keeper = CalendarKeeper(any_session, START + timedelta(hours=1))
    keeper.apply(
        keeper.plan_day(off(date(2026, 11, 30))), mark=keeper.mark(), actor_id=office.desk.id
    )
    any_session.flush()
    begin_waiting(any_session, dossier, PauseCause.PAYMENT, START + timedelta(days=2))
    end_waiting(any_session, dossier, START + timedelta(days=3))
    any_session.flush()
    pauses = [one.as_pause() for one in pauses_of(any_session, dossier)]
    recount(load_calendar(any_session), dossier, pauses)
    # One working day waited, and not one more for the day off decided since.
    assert dossier.due_date == date(2026, 12, 2)
    # The limit that begins anew after a supplement is counted as of that day.
    dossier.clock_from = START + timedelta(hours=2)
    recount(load_calendar(any_session), dossier, [])
    assert dossier.due_date == date(2026, 12, 2)
    line = audit.last(any_session, "calendar:2026")
    assert line is not None
    assert line.actor_id == office.desk.id
    assert line.data == {"ended": [], "begun": ["2026-11-30"]}


def test_a_plan_made_before_another_change_is_not_applied(any_session: Session) -> None:
    seed_calendar(any_session)
    any_session.flush()
    keeper = CalendarKeeper(any_session, START)
    mark, plan = keeper.mark(), keeper.plan_day(off(date(2027, 3, 1)))
    keeper.apply(keeper.plan_day(off(date(2027, 3, 2))), mark=mark, actor_id=None)
    any_session.flush()
    with pytest.raises(Conflict):
        keeper.apply(plan, mark=mark, actor_id=None)
