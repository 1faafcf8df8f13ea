"""Lists of entries: one book and year, what is mine, and what is in all books at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from content.people.models import Account
from content.text import fold
from content.workbook.kinds import KINDS, EntryKind
from content.workbook.models import FINISHED, WorkEntry, WorkStatus
from content.workbook.rights import Rights

PAGE_SIZE = 50
#: What is due within this many days is near.
NEAR_DAYS = 7


class Shown(StrEnum):
    """Which entries of a list."""

    ALL = "all"
    UNFINISHED = "unfinished"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True)
class Asked:
    """What a list is asked: a book, the units in sight, a year; the rest narrows."""

    kind: EntryKind
    units: frozenset[int]
    year: int
    today: date
    shown: Shown = Shown.ALL
    query: str = ""
    mine: int | None = None


def is_overdue(entry: WorkEntry, today: date) -> bool:
    """Whether it should have been done by now."""
    return not entry.status.is_finished and entry.due_on is not None and entry.due_on < today


def _overdue(today: date) -> ColumnElement[bool]:
    return and_(WorkEntry.status.not_in(FINISHED), WorkEntry.due_on < today)


def _where(asked: Asked) -> list[ColumnElement[bool]]:
    """Of the year; what is unfinished stays in sight until it is done, whatever its year."""
    unfinished = WorkEntry.status.not_in(FINISHED)
    of_year = WorkEntry.year == asked.year
    if asked.year == asked.today.year:
        of_year = or_(of_year, and_(WorkEntry.year < asked.year, unfinished))
    found = [WorkEntry.kind == asked.kind.key, WorkEntry.agency_id.in_(asked.units), of_year]
    if asked.shown is Shown.UNFINISHED:
        found.append(unfinished)
    elif asked.shown is Shown.OVERDUE:
        found.append(_overdue(asked.today))
    elif asked.shown is Shown.DONE:
        found.append(WorkEntry.status == WorkStatus.DONE)
    if asked.mine is not None:
        found.append(WorkEntry.owner_id == asked.mine)
    found += [WorkEntry.words.contains(word, autoescape=True) for word in fold(asked.query).split()]
    return found


def count(session: Session, asked: Asked) -> int:
    """How many a list has."""
    return session.scalar(select(func.count(WorkEntry.id)).where(*_where(asked))) or 0


def counts(session: Session, asked: Asked) -> dict[Shown, int]:
    """How many each part of a list has, with the rest of what was asked."""
    query = select(
        func.count(WorkEntry.id),
        func.sum(case((WorkEntry.status.not_in(FINISHED), 1), else_=0)),
        func.sum(case((_overdue(asked.today), 1), else_=0)),
        func.sum(case((WorkEntry.status == WorkStatus.DONE, 1), else_=0)),
    )
    whole = Asked(
        asked.kind, asked.units, asked.year, asked.today, Shown.ALL, asked.query, asked.mine
    )
    found = session.execute(query.where(*_where(whole))).one()
    return dict(zip(Shown, (number or 0 for number in found), strict=True))


def page(session: Session, asked: Asked, number: int) -> Sequence[WorkEntry]:
    """Fifty of them with unit and owner, the newest number first."""
    first = (number - 1) * PAGE_SIZE
    return session.scalars(_ordered(asked).offset(first).limit(PAGE_SIZE)).all()


def everything(session: Session, asked: Asked) -> Sequence[WorkEntry]:
    """All of them in the order of their numbers, for paper and spreadsheets."""
    return list(reversed(session.scalars(_ordered(asked)).all()))


def _ordered(asked: Asked) -> Select[WorkEntry]:
    query = select(WorkEntry).where(*_where(asked))
    query = query.options(joinedload(WorkEntry.agency), joinedload(WorkEntry.owner))
    return query.order_by(WorkEntry.year.desc(), WorkEntry.number.desc())


def years(session: Session, kind: EntryKind, units: frozenset[int], this_year: int) -> list[int]:
    """The years of a book that have something, and this one; the newest first."""
    mine = (WorkEntry.kind == kind.key, WorkEntry.agency_id.in_(units))
    found = set(session.scalars(select(WorkEntry.year).where(*mine).distinct()))
    return sorted(found | {this_year}, reverse=True)


@dataclass(frozen=True)
class BookLine:
    """A book at a glance: how many entries this year, and how many are still to be done."""

    kind: EntryKind
    entries: int
    unfinished: int
    overdue: int


def overview(session: Session, rights: Rights, today: date) -> list[BookLine]:
    """The books that an officer may open."""
    found = []
    for kind in KINDS:
        units = rights.readable(kind)
        if units:
            many = counts(session, Asked(kind, units, today.year, today))
            found.append(
                BookLine(kind, many[Shown.ALL], many[Shown.UNFINISHED], many[Shown.OVERDUE])
            )
    return found


def mine(session: Session, rights: Rights, officer: Account, *, limit: int = 20) -> list[WorkEntry]:
    """What an officer has to do, what is due first on top; only what they may read."""
    readable = or_(
        *(
            and_(WorkEntry.kind == kind.key, WorkEntry.agency_id.in_(units))
            for kind in KINDS
            if (units := rights.readable(kind))
        ),
        false(),
    )
    query = (
        select(WorkEntry)
        .where(WorkEntry.owner_id == officer.id, WorkEntry.status.not_in(FINISHED), readable)
        .options(joinedload(WorkEntry.agency))
        .order_by(WorkEntry.due_on.is_(None), WorkEntry.due_on, WorkEntry.id)
    )
    return list(session.scalars(query.limit(limit)))
