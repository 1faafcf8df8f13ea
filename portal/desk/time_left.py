"""How much time is left, in words and with a colour; the words alone say all.

Until the desk must answer, in working hours (NĐ 45/2020); until the result is due, in
working days. Counts nothing itself: the calendar does.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from content.calendar.clocks import Urgency, remaining_working_days, urgency
from content.calendar.days import working_time_between
from content.calendar.working import WorkingCalendar
from content.words import local, short_date
from portal.i18n import _

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
#: An answer is urgent when a quarter of its eight working hours is left.
SOON = 2 * HOUR
KINDS = {
    Urgency.NO_DATE: "plain",
    Urgency.WITHIN: "ok",
    Urgency.DUE_SOON: "warn",
    Urgency.OVERDUE: "bad",
}


@dataclass(frozen=True)
class TimeLeft:
    """``words`` is to be translated; ``kind`` is that of a badge."""

    words: Any
    kind: str


def until_answer(calendar: WorkingCalendar, answer_by: datetime, now: datetime) -> TimeLeft:
    """Until the desk must have accepted or refused."""
    if now > answer_by:
        late = working_time_between(calendar, answer_by, now)
        if late < MINUTE:
            return TimeLeft(_("vừa quá hạn"), "bad")
        return TimeLeft(_("quá hạn ${time}") % {"time": _span(late)}, "bad")
    left = working_time_between(calendar, now, answer_by)
    if left < MINUTE:
        return TimeLeft(_("đến hạn"), "warn")
    return TimeLeft(_("còn ${time}") % {"time": _span(left)}, "warn" if left <= SOON else "ok")


def until_due(
    calendar: WorkingCalendar, due_date: date | None, received_at: datetime, now: datetime
) -> TimeLeft:
    """Until the result is due."""
    if due_date is None:
        return TimeLeft(_("không hẹn ngày trả"), "plain")
    kind = KINDS[urgency(calendar, due_date, now, received_at)]
    today = local(now).date()
    if today > due_date:
        return TimeLeft(_("quá hạn ${n} ngày") % {"n": (today - due_date).days}, kind)
    if today == due_date:
        return TimeLeft(_("hẹn trả hôm nay"), kind)
    left = remaining_working_days(calendar, due_date, now)
    return TimeLeft(_("còn ${n} ngày làm việc") % {"n": left}, kind)


def clock(moment: datetime) -> str:
    """``15:00, 23/11/2026``."""
    there = local(moment)
    return f"{there:%H:%M}, {short_date(there)}"


def _span(span: timedelta) -> str:
    """Whole hours, rounded down; minutes below one."""
    if span >= HOUR:
        return f"{span // HOUR} giờ làm việc"
    return f"{span // MINUTE} phút làm việc"
