"""Reminding of opinions: the working day before their last day, on that day, and afterwards.

Before and on the day whoever is to answer is written to. Overdue it goes to the heads of the
asked unit and of the asking one, and to the head of the one-stop desk (NĐ 61/2018/NĐ-CP art.
19.5b). Each once, at official addresses only; bears being run again.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import outbox
from content.calendar.days import next_working_day
from content.calendar.working import WorkingCalendar
from content.dossiers.desks import nearest
from content.dossiers.models import Dossier
from content.dossiers.notices import MAIL, day_words
from content.dossiers.opinion_models import Opinion, OpinionReminder, OpinionState, Reminder
from content.people.models import Account, AccountKind
from content.people.roles import Role
from content.words import local

BATCH = 200


def remind(
    session: Session,
    calendar: WorkingCalendar,
    now: datetime,
    is_official: Callable[[str], bool],
    *,
    limit: int = BATCH,
) -> int:
    """Tell what is new; returns of how many questions. The caller commits and asks again until
    it is 0."""
    today = local(now).date()
    until = next_working_day(calendar, today)
    told = 0
    for opinion in _near(session, until, today, limit):
        reminder = which(calendar, opinion.due_date, today)
        if reminder is None or _is_told(session, opinion, reminder):
            continue
        for person, path in _people(session, opinion, reminder):
            if is_official(person.email):
                _mail(session, opinion, person, path, reminder, now)
        session.add(OpinionReminder(opinion_id=opinion.id, reminder=reminder, told_at=now))
        told += 1
    return told


def which(calendar: WorkingCalendar, due: date, today: date) -> Reminder | None:
    """What a day reminds of; only the latest is told, however long nobody looked."""
    if today > due:
        return Reminder.OVERDUE
    if today == due:
        return Reminder.TODAY
    return Reminder.SOON if next_working_day(calendar, today) >= due else None


def _near(session: Session, until: date, today: date, limit: int) -> Iterable[Opinion]:
    """Open questions that are near their day or past it, and of which not all is told."""
    over = (
        select(OpinionReminder.id)
        .where(
            OpinionReminder.opinion_id == Opinion.id,
            (OpinionReminder.reminder == Reminder.OVERDUE)
            | ((OpinionReminder.reminder == Reminder.TODAY) & (Opinion.due_date == today))
            | ((OpinionReminder.reminder == Reminder.SOON) & (Opinion.due_date > today)),
        )
        .exists()
    )
    query = (
        select(Opinion)
        .join(Dossier)
        .where(
            Opinion.state == OpinionState.ASKED,
            Dossier.finished_at.is_(None),
            Opinion.due_date <= until,
            ~over,
        )
        .order_by(Opinion.due_date, Opinion.id)
        .limit(limit)
    )
    return session.scalars(query).all()


def _is_told(session: Session, opinion: Opinion, reminder: Reminder) -> bool:
    # Somebody may have been faster than the list.
    session.get_one(Opinion, opinion.id, with_for_update=True)
    query = select(OpinionReminder.id).where(
        OpinionReminder.opinion_id == opinion.id, OpinionReminder.reminder == reminder
    )
    return session.scalars(query).first() is not None


def _people(
    session: Session, opinion: Opinion, reminder: Reminder
) -> Iterable[tuple[Account, str]]:
    """Who is told, each once, and which page they may open."""
    theirs = f"/can-bo/y-kien/{opinion.id}"
    ours = f"/can-bo/ho-so/{opinion.dossier.lookup_code}"
    if reminder is Reminder.OVERDUE:
        heads = (Role.HEAD, Role.LEADER)
        asked = nearest(session, opinion.agency_id, *heads)
        asking = nearest(session, opinion.asker_id, *heads)
        desk = nearest(session, opinion.dossier.agency_id, *heads)
        found = [*((one, theirs) for one in asked), *((one, ours) for one in (*asking, *desk))]
    else:
        found = [(one, theirs) for one in who_answers(session, opinion)]
    by_id = {one.id: (one, path) for one, path in reversed(found)}
    return [pair for pair in by_id.values() if pair[0].kind is AccountKind.OFFICIAL]


def who_answers(session: Session, opinion: Opinion) -> list[Account]:
    """The person who was named, else whoever of the unit does such work."""
    named = session.get(Account, opinion.person_id) if opinion.person_id else None
    if named is not None and named.is_active:
        return [named]
    return nearest(session, opinion.agency_id, Role.SPECIALIST, Role.HEAD, Role.LEADER)


def _mail(
    session: Session,
    opinion: Opinion,
    person: Account,
    path: str,
    reminder: Reminder,
    now: datetime,
) -> None:
    payload = {
        "to": person.email,
        "template": "opinion_due",
        "at": now.isoformat(),
        "values": {
            "person_name": person.name,
            "number": opinion.dossier.code or opinion.dossier.lookup_code,
            "asked_of": opinion.asked_of,
            "asker_name": opinion.asker_name,
            "due_at": day_words(opinion.due_date),
            "overdue": reminder is Reminder.OVERDUE,
            "path": path,
        },
    }
    key = f"opinion:{opinion.id}:{reminder.value}:{person.id}"
    outbox.enqueue(session, MAIL, key, now=now, payload=payload)
