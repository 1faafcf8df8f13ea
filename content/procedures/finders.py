"""Finders: a few questions that lead to the right procedure and case.

A finder is editable content: questions, each with options; an option leads to another
question or to a result (procedures with their case, and advice). ``problems_of`` names
dead ends, circles and what nobody reaches; only a finder without problems is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from content import audit
from content.errors import Conflict, Invalid
from content.orm import Base, Document, Id, Versioned
from content.procedures.kinds import Level
from content.text import clean, slugify

MAX_TITLE = 200
MAX_TEXT = 2000
MAX_QUESTIONS = 30
MAX_OPTIONS = 12
MAX_RESULTS = 10
START = "1"


class Finder(Versioned, Base):
    """One finder. ``questions`` is a list as ``Question.as_json`` writes them; the first
    one is asked first. ``life_event`` is the slug of the event whose page links to it."""

    __tablename__ = "finder"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    intro: Mapped[str] = mapped_column(Text)
    life_event: Mapped[str | None] = mapped_column(String(100), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    is_public: Mapped[bool] = mapped_column(Boolean, default=False)
    questions: Mapped[list[Any]] = mapped_column(Document, default=list)
    updated_at: Mapped[datetime]


@dataclass(frozen=True)
class Result:
    """A procedure to which an option leads; ``case`` is the name of the case, if one."""

    code: str
    level: Level
    case: str = ""


@dataclass(frozen=True)
class Option:
    """One answer: ``next`` is the key of a question, or empty where the way ends."""

    words: str
    next: str = ""
    results: tuple[Result, ...] = ()
    advice: str = ""


@dataclass(frozen=True)
class Question:
    """One question; its key stays the same when questions are moved."""

    key: str
    text: str
    hint: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Why a finder cannot be shown: which question and option (from 0), which rule."""

    code: str
    question: str = ""
    option: int | None = None


@dataclass(frozen=True)
class Step:
    """Where a reader is: what was answered, and the question or the option that ended it."""

    answered: tuple[tuple[Question, Option], ...]
    question: Question | None
    end: Option | None


def questions_of(finder: Finder) -> tuple[Question, ...]:
    """The questions, read."""
    return tuple(_question(one) for one in finder.questions or ())


def as_json(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Questions for the column."""
    return [
        {
            "key": question.key,
            "text": question.text,
            "hint": question.hint,
            "options": [
                {
                    "words": option.words,
                    "next": option.next,
                    "results": [
                        {"code": one.code, "level": one.level.value, "case": one.case}
                        for one in option.results
                    ],
                    "advice": option.advice,
                }
                for option in question.options
            ],
        }
        for question in questions
    ]


def problems_of(questions: Sequence[Question]) -> list[Problem]:
    """Every dead end, circle and unreachable question; empty if it can be shown."""
    if not questions:
        return [Problem("no_questions")]
    by_key = {one.key: one for one in questions}
    found = [problem for one in questions for problem in _dead_ends(one, by_key)]
    on_circle = _on_circles(questions, by_key)
    found += [Problem("circle", one.key) for one in questions if one.key in on_circle]
    reached = _reached(questions[0].key, by_key)
    found += [Problem("unreachable", one.key) for one in questions if one.key not in reached]
    return found


def walk(finder: Finder, answers: Sequence[int]) -> Step:
    """Follow the answers (numbers of options, from 1); what makes no sense ends the walk."""
    questions = questions_of(finder)
    by_key = {one.key: one for one in questions}
    here: Question | None = questions[0] if questions else None
    answered: list[tuple[Question, Option]] = []
    for number in answers[:MAX_QUESTIONS]:
        if here is None or not 1 <= number <= len(here.options):
            break
        option = here.options[number - 1]
        answered.append((here, option))
        here = by_key.get(option.next) if option.next else None
        if here is None:
            return Step(tuple(answered), None, option)
    return Step(tuple(answered), here, None)


def public(session: Session) -> list[Finder]:
    """The finders readers see, in their order."""
    query = select(Finder).where(Finder.is_public).order_by(Finder.position, Finder.id)
    return list(session.scalars(query))


def of_life_event(session: Session, slug: str) -> list[Finder]:
    """The public finders of one life event."""
    return [one for one in public(session) if one.life_event == slug]


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
    if public and problems_of(questions_of(finder)):
        raise Invalid({"": "has_problems"}, "finder_has_problems")
    finder.is_public = public
    finder.updated_at = now
    _record(session, finder, "finder.shown" if public else "finder.hidden", by, now)


def new_key(finder: Finder) -> str:
    """A key that no question of the finder has."""
    used = {int(one.key) for one in questions_of(finder) if one.key.isdigit()}
    return str(max(used, default=0) + 1)


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


def _question(given: dict[str, Any]) -> Question:
    return Question(
        key=given["key"],
        text=given["text"],
        hint=given.get("hint", ""),
        options=tuple(
            Option(
                words=one["words"],
                next=one.get("next", ""),
                results=tuple(
                    Result(r["code"], Level(r["level"]), r.get("case", ""))
                    for r in one.get("results", ())
                ),
                advice=one.get("advice", ""),
            )
            for one in given.get("options", ())
        ),
    )


def _dead_ends(question: Question, by_key: dict[str, Question]) -> Iterator[Problem]:
    if not question.options:
        yield Problem("no_options", question.key)
    for place, option in enumerate(question.options):
        if option.next and option.next not in by_key:
            yield Problem("leads_nowhere", question.key, place)
        elif not option.next and not option.results and not option.advice.strip():
            yield Problem("dead_end", question.key, place)


def _on_circles(questions: Sequence[Question], by_key: dict[str, Question]) -> set[str]:
    return {
        one.key
        for one in questions
        if any(one.key in _reached(option.next, by_key) for option in one.options if option.next)
    }


def _reached(start: str, by_key: dict[str, Question]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        key = waiting.pop()
        if key in seen or key not in by_key:
            continue
        seen.add(key)
        waiting += [option.next for option in by_key[key].options if option.next]
    return seen
