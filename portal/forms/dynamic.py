"""A page of a form definition: shown with answers, read back from a POST.

``DynamicForm(page, answers).render()`` shows; ``accept(post, now)`` reads, keeps the
files, and says what is wrong. Without scripts everything works by real submits.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import colander
from deform import Form

from content.procedures.forms.check import Problem, check, day_of
from content.procedures.forms.definition import FormDefinition, Kind, Section, places
from content.procedures.forms.visibility import as_typed, prune, visible, walk
from portal.forms.accessible import BaseForm, ButtonSpec, FormInvalid, deform_form
from portal.forms.collecting import Collecting
from portal.forms.messages import message
from portal.forms.places import PlaceBook
from portal.forms.renderer import FormRenderer
from portal.forms.schema import control_name, reading_schema, shown_schema
from portal.forms.uploads import Uploads

NEXT: ButtonSpec = ("_viec", "tiep", "Lưu và tiếp tục", "primary")


@dataclass(frozen=True, slots=True)
class FormPage:
    """Where and how a definition is shown. ``sections`` are the steps on this page.

    ``data`` becomes ``data-…`` attributes of the form (``communes-url``: where the
    script finds the communes of a province, with ``{province}`` in it).
    """

    definition: FormDefinition
    action: str
    csrf_token: str
    renderer: FormRenderer
    places: PlaceBook
    uploads: Uploads | None = None
    sections: tuple[str, ...] | None = None
    buttons: Sequence[ButtonSpec] = (NEXT,)
    formid: str = "f"
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[Section, ...]:
        """The sections of this page."""
        wanted = self.sections
        return tuple(s for s in self.definition.sections if wanted is None or s.id in wanted)


@dataclass(frozen=True)
class Reading:
    """What a POST brought.

    ``answers`` are pruned and fit to store; ``typed`` also has the blank rows of a page
    being filled. After ``changed`` (a row, file or province button) the form is shown
    again with 200; after problems with 422 (``form`` carries them).
    """

    typed: dict[str, Any]
    problems: tuple[Problem, ...]
    changed: bool
    pressed: str | None
    form: "DynamicForm"

    @cached_property
    def answers(self) -> dict[str, Any]:
        """Pruned, fit to store."""
        return prune(self.form.page.definition, self.form.answers)

    @property
    def is_complete(self) -> bool:
        """Whether the person may go on."""
        return not self.changed and not self.problems

    def refusal(self) -> FormInvalid:
        """What to raise when there are problems."""
        return FormInvalid(self.form)


class DynamicForm(BaseForm):
    """One page of a definition with answers to it."""

    def __init__(
        self,
        page: FormPage,
        answers: Mapping[str, Any] | None = None,
        *,
        problems: Iterable[Problem] = (),
        focus: str | None = None,
    ) -> None:
        self.page = page
        self.answers = dict(answers or {})
        self.problems = tuple(problems)
        self.focus = focus
        self.formid = page.formid

    @cached_property
    def deform(self) -> Form:
        """Made when first looked at: a page that is accepted is never shown again."""
        page, shown = self.page, self.page.shown
        made = deform_form(
            shown_schema(page.definition, shown, self.answers, page.places),
            action=page.action,
            csrf_token=page.csrf_token,
            renderer=page.renderer,
            buttons=page.buttons,
            formid=page.formid,
            data=page.data,
        )
        # The summary of what is wrong comes first.
        made.focus_name = None if self.problems else self.focus
        self._show(made, shown)
        self._mark(made)
        return made

    def _show(self, made: Form, shown: tuple[Section, ...]) -> None:
        # What is hidden now may be asked a moment later, by an answer on the same page.
        values = as_typed(self.page.definition, self.answers)
        by_section = {section.id: values for section in shown}
        made.set_appstruct(values if len(shown) == 1 else by_section)

    def _mark(self, made: Form) -> None:
        fields = dict(_by_name(made))
        questions = {question.id: question for _, question, _ in places(self.page.definition)}
        for problem in self.problems:
            target = fields.get(control_name(problem.path))
            if target is not None and target.error is None:
                words = message(problem, questions[_question_id(problem)])
                target.error = colander.Invalid(target.schema, words)
                target.wrong_part = problem.data.get("part")

    def accept(self, post: Any, now: datetime) -> Reading:
        """Read a POST of this page on top of the answers it was shown with."""
        page, definition = self.page, self.page.definition
        others = self._answers_elsewhere()
        collecting = Collecting(post, page.places, page.uploads, _file_bytes(definition, others))
        sent: dict[str, Any] = {}
        for section in page.shown:
            sent |= collecting.collect(section.questions, (), "")
        schema = reading_schema(definition, page.shown, sent, page.places)
        read = Form(schema, renderer=page.renderer, focus="off").validate_pstruct(sent)
        # What is worked out as of today counts in conditions below; later it stays as stored.
        given = as_typed(definition, {**others, **read}, today=day_of(now))
        typed = prune(definition, given, keep_blank_rows=True)
        self._drop_hidden_files(collecting, typed)
        changed = collecting.pressed is not None
        problems = self._problems(collecting, given, now, changed)
        form = DynamicForm(page, given, problems=problems, focus=collecting.focus)
        return Reading(typed, tuple(problems), changed, _text_or_none(post.get("_viec")), form)

    def _answers_elsewhere(self) -> dict[str, Any]:
        here = {q.id for section in self.page.shown for q in section.questions}
        return {key: value for key, value in self.answers.items() if key not in here}

    def _drop_hidden_files(self, collecting: Collecting, answers: dict[str, Any]) -> None:
        """Files that came for hidden questions are not kept (nor any other answer)."""
        if self.page.uploads is not None and collecting.fresh:
            kept = set(_tokens(self.page.definition, answers))
            self.page.uploads.drop(one for one in collecting.fresh if one["token"] not in kept)

    def _problems(
        self, collecting: Collecting, given: dict[str, Any], now: datetime, changed: bool
    ) -> list[Problem]:
        problems = collecting.problems
        if problems:
            asked = visible(self.page.definition, given)
            problems = [problem for problem in problems if problem.path in asked]
        if changed:
            return problems
        named = {problem.path for problem in problems}
        found = check(
            self.page.definition,
            given,
            now,
            sections=[section.id for section in self.page.shown],
            places=self.page.places,
        )
        return problems + [problem for problem in found if problem.path not in named]


def _by_name(field_: Any) -> Iterable[tuple[str, Any]]:
    for child in field_.children:
        name = child.schema.furniture.name
        yield name, child
        yield from _by_name(child)


def _question_id(problem: Problem) -> str:
    return str(next(step for step in reversed(problem.path) if isinstance(step, str)))


def _file_items(definition: FormDefinition, answers: Mapping[str, Any]) -> Iterable[Any]:
    for item in walk(definition, answers):
        if item.question.kind is Kind.FILE:
            yield from item.value or ()


def _tokens(definition: FormDefinition, answers: Mapping[str, Any]) -> list[str]:
    return [one["token"] for one in _file_items(definition, answers)]


def _file_bytes(definition: FormDefinition, answers: Mapping[str, Any]) -> int:
    return sum(one["size"] for one in _file_items(definition, answers))


def _text_or_none(value: Any) -> str | None:
    return value if isinstance(value, str) else None
