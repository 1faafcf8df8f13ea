"""The days off and make-up Saturdays of 2018-2020 and 2024-2027, as decided.

Static data with which a new database starts; afterwards the administrator's table rules.
Weekdays only, as weekends are off anyway. 2027 is an estimate: the swaps of that year
were not decided when this was written.
"""

from collections.abc import Iterator
from datetime import date

from content.calendar.provisional import provisional_days
from content.calendar.working import CalendarDay, DayKind, WorkingCalendar

LABOUR_CODE_2012 = "Bộ luật Lao động 10/2012/QH13, điều 115"
LABOUR_CODE_2019 = "Bộ luật Lao động 45/2019/QH14, điều 112"
CULTURE_DAY = "Nghị quyết 28/2026/QH16"

NEW_YEAR = "Tết Dương lịch"
TET = "Tết Nguyên đán"
KINGS = "Giỗ Tổ Hùng Vương"
VICTORY = "Ngày Chiến thắng"
LABOUR = "Ngày Quốc tế lao động"
NATIONAL = "Quốc khánh"
CULTURE = "Ngày Văn hóa Việt Nam"

_IN_LIEU = " (nghỉ bù)"

#: year → (name, days as month-day); swapped days stand in ``SWAPS``.
HOLIDAYS: dict[int, tuple[tuple[str, str], ...]] = {
    2018: (
        (NEW_YEAR, "01-01"),
        (TET, "02-14 02-15 02-16 02-19 02-20"),
        (KINGS, "04-25"),
        (VICTORY, "04-30"),
        (LABOUR, "05-01"),
        (NATIONAL + _IN_LIEU, "09-03"),
    ),
    2019: (
        (NEW_YEAR, "01-01"),
        (TET, "02-04 02-05 02-06 02-07 02-08"),
        (KINGS + _IN_LIEU, "04-15"),
        (VICTORY, "04-30"),
        (LABOUR, "05-01"),
        (NATIONAL, "09-02"),
    ),
    2020: (
        (NEW_YEAR, "01-01"),
        (TET, "01-23 01-24 01-27 01-28 01-29"),
        (KINGS, "04-02"),
        (VICTORY, "04-30"),
        (LABOUR, "05-01"),
        (NATIONAL, "09-02"),
    ),
    2024: (
        (NEW_YEAR, "01-01"),
        (TET, "02-08 02-09 02-12 02-13 02-14"),
        (KINGS, "04-18"),
        (VICTORY, "04-30"),
        (LABOUR, "05-01"),
        (NATIONAL, "09-02 09-03"),
    ),
    2025: (
        (NEW_YEAR, "01-01"),
        (TET, "01-27 01-28 01-29 01-30 01-31"),
        (KINGS, "04-07"),
        (VICTORY, "04-30"),
        (LABOUR, "05-01"),
        (NATIONAL, "09-01 09-02"),
    ),
    2026: (
        (NEW_YEAR, "01-01"),
        (TET, "02-16 02-17 02-18 02-19 02-20"),
        (KINGS + _IN_LIEU, "04-27"),
        (VICTORY, "04-30"),
        (LABOUR, "05-01"),
        (NATIONAL, "09-01 09-02"),
        (CULTURE, "11-24"),
    ),
    2027: (
        (NEW_YEAR, "01-01"),
        (TET, "02-04 02-05 02-08 02-09 02-10"),
        (KINGS, "04-16"),
        (VICTORY, "04-30"),
        (LABOUR + _IN_LIEU, "05-03"),
        (NATIONAL, "09-02 09-03"),
        (CULTURE, "11-24"),
    ),
}

#: (weekday off, Saturday worked instead)
SWAPS = (
    ("2018-12-31", "2019-01-05"),
    ("2019-04-29", "2019-05-04"),
    ("2024-04-29", "2024-05-04"),
    ("2025-05-02", "2025-04-26"),
    ("2026-01-02", "2026-01-10"),
    ("2026-08-31", "2026-08-22"),
)

ESTIMATED_YEARS = frozenset({2027})


def seeded_days() -> Iterator[CalendarDay]:
    """All days of the table, holidays and both sides of each swap."""
    for year, rows in HOLIDAYS.items():
        for name, days in rows:
            for month_day in days.split():
                day = date.fromisoformat(f"{year}-{month_day}")
                estimated = year in ESTIMATED_YEARS
                yield CalendarDay(day, DayKind.OFF, name, _legal_basis(year, name), estimated)
    for off, worked in SWAPS:
        day_off, day_worked = date.fromisoformat(off), date.fromisoformat(worked)
        basis = f"Hoán đổi ngày nghỉ năm {day_off.year}"
        text = f"Nghỉ hoán đổi, làm bù ngày {day_worked:%d/%m/%Y}"
        yield CalendarDay(day_off, DayKind.OFF, text, basis)
        text = f"Làm bù cho ngày {day_off:%d/%m/%Y}"
        yield CalendarDay(day_worked, DayKind.MAKE_UP, text, basis)


def counterparts() -> dict[date, date]:
    """Each side of the swaps above, to the other."""
    pairs = [(date.fromisoformat(off), date.fromisoformat(worked)) for off, worked in SWAPS]
    return dict(pairs) | {worked: off for off, worked in pairs}


def default_calendar() -> WorkingCalendar:
    """The table with standard hours; other years are estimated."""
    return WorkingCalendar.of(seeded_days(), fallback=provisional_days)


def _legal_basis(year: int, name: str) -> str:
    if name == CULTURE:
        return CULTURE_DAY
    return LABOUR_CODE_2019 if year >= 2021 else LABOUR_CODE_2012
