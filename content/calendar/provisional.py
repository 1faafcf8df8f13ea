"""An estimate of a year's days off, for years nobody has entered yet.

Computed from the statutory holidays (Labour Code 45/2019/QH14 art. 112) by the
``holidays`` package, which does not know the yearly swaps in time: never an authority.
"""

from datetime import date
from functools import lru_cache
from types import MappingProxyType

from content.calendar.working import SATURDAY, CalendarDay, DayKind, Days

LEGAL_BASIS = "Bộ luật Lao động 45/2019/QH14, điều 112 (ước tính)"


@lru_cache(maxsize=32)
def provisional_days(year: int) -> Days:
    """Estimated exceptions of a year: weekdays off and make-up Saturdays."""
    # The package takes a quarter of a second to load, and few years need it.
    from holidays.countries.vietnam import Vietnam  # noqa: PLC0415

    known = Vietnam(years=year, language="vi")  # type: ignore[no-untyped-call]
    days = {
        day: CalendarDay(day, DayKind.OFF, name, LEGAL_BASIS, provisional=True)
        for day, name in known.items()
        if day.year == year and day.weekday() < SATURDAY
    }
    for day in known.weekend_workdays:
        if day.year == year:
            days[day] = _make_up(day)
    return MappingProxyType(days)


def _make_up(day: date) -> CalendarDay:
    return CalendarDay(day, DayKind.MAKE_UP, "Ngày làm bù", LEGAL_BASIS, provisional=True)
