"""The builder's main page: steps and questions in order, each act a button of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.agencies.places import Places
from content.errors import Conflict, InvalidTransition, NotFound
from content.procedures.forms import FormDefinition, Kind, Question, Section, acts, marks, sentence
from content.procedures.forms.blocks import BLOCKS, BY_NAME, insert
from content.procedures.forms.formulas import formula_sentence
from content.procedures.forms.kinds import KIND_WORDS
from content.procedures.forms.lint import Finding, lint
from content.procedures.forms.sentences import label_of
from content.text import clean
from portal.editorial.forms.context import (
    FormContext,
    demand_mark,
    overtaken_at,
    saved,
    surroundings,
    url,
)
from portal.editorial.forms.words import about, finding_words, outcome_words
from portal.http.notices import Notice, say
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
MAX_LABEL = 300
Made = tuple[FormDefinition, str]


@dataclass(frozen=True)
class Row:
    """One question of the list, with those inside it."""

    question: Question
    kind: str
    url: str
    when_url: str
    when: str
    formula: str
    rows: tuple["Row", ...]


@view_config(
    route_name="editorial.form",
    renderer="editorial/forms/builder.jinja2",
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def builder(context: FormContext, request: Request) -> Any:
    """Show the form, or do one act on it."""
    if request.method == "POST":
        return _act(context, request)
    return page(context, request)


def page(context: FormContext, request: Request) -> dict[str, Any]:
    """What the main page shows."""
    definition = context.definition
    found = lint(definition)
    return {
        **surroundings(request, context),
        "may_take_back": context.form.before is not None
        and context.form.changed_by == request.identity.account_id,
        "whole": marks.whole(definition),
        "marks": marks.parts(definition),
        "steps": {one.id: marks.of_step(definition, one.id) for one in definition.sections},
        "sections": [(one, _rows(request, context, one.questions), _when(definition, one),
                      url(request, context, "section", id=one.id),
                      url(request, context, "section.when", id=one.id))
                     for one in definition.sections],
        "kinds": list(KIND_WORDS.items()),
        "blocks": BLOCKS,
        "faults": [told(request, context, one) for one in found if one.is_fault],
        "advice": [told(request, context, one) for one in found if not one.is_fault],
        "replays": [
            (one, [outcome_words(definition, line) for line in one.found])
            for one in context.builder.replay(context.form, request.service(Places))
        ],
    }  # fmt: skip


def told(request: Request, context: FormContext, found: Finding) -> tuple[str, Any, str | None]:
    """What a finding is about, in words, and where it is mended."""
    label, route = about(context.definition, found.target)
    address = url(request, context, route, id=found.target) if route else None
    return label, finding_words(found), address


def _rows(
    request: Request, context: FormContext, questions: tuple[Question, ...]
) -> tuple[Row, ...]:
    definition = context.definition
    return tuple(
        Row(
            question,
            KIND_WORDS[question.kind],
            url(request, context, "question", id=question.id),
            url(request, context, "question.when", id=question.id),
            sentence(definition, question.when) if question.when else "",
            formula_sentence(question.formula, lambda one: label_of(definition, one))
            if question.formula
            else "",
            _rows(request, context, question.questions),
        )
        for question in questions
    )


def _when(definition: FormDefinition, section: Section) -> str:
    return sentence(definition, section.when) if section.when else ""


def _act(context: FormContext, request: Request) -> Response:
    """Do one act on the form of now. What it was about is gone, or was changed by somebody
    else: the page says so, and nothing is done."""
    if _text(request, "viec") == "hoan-tac":
        return _take_back(context, request)
    act = ACTS.get(_text(request, "viec"))
    if act is None:
        raise NotFound("act")
    try:
        definition, anchor = act(context, request)
    except (Conflict, NotFound) as error:
        return overtaken_at(request, context, error, url(request, context))
    target = anchor if anchor.startswith("/") else f"{url(request, context)}#{anchor}"
    return saved(request, context, definition, target)


def _text(request: Request, name: str) -> str:
    found = request.POST.get(name, "")
    return clean(found)[:MAX_LABEL] if isinstance(found, str) else ""


def _add_section(context: FormContext, request: Request) -> Made:
    definition = acts.add_section(context.definition, _text(request, "ten") or "Bước mới")
    return definition, f"buoc-{definition.sections[-1].id}"


def _add_question(context: FormContext, request: Request) -> Made:
    try:
        kind = Kind(_text(request, "loai"))
    except ValueError:
        raise NotFound("kind") from None
    label = _text(request, "ten") or "Câu hỏi mới"
    definition, made = acts.add_question(
        context.definition,
        kind,
        label,
        section=_text(request, "buoc"),
        group=_text(request, "nhom") or None,
    )
    return definition, url(request, context, "question", id=made)


def _insert(context: FormContext, request: Request) -> Made:
    block = BY_NAME.get(_text(request, "khoi"))
    if block is None:
        raise NotFound("block")
    section = _text(request, "buoc")
    return insert(context.definition, block, section), f"buoc-{section}"


def _remove(context: FormContext, request: Request) -> Made:
    target = _text(request, "muc")
    part = marks.of_question(target)
    demand_mark(request, marks.mark(context.definition, part), part)
    return acts.remove(context.definition, target), "cac-buoc"


def _shift(by: int) -> Callable[[FormContext, Request], Made]:
    def run(context: FormContext, request: Request) -> Made:
        target = _text(request, "muc")
        return acts.shift(context.definition, target, by), f"muc-{target}"

    return run


def _remove_section(context: FormContext, request: Request) -> Made:
    target = _text(request, "muc")
    demand_mark(request, marks.of_step(context.definition, target), marks.of_section(target))
    return acts.remove_section(context.definition, target), "cac-buoc"


def _shift_section(by: int) -> Callable[[FormContext, Request], Made]:
    def run(context: FormContext, request: Request) -> Made:
        target = _text(request, "muc")
        return acts.shift_section(context.definition, target, by), f"buoc-{target}"

    return run


def _place(context: FormContext, request: Request) -> Made:
    target = _text(request, "muc")
    before = _text(request, "truoc") or None
    return acts.place(context.definition, target, _text(request, "buoc"), before), f"muc-{target}"


def _take_back(context: FormContext, request: Request) -> Response:
    """The last change of this editor is undone; another's since then stays."""
    home = url(request, context)
    try:
        demand_mark(request, marks.whole(context.definition), "")
        context.builder.take_back(context.form)
    except (Conflict, InvalidTransition) as error:
        return overtaken_at(request, context, error, home)
    return say(HTTPSeeOther(home), Notice.FORM_TAKEN_BACK)


ACTS: dict[str, Callable[[FormContext, Request], Made]] = {
    "them-buoc": _add_section,
    "them-cau": _add_question,
    "them-khoi": _insert,
    "bo": _remove,
    "len": _shift(-1),
    "xuong": _shift(1),
    "dat": _place,
    "bo-buoc": _remove_section,
    "len-buoc": _shift_section(-1),
    "xuong-buoc": _shift_section(1),
}
