"""Answers to one version of a form, carried over to another: what fits stays.

Ids are stable, so an answer belongs to the question of the same id in the same group. What
does not fit is told, with the answer in words, so that nothing vanishes unsaid.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content.procedures.forms.conditions import is_answered
from content.procedures.forms.definition import Answers, FormDefinition, Kind, Question
from content.procedures.forms.display import show
from content.procedures.forms.visibility import prune

_LINES = frozenset({Kind.TEXT, Kind.PARAGRAPH})


@dataclass(frozen=True, slots=True)
class Loss:
    """An answer that was left behind: the old label, the answer in words, and why.

    ``why`` is "gone" (no such question), "kind" (of another kind now), "option" (the choice
    is gone) or "hidden" (no longer asked after the other answers).
    """

    label: str
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The answers under the new version, how many of the old ones stayed, and the losses."""

    answers: dict[str, Any]
    kept: int
    losses: tuple[Loss, ...]


def move(old: FormDefinition, new: FormDefinition, answers: Answers) -> Moved:
    """Carry answers over. Conditions of the new version decide at last what is asked."""
    carried, losses = _carried(_top(old), _top(new), prune(old, answers, keep_blank_rows=True))
    kept = prune(new, carried, keep_blank_rows=True)
    hidden = list(_hidden(_top(new), carried, kept))
    return Moved(kept, sum(map(_size, kept.values())), (*losses, *hidden))


def _top(definition: FormDefinition) -> tuple[Question, ...]:
    return tuple(q for section in definition.sections for q in section.questions)


def _carried(
    old: Sequence[Question], new: Sequence[Question], answers: Answers
) -> tuple[dict[str, Any], list[Loss]]:
    targets = {question.id: question for question in new}
    carried: dict[str, Any] = {}
    losses: list[Loss] = []
    for question in old:
        value: Any = answers.get(question.id)
        if not is_answered(value) or question.formula is not None:
            continue
        target = targets.get(question.id)
        why = _misfit(question, target)
        if why is not None or target is None:
            losses.append(Loss(question.label, said(question, value), why or "gone"))
        elif question.kind is Kind.REPEAT:
            rows = [_carried(question.questions, target.questions, row) for row in value]
            carried[question.id] = [row for row, _ in rows]
            losses += [loss for _, lost in rows for loss in lost]
        else:
            left, lost = _options(question, target, value)
            losses += lost
            if is_answered(left):
                carried[question.id] = left
    return carried, losses


def _misfit(question: Question, target: Question | None) -> str | None:
    if target is None or target.formula is not None:
        return "gone"
    if question.kind is target.kind or {question.kind, target.kind} <= _LINES:
        return None
    return "kind"


def _options(question: Question, target: Question, value: Any) -> tuple[Any, list[Loss]]:
    known = {option.value for option in target.options}
    if target.kind is Kind.CHOICE and value not in known:
        return None, [Loss(question.label, said(question, value), "option")]
    if target.kind is Kind.CHOICES:
        gone = [one for one in value if one not in known]
        losses = [Loss(question.label, said(question, gone), "option")] if gone else []
        return [one for one in value if one in known], losses
    return value, []


def _hidden(questions: Sequence[Question], carried: Answers, kept: Answers) -> Iterator[Loss]:
    for question in questions:
        value: Any = carried.get(question.id)
        if not is_answered(value):
            continue
        if question.id not in kept:
            yield Loss(question.label, said(question, value), "hidden")
        elif question.kind is Kind.REPEAT:
            after_rows: Any = kept[question.id]
            for before, after in zip(value, after_rows, strict=False):
                yield from _hidden(question.questions, before, after)


def said(question: Question, value: Any) -> str:
    """An answer in words; files by name, rows by what is in them."""
    if question.kind is Kind.FILE:
        return "; ".join(str(one["name"]) for one in value)
    if question.kind is not Kind.REPEAT:
        return show(question, value)
    inner = {one.id: one for one in question.questions}
    rows = (
        ", ".join(said(inner[key], one) for key, one in row.items() if key in inner and one)
        for row in value
    )
    return "; ".join(row for row in rows if row)


def _size(value: Any) -> int:
    """How many answers there are; those in rows one by one."""
    if (
        isinstance(value, list)
        and value
        and isinstance(value[0], Mapping)
        and "token" not in value[0]
    ):
        return sum(_size(one) for row in value for one in row.values())
    return 1 if is_answered(value) else 0
