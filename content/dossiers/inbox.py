"""The desk's list: what waits, what was accepted, what was refused, of its agencies only.

Columns only, no document is opened; identity numbers and contacts stay inside the dossier.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from content.dossiers.lookup_codes import parse_lookup_code
from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.reads import PAGE_SIZE, WITHOUT_DOCUMENTS, count_pages
from content.dossiers.states import STATUS_NAMES, Actor, Status
from content.errors import NotFound
from content.text import clean, fold
from content.words import local

MAX_QUERY = 200


class Tab(StrEnum):
    """Three heaps of the desk, and all of them together."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ALL = "all"


class Sort(StrEnum):
    """Orders of the list; ``URGENT`` is what should be done first."""

    URGENT = "urgent"
    NEWEST = "newest"
    OLDEST = "oldest"
    APPLICANT = "applicant"


@dataclass(frozen=True)
class InboxRow:
    """A line of the desk. ``is_late``: the desk should have answered by now, or the result
    is overdue. ``officer`` is who dealt with it last, "" while nobody has."""

    lookup_code: str
    code: str | None
    applicant_name: str
    procedure_name: str
    agency_id: int
    agency_name: str
    officer: str
    status: Status
    status_words: str
    submitted_at: datetime | None
    answer_by: datetime | None
    received_at: datetime | None
    due_date: date | None
    finished_at: datetime | None
    is_late: bool


@dataclass(frozen=True)
class Inbox:
    """A page of one tab, and how much is in each."""

    rows: tuple[InboxRow, ...]
    number: int
    pages: int
    total: int
    counts: dict[Tab, int]


_IN_TAB: dict[Tab, ColumnElement[bool]] = {
    Tab.WAITING: Dossier.status == Status.SUBMITTED,
    Tab.ACCEPTED: Dossier.received_at.is_not(None),
    Tab.REFUSED: Dossier.status == Status.REFUSED,
    Tab.ALL: true(),
}
_MOMENT = {
    Tab.WAITING: Dossier.submitted_at,
    Tab.ACCEPTED: Dossier.received_at,
    Tab.REFUSED: Dossier.finished_at,
    Tab.ALL: Dossier.submitted_at,
}
_LAST_OFFICER = (
    select(DossierEvent.actor_name)
    .where(
        DossierEvent.dossier_id == Dossier.id,
        DossierEvent.role.not_in([Actor.CITIZEN.value, Actor.SYSTEM.value]),
    )
    .order_by(DossierEvent.number.desc())
    .limit(1)
    .scalar_subquery()
)


def inbox(  # noqa: PLR0913 - a list is asked for in many ways
    session: Session,
    desks: set[int],
    now: datetime,
    *,
    tab: Tab = Tab.WAITING,
    query: str = "",
    sort: Sort = Sort.URGENT,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Inbox:
    """What lies on these desks (``desks.desks_of``); found by code or by applicant's name."""
    mine = and_(Dossier.agency_id.in_(desks), _matches(query))
    which = and_(mine, _IN_TAB[tab])
    total, number, pages = count_pages(session, which, page, size)
    found = select(Dossier, _LAST_OFFICER).options(WITHOUT_DOCUMENTS).where(which)
    found = found.order_by(*_order(tab, sort), Dossier.id)
    rows = session.execute(found.limit(size).offset((number - 1) * size))
    today = local(now).date()
    return Inbox(
        rows=tuple(_row(one, officer or "", now, today) for one, officer in rows),
        number=number,
        pages=pages,
        total=total,
        counts=_counts(session, mine),
    )


def on_desk(session: Session, desks: set[int], lookup_code: str) -> Dossier:
    """A dossier of these desks. Raises ``NotFound`` for all others."""
    query = select(Dossier).where(
        Dossier.lookup_code == clean(lookup_code), Dossier.agency_id.in_(desks)
    )
    dossier = session.scalars(query).first()
    if dossier is None:
        raise NotFound("dossier")
    return dossier


def _matches(query: str) -> ColumnElement[bool]:
    text = clean(query[:MAX_QUERY])
    if not text:
        return true()
    upper = text.upper()
    name = fold(text)
    return or_(
        Dossier.code.contains(upper, autoescape=True),
        Dossier.lookup_code.contains(parse_lookup_code(text) or upper, autoescape=True),
        Dossier.applicant_key.contains(name, autoescape=True),
    )


def _order(tab: Tab, sort: Sort) -> tuple[UnaryExpression[Any], ...]:
    moment = _MOMENT[tab]
    if sort is Sort.APPLICANT:
        return (Dossier.applicant_key.asc(),)
    if sort is Sort.OLDEST:
        return (moment.asc(),)
    if sort is Sort.NEWEST or tab in (Tab.REFUSED, Tab.ALL):
        return (moment.desc(),)
    first = Dossier.answer_by if tab is Tab.WAITING else Dossier.due_date
    # The databases disagree on where an unknown date sorts; here it comes last.
    return (first.is_(None).asc(), first.asc())


def _counts(session: Session, mine: ColumnElement[bool]) -> dict[Tab, int]:
    columns = [func.sum(case((_IN_TAB[tab], 1), else_=0)) for tab in Tab]
    numbers = session.execute(select(*columns).where(mine)).one()
    return {tab: number or 0 for tab, number in zip(Tab, numbers, strict=True)}


def _row(dossier: Dossier, officer: str, now: datetime, today: date) -> InboxRow:
    waits = dossier.status is Status.SUBMITTED
    late_answer = waits and dossier.answer_by is not None and dossier.answer_by < now
    open_after = dossier.received_at is not None and dossier.finished_at is None
    late_result = open_after and dossier.due_date is not None and dossier.due_date < today
    return InboxRow(
        lookup_code=dossier.lookup_code,
        code=dossier.code,
        applicant_name=dossier.applicant_name,
        procedure_name=dossier.procedure_name,
        agency_id=dossier.agency_id,
        agency_name=dossier.agency_name,
        officer=officer,
        status=dossier.status,
        status_words=STATUS_NAMES[dossier.status],
        submitted_at=dossier.submitted_at,
        answer_by=dossier.answer_by,
        received_at=dossier.received_at,
        due_date=dossier.due_date,
        finished_at=dossier.finished_at,
        is_late=late_answer or late_result,
    )
