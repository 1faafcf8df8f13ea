"""The other clocks of a dossier: reception, transfer, chains, apology, warnings, classes.

Pure functions of calendar, dates and an instant "as of" that the caller passes in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from content.calendar.days import (
    ONE_DAY,
    add_working_days,
    add_working_time,
    effective_receipt,
    next_working_day,
    not_after,
    roll_back,
    working_days_between,
)
from content.calendar.due import CUT_OFF
from content.calendar.working import WorkingCalendar
from content.errors import Invalid
from content.words import local

#: NĐ 45/2020/NĐ-CP: an online dossier is answered within one working day.
RECEPTION_HOURS = timedelta(hours=8)
#: NĐ 61/2018/NĐ-CP art. 19.4.
SUPPLEMENT_NOTICE_DAYS = 3


class TransferMoment(StrEnum):
    """When in the day a received dossier must leave the desk."""

    SAME_DAY = "same_working_day"
    START_OF_DAY = "start_of_working_day"


@dataclass(frozen=True)
class TransferBy:
    """Latest hand-over from the desk to the unit that handles the dossier."""

    by_date: date
    moment: TransferMoment
    at: datetime


def transfer_by(calendar: WorkingCalendar, received_at: datetime) -> TransferBy:
    """The same working day, or the start of the next for what came after 15:00.

    NĐ 61/2018/NĐ-CP art. 18. Electronic dossiers move at once.
    """
    effective = effective_receipt(calendar, received_at)
    day = effective.date()
    if not_after(effective, CUT_OFF):
        return TransferBy(day, TransferMoment.SAME_DAY, calendar.closing(day))
    day = next_working_day(calendar, day)
    return TransferBy(day, TransferMoment.START_OF_DAY, calendar.opening(day))


def reception_answer_by(calendar: WorkingCalendar, submitted_at: datetime) -> datetime:
    """Until when the desk accepts or refuses an online dossier: 8 working hours."""
    return add_working_time(calendar, submitted_at, RECEPTION_HOURS)


def supplement_notice_by(calendar: WorkingCalendar, received_at: datetime) -> date:
    """Last day to ask for missing papers: the third working day after receipt."""
    effective = effective_receipt(calendar, received_at)
    return add_working_days(calendar, effective.date(), SUPPLEMENT_NOTICE_DAYS)


def apology_latest_date(calendar: WorkingCalendar, due_date: date) -> date:
    """Last day for the apology: the last working day at least a day before the due date.

    NĐ 61/2018/NĐ-CP art. 19.9.
    """
    return roll_back(calendar, due_date - ONE_DAY)


@dataclass(frozen=True)
class ChainStep:
    """One agency of a joint procedure and the working days it has."""

    agency: str
    working_days: int

    def __post_init__(self) -> None:
        if self.working_days < 1:
            raise Invalid({"working_days": "not_positive"})


@dataclass(frozen=True)
class ChainStepDue:
    """One agency's planned stretch: from the day the step before ends, to its own end."""

    agency: str
    working_days: int
    start_date: date
    due_date: date


@dataclass(frozen=True)
class ChainDue:
    """The whole chain; the applicant sees its last due date only."""

    effective_received_at: datetime
    steps: tuple[ChainStepDue, ...]
    total_working_days: int
    due_date: date


def chain_due(
    calendar: WorkingCalendar, received_at: datetime, steps: Sequence[ChainStep]
) -> ChainDue:
    """Planned dates of a chain: each agency starts where the one before should end.

    A late hand-over moves no date here: the next agency's own measure is ``compute_due``
    from the hand-over, the applicant's date changes only with an apology (NĐ 61/2018
    arts 19.6-19.9). Raises ``Invalid`` without steps.
    """
    if not steps:
        raise Invalid({"steps": "required"})
    effective = effective_receipt(calendar, received_at)
    planned: list[ChainStepDue] = []
    day = effective.date()
    for step in steps:
        end = add_working_days(calendar, day, step.working_days)
        planned.append(ChainStepDue(step.agency, step.working_days, day, end))
        day = end
    total = sum(step.working_days for step in steps)
    return ChainDue(effective, tuple(planned), total, day)


class OnTimeClass(StrEnum):
    """How a dossier stands against its due date, in the words of the statutory reports."""

    EARLY = "trước hạn"
    ON_TIME = "đúng hạn"
    LATE = "quá hạn"
    WITHIN = "trong hạn"

    @property
    def is_late(self) -> bool:
        """Whether it counts among the late ones."""
        return self is OnTimeClass.LATE


def on_time_class(
    due_date: date | None, finished_date: date | None, as_of: date | None = None
) -> OnTimeClass:
    """Finished dossiers by the day they were finished, open ones on the day ``as_of``.

    Compares dates, never hours. A dossier without an appointment date is never late.
    Raises ``Invalid`` for an open dossier without ``as_of``.
    """
    if finished_date is None:
        if as_of is None:
            raise Invalid({"as_of": "required"})
        late = due_date is not None and as_of > due_date
        return OnTimeClass.LATE if late else OnTimeClass.WITHIN
    if due_date is None or finished_date == due_date:
        return OnTimeClass.ON_TIME
    return OnTimeClass.EARLY if finished_date < due_date else OnTimeClass.LATE


class Urgency(StrEnum):
    """What an officer's list says about an open dossier."""

    NO_DATE = "no_date"
    WITHIN = "within"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


def remaining_working_days(calendar: WorkingCalendar, due_date: date, as_of: datetime) -> int:
    """Working days from the day of ``as_of`` to the due date.

    0 on the due date itself, negative by the working days that passed since.
    """
    return working_days_between(calendar, local(as_of).date(), due_date)


def urgency(
    calendar: WorkingCalendar,
    due_date: date | None,
    as_of: datetime,
    received_at: datetime | None = None,
) -> Urgency:
    """Overdue, due soon, or neither, as of an instant.

    Due soon: at most one working day is left or, when ``received_at`` is given, at most a
    fifth of the working days of the whole limit.
    """
    if due_date is None:
        return Urgency.NO_DATE
    if local(as_of).date() > due_date:
        return Urgency.OVERDUE
    threshold = 1
    if received_at is not None:
        start = effective_receipt(calendar, received_at).date()
        threshold = max(threshold, working_days_between(calendar, start, due_date) // 5)
    left = remaining_working_days(calendar, due_date, as_of)
    return Urgency.DUE_SOON if left <= threshold else Urgency.WITHIN
