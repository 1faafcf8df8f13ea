"""From receipt and limit to the due date, with the ledger of every day.

Civil Code 91/2015/QH13 arts 147-148: the day of receipt is not counted; calendar days,
weeks, months and years end on the next working day when their last day is off; working
days skip days off. NĐ 61/2018/NĐ-CP arts 17-19.
"""

import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from content.calendar.days import (
    ONE_DAY,
    add_months,
    effective_receipt,
    next_working_day,
    not_after,
    roll_forward,
    spend_working_time,
)
from content.calendar.model import DueDate, LedgerDay, Limit, LimitUnit, Reason
from content.calendar.working import WorkingCalendar, at

#: What comes later is handled on the next working day (NĐ 61/2018 art. 18, NĐ 23/2015 art. 7).
CUT_OFF = time(15)


def compute_due(calendar: WorkingCalendar, received_at: datetime, limit: Limit) -> DueDate:
    """The due date of a dossier received at an instant, and why.

    Raises ``ValueError`` for a naive datetime, ``Invalid`` for an impossible year.
    """
    effective = effective_receipt(calendar, received_at)
    if limit.counts_hours:
        return _in_hours(calendar, received_at, effective, limit)
    count = _same_day if limit.unit is LimitUnit.SAME_DAY else _COUNTERS[limit.unit]
    end, days = count(calendar, effective, limit)
    due, rolled = _roll(calendar, end)
    keeps_hour = limit.unit is not LimitUnit.SAME_DAY
    return DueDate(
        received_at=received_at,
        effective_received_at=effective,
        limit=limit,
        due_date=due,
        due_at=calendar.closing(due),
        due_at_keep_hour=at(due, effective.time()) if keeps_hour else calendar.closing(due),
        unrolled_date=end,
        ledger=(*until_effective(calendar, received_at, effective, days), *rolled),
        provisional=is_estimate(calendar, effective.date(), due),
    )


def is_estimate(calendar: WorkingCalendar, first: date, last: date) -> bool:
    """Whether any year from ``first`` to ``last`` has no decided days off."""
    return any(calendar.is_provisional(year) for year in range(first.year, last.year + 1))


def day_off(calendar: WorkingCalendar, day: date) -> LedgerDay:
    """The ledger line of a day that is not worked: a holiday with its name, or weekend."""
    entry = calendar.exception(day)
    if entry is None:
        return LedgerDay(day, counted=False, reason=Reason.WEEKEND)
    return LedgerDay(day, counted=False, reason=Reason.HOLIDAY, name=entry.name)


def day_worked(calendar: WorkingCalendar, day: date) -> LedgerDay:
    """The ledger line of a counted working day; a make-up day says which it is."""
    entry = calendar.exception(day)
    if entry is None:
        return LedgerDay(day, counted=True, reason=Reason.WORKING_DAY)
    return LedgerDay(day, counted=True, reason=Reason.MAKE_UP_DAY, name=entry.name)


def worked_hours(day: date, taken: timedelta) -> LedgerDay:
    """The ledger line of a day from which working hours are taken, or none are left."""
    hours = Decimal(taken // timedelta(seconds=1)) / 3600
    reason = Reason.WORKING_HOURS if taken else Reason.NO_HOURS_LEFT
    return LedgerDay(day, counted=bool(taken), reason=reason, hours=hours)


def until_effective(
    calendar: WorkingCalendar,
    received_at: datetime,
    effective: datetime,
    days: list[LedgerDay],
) -> list[LedgerDay]:
    """The days from the receipt itself to the first of ``days``, put before them.

    Without a line of its own in ``days``, the effective day is the receipt day.
    """
    day, lines = received_at.astimezone(effective.tzinfo).date(), []
    while day < effective.date():
        worked = calendar.is_working(day)
        closed = LedgerDay(day, counted=False, reason=Reason.AFTER_CLOSING)
        lines.append(closed if worked else day_off(calendar, day))
        day += ONE_DAY
    if not days or days[0].date != day:
        lines.append(LedgerDay(day, counted=False, reason=Reason.RECEIPT_DAY))
    return lines + days


def _working_days(
    calendar: WorkingCalendar, effective: datetime, limit: Limit
) -> tuple[date, list[LedgerDay]]:
    day, days, left = effective.date(), [], int(limit.value)
    while left:
        day += ONE_DAY
        worked = calendar.is_working(day)
        days.append(day_worked(calendar, day) if worked else day_off(calendar, day))
        left -= worked
    return day, days


def _calendar_days(end_of: Callable[[date, int], date]) -> "_Counter":
    """A counter of calendar time; part of a unit counts as the whole (art. 148.6)."""

    def count(
        calendar: WorkingCalendar,
        effective: datetime,
        limit: Limit,
    ) -> tuple[date, list[LedgerDay]]:
        start = effective.date()
        end = end_of(start, math.ceil(limit.value))
        span = range(1, (end - start).days + 1)
        return end, [LedgerDay(start + ONE_DAY * n, True, Reason.CALENDAR_DAY) for n in span]

    return count


def _same_day(
    calendar: WorkingCalendar,
    effective: datetime,
    limit: Limit,
) -> tuple[date, list[LedgerDay]]:
    day = effective.date()
    if not_after(effective, CUT_OFF):
        return day, [LedgerDay(day, counted=True, reason=Reason.SAME_DAY)]
    days = [LedgerDay(day, counted=False, reason=Reason.AFTER_CUT_OFF)]
    end = next_working_day(calendar, day)
    days += _off_between(calendar, day, end)
    return end, [*days, LedgerDay(end, counted=True, reason=Reason.SAME_DAY)]


_Counter = Callable[[WorkingCalendar, datetime, Limit], tuple[date, list[LedgerDay]]]
_COUNTERS: dict[LimitUnit, _Counter] = {
    LimitUnit.WORKING_DAY: _working_days,
    LimitUnit.DAY: _calendar_days(lambda start, n: start + ONE_DAY * n),
    LimitUnit.WEEK: _calendar_days(lambda start, n: start + ONE_DAY * 7 * n),
    LimitUnit.MONTH: _calendar_days(add_months),
    LimitUnit.YEAR: _calendar_days(lambda start, n: add_months(start, 12 * n)),
}


def _off_between(calendar: WorkingCalendar, after: date, before: date) -> list[LedgerDay]:
    span = range(1, (before - after).days)
    return [day_off(calendar, after + ONE_DAY * step) for step in span]


def _roll(calendar: WorkingCalendar, end: date) -> tuple[date, list[LedgerDay]]:
    """The working day a period ends on, and the lines of moving there (art. 148.5)."""
    due = roll_forward(calendar, end)
    if due == end:
        return due, []
    moved = LedgerDay(due, counted=False, reason=Reason.ROLLED_TO)
    return due, [*_off_between(calendar, end, due), moved]


def _in_hours(
    calendar: WorkingCalendar, received_at: datetime, effective: datetime, limit: Limit
) -> DueDate:
    """Hours, and working days with a fraction, run through the sessions from the receipt."""
    span = timedelta(seconds=round(limit.hours * 3600))
    days: list[LedgerDay] = []
    for taken, moment in spend_working_time(calendar, effective, span):
        day = moment.date()
        if days:
            days += _off_between(calendar, days[-1].date, day)
        days.append(worked_hours(day, taken))
    return DueDate(
        received_at=received_at,
        effective_received_at=effective,
        limit=limit,
        due_date=moment.date(),
        due_at=moment,
        due_at_keep_hour=moment,
        unrolled_date=moment.date(),
        ledger=tuple(until_effective(calendar, received_at, effective, days)),
        provisional=is_estimate(calendar, effective.date(), moment.date()),
    )
