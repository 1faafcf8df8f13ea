"""The limit of a procedure in working hours, which its steps have to fill. Eight hours a day."""

from decimal import Decimal, InvalidOperation
from typing import Any

from content.calendar.model import HOURS_PER_DAY, LimitUnit
from content.procedures.models import ProcedureVersion
from content.procedures.repairs import Limit, read
from content.procedures.wording import limit_in_words


def hours_of(value: Any, unit: str | None) -> Decimal | None:
    """The working hours of a limit; ``None`` where it does not count in them.

    Working days and "within the day" have eight hours, whatever the sessions. The sheet
    shares out days of the calendar like working days (their due date is the calendar's
    matter); weeks, months and years have no number of working hours.
    """
    if unit == LimitUnit.SAME_DAY:
        return Decimal(HOURS_PER_DAY)
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    if not number.is_finite() or number <= 0:
        return None
    factors = {LimitUnit.WORKING_HOUR: 1, LimitUnit.WORKING_DAY: 8, LimitUnit.DAY: 8}
    factor = factors.get(LimitUnit(unit)) if unit in set(LimitUnit) else None
    return None if factor is None else number * factor


def limit_of(version: ProcedureVersion | None) -> Limit | None:
    """The limit the sheet is made for: this authority's own, else the statutory one."""
    if version is None:
        return None
    reading = read(version.document)
    for one in (reading.local_limit, reading.limit):
        if one is not None and (one.value is not None or one.text):
            return one
    return None


def limit_hours(version: ProcedureVersion | None) -> Decimal | None:
    """Its working hours, if it has such."""
    limit = limit_of(version)
    if limit is None:
        return None
    return hours_of(limit.value, limit.unit.value if limit.unit else None)


def limit_words(version: ProcedureVersion | None) -> str:
    """The limit in words; empty where none is known."""
    limit = limit_of(version)
    return limit_in_words(limit) if limit else ""
