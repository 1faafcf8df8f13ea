"""Finders: ways to procedures, without dead ends and circles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from content.errors import Conflict, Invalid
from content.procedures import finder_editing, finders
from content.procedures.finders import Finder, Option, Question, Result, problems_of, walk
from content.procedures.kinds import Level
from content.procedures.repairs import is_historical
from content.seed.basics import read_json
from tests.content.procedures.conftest import NOW, sample_records

END = Option("Xong", results=(Result("1.001193", Level.COMMUNE),))


def codes(*questions: Question) -> list[tuple[str, str]]:
    return [(one.code, one.question) for one in problems_of(questions)]


def test_dead_ends_circles_and_lonely_questions_are_named():
    assert codes() == [("no_questions", "")]
    assert codes(Question("1", "a", options=(END,))) == []
    assert codes(Question("1", "a")) == [("no_options", "1")]
    assert codes(Question("1", "a", options=(Option("x"),))) == [("dead_end", "1")]
    assert codes(Question("1", "a", options=(Option("x", next="9"),))) == [("leads_nowhere", "1")]
    there, back = Option("x", next="2"), Option("y", next="1")
    one, two = Question("1", "a", options=(there,)), Question("2", "b", options=(back, END))
    assert codes(one, two) == [("circle", "1"), ("circle", "2")]
    alone = Question("3", "c", options=(END,))
    assert codes(Question("1", "a", options=(END,)), alone) == [("unreachable", "3")]


GRAPHS = st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=3), min_size=1, max_size=6)


@settings(max_examples=80)
@given(GRAPHS)
def test_a_finder_without_problems_always_ends(graph):
    """0 ends; another number leads to that question."""
    questions = [
        Question(
            str(place),
            "?",
            options=tuple(Option("x", next=str(to)) if to else END for to in targets),
        )
        for place, targets in enumerate(graph, start=1)
    ]
    if problems_of(questions):
        return
    finder = Finder(questions=finders.as_json(questions))
    for first in (1, 2, 3):
        step = walk(finder, [first] * 30)
        assert step.end is not None or step.question is not None
        if first == 1:
            assert step.end is not None


def test_answers_that_make_no_sense_stop_the_walk():
    finder = Finder(questions=read_json("finders.json")[0]["questions"])
    assert walk(finder, []).question.key == "1"
    assert walk(finder, [99]).question.key == "1"
    assert walk(finder, [1, 1]).question.key == "3"
    assert walk(finder, [3, 1, 1]).end.results[0].code == "2.000635"


def test_editing_keeps_what_readers_see_sound(session: Session):
    made = finder_editing.create(
        session, title="Khai sinh", intro="", life_event=None, by=None, now=NOW
    )
    with pytest.raises(Conflict):
        finder_editing.create(
            session, title="Khai Sinh", intro="", life_event=None, by=None, now=NOW
        )
    with pytest.raises(Invalid):
        finder_editing.show(session, made, public=True, by=None, now=NOW)
    question = Question(finders.new_key(made), "Bao nhiêu tuổi?", options=(END,))
    finder_editing.put_question(session, made, question, by=None, now=NOW)
    # What it leads to is not in the catalogue.
    with pytest.raises(Invalid):
        finder_editing.show(session, made, public=True, by=None, now=NOW)
    ending = Option("Xong", advice="Ông/bà hỏi tại bộ phận một cửa.")
    question = Question(question.key, question.text, options=(ending,))
    finder_editing.put_question(session, made, question, by=None, now=NOW)
    finder_editing.show(session, made, public=True, by=None, now=NOW)
    assert finders.public(session) == [made]
    with pytest.raises(Invalid):
        finder_editing.put_question(session, made, Question("1", " "), by=None, now=NOW)
    finder_editing.remove_question(session, made, "1", by=None, now=NOW)
    assert not made.is_public


def test_the_sample_finders_are_sound_and_their_procedures_and_cases_exist():
    known = {
        (one["code"], one["level"]): one
        for one in sample_records()
        if one.get("code") and not is_historical(one.get("as_of"))
    }
    for given_ in read_json("finders.json"):
        questions = finders.questions_of(Finder(questions=given_["questions"]))
        assert problems_of(questions) == []
        results = [r for q in questions for o in q.options for r in o.results]
        for one in results:
            cases = {p.get("case") for p in known[one.code, one.level.value]["dossier"]}
            assert not one.case or one.case in cases
