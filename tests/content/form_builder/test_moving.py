"""Drafts carried over to a new version: what fits stays, the rest is told."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from content.procedures.forms import FormDefinition, Kind, acts, prune
from content.procedures.forms.conditions import is_answered
from content.procedures.forms.definition import places
from content.procedures.forms.moving import move
from tests.support.form_strategies import answers_to, definitions


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_moving_loses_no_fitting_answer(data: st.DataObject) -> None:
    old = data.draw(definitions())
    answers = _without_files(prune(old, data.draw(answers_to(old))))
    new = old
    for one in data.draw(st.lists(st.sampled_from(_ids(old)), max_size=4, unique=True)):
        if one in _ids(new):
            new = data.draw(st.sampled_from(_CHANGES))(new, one)
    moved = move(old, new, answers)
    kept = prune(old, answers)
    labels = {loss.label for loss in moved.losses}
    for section in old.sections:
        for question in section.questions:
            value = kept.get(question.id)
            if not is_answered(value) or question.kind is Kind.REPEAT:
                continue
            same = moved.answers.get(question.id) == value
            assert same or question.label in labels
            if new == old:
                assert same


def test_an_unchanged_form_keeps_everything() -> None:
    form = acts.add_section(FormDefinition("m", "M", ()), "Một")
    form, a = acts.add_question(form, Kind.CHOICE, "Chọn", section="mot")
    moved = move(form, form, {a: "co"})
    assert (moved.answers, moved.kept, moved.losses) == ({a: "co"}, 1, ())
    fewer = acts.change_question(form, a, options=form.question(a).options[1:])
    lost = move(form, fewer, {a: "co"})
    assert [(one.label, one.said, one.why) for one in lost.losses] == [("Chọn", "Có", "option")]
    gone = move(form, acts.remove(form, a), {a: "co"})
    assert [one.why for one in gone.losses] == ["gone"]
    other = move(form, acts.change_question(form, a, kind=Kind.DATE), {a: "co"})
    assert [one.why for one in other.losses] == ["kind"]


def _ids(form: FormDefinition) -> list[str]:
    return [question.id for _, question, _ in places(form)]


def _without_files(answers: dict[str, Any]) -> dict[str, Any]:
    """Random files stand as bytes, which no stored answer does."""
    return {k: v for k, v in answers.items() if not _is_files(v)}


def _is_files(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, tuple) for one in value)


_CHANGES = [
    lambda form, _one: form,
    acts.remove,
    lambda form, one: acts.change_question(form, one, label="Nhãn mới"),
    lambda form, one: acts.shift(form, one, 1),
    lambda form, one: acts.shift(form, one, -1),
    lambda form, _one: replace(form, title="Tên mới"),
]
