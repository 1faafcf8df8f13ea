"""Arithmetic of days and working hours, the bricks of every deadline.

Civil Code 91/2015/QH13 arts 147-148. Days without a clock are dates of Việt Nam.
"""

import calendar as months
from datetime import date, datetime, time, timedelta

from content.calendar.working import WorkingCalendar, at
from content.errors import Invalid
from content.words import local

ONE_DAY = timedelta(days=1)
_YEARS = range(1990, 2101)


def effective_receipt(calendar: WorkingCalendar, received_at: datetime) -> datetime:
    """The instant from which a receipt counts.

    On a day off or after closing: the next working day at opening. Before opening: opening.
    In a break: its end. The closing minute itself is still in time. Raises ``ValueError``
    for a naive datetime, ``Invalid`` for a year that cannot be meant.
    """
    moment = local(received_at)
    if moment.year not in _YEARS:
        raise Invalid({"received_at": "out_of_range"})
    day = moment.date()
    if not calendar.is_working(day) or moment > calendar.closing(day):
        return calendar.opening(next_working_day(calendar, day))
    sessions = calendar.sessions_on(day)
    session = next(session for session in sessions if moment <= at(day, session.closes))
    return max(moment, at(day, session.opens))


def next_working_day(calendar: WorkingCalendar, day: date) -> date:
    """The first working day after ``day``."""
    return roll_forward(calendar, day + ONE_DAY)


def roll_forward(calendar: WorkingCalendar, day: date) -> date:
    """``day`` if it is worked, else the first working day after it (art. 148.5)."""
    while not calendar.is_working(day):
        day += ONE_DAY
    return day


def roll_back(calendar: WorkingCalendar, day: date) -> date:
    """``day`` if it is worked, else the last working day before it."""
    while not calendar.is_working(day):
        day -= ONE_DAY
    return day


def add_working_days(calendar: WorkingCalendar, day: date, count: int) -> date:
    """The ``count``-th working day after ``day``; ``day`` itself when ``count`` is 0."""
    for _ in range(count):
        day = next_working_day(calendar, day)
    return day


def working_days_between(calendar: WorkingCalendar, after: date, until: date) -> int:
    """Working days in (``after``, ``until``]; negative when ``until`` comes first."""
    if until < after:
        return -working_days_between(calendar, until, after)
    span = (until - after).days
    return sum(calendar.is_working(after + ONE_DAY * step) for step in range(1, span + 1))


def add_months(day: date, count: int) -> date:
    """The same day number ``count`` months later, or that month's last day (art. 148.3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def add_working_time(calendar: WorkingCalendar, start: datetime, span: timedelta) -> datetime:
    """The instant at which ``span`` of working hours after ``start`` is used up.

    An end that meets the end of a session stays there.
    """
    return spend_working_time(calendar, start, span)[-1][1]


def spend_working_time(
    calendar: WorkingCalendar, start: datetime, span: timedelta
) -> list[tuple[timedelta, datetime]]:
    """How much of ``span`` each working day takes: (taken, last instant) from ``start`` on."""
    days: list[tuple[timedelta, datetime]] = []
    moment = effective_receipt(calendar, start)
    while True:
        taken, moment = _spend_in_day(calendar, moment, span)
        days.append((taken, moment))
        span -= taken
        if not span:
            return days
        moment = calendar.opening(next_working_day(calendar, moment.date()))


def _spend_in_day(
    calendar: WorkingCalendar, moment: datetime, span: timedelta
) -> tuple[timedelta, datetime]:
    """What one day takes of ``span``, and the instant where it stops."""
    day, taken = moment.date(), timedelta()
    for session in calendar.sessions_on(day):
        opens, closes = max(moment, at(day, session.opens)), at(day, session.closes)
        if opens < closes and taken < span:
            part = min(span - taken, closes - opens)
            taken, moment = taken + part, opens + part
    return taken, moment


def working_time_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    """Working hours between two instants; none when ``end`` comes first."""
    start, end = local(start), local(end)
    total, day = timedelta(), start.date()
    while day <= end.date():
        if calendar.is_working(day):
            for session in calendar.sessions_on(day):
                opens, closes = at(day, session.opens), at(day, session.closes)
                total += max(min(closes, end) - max(opens, start), timedelta())
        day += ONE_DAY
    return total


def not_after(moment: datetime, clock: time) -> bool:
    """Whether an instant's wall clock in Việt Nam is not past ``clock``."""
    return local(moment).time() <= clock
