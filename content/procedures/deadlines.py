"""Statutory days around a publication decision (NĐ 63/2010/NĐ-CP arts 15 and 24)."""

from datetime import date, timedelta
from enum import StrEnum

from content.calendar.days import add_working_days
from content.calendar.working import WorkingCalendar


class Publisher(StrEnum):
    """Who publishes: a minister, or the chair of a provincial people's committee."""

    MINISTRY = "ministry"
    PROVINCE = "province"


#: Working days from the signature to the entry in the national database.
DATABASE_DAYS = {Publisher.MINISTRY: 10, Publisher.PROVINCE: 5}
#: Days by which a decision must precede the effect of what it publishes.
LEAD_DAYS = {Publisher.MINISTRY: 20, Publisher.PROVINCE: 5}
#: Where the document behind it was made by the shortened procedure: working days to the
#: entry, and days from the document to the decision.
SHORTENED_DATABASE_DAYS = 2
SHORTENED_LEAD_DAYS = 3


def database_entry_by(
    calendar: WorkingCalendar, signed_on: date, publisher: Publisher, *, shortened: bool = False
) -> date:
    """Last day to enter a decision in the national database."""
    days = SHORTENED_DATABASE_DAYS if shortened else DATABASE_DAYS[publisher]
    return add_working_days(calendar, signed_on, days)


def shortened_decision_latest(issued_on: date) -> date:
    """Last day to publish what a document of the shortened procedure brings."""
    return issued_on + timedelta(days=SHORTENED_LEAD_DAYS)


def decision_latest(effective_on: date, publisher: Publisher) -> date:
    """Last day to publish what takes effect on a day; calendar days, counted back."""
    return effective_on - timedelta(days=LEAD_DAYS[publisher])
