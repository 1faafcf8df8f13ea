"""Which questions are asked, given the answers; what is not asked is not kept.

Everything that looks at answers goes through ``walk``, so that "hidden means not
required and not stored" is decided in one place.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from content.procedures.forms.conditions import Lookup, holds, is_answered
from content.procedures.forms.definition import (
    Answers,
    FormDefinition,
    Kind,
    Path,
    Question,
    Section,
)
from content.procedures.forms.formulas import work_out

Scopes = tuple[dict[str, Any], ...]
Shape = Callable[[Question, Any], Any]


@dataclass(frozen=True, slots=True)
class Item:
    """A question that is asked, where it stands, and its answer (``None`` without).

    ``nearby`` gives answers by question id, from the same row outwards; all of them once
    the walk has ended.
    """

    section: Section
    question: Question
    path: Path
    value: Any
    nearby: Lookup


@dataclass(frozen=True, slots=True)
class _Keeping:
    blank_rows: bool
    hidden: bool = False
    today: date | None = None


def walk(
    definition: FormDefinition, answers: Answers, *, today: date | None = None
) -> Iterator[Item]:
    """Every question asked, in order; a repeat group before its rows, blank ones too."""
    scopes: Scopes = ({},)
    keeping = _Keeping(blank_rows=True, today=today)
    for section in definition.sections:
        if holds(section.when, lookup_in(scopes)):
            yield from _walk(section, section.questions, answers, scopes, (), keeping)


def _walk(
    section: Section,
    questions: Sequence[Question],
    answers: Answers,
    scopes: Scopes,
    path: Path,
    keeping: _Keeping,
) -> Iterator[Item]:
    lookup = lookup_in(scopes)
    for question in questions:
        if not holds(question.when, lookup):
            continue
        value = scopes[-1][question.id] = _value(question, answers, scopes, keeping)
        here = (*path, question.id)
        yield Item(section, question, here, value, lookup)
        if question.kind is Kind.REPEAT:
            for number, row in enumerate(value or ()):
                below = ((*scopes, {}), (*here, number))
                yield from _walk(section, question.questions, row, *below, keeping)


def lookup_in(scopes: Scopes) -> Lookup:
    """Answers by question id, nearest scope first."""

    def lookup(question_id: str) -> Any:
        for scope in reversed(scopes):
            if question_id in scope:
                return scope[question_id]
        return None

    return lookup


def visible(definition: FormDefinition, answers: Answers) -> frozenset[Path]:
    """The paths of all questions asked: ``("member", 0, "name")``."""
    return frozenset(item.path for item in walk(definition, answers))


def visible_sections(definition: FormDefinition, answers: Answers) -> tuple[Section, ...]:
    """The steps with at least one question asked."""
    asked = {item.section.id for item in walk(definition, answers)}
    return tuple(section for section in definition.sections if section.id in asked)


def prune(
    definition: FormDefinition,
    answers: Answers,
    *,
    keep_blank_rows: bool = False,
    today: date | None = None,
) -> dict[str, Any]:
    """Only the answers to questions that are asked, in a shape fit to keep.

    Unknown keys and values of a foreign shape go. Rows without any answer go too,
    unless the group needs them or ``keep_blank_rows`` (for a page still being filled).
    What is worked out as of today is worked out where ``today`` is told, while somebody
    fills in; without it the stored value stays, so that a filed age never grows.
    """
    return _kept(definition, answers, _Keeping(blank_rows=keep_blank_rows, today=today))


def as_typed(
    definition: FormDefinition, answers: Answers, *, today: date | None = None
) -> dict[str, Any]:
    """Everything in shape, blank rows and hidden answers too: to show again, not to keep."""
    return _kept(definition, answers, _Keeping(blank_rows=True, hidden=True, today=today))


def _kept(definition: FormDefinition, answers: Answers, keeping: _Keeping) -> dict[str, Any]:
    scopes: Scopes = ({},)
    kept: dict[str, Any] = {}
    for section in definition.sections:
        if keeping.hidden or holds(section.when, lookup_in(scopes)):
            kept |= _pruned(section.questions, answers, scopes, keeping)
    return kept


def _pruned(
    questions: Sequence[Question], answers: Answers, scopes: Scopes, keeping: _Keeping
) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    lookup = lookup_in(scopes)
    for question in questions:
        if not (keeping.hidden or holds(question.when, lookup)):
            continue
        value = scopes[-1][question.id] = _value(question, answers, scopes, keeping)
        if value:
            kept[question.id] = value
    return kept


def _value(question: Question, answers: Answers, scopes: Scopes, keeping: _Keeping) -> Any:
    """What was answered, in shape, or is worked out; of a repeat group its pruned rows."""
    formula = question.formula
    if formula is not None and (keeping.today or not formula.looks_at_today):
        return work_out(formula, lookup_in(scopes), keeping.today)
    value = shaped(question, answers.get(question.id))
    if question.kind is not Kind.REPEAT or not value:
        return value
    rows = [_pruned(question.questions, row, (*scopes, {}), keeping) for row in value]
    return rows if keeping.blank_rows else _without_blank(question, rows)


def _without_blank(question: Question, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Blank rows go, save those the group needs to reach its least number."""
    spare = len(rows) - question.min_rows
    kept: list[dict[str, Any]] = []
    for row in reversed(rows):
        if not row and spare > 0:
            spare -= 1
        else:
            kept.append(row)
    kept.reverse()
    return kept if is_answered(kept) else []


def shaped(question: Question, value: Any) -> Any:
    """The value if it has the JSON shape of its kind, else ``None``.

    Unknown keys inside addresses, files and rows go; what is said is not checked.
    """
    shape: Shape = _SHAPES.get(question.kind, _text)
    return shape(question, value)


def _text(question: Question, value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _nothing(question: Question, value: Any) -> None:
    return None


def _choices(question: Question, value: Any) -> list[str] | None:
    if not isinstance(value, list):
        return None
    known = [option.value for option in question.options if option.value in value]
    strange = sorted({v for v in value if isinstance(v, str)} - set(known))
    return [*known, *strange] or None


ADDRESS_PARTS = ("province", "province_name", "commune", "commune_name", "detail")
FILE_PARTS: Mapping[str, type] = {
    "token": str,
    "name": str,
    "size": int,
    "type": str,
    "digest": str,
}


def _address(question: Question, value: Any) -> dict[str, str] | None:
    if not isinstance(value, Mapping):
        return None
    parts = {key: value.get(key) for key in ADDRESS_PARTS}
    return {key: part for key, part in parts.items() if isinstance(part, str) and part} or None


def _files(question: Question, value: Any) -> list[dict[str, Any]] | None:
    if not isinstance(value, list):
        return None
    return [_file(one) for one in value if _is_file(one)] or None


def _is_file(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(value.get(key), kind) for key, kind in FILE_PARTS.items()
    )


def _file(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value[key] for key in FILE_PARTS}


def _rows(question: Question, value: Any) -> list[Mapping[str, Any]] | None:
    if not isinstance(value, list):
        return None
    return [row for row in value if isinstance(row, Mapping)] or None


_SHAPES: Mapping[Kind, Shape] = {
    Kind.CHOICES: _choices,
    Kind.ADDRESS: _address,
    Kind.FILE: _files,
    Kind.REPEAT: _rows,
    Kind.STATEMENT: _nothing,
}
