"""Mails about decisions: duties whose day is near or past, desks that have not answered.

Each is sent once: what was sent is remembered under a key.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import outbox
from content.agencies.models import Agency
from content.calendar.working import WorkingCalendar
from content.people.models import Account
from content.people.roles import Role
from content.people.who import with_role
from content.procedures import notified
from content.procedures.decisions import PublicationDecision
from content.procedures.duties import AnyDecision, DutyKind, Verdict, open_duties
from content.procedures.notified import DecisionReminder
from content.procedures.prepared import PreparedDecision
from content.procedures.standing import today
from content.words import short_date

#: Days after publication on which a desk that said nothing is asked again.
PATIENCE = timedelta(days=3)
_URGENT = {Verdict.SOON: "sắp đến hạn", Verdict.OVERDUE: "quá hạn"}
_WORK = {
    DutyKind.PUBLISH: "ban hành quyết định công bố",
    DutyKind.ENTER: "nhập vào Cơ sở dữ liệu quốc gia về thủ tục hành chính",
}


def remind(session: Session, calendar: WorkingCalendar, *, now: datetime) -> int:
    """Promise the mails that are due; how many there are."""
    return _of_duties(session, calendar, now) + _of_desks(session, now)


def _of_duties(session: Session, calendar: WorkingCalendar, now: datetime) -> int:
    sent = 0
    for decision, duty in open_duties(session, calendar, today(now)):
        if duty.verdict not in _URGENT:
            continue
        key = f"duty:{_name_of(decision)}:{duty.kind.value}:{duty.verdict.value}"
        if not _first_time(session, key, now):
            continue
        values = {
            "number": decision.label if isinstance(decision, PreparedDecision) else decision.number,
            "work": _WORK[duty.kind],
            "state": _URGENT[duty.verdict],
            "by": short_date(duty.by),
            "path": _path_of(decision),
        }
        sent += _mail(session, _chiefs(session), "decision_duty", key, values, now)
    return sent


def _name_of(decision: AnyDecision) -> str:
    """What a reminder is remembered by: number and day of signing stay the same when a
    decision that was being typed in is published, so nobody is reminded twice."""
    if decision.signed_on is None:
        return f"planned-{decision.id}"
    told = f"{decision.number} {decision.signed_on.isoformat()}"
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def _path_of(decision: AnyDecision) -> str:
    is_signed = isinstance(decision, PublicationDecision)
    return f"/bien-tap/quyet-dinh/{'da-ky/' if is_signed else ''}{decision.id}"


def _of_desks(session: Session, now: datetime) -> int:
    sent, day = 0, today(now)
    query = select(PublicationDecision).where(
        PublicationDecision.published_at <= now - PATIENCE,
        PublicationDecision.is_sample.is_(False),
    )
    for decision in session.scalars(query):
        for agency, answer in notified.acknowledgements(session, decision, day):
            key = f"desk:{decision.id}:{agency.id}"
            if answer is None and _first_time(session, key, now):
                people = officers(session, agency.id)
                values = mail_values(decision, agency.name)
                sent += _mail(session, people, "decision", key, values, now)
    return sent


def officers(session: Session, agency_id: int) -> list[Account]:
    """The one-stop officers of a desk, else those of the nearest agency above it."""
    above: int | None = agency_id
    while above is not None:
        found = with_role(session, Role.ONE_STOP, above)
        if found:
            return found
        above = session.get_one(Agency, above).parent_id
    return []


def mail_values(decision: PublicationDecision, agency_name: str) -> dict[str, Any]:
    """What the mail of a decision to a desk says."""
    return {
        "agency_name": agency_name,
        "number": decision.number,
        "signed_on": short_date(decision.signed_on),
        "in_force_from": short_date(_first_day(decision)),
        "count": len(decision.entries),
        "path": "/can-bo/cong-bo",
    }


def _first_day(decision: PublicationDecision) -> date:
    return min([decision.in_force_from, *(one.in_force_from for one in decision.entries)])


def tell(session: Session, decision: PublicationDecision, *, now: datetime) -> int:
    """Write once to every officer whose desks a decision concerns; how many there are."""
    desks = notified.concerned(session, decision, today(now))
    people: dict[int, tuple[Account, list[str]]] = {}
    for agency in desks:
        for person in officers(session, agency.id):
            people.setdefault(person.id, (person, []))[1].append(agency.name)
    key = f"decision:{decision.id}"
    for person, names in people.values():
        values = mail_values(decision, "; ".join(names))
        _mail(session, [person], "decision", key, values, now)
    return len(people)


def _chiefs(session: Session) -> list[Account]:
    return with_role(session, Role.CHIEF_EDITOR)


def _mail(
    session: Session,
    people: Iterable[Account],
    template: str,
    key: str,
    values: dict[str, Any],
    now: datetime,
) -> int:
    count = 0
    for person in people:
        payload = {
            "to": person.email,
            "template": template,
            "at": now.isoformat(),
            "values": {"name": person.name, **values},
        }
        outbox.enqueue(session, "mail", f"{key}:{person.id}", now=now, payload=payload)
        count += 1
    return count


def _first_time(session: Session, key: str, now: datetime) -> bool:
    if session.get(DecisionReminder, key) is not None:
        return False
    session.add(DecisionReminder(key=key, at=now))
    return True
