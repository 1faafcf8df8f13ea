"""From a form definition, with or without answers, to a form sheet.

Reads what ``content.procedures.forms`` tells of the answers: a hidden question is not there.
"""

from collections.abc import Iterable
from datetime import datetime

from content.letters.form_sheets import (
    BUILT_FROM_ITEMS,
    Closing,
    FormSection,
    FormSheet,
    Group,
    GroupRow,
    Item,
    Line,
    Statement,
)
from content.procedures.forms.definition import Answers, FormDefinition, Kind
from content.procedures.forms.summary import Entry, SectionSummary, outline, summary

#: Rows to write in for each group of an empty form.
EMPTY_ROWS = 3
ROOM_TO_SIGN = Closing()


def filled_form(
    definition: FormDefinition,
    answers: Answers,
    *,
    made_at: datetime,
    closing: Closing = ROOM_TO_SIGN,
    reference: str = "",
    sample: bool = False,
    is_example: bool = False,
) -> FormSheet:
    """The form with the answers in it; what was not answered leaves room to write."""
    return FormSheet(
        title=definition.title,
        form_code=definition.form_code or "",
        sections=_sections(summary(definition, answers)),
        note=definition.source_note or BUILT_FROM_ITEMS,
        made_at=made_at,
        closing=closing,
        reference=reference,
        sample=sample,
        is_example=is_example,
    )


def empty_form(
    definition: FormDefinition,
    *,
    made_at: datetime,
    closing: Closing = ROOM_TO_SIGN,
    sample: bool = False,
) -> FormSheet:
    """The form to fill in by hand, each conditional item with its condition in words."""
    return FormSheet(
        title=definition.title,
        form_code=definition.form_code or "",
        sections=_sections(outline(definition, rows=EMPTY_ROWS)),
        note=definition.source_note or BUILT_FROM_ITEMS,
        made_at=made_at,
        closing=closing,
        sample=sample,
    )


def _sections(told: Iterable[SectionSummary]) -> tuple[FormSection, ...]:
    return tuple(
        FormSection(
            title=part.section.title,
            items=_items(part.entries),
            condition=part.condition or "",
        )
        for part in told
    )


def _items(entries: Iterable[Entry]) -> tuple[Item, ...]:
    return tuple(_item(entry) for entry in entries)


def _item(entry: Entry) -> Item:
    question = entry.question
    if question.kind is Kind.STATEMENT:
        return Statement(text=question.label, condition=entry.condition or "")
    if question.kind is Kind.REPEAT:
        rows = tuple(GroupRow(title=row.title, items=_items(row.entries)) for row in entry.rows)
        return Group(title=question.label, rows=rows, condition=entry.condition or "")
    return Line(
        label=question.label,
        value="; ".join(str(file["name"]) for file in entry.files) or entry.text,
        kind=question.kind.value,
        options=tuple(option.label for option in question.options),
        hint=question.note or question.hint or "",
        condition=entry.condition or "",
    )
