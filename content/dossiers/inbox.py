"""The officers' list: one heap of what is in sight, filtered, in order, and what is in the others.

Columns only, no document is opened; identity numbers and contacts stay inside the dossier.
Nothing is counted beyond ``MOST``, and a page is reached by the last line before it, so that a
list of a million is as quick as one of twenty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, and_, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from content.dossiers.conversation import unread_of
from content.dossiers.heaps import OPEN, Heaps, Tab
from content.dossiers.inbox_filters import Wanted
from content.dossiers.lookup import of_code
from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.reads import PAGE_SIZE, WITHOUT_DOCUMENTS
from content.dossiers.states import STATUS_NAMES, Actor, Status
from content.dossiers.work_models import DossierLabel, Label
from content.errors import NotFound
from content.people.models import Account
from content.text import clean

#: Counts and page numbers go as far; beyond it is said "more than", and one goes on from there.
MOST = 500


class Sort(StrEnum):
    """Orders of the list; ``URGENT`` is what should be done first."""

    URGENT = "urgent"
    NEWEST = "newest"
    OLDEST = "oldest"
    APPLICANT = "applicant"


@dataclass(frozen=True)
class InboxRow:
    """A line of the list. ``is_late``: the desk should have answered by now, or the result is
    overdue. ``officer`` is who has it, else who dealt with it last, "" while nobody has;
    ``revision`` is what was seen of it."""

    lookup_code: str
    revision: int
    code: str | None
    applicant_name: str
    procedure_name: str
    agency_id: int
    agency_name: str
    unit_id: int | None
    holder_id: int | None
    officer: str
    step_name: str
    status: Status
    status_words: str
    submitted_at: datetime | None
    answer_by: datetime | None
    received_at: datetime | None
    due_date: date | None
    finished_at: datetime | None
    is_late: bool
    labels: tuple[Label, ...] = ()
    has_message: bool = False


@dataclass(frozen=True)
class Inbox:
    """A page of one heap, and how much is in each; ``MOST + 1`` stands for more than that.
    ``goes_on``: the look-up code after which the list goes on beyond the last page."""

    rows: tuple[InboxRow, ...]
    number: int
    pages: int
    total: int
    counts: Mapping[Tab, int]
    goes_on: str | None = None


@dataclass(frozen=True)
class Asked:
    """Which list: the heap, what narrows it, its order, and after which dossier it begins."""

    tab: Tab = Tab.WAITING
    wanted: Wanted = field(default_factory=Wanted)
    sort: Sort = Sort.URGENT
    after: str = ""


@dataclass(frozen=True)
class Neighbours:
    """The look-up codes before and after a dossier in a list."""

    before: str | None
    after: str | None


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


def inbox(
    session: Session,
    heaps: Heaps,
    asked: Asked,
    *,
    tabs: Iterable[Tab] = (),
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Inbox:
    """One page; ``tabs`` are the heaps to be counted beside the one that is asked for."""
    counts = _counts(session, heaps, asked.wanted, dict.fromkeys((asked.tab, *tabs)))
    order = _order(asked)
    which = _which(session, heaps, asked)
    start = _beyond(session, order, asked.after) if asked.after else None
    total = counts[asked.tab] if start is None else _count(session, and_(which, start))
    pages = max(1, -(-min(total, MOST) // size))
    number = min(max(page, 1), pages)
    # First which ones; who dealt with them is asked for a page, not for the whole heap.
    ids = (
        select(Dossier.id)
        .where(which if start is None else and_(which, start))
        .order_by(*_sorted(heaps, (one.forward for one in order)))
        .limit(size)
        .offset((number - 1) * size)
        .subquery()
    )
    query = (
        select(Dossier, func.coalesce(Account.name, _LAST_OFFICER, ""))
        .join(ids, ids.c.id == Dossier.id)
        .outerjoin(Account, Account.id == Dossier.holder_id)
        .options(
            WITHOUT_DOCUMENTS.load_only(
                Dossier.unit_id, Dossier.holder_id, Dossier.step_name, Dossier.revision
            )
        )
        .order_by(*(one.forward for one in order))
    )
    found = [(one, officer) for one, officer in session.execute(query)]
    ids_found = [one.id for one, _officer in found]
    labels, unread = _labels(session, ids_found), unread_of(session, ids_found)
    beyond = total > MOST and number == pages and found
    return Inbox(
        rows=tuple(
            _row(one, officer, heaps, labels.get(one.id, ()), one.id in unread)
            for one, officer in found
        ),
        number=number,
        pages=pages,
        total=total,
        counts=counts,
        goes_on=found[-1][0].lookup_code if beyond else None,
    )


def bears_code(session: Session, heaps: Heaps, typed: str) -> str | None:
    """The look-up code of the one dossier in sight that bears a whole code, whichever heap it
    lies in; ``None`` for other words and for what may mean two."""
    coded = of_code(typed)
    if coded is None:
        return None
    query = select(Dossier.lookup_code).where(heaps.within(Tab.ALL), coded).limit(2)
    found = session.scalars(query).all()
    return found[0] if len(found) == 1 else None


def neighbours(session: Session, heaps: Heaps, asked: Asked, dossier: Dossier) -> Neighbours:
    """What stands before and after a dossier in a list, whether it still stands there or not."""
    order, which = _order(asked), _which(session, heaps, asked)
    here = [getattr(dossier, one.column.key) for one in order]

    def nearest(condition: ColumnElement[bool], by: list[Any]) -> str | None:
        query = select(Dossier.lookup_code).where(which, condition)
        return session.scalars(query.order_by(*_sorted(heaps, by)).limit(1)).first()

    return Neighbours(
        before=nearest(_further(order, here, back=True), [one.backward for one in order]),
        after=nearest(_further(order, here, back=False), [one.forward for one in order]),
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


@dataclass(frozen=True)
class _By:
    """A column of the order; what is unknown comes last."""

    column: InstrumentedAttribute[Any]
    descending: bool = False
    nullable: bool = False

    @property
    def forward(self) -> UnaryExpression[Any]:
        if self.descending:
            return self.column.desc()
        # The databases disagree on where an unknown date sorts.
        return self.column.asc().nulls_last() if self.nullable else self.column.asc()

    @property
    def backward(self) -> UnaryExpression[Any]:
        if self.descending:
            return self.column.asc()
        return self.column.desc().nulls_first() if self.nullable else self.column.desc()

    def past(self, value: Any, *, back: bool) -> ColumnElement[bool]:
        """Rows on the far side of a value."""
        if value is None:
            return self.column.is_not(None) if back else literal(value=False)
        if back is self.descending:
            beyond: ColumnElement[bool] = self.column > value
        else:
            beyond = self.column < value
        return or_(beyond, self.column.is_(None)) if self.nullable and not back else beyond

    def same(self, value: Any) -> ColumnElement[bool]:
        return self.column.is_(None) if value is None else self.column == value


_ID, _NEW = _By(Dossier.id), _By(Dossier.id, descending=True)


def _order(asked: Asked) -> tuple[_By, ...]:
    if asked.sort is Sort.APPLICANT:
        return (_By(Dossier.applicant_key), _ID)
    if asked.sort is Sort.OLDEST:
        return (_ID,)
    if asked.sort is Sort.NEWEST or asked.tab not in OPEN:
        return (_NEW,)
    first = Dossier.answer_by if asked.tab is Tab.WAITING else Dossier.due_date
    return (_By(first, nullable=True), _ID)


def _sorted(heaps: Heaps, order: Iterable[Any]) -> list[Any]:
    """Few dossiers are found first and sorted then: going through all of them in order, until
    enough of a commune's have come by, takes a second."""
    few = heaps.sight.is_narrow
    return [Dossier.id * 0, *order] if few else list(order)


def _which(session: Session, heaps: Heaps, asked: Asked) -> ColumnElement[bool]:
    narrowed = asked.wanted.condition(session, within=asked.tab in OPEN)
    return and_(heaps.within(asked.tab), narrowed)


def _beyond(session: Session, order: tuple[_By, ...], lookup_code: str) -> ColumnElement[bool]:
    query = select(*(one.column for one in order)).where(Dossier.lookup_code == lookup_code)
    here = session.execute(query).first()
    return literal(value=True) if here is None else _further(order, list(here), back=False)


def _further(order: tuple[_By, ...], here: list[Any], *, back: bool) -> ColumnElement[bool]:
    """Rows that come after (or before) the values of a row."""
    steps = []
    for place, one in enumerate(order):
        same = [other.same(value) for other, value in zip(order[:place], here[:place], strict=True)]
        steps.append(and_(*same, one.past(here[place], back=back)))
    return or_(*steps)


def _counts(session: Session, heaps: Heaps, wanted: Wanted, tabs: Iterable[Tab]) -> dict[Tab, int]:
    """All heaps in one query."""
    known = {within: wanted.condition(session, within=within) for within in (True, False)}
    asked = list(tabs)
    columns = [_at_most(and_(heaps.within(tab), known[tab in OPEN])) for tab in asked]
    numbers = session.execute(select(*columns)).one()
    return dict(zip(asked, numbers, strict=True))


def _count(session: Session, which: ColumnElement[bool]) -> int:
    return session.scalar(select(_at_most(which))) or 0


def _at_most(which: ColumnElement[bool]) -> Any:
    some = select(Dossier.id).where(which).limit(MOST + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _labels(session: Session, ids: list[int]) -> dict[int, tuple[Label, ...]]:
    query = select(DossierLabel.dossier_id, Label).join(Label)
    query = query.where(DossierLabel.dossier_id.in_(ids)).order_by(Label.name)
    found: dict[int, tuple[Label, ...]] = {}
    for dossier_id, label in session.execute(query):
        found[dossier_id] = (*found.get(dossier_id, ()), label)
    return found


def _row(
    dossier: Dossier, officer: str, heaps: Heaps, labels: tuple[Label, ...], has_message: bool
) -> InboxRow:
    waits = dossier.status is Status.SUBMITTED
    late_answer = waits and dossier.answer_by is not None and dossier.answer_by < heaps.now
    open_after = dossier.received_at is not None and dossier.finished_at is None
    late_result = open_after and dossier.due_date is not None and dossier.due_date < heaps.today
    return InboxRow(
        lookup_code=dossier.lookup_code,
        revision=dossier.revision,
        code=dossier.code,
        applicant_name=dossier.applicant_name,
        procedure_name=dossier.procedure_name,
        agency_id=dossier.agency_id,
        agency_name=dossier.agency_name,
        unit_id=dossier.unit_id,
        holder_id=dossier.holder_id,
        officer=officer,
        step_name=dossier.step_name or "",
        status=dossier.status,
        status_words=STATUS_NAMES[dossier.status],
        submitted_at=dossier.submitted_at,
        answer_by=dossier.answer_by,
        received_at=dossier.received_at,
        due_date=dossier.due_date,
        finished_at=dossier.finished_at,
        is_late=late_answer or late_result,
        labels=labels,
        has_message=has_message,
    )
