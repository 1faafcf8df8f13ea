"""Conditions as data: when a question is asked.

A condition sees the answers of earlier questions only, nearest scope first: the
same row of a repeat group, then the rows around it, then the form. The browser
evaluates the same data (``portal/static/js/forms.js``); change both together.
"""

import contextlib
import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any


class Op(enum.StrEnum):
    """What a test asks of an answer."""

    EQUALS = "equals"
    ONE_OF = "one_of"
    ANSWERED = "answered"
    CONTAINS = "contains"
    GREATER = "greater"
    LESS = "less"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Test:
    """One answer compared; an unanswered question fails every test."""

    question: str
    op: Op
    value: str | tuple[str, ...] | None = None

    __test__ = False  # not a test case, whatever its name says to pytest


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every part is; true without parts."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when one part is; false without parts."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: "Condition"


Condition = Test | AllOf | AnyOf | Not

ALWAYS = AllOf(())
NEVER = AnyOf(())

Lookup = Callable[[str], Any]


def is_answered(value: Any) -> bool:
    """Whether anything was answered: no empty text, list, address or blank row counts."""
    if isinstance(value, Mapping):
        return any(is_answered(part) for part in value.values())
    if isinstance(value, list):
        return any(is_answered(part) for part in value)
    return value is not None and value != ""


def holds(condition: Condition | None, lookup: Lookup) -> bool:
    """Whether the condition is true; ``lookup`` gives an answer by question id or ``None``."""
    match condition:
        case None:
            return True
        case AllOf(parts):
            return all(holds(part, lookup) for part in parts)
        case AnyOf(parts):
            return any(holds(part, lookup) for part in parts)
        case Not(part):
            return not holds(part, lookup)
        case Test():
            return _test(condition, lookup(condition.question))


def each_test(condition: Condition | None) -> Iterator[Test]:
    """Every test inside a condition, in order."""
    match condition:
        case Test():
            yield condition
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from each_test(part)
        case Not(part):
            yield from each_test(part)


def decided(condition: Condition | None, lookup: Lookup, open_ids: frozenset[str]) -> Condition:
    """The condition with every test settled that does not look at ``open_ids``.

    What is left depends on the open questions alone; ``ALWAYS`` or ``NEVER`` when
    nothing is left.
    """
    match condition:
        case None:
            return ALWAYS
        case Test(question=question) if question in open_ids:
            return condition
        case Test():
            return ALWAYS if holds(condition, lookup) else NEVER
        case Not(part):
            return _negated(decided(part, lookup, open_ids))
        case AllOf(parts):
            return _joined(AllOf, [decided(p, lookup, open_ids) for p in parts], ALWAYS, NEVER)
        case AnyOf(parts):
            return _joined(AnyOf, [decided(p, lookup, open_ids) for p in parts], NEVER, ALWAYS)


def _negated(condition: Condition) -> Condition:
    if condition == ALWAYS:
        return NEVER
    return ALWAYS if condition == NEVER else Not(condition)


def _joined(
    join: type[AllOf] | type[AnyOf],
    parts: list[Condition],
    neutral: Condition,
    decisive: Condition,
) -> Condition:
    if decisive in parts:
        return decisive
    left = tuple(part for part in parts if part != neutral)
    return left[0] if len(left) == 1 else join(left)


def number(value: Any) -> Decimal | None:
    """A stored number, or ``None`` if it is none."""
    if not isinstance(value, str):
        return None
    with contextlib.suppress(InvalidOperation):
        found = Decimal(value)
        return found if found.is_finite() else None
    return None


def canonical(value: Decimal) -> str:
    """The one way in which a number is stored: no exponent, no idle zeros."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def day(value: Any) -> date | None:
    """A stored date, or ``None`` if it is none."""
    if not isinstance(value, str) or len(value) != 10:
        return None
    with contextlib.suppress(ValueError):
        found = date.fromisoformat(value)
        # "2026-W05-1" is ISO too, but not what we store.
        return found if found.isoformat() == value else None
    return None


def _test(test: Test, answer: Any) -> bool:
    if not is_answered(answer):
        return False
    if test.op is Op.ANSWERED:
        return True
    return _COMPARE[test.op](answer, test.value)


def _equals(answer: Any, value: Any) -> bool:
    return bool(answer == value)


def _one_of(answer: Any, value: Any) -> bool:
    return answer in (value or ())


def _contains(answer: Any, value: Any) -> bool:
    return isinstance(answer, (list, tuple, str)) and value in answer


def _numbers(compare: Callable[[Decimal, Decimal], bool]) -> Callable[[Any, Any], bool]:
    def run(answer: Any, value: Any) -> bool:
        left, right = number(answer), number(value)
        return left is not None and right is not None and compare(left, right)

    return run


def _days(compare: Callable[[date, date], bool]) -> Callable[[Any, Any], bool]:
    def run(answer: Any, value: Any) -> bool:
        left, right = day(answer), day(value)
        return left is not None and right is not None and compare(left, right)

    return run


_COMPARE: Mapping[Op, Callable[[Any, Any], bool]] = {
    Op.EQUALS: _equals,
    Op.ONE_OF: _one_of,
    Op.CONTAINS: _contains,
    Op.GREATER: _numbers(Decimal.__gt__),
    Op.LESS: _numbers(Decimal.__lt__),
    Op.BEFORE: _days(date.__lt__),
    Op.AFTER: _days(date.__gt__),
}
