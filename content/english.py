"""English figures: days, moments, numbers and amounts, for pages in English.

The twin of ``content/words.py``; money and days are those of Việt Nam. Formats only.
"""

from datetime import date, datetime

from content.words import local

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

#: Monday first.
WEEKDAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    *("Saturday", "Sunday"),
)


def day(value: date) -> str:
    """``5 February 2026``; never figures alone, which read differently in other countries."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year:04d}"


def moment(value: datetime) -> str:
    """``25 April 2018, 09:04 (GMT+7)``."""
    there = local(value)
    return f"{day(there)}, {there:%H:%M} (GMT+7)"


def integer(number: int) -> str:
    """``33,143``."""
    return f"{number:,}"


def decimal(number: float) -> str:
    """``2.5``; whole numbers without a point."""
    return integer(int(number)) if number == int(number) else f"{number:g}"


def money(amount: int) -> str:
    """``10,000 VND``."""
    return f"{integer(amount)} VND"


def counted(number: float, one: str, many: str) -> str:
    """``1 day``, ``7 days``."""
    return f"{decimal(number)} {one if number == 1 else many}"
