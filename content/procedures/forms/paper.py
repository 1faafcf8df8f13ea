"""A form as it is filled in for paper: nothing is uploaded."""

from collections.abc import Sequence
from dataclasses import replace

from content.procedures.forms.definition import FormDefinition, Kind, Question


def on_paper(definition: FormDefinition) -> FormDefinition:
    """The form without uploads: what would be a file is attached to the printed sheet."""
    sections = tuple(
        replace(section, questions=_without_files(section.questions))
        for section in definition.sections
    )
    return replace(definition, sections=sections)


def _without_files(questions: Sequence[Question]) -> tuple[Question, ...]:
    return tuple(
        Question(one.id, Kind.STATEMENT, f"Kèm theo bản giấy: {one.label}", when=one.when)
        if one.kind is Kind.FILE
        else replace(one, questions=_without_files(one.questions))
        for one in questions
    )
