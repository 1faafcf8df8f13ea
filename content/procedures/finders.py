"""Finders: a few questions that lead to the right procedure and case.

A finder is editable content: questions, each with options; an option leads to another
question or to a result (procedures with their case, and advice). ``problems_of`` names
dead ends, circles and what nobody reaches, ``lost_results`` what is not in force any more;
only a finder without problems is shown. ``finder_editing`` changes them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from content.orm import Base, Document, Id, Versioned
from content.procedures.kinds import CURRENT, Level
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.projecting import case_names
from content.writing.trash import Trashable, in_use, trashable

MAX_TITLE = 200
MAX_TEXT = 2000
MAX_QUESTIONS = 30
MAX_OPTIONS = 12
MAX_RESULTS = 10
START = "1"


@trashable("finder", "Bộ câu hỏi tìm thủ tục", lambda finder: finder.title)
class Finder(Versioned, Trashable, Base):
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


def lost_results(session: Session, questions: Sequence[Question]) -> list[Problem]:
    """Options that lead to a procedure not in force, or to a case that it does not have."""
    wanted = {one.code for question in questions for o in question.options for one in o.results}
    query = (
        select(Procedure.code, Procedure.level, ProcedureVersion.document)
        .join(ProcedureVersion, Procedure.current_version_id == ProcedureVersion.id)
        .where(Procedure.code.in_(wanted), Procedure.status.in_(CURRENT))
    )
    cases = {(code, level): case_names(told) for code, level, told in session.execute(query)}
    return [
        Problem(code, question.key, place)
        for question in questions
        for place, option in enumerate(question.options)
        for code in _lost(option, cases)
    ]


def _lost(option: Option, cases: Mapping[tuple[str | None, Level], Sequence[str]]) -> list[str]:
    found = []
    for one in option.results:
        known = cases.get((one.code, one.level))
        if known is None:
            found.append("result_gone")
        elif one.case and one.case not in known:
            found.append("case_gone")
    return list(dict.fromkeys(found))


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
    query = (
        select(Finder).where(Finder.is_public, in_use(Finder)).order_by(Finder.position, Finder.id)
    )
    return list(session.scalars(query))


def of_life_event(session: Session, slug: str) -> list[Finder]:
    """The public finders of one life event."""
    return [one for one in public(session) if one.life_event == slug]


def new_key(finder: Finder) -> str:
    """A key that no question of the finder has."""
    used = {int(one.key) for one in questions_of(finder) if one.key.isdigit()}
    return str(max(used, default=0) + 1)


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
