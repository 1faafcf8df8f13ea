"""Passing a dossier on: the giver's step is closed, the receiver's begins, a line is written.

Used by ``routing.py`` for internal moves and by every end, which brings the dossier back to
the desk. Asks nobody whether it may; changes only who has the dossier and at which step.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.calendar.working import WorkingCalendar
from content.dossiers.deadlines import calendar_of
from content.dossiers.desks import nearest
from content.dossiers.hand_overs import HandOver, HandOverKind, hand_overs_of, standing
from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.officer_news import News, tell_people, tell_person
from content.dossiers.processes import clerk_step, desk_step, graph_of, step_of_return
from content.dossiers.step_clock import desk_due, how_it_ended, minutes, spent, step_due
from content.dossiers.waiting import pauses_of
from content.people.models import Account
from content.people.roles import Role
from content.processes.graph import Performer, Step

AGREED = "Lãnh đạo đã duyệt kết quả"


@dataclass(frozen=True)
class Passing:
    """What is passed to whom; without ``account`` to whoever of the unit signs for it."""

    kind: HandOverKind
    step: Step | None
    agency: Agency
    account: Account | None = None
    remark: str = ""


@dataclass(frozen=True)
class _Giver:
    """The step that ends: its name, since when, until when it should have ended."""

    agency: Agency
    step_key: str | None
    step_name: str
    since: datetime
    due_at: datetime | None


def pass_on(
    session: Session,
    authority: WorkingCalendar,
    dossier: Dossier,
    passing: Passing,
    by: Account | None,
    now: datetime,
) -> HandOver:
    """Write the line and move the dossier. What the giver never signed for is theirs by now."""
    rows = hand_overs_of(session, dossier)
    kept = standing(rows)
    giver = _giver(session, authority, dossier, kept[-1] if kept else None)
    if kept and kept[-1].taken_at is None and by is not None:
        sign(kept[-1], by, now)
    hours = calendar_of(authority, passing.agency)
    stays = passing.kind is HandOverKind.ASSIGN
    own = passing.step.hours if passing.step else None
    due = giver.due_at if stays else step_due(hours, now, own, dossier.due_at)
    if passing.kind is HandOverKind.TO_DESK:
        due = None
    row = HandOver(
        dossier=dossier,
        number=len(rows) + 1,
        kind=passing.kind,
        event_number=next_event(session, dossier),
        from_agency_id=giver.agency.id,
        from_name=giver.agency.name,
        from_step=giver.step_key,
        from_step_name=giver.step_name,
        from_due_at=giver.due_at,
        from_minutes=_minutes(session, authority, dossier, giver, now),
        outcome=None if stays else how_it_ended(giver.due_at, now),
        given_at=now,
        given_by_id=by.id if by else None,
        given_by=by.name if by else "",
        to_agency=passing.agency,
        to_name=passing.agency.name,
        to_person_id=passing.account.id if passing.account else None,
        to_person=passing.account.name if passing.account else "",
        to_performer=passing.step.performer.value if passing.step else Performer.ONE_STOP.value,
        step_key=passing.step.key if passing.step else None,
        step_name=passing.step.name if passing.step else "",
        due_at=due,
        remark=passing.remark,
    )
    session.add(row)
    stand(dossier, row)
    _tell(session, dossier, passing, by, now)
    return row


def _tell(
    session: Session, dossier: Dossier, passing: Passing, by: Account | None, now: datetime
) -> None:
    """Whoever it was given to; that a result came back to the desk, its own list says."""
    if passing.kind is HandOverKind.TO_DESK:
        return
    if passing.account is not None:
        tell_person(session, dossier, passing.account, News.GIVEN, now, by=by)
        return
    performer = passing.step.performer.value if passing.step else Performer.ONE_STOP.value
    roles = [one for one in Role if one.value == performer]
    people = nearest(session, passing.agency.id, *roles)
    tell_people(session, dossier, people, News.GIVEN, now, by=by)


def stand(dossier: Dossier, row: HandOver) -> None:
    """The dossier is where this hand-over brought it."""
    dossier.unit_id = row.to_agency_id or row.to_agency.id
    dossier.holder_id = row.taken_by_id or row.to_person_id
    dossier.step_key = row.step_key
    dossier.step_name = row.step_name or None
    dossier.step_due_at = row.due_at


def sign(row: HandOver, by: Account, now: datetime) -> None:
    """The receiver's signature."""
    row.taken_at = now
    row.taken_by_id, row.taken_by = by.id, by.name


def sign_what_came(session: Session, dossier: Dossier, by: Account, now: datetime) -> None:
    """Who gives a dossier's result out had it: what nobody has signed for is theirs."""
    kept = standing(hand_overs_of(session, dossier))
    if kept and kept[-1].taken_at is None:
        sign(kept[-1], by, now)
        dossier.holder_id = by.id


def to_desk(
    session: Session,
    authority: WorkingCalendar,
    dossier: Dossier,
    by: Account | None,
    now: datetime,
    remark: str = "",
) -> HandOver | None:
    """Bring an ended dossier and its result back to the desk that received it; ``None`` where
    it never left the desk or is there already. Before the move that ends it."""
    kept = standing(hand_overs_of(session, dossier))
    if not kept or kept[-1].kind is HandOverKind.TO_DESK:
        return None
    step = step_of_return(graph_of(session, dossier), dossier.step_key)
    passing = Passing(HandOverKind.TO_DESK, step, dossier.agency, None, remark)
    return pass_on(session, authority, dossier, passing, by, now)


def to_clerk(
    session: Session, authority: WorkingCalendar, dossier: Dossier, leader: Account, now: datetime
) -> HandOver | None:
    """Bring a dossier whose result the leader has agreed with to who numbers and seals it, over
    whatever steps lie between; ``None`` where nothing leads there. Before the move is logged."""
    step = clerk_step(graph_of(session, dossier), dossier.step_key)
    if step is None:
        return None
    named = session.get(Account, step.account_id) if step.account_id else None
    agency = dossier.unit or dossier.agency
    passing = Passing(HandOverKind.FORWARD, step, agency, named, AGREED)
    return pass_on(session, authority, dossier, passing, leader, now)


def told_of(row: HandOver) -> dict[str, Any]:
    """What the log tells of a hand-over: units and steps; who it was and what was said stands
    in the hand-over."""
    return {
        "kind": row.kind.value,
        "hand_over": row.number,
        "step": row.step_key,
        "step_name": row.step_name,
        "from_unit": row.from_name,
        "to_unit": row.to_name,
    }


def next_event(session: Session, dossier: Dossier) -> int:
    """The number of the log's next line."""
    query = select(func.max(DossierEvent.number)).where(DossierEvent.dossier_id == dossier.id)
    return (session.scalar(query) or 0) + 1


def _giver(
    session: Session, authority: WorkingCalendar, dossier: Dossier, came: HandOver | None
) -> _Giver:
    if came is not None:
        return _Giver(
            came.to_agency, came.step_key, came.step_name, came.given_at, dossier.step_due_at
        )
    step = desk_step(graph_of(session, dossier))
    agency = dossier.unit or dossier.agency
    since = dossier.clock_from or dossier.received_at or dossier.status_since
    key, name = (step.key, step.name) if step else (None, "")
    return _Giver(agency, key, name, since, desk_due(calendar_of(authority, agency), dossier))


def _minutes(
    session: Session,
    authority: WorkingCalendar,
    dossier: Dossier,
    giver: _Giver,
    now: datetime,
) -> int:
    pauses = [one.as_pause() for one in pauses_of(session, dossier)]
    return minutes(spent(calendar_of(authority, giver.agency), giver.since, now, pauses))
