"""Which days and hours are worked, and the table they come from."""

import json
from datetime import date, datetime, time
from pathlib import Path

import pytest
from holidays.countries.vietnam import Vietnam

from content.calendar.days import (
    add_months,
    add_working_days,
    roll_back,
    working_days_between,
    working_time_between,
)
from content.calendar.holidays_seed import HOLIDAYS, default_calendar, seeded_days
from content.calendar.provisional import provisional_days
from content.calendar.working import (
    CalendarDay,
    DayKind,
    HoursFrom,
    Season,
    Session,
    WorkingCalendar,
)
from content.errors import Invalid

CALENDAR = default_calendar()
VECTORS = json.loads(
    (Path(__file__).parents[2] / "data" / "domain_vectors.json").read_text(encoding="utf-8")
)
#: The swap of New Year 2026 was decided too late for the package.
NOT_IN_PACKAGE = {date(2026, 1, 2)}
SUMMER = Season(
    (4, 15), (10, 15), (Session(time(7), time(11)), Session(time(13, 30), time(17, 30)))
)
WINTER = Season((11, 1), (2, 28), (Session(time(8), time(12)), Session(time(13), time(17))))


def test_the_table_is_the_official_one():
    off = {day.date.isoformat() for day in seeded_days() if day.kind is DayKind.OFF}
    worked = {day.date.isoformat() for day in seeded_days() if day.kind is DayKind.MAKE_UP}
    table = VECTORS["calendar"]
    assert off == {day for days in table["off_weekdays"].values() for day in days}
    assert worked == set(table["make_up_saturdays"])


@pytest.mark.parametrize("year", sorted(HOLIDAYS))
def test_the_table_agrees_with_the_holidays_package(year):
    package = {
        day for day in Vietnam(years=year) if day.year == year and day.weekday() < 5
    } | NOT_IN_PACKAGE
    table = {day.date for day in seeded_days() if day.date.year == year and day.kind is DayKind.OFF}
    assert table == {day for day in package if day.year == year}


def test_every_seeded_day_has_a_name_and_a_legal_basis():
    days = list(seeded_days())
    assert all(day.name and day.legal_basis for day in days)
    assert len({day.date for day in days}) == len(days)
    assert {day.date.year for day in days if day.provisional} == {2027}


def test_make_up_saturdays_are_worked_and_swapped_days_are_not():
    assert CALENDAR.is_working(date(2026, 8, 22))
    assert not CALENDAR.is_working(date(2026, 8, 31))
    assert not CALENDAR.is_working(date(2026, 8, 23))


def test_a_year_nobody_entered_is_estimated():
    assert CALENDAR.exception(date(2029, 9, 3)).provisional
    assert not CALENDAR.is_working(date(2029, 11, 26))
    assert CALENDAR.is_provisional(2029)
    assert CALENDAR.is_provisional(2027)
    assert not CALENDAR.is_provisional(2026)


def test_an_estimate_knows_make_up_days():
    assert provisional_days(2019)[date(2019, 5, 4)].kind is DayKind.MAKE_UP


def test_without_entries_and_estimate_the_week_alone_counts():
    assert WorkingCalendar().is_working(date(2026, 9, 2))
    assert not WorkingCalendar().is_working(date(2026, 9, 5))


def test_a_calendar_does_not_change_with_the_mapping_it_was_made_of():
    days = {date(2026, 3, 2): CalendarDay(date(2026, 3, 2), DayKind.OFF, "Thử")}
    calendar = WorkingCalendar(days)
    days.clear()
    assert not calendar.is_working(date(2026, 3, 2))


def test_seasons_replace_the_hours():
    calendar = CALENDAR.with_hours(CALENDAR.sessions, (SUMMER, WINTER))
    assert calendar.opening(date(2026, 7, 1)).time() == time(7)
    assert calendar.opening(date(2026, 12, 31)).time() == time(8)
    assert calendar.opening(date(2026, 2, 28)).time() == time(8)
    assert calendar.opening(date(2026, 3, 2)).time() == time(7, 30)


def test_hours_change_from_a_day_on():
    later = HoursFrom(date(2026, 6, 1), (Session(time(9), time(12)),))
    latest = HoursFrom(date(2026, 9, 1), CALENDAR.sessions, (WINTER,))
    calendar = CALENDAR.with_hours(CALENDAR.sessions, (SUMMER,), [latest, later])
    days = (date(2026, 5, 29), date(2026, 6, 1), date(2026, 9, 1), date(2026, 12, 1))
    assert [calendar.opening(day).hour for day in days] == [7, 9, 7, 8]
    assert calendar.closing(date(2026, 7, 1)).hour == 12
    with pytest.raises(Invalid):
        CALENDAR.with_hours(CALENDAR.sessions, (), [HoursFrom(date(2026, 6, 1), ())])


@pytest.mark.parametrize(
    "sessions",
    [(), (Session(time(7), time(11)), Session(time(10), time(17)))],
)
def test_hours_that_are_missing_or_overlap_are_refused(sessions):
    with pytest.raises(Invalid):
        CALENDAR.with_hours(sessions)
    with pytest.raises(Invalid):
        CALENDAR.with_hours(CALENDAR.sessions, (Season((1, 1), (2, 1), sessions),))


def test_a_session_closes_after_it_opens():
    with pytest.raises(Invalid):
        Session(time(11), time(11))


def test_working_days_are_counted_both_ways():
    one, other = date(2026, 10, 5), date(2026, 10, 12)
    assert working_days_between(CALENDAR, one, other) == 5
    assert working_days_between(CALENDAR, other, one) == -5
    assert add_working_days(CALENDAR, one, 0) == one
    assert roll_back(CALENDAR, date(2026, 10, 11)) == date(2026, 10, 9)


def test_months_end_on_their_last_day():
    assert add_months(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 15), 12) == date(2027, 1, 15)


def test_working_time_between_skips_breaks_nights_and_days_off():
    start = datetime.fromisoformat("2026-10-16T11:00+07:00")
    end = datetime.fromisoformat("2026-10-19T08:30+07:00")
    assert working_time_between(CALENDAR, start, end).total_seconds() == 5.5 * 3600
    assert working_time_between(CALENDAR, end, start).total_seconds() == 0
