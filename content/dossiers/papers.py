"""The papers an applicant gives: which ones, what already answers them, what is missing.

The list follows the version and the case (trường hợp). An obligatory paper is attached,
or is what the form itself asks for, or the applicant says why it is not there; the desk
judges that within its eight hours. Nothing is left out in silence.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from content.procedures.forms import FormDefinition, Kind
from content.procedures.forms.definition import places
from content.procedures.forms.general import GENERAL_ID
from content.procedures.models import ProcedureVersion
from content.procedures.parts import RequiredPaper
from content.text import fold

#: The slot of files that answer a question of the form.
ANSWERS_SLOT = "answers"

_BRACKETS = re.compile(r"\([^)]*\)")
_CODE = re.compile(r"\b[A-ZĐ]{2,5}[0-9]{1,3}[a-z]?\b")
_INTERACTIVE = re.compile(r"\bmau\b.*\bdien tu tuong tac\b")


class Absence(StrEnum):
    """Why an obligatory paper is not attached."""

    NOT_APPLICABLE = "not_applicable"
    SHOWN_AT_DESK = "shown_at_desk"
    ALREADY_HELD = "already_held"
    IN_THE_FORM = "in_the_form"
    #: Said by the desk, of a paper that was looked at and given back.
    SHOWN = "shown"


class AnsweredBy(StrEnum):
    """What stands for a paper without a file in its own slot."""

    THE_FORM = "the_form"
    A_QUESTION = "a_question"


@dataclass(frozen=True)
class PaperToGive:
    """A required paper as the applicant meets it; ``slot`` is where its files go.

    ``to_show``: its heading says that it is shown, not handed in ("phải xuất trình").
    """

    slot: str
    name: str
    is_obligatory: bool
    originals: int | None
    copies: int | None
    form_name: str | None
    case: str | None
    to_show: bool
    answered_by: AnsweredBy | None


def paper_slot(position: int) -> str:
    """The slot of the required paper at a position of the version."""
    return f"paper:{position}"


def case_choices(version: ProcedureVersion) -> tuple[str, ...]:
    """The cases an applicant chooses from; mere headings are no choice."""
    return tuple(case.name for case in version.cases if case.is_choice)


def papers_to_give(
    version: ProcedureVersion, case: str | None, definition: FormDefinition
) -> tuple[PaperToGive, ...]:
    """The papers of one case, those of everybody among them, in the order of the version."""
    others = set(case_choices(version)) - {case}
    asked = {fold(q.label) for _, q, _ in places(definition) if q.kind is Kind.FILE}
    return tuple(
        PaperToGive(
            slot=paper_slot(paper.position),
            name=paper.name,
            is_obligatory=paper.is_obligatory,
            originals=paper.originals,
            copies=paper.copies,
            form_name=paper.form_name,
            case=paper.case,
            to_show="xuat trinh" in fold(paper.case or ""),
            answered_by=_answered_by(paper, definition, asked),
        )
        for paper in version.papers
        if paper.case not in others
    )


def missing_papers(
    papers: Iterable[PaperToGive], attached: Iterable[str], absences: Mapping[str, str]
) -> list[PaperToGive]:
    """Obligatory papers with neither file nor reason; ``attached`` holds slots."""
    there, reasons = set(attached), set(Absence)
    return [
        paper
        for paper in papers
        if paper.is_obligatory
        and paper.answered_by is None
        and paper.slot not in there
        and absences.get(paper.slot) not in reasons
    ]


def _answered_by(
    paper: RequiredPaper, definition: FormDefinition, asked: set[str]
) -> AnsweredBy | None:
    if fold(paper.name) in asked:
        return AnsweredBy.A_QUESTION
    if definition.id != GENERAL_ID and _is_the_form(paper, definition):
        return AnsweredBy.THE_FORM
    return None


def _is_the_form(paper: RequiredPaper, definition: FormDefinition) -> bool:
    """Whether the paper is the very form being filled in: same title, or same form code."""
    name = fold(paper.name)
    title = fold(_BRACKETS.sub("", definition.title))
    codes = set(_CODE.findall(definition.form_code or ""))
    named = set(_CODE.findall(f"{paper.name} {paper.form_name or ''}"))
    return name.startswith(title) or bool(codes & named) or bool(_INTERACTIVE.search(name))
