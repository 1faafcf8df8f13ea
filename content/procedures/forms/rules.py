"""What makes a definition usable: ids, options, limits and conditions that can come true.

``problems_of`` finds everything at once, for an editor to mend. It judges a
definition only, never answers.
"""

import re
from collections.abc import Iterator
from dataclasses import fields

from content.procedures.forms.conditions import Op, Test, canonical, day, each_test, number
from content.procedures.forms.definition import (
    FILE_TYPES,
    IDENTITY_PAPERS,
    MAX_DEPTH,
    WITH_OPTIONS,
    FormDefinition,
    Kind,
    Limits,
    Question,
    places,
)
from content.procedures.forms.formulas import NUMBER_WORKS, PAIRED, TODAY, Work
from content.procedures.forms.problems import DefinitionProblem
from content.procedures.forms.reachability import can_be_asked

#: Names of a form's own controls, and the word for the day of filling in.
RESERVED = frozenset({"csrf_token", TODAY})

_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_FORM_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_QUANTIFIED_GROUP = re.compile(r"\)[*+{]")
_UNBOUNDED = re.compile(r"[*+]|\{\d+,\}")
MAX_PATTERN = 200

FITTING: dict[Kind, frozenset[str]] = {
    Kind.TEXT: frozenset({"min_length", "max_length"}),
    Kind.PARAGRAPH: frozenset({"min_length", "max_length"}),
    Kind.NUMBER: frozenset({"minimum", "maximum", "decimals", "grouped"}),
    Kind.DATE: frozenset({"earliest", "latest"}),
    Kind.NATIONAL_ID: frozenset({"papers"}),
    Kind.CHOICES: frozenset({"min_items", "max_items"}),
    Kind.ADDRESS: frozenset({"detail_required"}),
    Kind.FILE: frozenset({"max_files", "max_bytes", "file_types"}),
    Kind.REPEAT: frozenset({"min_items", "max_items"}),
}
_RANGES = (
    ("min_length", "max_length"),
    ("minimum", "maximum"),
    ("min_items", "max_items"),
    ("earliest", "latest"),
)

# Which tests fit which kinds; ``answered`` fits all but statements.
TESTS: dict[Op, frozenset[Kind]] = {
    Op.EQUALS: frozenset(Kind) - {Kind.CHOICES, Kind.ADDRESS, Kind.FILE, Kind.REPEAT},
    Op.ONE_OF: frozenset(Kind) - {Kind.CHOICES, Kind.ADDRESS, Kind.FILE, Kind.REPEAT},
    Op.CONTAINS: frozenset({Kind.CHOICES, Kind.TEXT, Kind.PARAGRAPH}),
    Op.GREATER: frozenset({Kind.NUMBER}),
    Op.LESS: frozenset({Kind.NUMBER}),
    Op.BEFORE: frozenset({Kind.DATE}),
    Op.AFTER: frozenset({Kind.DATE}),
    Op.ANSWERED: frozenset(Kind),
}

_COUNTED = frozenset({Kind.REPEAT, Kind.CHOICES, Kind.FILE})
PART_KINDS: dict[Work, frozenset[Kind]] = {
    work: frozenset({Kind.NUMBER}) if work in NUMBER_WORKS else frozenset({Kind.DATE})
    for work in Work
} | {Work.COUNT: _COUNTED}


def problems_of(definition: FormDefinition) -> list[DefinitionProblem]:
    """All faults of a definition, in its order; empty when it can be used."""
    found = [*_of_form(definition), *_of_ids(definition)]
    for section, question, groups in places(definition):
        place = "/".join((section.id, *groups, question.id))
        found += [
            DefinitionProblem(place, code, data)
            for code, data in (*_of_question(question, groups), *_of_limits(question))
        ]
    conditions = list(_of_conditions(definition))
    # Whether something can come true is only asked of conditions that make sense.
    return [*found, *conditions] if found or conditions else list(_never_asked(definition))


def _of_form(definition: FormDefinition) -> Iterator[DefinitionProblem]:
    if not _FORM_ID.fullmatch(definition.id):
        yield DefinitionProblem("", "bad_id", {"id": definition.id})
    if not definition.title:
        yield DefinitionProblem("", "no_title", {})
    if not definition.sections:
        yield DefinitionProblem("", "no_sections", {})
    for section in definition.sections:
        if not section.title:
            yield DefinitionProblem(section.id, "no_title", {})
        if not section.questions:
            yield DefinitionProblem(section.id, "no_questions", {})


def _of_ids(definition: FormDefinition) -> Iterator[DefinitionProblem]:
    for ids in (
        [section.id for section in definition.sections],
        [question.id for _, question, _ in places(definition)],
    ):
        for one in dict.fromkeys(ids):
            if not _ID.fullmatch(one) or one in RESERVED:
                yield DefinitionProblem(one, "bad_id", {"id": one})
            if ids.count(one) > 1:
                yield DefinitionProblem(one, "duplicate_id", {"id": one})


Found = tuple[str, dict[str, object]]


def _of_question(question: Question, groups: tuple[str, ...]) -> Iterator[Found]:
    if not question.label:
        yield "no_label", {}
    yield from _of_options(question)
    if question.kind is Kind.REPEAT:
        if not question.questions:
            yield "no_questions", {}
        if len(groups) >= MAX_DEPTH:
            yield "too_deep", {"limit": MAX_DEPTH}
    elif question.questions:
        yield "not_a_group", {}
    yield from _of_kind(question)
    if question.pattern is not None:
        yield from _of_pattern(question)


def _of_kind(question: Question) -> Iterator[Found]:
    if question.kind is Kind.STATEMENT and question.required:
        yield "required_statement", {}
    if question.stop and question.kind is not Kind.STATEMENT:
        yield "stop_without_statement", {}
    if question.formula is not None and question.kind is not Kind.NUMBER:
        yield "formula_without_number", {}


def _of_options(question: Question) -> Iterator[Found]:
    values = [option.value for option in question.options]
    if question.kind in WITH_OPTIONS:
        if not values:
            yield "no_options", {}
        if len(set(values)) < len(values):
            yield "duplicate_option", {}
        if not all(values):
            yield "empty_option", {}
    elif values:
        yield "options_without_choice", {}


def _of_pattern(question: Question) -> Iterator[Found]:
    pattern = question.pattern or ""
    if question.kind not in (Kind.TEXT, Kind.PARAGRAPH):
        yield "pattern_without_text", {}
    if not question.message:
        yield "pattern_without_message", {}
    # A pattern that backtracks without end would stop the server.
    if (
        len(pattern) > MAX_PATTERN
        or _QUANTIFIED_GROUP.search(pattern)
        or len(_UNBOUNDED.findall(pattern)) > 2
    ):
        yield "slow_pattern", {}
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        yield "bad_pattern", {}


def _of_limits(question: Question) -> Iterator[Found]:
    limits, fitting = question.limits, FITTING.get(question.kind, frozenset())
    for one in fields(Limits):
        if getattr(limits, one.name) is not None and one.name not in fitting:
            yield "limit_without_use", {"limit": one.name}
    for low, high in _RANGES:
        least, most = getattr(limits, low), getattr(limits, high)
        if least is not None and most is not None and "today" not in (least, most) and least > most:
            yield "empty_range", {"limit": low}
    yield from _of_values(limits)


def _of_values(limits: Limits) -> Iterator[Found]:
    for bound in (limits.earliest, limits.latest):
        if bound is not None and bound != "today" and day(bound) is None:
            yield "bad_limit", {"limit": bound}
    if set(limits.file_types or ()) - set(FILE_TYPES):
        yield "bad_limit", {"limit": "file_types"}
    if set(limits.papers or ()) - set(IDENTITY_PAPERS):
        yield "bad_limit", {"limit": "papers"}


Earlier = dict[str, tuple[Question, tuple[str, ...]]]


def _of_conditions(definition: FormDefinition) -> Iterator[DefinitionProblem]:
    earlier: Earlier = {}
    for section in definition.sections:
        for test in each_test(section.when):
            for code, data in _of_test(test, (), earlier):
                yield DefinitionProblem(section.id, code, data)
        for question, groups in _in_section(definition, section.id):
            place = "/".join((section.id, *groups, question.id))
            for code, data in _of_references(question, groups, earlier):
                yield DefinitionProblem(place, code, data)
            earlier[question.id] = (question, groups)
    yield from _of_fees(definition, earlier)


def _of_fees(definition: FormDefinition, earlier: "Earlier") -> Iterator[DefinitionProblem]:
    for fee in definition.fees:
        if not fee.label or fee.kind not in ("phí", "lệ phí"):
            yield DefinitionProblem("", "bad_fee", {"label": fee.label})
        if fee.times is not None and not _seen(fee.times, Kind.NUMBER, (), earlier):
            yield DefinitionProblem("", "unknown_question", {"question": fee.times})
        for test in each_test(fee.when):
            for code, data in _of_test(test, (), earlier):
                yield DefinitionProblem("", code, data)


def _of_formula(
    question: Question, groups: tuple[str, ...], earlier: "Earlier"
) -> Iterator["Found"]:
    formula = question.formula
    if formula is None:
        return
    if not formula.of or (formula.work in PAIRED and len(formula.of) != 2):
        yield "formula_incomplete", {"work": formula.work.value}
    for part in formula.of:
        if not _part_fits(part, formula.work, groups, earlier):
            yield "formula_part", {"part": part}


def _part_fits(part: str, work: Work, groups: tuple[str, ...], earlier: "Earlier") -> bool:
    if number(part) is not None:
        return work in NUMBER_WORKS
    if part == TODAY or day(part) is not None:
        return work in (Work.DAYS, Work.YEARS)
    group, _dot, inner = part.rpartition(".")
    found = earlier.get(inner)
    if found is None:
        return False
    its_groups = found[1]
    if group:
        # All rows of a group, seen from outside it.
        if not its_groups or its_groups[-1] != group or groups[: len(its_groups)] == its_groups:
            return False
        its_groups = its_groups[:-1]
    if groups[: len(its_groups)] != its_groups:
        return False
    return found[0].kind in PART_KINDS[work]


def _of_references(
    question: Question, groups: tuple[str, ...], earlier: Earlier
) -> Iterator[Found]:
    for test in each_test(question.when):
        yield from _of_test(test, groups, earlier)
    yield from _of_formula(question, groups, earlier)
    for other, kind in ((question.born, Kind.DATE), (question.sex, Kind.CHOICE)):
        if other is not None and not _seen(other, kind, groups, earlier):
            yield "unknown_question", {"question": other}


def _in_section(
    definition: FormDefinition, section_id: str
) -> Iterator[tuple[Question, tuple[str, ...]]]:
    for section, question, groups in places(definition):
        if section.id == section_id:
            yield question, groups


def _seen(
    question_id: str,
    kind: Kind,
    groups: tuple[str, ...],
    earlier: Earlier,
) -> bool:
    found = earlier.get(question_id)
    return found is not None and found[0].kind is kind and groups[: len(found[1])] == found[1]


def _of_test(
    test: Test,
    groups: tuple[str, ...],
    earlier: Earlier,
) -> Iterator[Found]:
    found = earlier.get(test.question)
    if found is None or test.question in groups:
        yield "unknown_question", {"question": test.question}
        return
    question, its_groups = found
    if groups[: len(its_groups)] != its_groups:
        yield "question_out_of_reach", {"question": test.question}
    if question.kind not in TESTS[test.op] or question.kind is Kind.STATEMENT:
        yield "test_does_not_fit", {"question": test.question, "test": test.op.value}
    elif not _value_fits(test, question):
        yield "bad_value", {"question": test.question, "value": test.value}


def _value_fits(test: Test, question: Question) -> bool:
    if test.op is Op.ANSWERED:
        return test.value is None
    if (test.op is Op.ONE_OF) != isinstance(test.value, tuple):
        return False
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    return bool(values) and all(_one_fits(value, question) for value in values)


def _one_fits(value: str | None, question: Question) -> bool:
    if not value:
        return False
    if question.kind in WITH_OPTIONS:
        return any(option.value == value for option in question.options)
    if question.kind is Kind.NUMBER:
        found = number(value)
        return found is not None and canonical(found) == value
    return question.kind is not Kind.DATE or day(value) is not None


def _never_asked(definition: FormDefinition) -> Iterator[DefinitionProblem]:
    for section, question, groups in places(definition):
        if not can_be_asked(definition, question.id):
            place = "/".join((section.id, *groups, question.id))
            yield DefinitionProblem(place, "never_asked", {"required": question.required})
