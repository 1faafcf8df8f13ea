"""What was answered, ready to read: for the check page, the printed form and the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content.procedures.forms.conditions import holds
from content.procedures.forms.definition import (
    Answers,
    FormDefinition,
    Kind,
    Path,
    Question,
    Section,
)
from content.procedures.forms.display import show
from content.procedures.forms.sentences import sentence
from content.procedures.forms.visibility import Scopes, lookup_in, prune


@dataclass(frozen=True, slots=True)
class Entry:
    """One question and its answer in words.

    ``text`` is "" when nothing was answered; files and the rows of a group stand
    beside it. ``condition`` is told in outlines only.
    """

    path: Path
    question: Question
    text: str
    files: tuple[Mapping[str, Any], ...] = ()
    rows: tuple["Row", ...] = ()
    condition: str | None = None

    @property
    def label(self) -> str:
        """The question's label."""
        return self.question.label

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to read."""
        return not (self.text or self.files or self.rows)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a repeat group: "Thành viên 2" and its entries."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """A step and its entries; ``condition`` is told in outlines only."""

    section: Section
    entries: tuple[Entry, ...]
    condition: str | None = None


def summary(
    definition: FormDefinition, answers: Answers, *, with_blank: bool = True
) -> tuple[SectionSummary, ...]:
    """All questions asked, with their answers; without the unanswered ones if wished."""
    kept = prune(definition, answers)
    scopes: Scopes = ({},)
    told = []
    for section in definition.sections:
        if holds(section.when, lookup_in(scopes)):
            entries = _entries(section.questions, kept, scopes, (), with_blank)
            if entries:
                told.append(SectionSummary(section, entries))
    return tuple(told)


def _entries(
    questions: Sequence[Question], answers: Answers, scopes: Scopes, path: Path, with_blank: bool
) -> tuple[Entry, ...]:
    told = []
    for question in questions:
        if not holds(question.when, lookup_in(scopes)):
            continue
        value = answers.get(question.id)
        scopes[-1][question.id] = value
        entry = _entry(question, value, scopes, (*path, question.id), with_blank)
        if with_blank or not entry.is_blank:
            told.append(entry)
    return tuple(told)


def _entry(question: Question, value: Any, scopes: Scopes, path: Path, with_blank: bool) -> Entry:
    if question.kind is Kind.FILE:
        return Entry(path, question, "", files=tuple(value or ()))
    if question.kind is Kind.REPEAT:
        rows = tuple(
            Row(
                row_title(question, number),
                _entries(question.questions, row, (*scopes, {}), (*path, number), with_blank),
            )
            for number, row in enumerate(value or ())
        )
        return Entry(path, question, "", rows=rows)
    return Entry(path, question, show(question, value))


def row_title(question: Question, number: int) -> str:
    """ "Thành viên 2" for the second row (``number`` counts from 0)."""
    word = question.item or "dòng"
    return f"{word[:1].upper()}{word[1:]} {number + 1}"


def outline(definition: FormDefinition, *, rows: int = 2) -> tuple[SectionSummary, ...]:
    """The empty form: every question, conditional ones with their condition in words."""
    return tuple(
        SectionSummary(
            section,
            _outlined(definition, section.questions, (), rows),
            sentence(definition, section.when) if section.when else None,
        )
        for section in definition.sections
    )


def _outlined(
    definition: FormDefinition, questions: Sequence[Question], path: Path, rows: int
) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            (*path, question.id),
            question,
            "",
            rows=tuple(
                Row(
                    row_title(question, number),
                    _outlined(definition, question.questions, (*path, question.id, number), rows),
                )
                for number in range(max(rows, question.min_rows))
                if question.kind is Kind.REPEAT
            ),
            condition=sentence(definition, question.when) if question.when else None,
        )
        for question in questions
    )
