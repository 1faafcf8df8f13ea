"""Until when a petition is refused, asked about, passed on and answered.

NĐ 20/2008/NĐ-CP (transfer) and QĐ 766/QĐ-TTg (the other days); all in working days, the
day of receipt not counted.
"""

from dataclasses import dataclass
from datetime import date, datetime

from content.calendar.days import add_working_days, effective_receipt
from content.calendar.working import WorkingCalendar

REFUSE_DAYS = 2
ASK_MORE_DAYS = 5
TRANSFER_DAYS = 5
ANSWER_DAYS = 15
PUBLISH_DAYS = 2


@dataclass(frozen=True)
class PetitionDeadlines:
    """Last days of each step."""

    reject_by: date
    ask_more_by: date
    transfer_by: date
    answer_by: date


def petition_deadlines(calendar: WorkingCalendar, received_at: datetime) -> PetitionDeadlines:
    """The deadlines of a petition received at an instant."""
    day = effective_receipt(calendar, received_at).date()
    return PetitionDeadlines(
        reject_by=add_working_days(calendar, day, REFUSE_DAYS),
        ask_more_by=add_working_days(calendar, day, ASK_MORE_DAYS),
        transfer_by=add_working_days(calendar, day, TRANSFER_DAYS),
        answer_by=add_working_days(calendar, day, ANSWER_DAYS),
    )


def publish_answer_by(calendar: WorkingCalendar, answered_on: date) -> date:
    """Last day to publish an answer."""
    return add_working_days(calendar, answered_on, PUBLISH_DAYS)
