"""Whom to phone today, and why: late results, apologies, supplements about to lapse.

Worked out anew each time from dossiers, requests and notes; two queries, whatever the length.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from content.calendar.days import next_working_day
from content.calendar.working import WorkingCalendar, at
from content.dossiers.contacts import CallOutcome, ContactNote
from content.dossiers.models import Dossier
from content.dossiers.reads import WITHOUT_DOCUMENTS
from content.dossiers.scope import in_units
from content.dossiers.states import CLOCK_RUNS, Status
from content.dossiers.supplement_requests import SupplementRequest
from content.words import local

LIMIT = 200


class WhyCall(StrEnum):
    """Why somebody must be phoned, the most pressing first."""

    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    APOLOGY = "apology"
    SUPPLEMENT = "supplement"
    AGREED = "agreed"


WHY_NAMES = {
    WhyCall.OVERDUE: "Quá hạn, chưa có kết quả",
    WhyCall.DUE_TODAY: "Hẹn trả hôm nay, chưa có kết quả",
    WhyCall.APOLOGY: "Vừa xin lỗi, hẹn lại ngày trả",
    WhyCall.SUPPLEMENT: "Sắp hết hạn bổ sung",
    WhyCall.AGREED: "Đã hẹn gọi lại",
}


@dataclass(frozen=True)
class Call:
    """One line: whom, on which number, why, and the last try."""

    lookup_code: str
    code: str | None
    applicant: str
    phone: str | None
    procedure: str
    agency_id: int
    why: WhyCall
    day: date | None
    last: ContactNote | None


def to_call(
    session: Session, units: Collection[int], calendar: WorkingCalendar, now: datetime
) -> list[Call]:
    """At most :data:`LIMIT` lines, the most pressing first; those that cannot be reached by
    phone too, with no number."""
    found = _candidates(session, units, calendar, now)
    last = _last_notes(session, [dossier.id for dossier, _, _ in found])
    calls = [
        _call(dossier, reached, request, last.get(dossier.id), calendar, now)
        for dossier, reached, request in found
    ]
    order = list(WhyCall)
    there = [one for one in calls if one is not None]
    return sorted(there, key=lambda one: (order.index(one.why), one.day or date.max))[:LIMIT]


_Found = tuple[Dossier, datetime | None, SupplementRequest | None]


def _candidates(
    session: Session, units: Collection[int], calendar: WorkingCalendar, now: datetime
) -> list[_Found]:
    today = local(now).date()
    reached = (
        select(func.max(ContactNote.called_at))
        .where(ContactNote.dossier_id == Dossier.id, ContactNote.outcome == CallOutcome.REACHED)
        .correlate(Dossier)
        .scalar_subquery()
    )
    again = (
        select(ContactNote.id)
        .where(ContactNote.dossier_id == Dossier.id, ContactNote.call_again_on <= today)
        .correlate(Dossier)
        .exists()
    )
    runs = Dossier.status.in_(CLOCK_RUNS)
    # Somebody who was told after the due date has been told.
    late = and_(runs, Dossier.due_date <= today, or_(reached.is_(None), reached < Dossier.due_at))
    sorry = and_(
        runs,
        Dossier.extended_at.is_not(None),
        or_(reached.is_(None), reached < Dossier.extended_at),
    )
    lapsing = and_(
        Dossier.status == Status.SUPPLEMENT_ASKED,
        SupplementRequest.reply_by <= next_working_day(calendar, today),
        or_(reached.is_(None), reached < SupplementRequest.asked_at),
    )
    agreed = and_(Dossier.finished_at.is_(None), again)
    query = (
        select(Dossier, reached, SupplementRequest)
        .options(
            WITHOUT_DOCUMENTS.load_only(
                Dossier.applicant_phone, Dossier.due_at, Dossier.extended_at, Dossier.unit_id
            )
        )
        .outerjoin(
            SupplementRequest,
            and_(SupplementRequest.dossier_id == Dossier.id, SupplementRequest.outcome.is_(None)),
        )
        .where(in_units(units), or_(late, sorry, lapsing, agreed))
        .order_by(Dossier.due_date, Dossier.id)
        .limit(LIMIT)
    )
    return [(one, when, asked) for one, when, asked in session.execute(query)]


def _last_notes(session: Session, ids: Iterable[int]) -> dict[int, ContactNote]:
    query = select(ContactNote).where(ContactNote.dossier_id.in_(list(ids)))
    notes = session.scalars(query.order_by(ContactNote.called_at, ContactNote.id))
    return {note.dossier_id: note for note in notes}


def _call(
    dossier: Dossier,
    reached: datetime | None,
    request: SupplementRequest | None,
    last: ContactNote | None,
    calendar: WorkingCalendar,
    now: datetime,
) -> Call | None:
    why = _why(dossier, reached, request, last, now)
    if why is None:
        return None
    due = request.reply_by if why is WhyCall.SUPPLEMENT and request else dossier.due_date
    return Call(
        lookup_code=dossier.lookup_code,
        code=dossier.code,
        applicant=dossier.applicant_name,
        phone=dossier.applicant_phone,
        procedure=dossier.procedure_name,
        agency_id=dossier.unit_id or dossier.agency_id,
        why=why,
        day=last.call_again_on if why is WhyCall.AGREED and last else due,
        last=last,
    )


def _why(
    dossier: Dossier,
    reached: datetime | None,
    request: SupplementRequest | None,
    last: ContactNote | None,
    now: datetime,
) -> WhyCall | None:
    """The first reason that holds; a day that was agreed on puts all others off."""
    today = local(now).date()
    agreed = last.call_again_on if last else None
    if agreed is not None and agreed > today:
        return None
    reached_today = reached is not None and reached >= at(today, time.min)
    running, due = dossier.status in CLOCK_RUNS, dossier.due_date
    if running and due is not None and due < today and _before(reached, dossier.due_at):
        return WhyCall.OVERDUE
    if running and due == today and not reached_today:
        return WhyCall.DUE_TODAY
    if running and dossier.extended_at is not None and _before(reached, dossier.extended_at):
        return WhyCall.APOLOGY
    if request is not None and _before(reached, request.asked_at) and not running:
        return WhyCall.SUPPLEMENT
    return WhyCall.AGREED if agreed is not None else None


def _before(reached: datetime | None, moment: datetime | None) -> bool:
    return reached is None or moment is None or reached < moment
