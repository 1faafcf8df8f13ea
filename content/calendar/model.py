"""The values of working time: limit, ledger and due date.

Plain data. Which days are worked is ``working.py``; how days are counted, ``due.py``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from content.errors import Invalid

HOURS_PER_DAY = 8


class LimitUnit(StrEnum):
    """Units of a limit. ``day``, ``week``, ``month`` and ``year`` follow the Civil Code
    (91/2015/QH13 arts 147-148); the others run on working time only."""

    WORKING_DAY = "working_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    WORKING_HOUR = "working_hour"
    SAME_DAY = "same_day"


#: Nothing the law sets is longer; larger numbers are typing errors.
LONGEST = {
    LimitUnit.WORKING_DAY: 2_000,
    LimitUnit.DAY: 3_660,
    LimitUnit.WEEK: 520,
    LimitUnit.MONTH: 120,
    LimitUnit.YEAR: 10,
    LimitUnit.WORKING_HOUR: 16_000,
    LimitUnit.SAME_DAY: 1,
}
_MAY_HAVE_PARTS = frozenset({LimitUnit.WORKING_DAY, LimitUnit.DAY, LimitUnit.WORKING_HOUR})


@dataclass(frozen=True)
class Limit:
    """How long the authority may take; ``value`` is meaningless for ``same_day``.

    Raises ``Invalid`` for a number that is none, not positive, too large, or has parts
    where the unit knows only whole numbers.
    """

    value: Decimal
    unit: LimitUnit

    def __post_init__(self) -> None:
        problem = _problem(self.value, self.unit)
        if problem:
            raise Invalid({"limit": problem})

    @classmethod
    def of(cls, value: Decimal | float | str, unit: LimitUnit | str) -> "Limit":
        """A limit from what a record, a form or a command line holds."""
        try:
            number = Decimal(str(value).strip().replace(",", "."))
        except InvalidOperation:
            raise Invalid({"limit": "not_a_number"}) from None
        if unit not in set(LimitUnit):
            raise Invalid({"unit": "unknown_unit"})
        return cls(number, LimitUnit(unit))

    @property
    def counts_hours(self) -> bool:
        """Whether it runs through the sessions: hours, and working days with a fraction."""
        if self.unit is LimitUnit.WORKING_HOUR:
            return True
        return self.unit is LimitUnit.WORKING_DAY and self.value % 1 != 0

    @property
    def hours(self) -> Decimal:
        """Working hours of a limit that runs through the sessions; half a day is four."""
        factor = 1 if self.unit is LimitUnit.WORKING_HOUR else HOURS_PER_DAY
        return self.value * factor


def _problem(value: Decimal, unit: LimitUnit) -> str | None:
    if not value.is_finite():
        return "not_a_number"
    if unit is LimitUnit.SAME_DAY:
        return None
    if value <= 0:
        return "not_positive"
    if value > LONGEST[unit]:
        return "too_long"
    if value % 1 and unit not in _MAY_HAVE_PARTS:
        return "not_whole"
    return None


class Reason(StrEnum):
    """Why a day of the ledger counts or does not; sentences are in ``wording.py``."""

    WORKING_DAY = "working_day"
    MAKE_UP_DAY = "make_up_day"
    CALENDAR_DAY = "calendar_day"
    WORKING_HOURS = "working_hours"
    SAME_DAY = "same_day"
    RECEIPT_DAY = "receipt_day"
    AFTER_CLOSING = "after_closing"
    AFTER_CUT_OFF = "after_cut_off"
    NO_HOURS_LEFT = "no_hours_left"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    ROLLED_TO = "rolled_to"
    WAITING = "waiting"
    SHIFTED = "shifted"


@dataclass(frozen=True)
class LedgerDay:
    """One day between receipt and due date.

    ``name`` is the holiday, make-up day or cause of waiting; ``hours`` the working hours
    taken from the day, for limits that run through the sessions.
    """

    date: date
    counted: bool
    reason: Reason
    name: str = ""
    hours: Decimal | None = None


@dataclass(frozen=True)
class DueDate:
    """The answer to "until when", and how it came about.

    ``due_date`` is what law and statistics compare. ``due_at`` is that day's closing hour
    (or the exact hour of a limit in hours), ``due_at_keep_hour`` the same day at the hour of
    receipt, for agencies that print that. ``unrolled_date`` is where calendar days ended
    before moving to a working day. ``provisional``: a year whose days off are not decided
    yet was touched.
    """

    received_at: datetime
    effective_received_at: datetime
    limit: Limit
    due_date: date
    due_at: datetime
    due_at_keep_hour: datetime
    unrolled_date: date
    ledger: tuple[LedgerDay, ...]
    provisional: bool = False
