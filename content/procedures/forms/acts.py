"""What an editor does to a definition: pure functions from one definition to the next.

Every act gives a definition that can be stored and read again (``parse(to_json(x)) == x``);
whether it can be used is another question (``rules``, ``lint``). Ids are made once, from
the first label, and never change afterwards. Acts on what is not there raise ``NotFound``.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from content.errors import Invalid, NotFound
from content.procedures.forms.definition import (
    WITH_OPTIONS,
    FormDefinition,
    Kind,
    Option,
    Question,
    Section,
    places,
)
from content.procedures.forms.rules import RESERVED
from content.text import slugify

MAX_SECTIONS = 40
MAX_QUESTIONS = 400
_STEM = 44

Questions = tuple[Question, ...]


def fresh_id(text: str, taken: Collection[str], fallback: str) -> str:
    """An id made of words, unlike those taken: "ho_ten", then "ho_ten_2"."""
    stem = slugify(text, limit=_STEM).replace("-", "_").strip("_")
    if not stem or not stem[0].isalpha() or stem in RESERVED:
        stem = f"{fallback}_{stem}".strip("_")
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem}_{number}", number + 1
    return found


def question_ids(definition: FormDefinition) -> set[str]:
    """All ids of questions."""
    return {question.id for _, question, _ in places(definition)}


def add_section(definition: FormDefinition, title: str) -> FormDefinition:
    """A new step at the end. Raises ``Invalid`` beyond all measure."""
    if len(definition.sections) >= MAX_SECTIONS:
        raise Invalid({"section": "too_many"})
    taken = {section.id for section in definition.sections}
    made = Section(fresh_id(title, taken, "buoc"), title, ())
    return replace(definition, sections=(*definition.sections, made))


def add_question(
    definition: FormDefinition, kind: Kind, label: str, *, section: str, group: str | None = None
) -> tuple[FormDefinition, str]:
    """A new question at the end of a step or of a repeat group; returns its id too."""
    made = fresh_id(label, question_ids(definition), "cau")
    options = (Option("co", "Có"), Option("khong", "Không")) if kind in WITH_OPTIONS else ()
    question = Question(made, kind, label, options=options)
    return append(definition, (question,), section=section, group=group), made


def append(
    definition: FormDefinition, added: Questions, *, section: str, group: str | None = None
) -> FormDefinition:
    """Put questions at the end of a step or a group. Raises ``Invalid`` beyond all measure."""
    if len(question_ids(definition)) + len(added) > MAX_QUESTIONS:
        raise Invalid({"question": "too_many"})
    if group is not None:
        target = _question(definition, group)
        if target.kind is not Kind.REPEAT:
            raise NotFound("group")
        return change_question(definition, group, questions=(*target.questions, *added))
    one = _section(definition, section)
    return change_section(definition, section, questions=(*one.questions, *added))


def change_section(definition: FormDefinition, section_id: str, **changes: Any) -> FormDefinition:
    """A step with other words, condition or questions; its id stays."""
    _section(definition, section_id)
    return replace(
        definition,
        sections=tuple(
            replace(one, **changes) if one.id == section_id else one for one in definition.sections
        ),
    )


def change_question(definition: FormDefinition, question_id: str, **changes: Any) -> FormDefinition:
    """A question with other properties; its id stays."""
    _question(definition, question_id)

    def changed(questions: Questions) -> Questions:
        return tuple(replace(q, **changes) if q.id == question_id else q for q in questions)

    return _everywhere(definition, changed)


def remove(definition: FormDefinition, question_id: str) -> FormDefinition:
    """Take a question away with what is in it; conditions that looked at it become faulty."""
    _question(definition, question_id)
    return _everywhere(
        definition, lambda found: tuple(one for one in found if one.id != question_id)
    )


def remove_section(definition: FormDefinition, section_id: str) -> FormDefinition:
    """Take a step away with its questions."""
    gone = _section(definition, section_id)
    return replace(definition, sections=tuple(one for one in definition.sections if one != gone))


def shift_section(definition: FormDefinition, section_id: str, by: int) -> FormDefinition:
    """Move a step one place up (-1) or down (1); at the edge it stays."""
    index = definition.sections.index(_section(definition, section_id))
    return replace(definition, sections=_shifted(definition.sections, index, by))


def shift(definition: FormDefinition, question_id: str, by: int) -> FormDefinition:
    """Move a question one place up (-1) or down (1).

    At the edge of a step it goes over to the neighbouring step; at the edge of the form, or
    of its group, it stays.
    """
    _question(definition, question_id)
    for index, section in enumerate(definition.sections):
        ids = [question.id for question in section.questions]
        if question_id in ids and ids.index(question_id) == (0 if by < 0 else len(ids) - 1):
            other = index + by
            if not 0 <= other < len(definition.sections):
                return definition
            return _over(definition, question_id, definition.sections[other].id, first=by > 0)

    def moved(found: Questions) -> Questions:
        ids = [question.id for question in found]
        return _shifted(found, ids.index(question_id), by) if question_id in ids else found

    return _everywhere(definition, moved)


def place(
    definition: FormDefinition, target: str, section: str, before: str | None
) -> FormDefinition:
    """Put a question before another one of a step, or at its end: what a drag does."""
    question = _question(definition, target)
    if before == target:
        return definition
    taken = remove(definition, target)
    kept = list(_section(taken, section).questions)
    ids = [one.id for one in kept]
    if before is not None and before not in ids:
        raise NotFound("question")
    kept.insert(ids.index(before) if before is not None else len(kept), question)
    return change_section(taken, section, questions=tuple(kept))


def _over(definition: FormDefinition, target: str, section: str, *, first: bool) -> FormDefinition:
    there = _section(definition, section).questions
    before = there[0].id if first and there else None
    return place(definition, target, section, before)


def _shifted(found: Sequence[Any], index: int, by: int) -> tuple[Any, ...]:
    other, moved = index + by, list(found)
    if 0 <= other < len(moved):
        moved[index], moved[other] = moved[other], moved[index]
    return tuple(moved)


def _everywhere(
    definition: FormDefinition, change: Callable[[Questions], Questions]
) -> FormDefinition:
    def deep(questions: Questions) -> Questions:
        return tuple(
            replace(q, questions=deep(q.questions)) if q.questions else q for q in change(questions)
        )

    return replace(
        definition,
        sections=tuple(replace(s, questions=deep(s.questions)) for s in definition.sections),
    )


def _question(definition: FormDefinition, question_id: str) -> Question:
    try:
        return definition.question(question_id)
    except KeyError:
        raise NotFound("question") from None


def _section(definition: FormDefinition, section_id: str) -> Section:
    try:
        return definition.section(section_id)
    except KeyError:
        raise NotFound("section") from None
