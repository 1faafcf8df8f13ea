"""Schema → render → fill as a browser → parse gives the same answers, whatever the form."""

import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from content.procedures.forms import FormDefinition, prune, visible
from content.procedures.forms.conditions import each_test
from content.procedures.forms.definition import Kind, Question, places
from content.procedures.forms.visibility import FILE_PARTS
from portal.forms.dynamic import DynamicForm, FormPage
from portal.forms.renderer import FormRenderer
from portal.forms.uploads import MemoryUploadStore, Uploads
from tests.support.browser import BrowserForm, SentFile
from tests.support.form_strategies import BOOK, answers_to, definitions
from tests.support.page_rules import check_page
from tests.support.pages import page_of

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
RENDERER = FormRenderer()
#: ``FORMS=1000`` tries as many.
EXAMPLES = int(os.environ.get("FORMS", "300"))
COUNTS: Counter[str] = Counter()


@st.composite
def cases(draw: st.DrawFn) -> tuple[FormDefinition, dict[str, Any]]:
    definition = draw(definitions())
    return definition, draw(answers_to(definition))


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(cases())
def _every_form_gives_back_its_answers(case: tuple[FormDefinition, dict[str, Any]]) -> None:
    definition, answers = case
    store = MemoryUploadStore()
    page = FormPage(definition, "/gui", "tok", RENDERER, BOOK, Uploads(store, "draft:1"))
    browser = _filled(page, definition, answers)
    reading = DynamicForm(page).accept(browser.press("_viec"), NOW)

    stored = {key: _plain(value) for key, value in reading.answers.items()}
    assert stored == _expected(definition, answers)
    paths = visible(definition, reading.answers)
    assert _paths(reading.answers) <= paths, "a hidden answer was stored"
    assert len(store) == _files(reading.answers), "a file of a hidden question was kept"
    again = DynamicForm(page, reading.answers)
    assert DynamicForm(page).accept(BrowserForm(again.render()).press("_viec"), NOW).answers == (
        reading.answers
    )
    _count(definition, answers, reading.answers)
    if COUNTS["forms"] % 10 == 0:
        assert check_page(page_of(reading.form)) == []


@pytest.mark.slow
def test_every_form_gives_back_its_answers(record_property: Callable[[str, object], None]) -> None:
    COUNTS.clear()
    _every_form_gives_back_its_answers()
    told = ", ".join(f"{name} {COUNTS[name]}" for name in sorted(COUNTS))
    record_property("told", f"random forms: {told}")
    assert COUNTS["forms"] >= EXAMPLES
    assert COUNTS["forms with a condition"] == COUNTS["forms"]
    assert all(COUNTS[f"questions: {kind}"] for kind in Kind)
    assert COUNTS["nesting 3"]
    assert COUNTS["files in a row"]
    assert COUNTS["hidden answers left out"]


def _filled(page: FormPage, definition: FormDefinition, answers: dict[str, Any]) -> BrowserForm:
    """Presses "add" until there are rows enough, then fills in; provinces before communes."""
    browser = BrowserForm(DynamicForm(page).render())
    while missing := _missing_row(browser, definition, answers):
        reading = DynamicForm(page).accept(browser.press("_them", missing), NOW)
        browser = BrowserForm(reading.form.render())
    everything = list(_leaves(definition, answers))
    addresses = [
        (name, value) for question, name, value in everything if question.kind is Kind.ADDRESS
    ]
    for name, value in addresses:
        browser.fill(f"{name}.tinh", value["province"])
    if addresses:
        reading = DynamicForm(page).accept(browser.press("_chon_tinh", addresses[0][0]), NOW)
        browser = BrowserForm(reading.form.render())
    for question, name, value in everything:
        _fill(browser, question, name, value)
    return browser


def _questions(definition: FormDefinition) -> tuple[Question, ...]:
    return tuple(question for section in definition.sections for question in section.questions)


def _missing_row(
    browser: BrowserForm, definition: FormDefinition, answers: dict[str, Any]
) -> str | None:
    for name, rows in _groups(_questions(definition), answers, ""):
        have = len(browser.controls(f"{name}.hang")) if browser.has(f"{name}.hang") else 0
        if have < len(rows):
            return name
    return None


def _groups(questions: tuple[Question, ...], answers: dict[str, Any], prefix: str) -> Any:
    for question in questions:
        if question.kind is Kind.REPEAT:
            name = prefix + question.id
            rows = answers.get(question.id) or []
            yield name, rows
            for number, row in enumerate(rows):
                yield from _groups(question.questions, row, f"{name}.{number}.")


def _leaves(definition: FormDefinition, answers: dict[str, Any]) -> Any:
    yield from _leaves_of(_questions(definition), answers, "")


def _leaves_of(questions: tuple[Question, ...], answers: dict[str, Any], prefix: str) -> Any:
    for question in questions:
        if question.id not in answers:
            continue
        if question.kind is Kind.REPEAT:
            for number, row in enumerate(answers[question.id]):
                yield from _leaves_of(question.questions, row, f"{prefix}{question.id}.{number}.")
        else:
            yield question, prefix + question.id, answers[question.id]


def _fill(browser: BrowserForm, question: Question, name: str, value: Any) -> None:
    if question.kind is Kind.CHOICES:
        browser.tick(name, value)
    elif question.kind is Kind.FILE:
        browser.choose_files(name, [SentFile(*one) for one in value])
    elif question.kind is Kind.ADDRESS:
        if "commune" in value:
            browser.fill(f"{name}.xa", value["commune"])
        browser.fill(f"{name}.chi_tiet", value.get("detail", ""))
    elif question.kind is Kind.NUMBER:
        browser.fill(name, value.replace(".", ","))
    elif question.kind is Kind.DATE:
        year, month, day = value.split("-")
        browser.fill(name, f"{day}/{month}/{year}")
    else:
        browser.fill(name, value)


def _expected(definition: FormDefinition, answers: dict[str, Any]) -> dict[str, Any]:
    """What the domain keeps of the answers, files by name and size."""
    kept = prune(definition, _with_files(answers))
    return {key: _plain(value) for key, value in kept.items()}


def _with_files(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_files(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_files(part) for part in value]
    if isinstance(value, tuple):
        return {"token": "", "name": value[0], "size": len(value[1]), "type": "", "digest": ""}
    return value


def _plain(value: Any) -> Any:
    """Answers with files as (size): names are cleaned, tokens are random."""
    if isinstance(value, dict):
        if set(value) == set(FILE_PARTS):
            return value["size"]
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _paths(value: Any, path: tuple[Any, ...] = ()) -> set[tuple[Any, ...]]:
    found = set()
    for key, part in value.items():
        found.add((*path, key))
        if isinstance(part, list) and part and isinstance(part[0], dict) and "token" not in part[0]:
            for number, row in enumerate(part):
                found |= _paths(row, (*path, key, number))
    return found


def _files(value: Any) -> int:
    if isinstance(value, dict):
        return 1 if "token" in value else sum(map(_files, value.values()))
    return sum(map(_files, value)) if isinstance(value, list) else 0


def _count(definition: FormDefinition, given_: dict[str, Any], kept: dict[str, Any]) -> None:
    COUNTS["forms"] += 1
    all_places = list(places(definition))
    conditions = sum(len(list(each_test(question.when))) for _, question, _ in all_places)
    COUNTS["forms with a condition"] += conditions > 0
    COUNTS["conditions"] += conditions
    for _, question, groups in all_places:
        COUNTS[f"questions: {question.kind}"] += 1
        COUNTS["nesting 3"] += question.kind is Kind.REPEAT and len(groups) == 2
    leaves = [(question, name) for question, name, _ in _leaves(definition, given_)]
    COUNTS["answers"] += len(leaves)
    COUNTS["files in a row"] += sum(q.kind is Kind.FILE and "." in name for q, name in leaves)
    COUNTS["hidden answers left out"] += len(leaves) - len(list(_leaves(definition, kept)))
    event(f"conditions: {min(conditions, 5)}")
