"""The periods of reports: month, quarter, half, year, as they are and as the Government
Office counts them (from the 15th to the 14th), and any range of days.

A period has a key that stands in addresses: ``2026-11``, ``2026-q4``, ``2026-h2``, ``2026``,
with ``v`` before it for the Government Office's (TT 01/2020/TT-VPCP: reports close on the
14th of the last month), or ``2026-11-03..2026-11-20``.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from content.calendar.days import ONE_DAY, add_months
from content.errors import Invalid
from content.figures.settling import Period
from content.words import short_date

FIRST_YEAR = 2000
LAST_YEAR = 2100
#: The longest free range, so that nobody asks for a century.
MAX_DAYS = 3_700
_KEY = re.compile(r"(?P<v>v?)(?P<year>\d{4})(?:-(?P<kind>[qh]?)(?P<number>\d{1,2}))?", re.ASCII)
_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", re.ASCII)
_MONTHS = {"": 1, "q": 3, "h": 6}
_ROMAN = ("I", "II", "III", "IV")
#: The Government Office's months begin half a month earlier, on the 15th.
_EARLIER = 15


@dataclass(frozen=True)
class Span:
    """A period with its key and its words; ``months`` is its length in months, 0 for a range."""

    key: str
    words: str
    period: Period
    months: int = 0

    @property
    def days_in_words(self) -> str:
        """``từ ngày 01/10/2026 đến ngày 31/10/2026``, as the statutory heading says."""
        first, last = short_date(self.period.first), short_date(self.period.last)
        return f"từ ngày {first} đến ngày {last}"

    def until(self, today: date) -> "Span":
        """The same, up to ``today`` where it still runs: what is open is judged on its last
        day, and a day that has not come makes nothing late."""
        if not self.period.first <= today < self.period.last:
            return self
        return replace(self, period=Period(self.period.first, today))


def parse(key: str) -> Span:
    """The period of a key. Raises ``Invalid`` for what is none."""
    given = _RANGE.fullmatch(key)
    if given:
        try:
            first, last = (date.fromisoformat(one) for one in given.groups())
        except ValueError:
            raise Invalid({"period": "not_a_period"}) from None
        return between(first, last)
    found = _KEY.fullmatch(key)
    if found is None:
        raise Invalid({"period": "not_a_period"})
    kind, number = found["kind"], int(found["number"] or 0)
    months = _MONTHS[kind] if found["number"] else 12
    return _regular(bool(found["v"]), int(found["year"]), months, number or 1)


def between(first: date, last: date) -> Span:
    """Any range of days, both included. Raises ``Invalid``."""
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        raise Invalid({"period": "year_out_of_range"})
    period = Period(first, last)
    if (last - first).days > MAX_DAYS:
        raise Invalid({"period": "too_long"})
    words = f"Từ {short_date(first)} đến {short_date(last)}"
    return Span(f"{first.isoformat()}..{last.isoformat()}", words, period)


def before(span: Span) -> Span:
    """The one just before, of the same kind; before a range, as many days."""
    if span.months:
        return _shifted(span, -1)
    length = span.period.last - span.period.first
    last = span.period.first - ONE_DAY
    return between(last - length, last)


def year_before(span: Span) -> Span:
    """The same one a year earlier."""
    if span.months:
        return _shifted(span, -(12 // span.months))
    first, last = (add_months(one, -12) for one in (span.period.first, span.period.last))
    return between(first, last)


def as_far(span: Span, running: Span) -> Span:
    """The span cut to as many days as ``running`` has come; whole where that one is whole."""
    if not running.months or running.period == parse(running.key).period:
        return span
    days = running.period.last - running.period.first
    last = min(span.period.last, span.period.first + days)
    words = f"{span.words} (đến {short_date(last)})"
    return replace(span, words=words, period=Period(span.period.first, last))


def offered(today: date) -> list[Span]:
    """What a page offers: those that run and those that just ended, the newest first."""
    found = []
    for early in ("", "v"):
        for months, behind in ((1, 12), (3, 4), (6, 2), (12, 2)):
            span = _around(today, months, early=bool(early))
            # Of the Government Office's periods months are no reports.
            if early and months == 1:
                continue
            for _step in range(behind):
                found.append(span)
                span = before(span)
    return found


def month_of(today: date) -> Span:
    """The month of a day."""
    return _around(today, 1, early=False)


def _around(today: date, months: int, *, early: bool) -> Span:
    day = today
    if early and today.day >= _EARLIER:
        day = add_months(today.replace(day=1), 1)
    return _regular(early, day.year, months, (day.month - 1) // months + 1)


def _shifted(span: Span, steps: int) -> Span:
    found = _KEY.fullmatch(span.key)
    assert found is not None  # only ranges have no months
    number = int(found["number"] or 1) - 1 + steps
    a_year = 12 // span.months
    year = int(found["year"]) + number // a_year
    return _regular(bool(found["v"]), year, span.months, number % a_year + 1)


def _regular(early: bool, year: int, months: int, number: int) -> Span:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12 // months):
        raise Invalid({"period": "not_a_period"})
    first = date(year, (number - 1) * months + 1, 1)
    after = add_months(first, months)
    if early:
        first, after = (add_months(one, -1).replace(day=_EARLIER) for one in (first, after))
    mark = "v" if early else ""
    key = f"{mark}{year:04d}" + (f"-{_suffix(months)}{number}" if months < 12 else "")
    if months == 1:
        key = f"{mark}{year:04d}-{number:02d}"
    return Span(key, _words(early, year, months, number), Period(first, after - ONE_DAY), months)


def _suffix(months: int) -> str:
    return next(mark for mark, length in _MONTHS.items() if length == months)


def _words(early: bool, year: int, months: int, number: int) -> str:
    if months == 1:
        told = f"Tháng {number}/{year}"
    elif months == 3:
        told = f"Quý {_ROMAN[number - 1]}/{year}"
    elif months == 6:
        told = f"6 tháng {('đầu', 'cuối')[number - 1]} năm {year}"
    else:
        told = f"Năm {year}"
    return f"{told} (kỳ báo cáo VPCP)" if early else told


def months_within(period: Period) -> list[Period]:
    """The calendar months a period touches, cut to it."""
    found, first = [], period.first
    while first <= period.last:
        after = add_months(first.replace(day=1), 1)
        found.append(Period(first, min(period.last, after - timedelta(days=1))))
        first = after
    return found
