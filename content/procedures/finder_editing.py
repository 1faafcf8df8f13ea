"""What editors do to finders: begin one, write its questions, order them, show or delete it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid, NotFound
from content.procedures.finders import (
    MAX_OPTIONS,
    MAX_QUESTIONS,
    MAX_RESULTS,
    MAX_TEXT,
    MAX_TITLE,
    Finder,
    Question,
    as_json,
    lost_results,
    problems_of,
    questions_of,
)
from content.text import clean, slugify
from content.writing import trash


def create(
    session: Session,
    *,
    title: str,
    intro: str,
    life_event: str | None,
    by: int | None,
    now: datetime,
) -> Finder:
    """A new finder that nobody sees yet. Raises ``Invalid``, ``Conflict`` for a title that
    another one has."""
    finder = Finder(is_public=False, questions=[], updated_at=now)
    _describe(finder, title, intro, life_event)
    finder.slug = slugify(finder.title)[:100]
    if session.scalars(select(Finder).where(Finder.slug == finder.slug)).first():
        raise Conflict("finder_exists", slug=finder.slug)
    last = session.scalar(select(func.max(Finder.position)))
    finder.position = (last or 0) + 1
    session.add(finder)
    # The audit names its id.
    session.flush()
    _record(session, finder, "finder.created", by, now)
    return finder


def describe(
    session: Session,
    finder: Finder,
    *,
    title: str,
    intro: str,
    life_event: str | None,
    by: int | None,
    now: datetime,
) -> None:
    """Change what stands around the questions; the address stays. Raises ``Invalid``."""
    _describe(finder, title, intro, life_event)
    finder.updated_at = now
    _record(session, finder, "finder.described", by, now)


def put_question(
    session: Session, finder: Finder, question: Question, *, by: int | None, now: datetime
) -> None:
    """Write a question over the one with its key, or add it. Raises ``Invalid``.

    Who saves over what somebody else wrote meanwhile is the caller's care (it knows what was
    shown); two at the very same moment: ``StaleDataError``.

    A finder that readers see and that now has problems is hidden.
    """
    _check_question(question)
    questions = list(questions_of(finder))
    keys = [one.key for one in questions]
    if question.key in keys:
        questions[keys.index(question.key)] = question
    elif len(questions) >= MAX_QUESTIONS:
        raise Invalid({"": "too_many"})
    else:
        questions.append(question)
    _write(session, finder, questions, "finder.question_saved", by, now)


def remove_question(
    session: Session, finder: Finder, key: str, *, by: int | None, now: datetime
) -> None:
    """Take a question out; options that led to it lead nowhere and are named as problems."""
    questions = [one for one in questions_of(finder) if one.key != key]
    _write(session, finder, questions, "finder.question_removed", by, now)


def show(session: Session, finder: Finder, *, public: bool, by: int | None, now: datetime) -> None:
    """Let readers see it, or not. Raises ``Invalid`` (code ``finder_has_problems``)."""
    questions = questions_of(finder)
    if public and (problems_of(questions) or lost_results(session, questions)):
        raise Invalid({"": "has_problems"}, "finder_has_problems")
    finder.is_public = public
    finder.updated_at = now
    _record(session, finder, "finder.shown" if public else "finder.hidden", by, now)


def move_question(
    session: Session, finder: Finder, key: str, by_places: int, *, by: int | None, now: datetime
) -> None:
    """Move a question up (-1) or down (1); the first one is asked first. Raises ``NotFound``."""
    questions = list(questions_of(finder))
    keys = [one.key for one in questions]
    if key not in keys:
        raise NotFound("question")
    here = keys.index(key)
    there = here + by_places
    if 0 <= there < len(questions):
        questions[here], questions[there] = questions[there], questions[here]
        _write(session, finder, questions, "finder.question_moved", by, now)


def move(session: Session, finder: Finder, by_places: int) -> None:
    """Move a finder one place up (-1) or down (1) among all."""
    query = select(Finder).where(trash.in_use(Finder)).order_by(Finder.position, Finder.id)
    order = list(session.scalars(query))
    here = order.index(finder)
    there = here + by_places
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    for place, one in enumerate(order):
        one.position = place


def throw_away(session: Session, finder: Finder, *, by: int | None, now: datetime) -> None:
    """Put a finder into the bin, where readers no longer see it."""
    finder.is_public = False
    trash.put(session, finder, by, now)


def _write(
    session: Session,
    finder: Finder,
    questions: Sequence[Question],
    action: str,
    by: int | None,
    now: datetime,
) -> None:
    finder.questions = as_json(questions)
    finder.updated_at = now
    if finder.is_public and problems_of(questions):
        finder.is_public = False
    _record(session, finder, action, by, now)


def _record(session: Session, finder: Finder, action: str, by: int | None, now: datetime) -> None:
    audit.record(session, now=now, actor_id=by, action=action, subject=f"finder:{finder.id}")


def _describe(finder: Finder, title: str, intro: str, life_event: str | None) -> None:
    title, intro = clean(title), clean(intro, multiline=True)
    problems = {}
    if not title:
        problems["title"] = "required"
    elif len(title) > MAX_TITLE:
        problems["title"] = "too_long"
    if len(intro) > MAX_TEXT:
        problems["intro"] = "too_long"
    if problems:
        raise Invalid(problems)
    finder.title, finder.intro, finder.life_event = title, intro, life_event or None


def _check_question(question: Question) -> None:
    problems = {}
    if not question.text.strip():
        problems["text"] = "required"
    if len(question.options) > MAX_OPTIONS:
        problems["options"] = "too_many"
    for place, option in enumerate(question.options):
        if not option.words.strip():
            problems[f"options[{place}].words"] = "required"
        if len(option.results) > MAX_RESULTS:
            problems[f"options[{place}].results"] = "too_many"
    if problems:
        raise Invalid(problems)
