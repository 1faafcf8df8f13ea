"""What an editor should look at before publishing: faults, and advice beside them.

``problems_of`` (``rules``) finds what makes a definition unusable; here it is told with
what else is doubtful. ``is_fault``: it cannot be published until that is mended.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from content.procedures.forms.conditions import Condition, each_test
from content.procedures.forms.definition import FormDefinition, Kind, Question, places
from content.procedures.forms.patterns import may_hang
from content.procedures.forms.rules import problems_of
from content.text import fold

#: Words of questions about sensitive personal data (Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP).
_SENSITIVE = re.compile(
    r"\b(ton giao|tin nguong|dan toc|suc khoe|benh|khuyet tat|van tay|sinh trac|mong mat|"
    r"khuon mat|adn|gen di truyen|tinh duc|xu huong tinh|chinh tri|dang phai|tien an|tien su|"
    r"toi pham|tai khoan ngan hang|so dinh danh|can cuoc|cmnd|ho chieu)\b"
)
_NOT_ASKED = frozenset({Kind.STATEMENT, Kind.REPEAT})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: where (the id of a question or step, or ""), what, and data."""

    target: str
    code: str
    data: Mapping[str, Any] = field(default_factory=dict)
    is_fault: bool = True


def lint(definition: FormDefinition) -> list[Finding]:
    """Everything found, faults first, each in the order of the form."""
    circular = set(_circular(definition))
    faults = [Finding(one, "circular") for one in sorted(circular)]
    for problem in problems_of(definition):
        target = problem.place.rpartition("/")[2]
        if target not in circular or problem.code != "unknown_question":
            faults.append(Finding(target, problem.code, problem.data))
    faults += _slow(definition, {one.target for one in faults if one.code == "slow_pattern"})
    return [*faults, *_advice(definition)]


def can_be_published(findings: list[Finding]) -> bool:
    """Whether there is no fault among them."""
    return not any(one.is_fault for one in findings)


def is_sensitive(question: Question) -> bool:
    """Whether a question asks for data that needs a legal basis of its own."""
    if question.kind in _NOT_ASKED:
        return False
    return question.kind is Kind.NATIONAL_ID or bool(_SENSITIVE.search(fold(question.label)))


def _slow(definition: FormDefinition, known: set[str]) -> Iterator[Finding]:
    for _, question, _ in places(definition):
        if question.pattern and question.id not in known and may_hang(question.pattern):
            yield Finding(question.id, "slow_pattern")


def _advice(definition: FormDefinition) -> Iterator[Finding]:
    for section, question, groups in places(definition):
        if is_sensitive(question) and not question.basis:
            yield Finding(question.id, "no_basis", is_fault=False)
        if question.stop and question.when is None and section.when is None and not groups:
            yield Finding(question.id, "stops_everyone")
    yield from _same_labels(definition)


def _same_labels(definition: FormDefinition) -> Iterator[Finding]:
    seen: Counter[tuple[str, tuple[str, ...], str]] = Counter()
    for section, question, groups in places(definition):
        where = (section.id, groups, fold(question.label))
        seen[where] += 1
        if question.label and question.kind is not Kind.STATEMENT and seen[where] == 2:
            yield Finding(question.id, "same_label", {"label": question.label}, is_fault=False)


def _circular(definition: FormDefinition) -> Iterator[str]:
    """Questions whose being asked depends, through others, on themselves."""
    asks = dict(_edges(definition))
    for one, first in asks.items():
        reached: set[str] = set()
        waiting = list(first)
        while waiting:
            found = waiting.pop()
            if found not in reached:
                reached.add(found)
                waiting += asks.get(found, ())
        if one in reached:
            yield one


def _edges(definition: FormDefinition) -> Iterator[tuple[str, list[str]]]:
    for section, question, groups in places(definition):
        conditions: list[Condition | None] = [section.when, question.when]
        found = [test.question for when in conditions for test in each_test(when)]
        yield question.id, [*found, *groups, *(question.formula.of if question.formula else ())]
