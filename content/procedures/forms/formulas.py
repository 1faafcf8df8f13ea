"""Calculated values: a small language of our own data, never code.

A formula is one piece of work on the answers of earlier questions. A part is a question's
id, ``group.question`` (that question in every row of a repeat group), or a constant: a
number, an ISO date, or ``today``, the day on which the form is filled in. A calculated
number may be a part of a later formula; that is how larger ones are built.
"""

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from content.procedures.forms.conditions import canonical, day, number

Lookup = Callable[[str], Any]
#: The part that stands for the day of filling in; no question may be called so.
TODAY = "today"
_DIGITS = 28
# Beyond these nobody reads a number, and writing it out would take the memory of the server.
_LARGEST, _SMALLEST = 30, -20


class Work(enum.StrEnum):
    """What is done with the parts."""

    SUM = "sum"
    PRODUCT = "product"
    DIFFERENCE = "difference"
    COUNT = "count"
    DAYS = "days"
    YEARS = "years"


NUMBER_WORKS = frozenset({Work.SUM, Work.PRODUCT, Work.DIFFERENCE})
#: Work on exactly two parts.
PAIRED = frozenset({Work.DIFFERENCE, Work.DAYS, Work.YEARS})


@dataclass(frozen=True, slots=True)
class Formula:
    """One piece of work and its parts, in order."""

    work: Work
    of: tuple[str, ...]

    @property
    def looks_at_today(self) -> bool:
        """Whether the result is another one tomorrow."""
        return TODAY in self.of


def work_out(formula: Formula, lookup: Lookup, today: date | None = None) -> str | None:
    """The result as a stored number, or ``None`` while something is not answered.

    A sum leaves unanswered parts out; everything else needs all of its parts.
    """
    if today is not None:
        lookup = _with_today(lookup, today)
    with localcontext() as context:
        context.prec = _DIGITS
        try:
            found = _WORKS[formula.work](formula.of, lookup)
            return None if found is None or not _is_sane(found) else canonical(found)
        except (ArithmeticError, ValueError):
            return None


def _with_today(lookup: Lookup, today: date) -> Lookup:
    return lambda part: today.isoformat() if part == TODAY else lookup(part)


def _is_sane(found: Decimal) -> bool:
    return not found or _SMALLEST <= found.adjusted() <= _LARGEST


def _values(part: str, lookup: Lookup) -> Iterator[Any]:
    group, _dot, inner = part.rpartition(".")
    if not group or number(part) is not None:
        yield lookup(part)
        return
    rows = lookup(group)
    for row in rows if isinstance(rows, Sequence) else ():
        if isinstance(row, Mapping):
            yield row.get(inner)


def _numbers(parts: Sequence[str], lookup: Lookup) -> Iterator[Decimal | None]:
    for part in parts:
        if number(part) is not None:
            yield number(part)
        else:
            yield from (number(value) for value in _values(part, lookup))


def _sum(parts: Sequence[str], lookup: Lookup) -> Decimal | None:
    found = [one for one in _numbers(parts, lookup) if one is not None]
    return sum(found, Decimal(0)) if found else None


def _product(parts: Sequence[str], lookup: Lookup) -> Decimal | None:
    total, count = Decimal(1), 0
    for one in _numbers(parts, lookup):
        if one is None:
            return None
        total, count = total * one, count + 1
    return total if count else None


def _difference(parts: Sequence[str], lookup: Lookup) -> Decimal | None:
    found = list(_numbers(parts, lookup))
    if len(found) != 2 or found[0] is None or found[1] is None:
        return None
    return found[0] - found[1]


def _count(parts: Sequence[str], lookup: Lookup) -> Decimal | None:
    found = [lookup(part) for part in parts]
    return Decimal(sum(len(one) for one in found if isinstance(one, list)))


def _ends(parts: Sequence[str], lookup: Lookup) -> tuple[date, date] | None:
    found = [day(part) or day(next(_values(part, lookup), None)) for part in parts]
    if len(found) != 2 or found[0] is None or found[1] is None:
        return None
    return found[0], found[1]


def _days(parts: Sequence[str], lookup: Lookup) -> Decimal | None:
    ends = _ends(parts, lookup)
    return Decimal((ends[1] - ends[0]).days) if ends else None


def _years(parts: Sequence[str], lookup: Lookup) -> Decimal | None:
    """Whole years from the first day to the second, as ages are counted."""
    ends = _ends(parts, lookup)
    if ends is None:
        return None
    first, last = min(ends), max(ends)
    full = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
    return Decimal(full if ends[0] <= ends[1] else -full)


_WORKS: Mapping[Work, Callable[[Sequence[str], Lookup], Decimal | None]] = {
    Work.SUM: _sum,
    Work.PRODUCT: _product,
    Work.DIFFERENCE: _difference,
    Work.COUNT: _count,
    Work.DAYS: _days,
    Work.YEARS: _years,
}
_WORDS = {
    Work.SUM: ("tổng của ", " và "),
    Work.PRODUCT: ("tích của ", " và "),
    Work.DIFFERENCE: ("hiệu của ", " trừ "),
    Work.COUNT: ("số mục của ", " và "),
    Work.DAYS: ("số ngày từ ", " đến "),
    Work.YEARS: ("số năm tròn từ ", " đến "),
}


def formula_sentence(formula: Formula, label: Callable[[str], str]) -> str:
    """The formula in words; ``label`` gives a question's label by id, or the id itself."""
    lead, joint = _WORDS[formula.work]
    return lead + joint.join(_told(part, label) for part in formula.of)


def _told(part: str, label: Callable[[str], str]) -> str:
    if part == TODAY:
        return "ngày khai"
    if (found := day(part)) is not None:
        return f"{found:%d/%m/%Y}"
    if number(part) is not None:
        return part.replace(".", ",")
    group, _dot, inner = part.rpartition(".")
    return f"“{label(inner)}” ở các dòng “{label(group)}”" if group else f"“{label(part)}”"
