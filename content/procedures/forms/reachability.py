"""Can a question ever be asked? Tried out on the few answers that matter.

For each question that a condition looks at, the answers that can make a difference
are few: each option, each value compared with and its neighbours, and nothing. All
their combinations are tried, up to a bound; beyond it a question counts as reachable.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain, combinations, pairwise, product
from typing import Any

from content.procedures.forms.conditions import (
    AllOf,
    Condition,
    Test,
    canonical,
    day,
    each_test,
    holds,
    number,
)
from content.procedures.forms.definition import FormDefinition, Kind, Question, places

MAX_TRIALS = 20_000
_MAX_SUBSET = 6


def can_be_asked(definition: FormDefinition, question_id: str) -> bool:
    """Whether some answers lead to the question; ``True`` when there are too many to try."""
    gates = _gates(definition)
    needed = _needed(gates, question_id)
    tests = [test for one in (*needed, question_id) for test in each_test(gates[one][1])]
    candidates = [_candidates(gates[one][0], tests) for one in needed]
    trials = 1
    for answers in candidates:
        trials *= len(answers)
    if trials > MAX_TRIALS:
        return True
    return any(
        _asked(gates, question_id, dict(zip(needed, trial, strict=True)))
        for trial in product(*candidates)
    )


Gates = Mapping[str, tuple[Question, Condition]]


def _gates(definition: FormDefinition) -> Gates:
    """Each question with all that must hold: its section's, its groups' and its own."""
    own = {question.id: question.when for _, question, _ in places(definition)}
    return {
        question.id: (
            question,
            AllOf(
                tuple(
                    when
                    for when in (section.when, *(own[group] for group in groups), question.when)
                    if when is not None
                )
            ),
        )
        for section, question, groups in places(definition)
    }


def _needed(gates: Gates, question_id: str) -> list[str]:
    """The questions looked at on the way, in the order of the form."""
    found: set[str] = set()
    waiting = [question_id]
    while waiting:
        for test in each_test(gates[waiting.pop()][1]):
            if test.question not in found:
                found.add(test.question)
                waiting.append(test.question)
    return [one for one in gates if one in found]


def _asked(gates: Gates, question_id: str, trial: dict[str, Any]) -> bool:
    answers: dict[str, Any] = {}
    for one, value in trial.items():
        if holds(gates[one][1], answers.get):
            answers[one] = value
    return holds(gates[question_id][1], answers.get)


def _candidates(question: Question, tests: list[Test]) -> list[Any]:
    compared = sorted(set(_compared(question, tests)))
    values: list[Any] = list(_TRIED.get(question.kind, _texts)(question, compared))
    return [value for value in values if _within(question, value)] + [None]


def _compared(question: Question, tests: list[Test]) -> Iterator[str]:
    for test in tests:
        if test.question == question.id and test.value is not None:
            yield from test.value if isinstance(test.value, tuple) else (test.value,)


def _texts(question: Question, compared: list[str]) -> Iterator[str]:
    yield from (*compared, " ".join(compared) or "x", "#")


def _numbers(question: Question, compared: list[str]) -> Iterator[str]:
    limits = question.limits
    bounds = [b for b in (limits.minimum, limits.maximum) if b is not None]
    for found in (*bounds, *(number(one) for one in compared), number("0")):
        if found is not None:
            yield from map(canonical, (found - 1, found, found + 1))
    known = sorted(n for one in compared if (n := number(one)) is not None)
    yield from (canonical((low + high) / 2) for low, high in pairwise(known))


def _days(question: Question, compared: list[str]) -> Iterator[str]:
    known = [found for one in compared if (found := day(one)) is not None]
    for found in known or [date(2000, 1, 1)]:
        for shift in (-1, 0, 1):
            ordinal = found.toordinal() + shift
            if 0 < ordinal <= date.max.toordinal():
                yield date.fromordinal(ordinal).isoformat()


def _options(question: Question, compared: list[str]) -> Iterator[str]:
    yield from (option.value for option in question.options)


def _subsets(question: Question, compared: list[str]) -> Iterator[list[str]]:
    others = [option.value for option in question.options if option.value not in compared][:1]
    pool = [*compared[:_MAX_SUBSET], *others]
    yield from map(
        list, chain.from_iterable(map(partial(combinations, pool), range(1, len(pool) + 1)))
    )


def _anything(question: Question, compared: list[str]) -> Iterator[Any]:
    yield [{"x": "x"}]


_TRIED = {
    Kind.NUMBER: _numbers,
    Kind.DATE: _days,
    Kind.CHOICE: _options,
    Kind.CHOICES: _subsets,
    Kind.ADDRESS: _anything,
    Kind.FILE: _anything,
    Kind.REPEAT: _anything,
}


def _within(question: Question, value: Any) -> bool:
    """Whether a tried answer keeps the limits that conditions can conflict with."""
    limits = question.limits
    if question.kind is Kind.NUMBER:
        found = number(value) or Decimal(0)
        low, high = limits.minimum, limits.maximum
        whole = bool(limits.decimals) or found == found.to_integral_value()
        return whole and (low is None or found >= low) and (high is None or found <= high)
    if question.kind is Kind.CHOICES and limits.max_items is not None:
        return len(value) <= limits.max_items
    return True
