"""Watching deadlines: who must be told that a dossier is near its date or past it.

The officer who has it and the head of the unit are written to, once for each date and each
of the two reasons, and only at official addresses. Near the date a draft of the apology is
prepared, with the reason left to fill in. Bears being run again: what was told is kept.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Date, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from content import outbox
from content.calendar.clocks import Urgency, urgency
from content.dossiers.apologies import ApologyService
from content.dossiers.deadlines import calendar_of
from content.dossiers.desks import nearest
from content.dossiers.models import Dossier
from content.dossiers.notices import MAIL, day_words
from content.dossiers.rules import FilingRules
from content.dossiers.states import CLOCK_RUNS, Status
from content.orm import Base, Id, by_value, reference
from content.people.models import Account, AccountKind
from content.people.roles import Role
from content.words import local, short_date

#: Beyond this no limit can be "a fifth left" (domain §6.7).
HORIZON = timedelta(days=120)
BATCH = 200
#: How many are looked at for those who are near.
LOOK = 2000


class DeadlineNotice(Base):
    """Somebody was told, or, without an account, nobody could be."""

    __tablename__ = "deadline_notice"
    __table_args__ = (UniqueConstraint("dossier_id", "due_date", "urgency", "account_id"),)

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id", index=False)
    due_date: Mapped[date] = mapped_column(Date)
    urgency: Mapped[Urgency] = mapped_column(by_value(Urgency))
    account_id: Mapped[int | None] = reference("account.id")
    told_at: Mapped[datetime]


def watch(
    session: Session,
    rules: FilingRules,
    now: datetime,
    is_official: Callable[[str], bool],
    *,
    limit: int = BATCH,
) -> int:
    """Tell what is new; returns for how many dossiers. The caller commits and asks again
    until it is 0."""
    told = 0
    for dossier_id, how in _news(session, rules, now, limit):
        dossier = session.get_one(Dossier, dossier_id, with_for_update=True)
        # Somebody may have been faster than the list.
        if dossier.status in CLOCK_RUNS and dossier.due_date is not None:
            _tell(session, rules, now, dossier, how, is_official)
            told += 1
    return told


def _news(
    session: Session, rules: FilingRules, now: datetime, limit: int
) -> list[tuple[int, Urgency]]:
    today = local(now).date()
    late = _candidates(session, Urgency.OVERDUE, Dossier.due_date < today, limit)
    found = [(one.id, Urgency.OVERDUE) for one in late]
    near = and_(Dossier.due_date >= today, Dossier.due_date <= today + HORIZON)
    for one in _candidates(session, Urgency.DUE_SOON, near, LOOK):
        if len(found) >= limit:
            break
        calendar = calendar_of(rules.calendar, one.agency)
        if urgency(calendar, one.due_date, now, one.clock_from) is Urgency.DUE_SOON:
            found.append((one.id, Urgency.DUE_SOON))
    return found


def _candidates(
    session: Session, how: Urgency, which: ColumnElement[bool], limit: int
) -> Iterable[Dossier]:
    known = (
        select(DeadlineNotice.id)
        .where(
            DeadlineNotice.dossier_id == Dossier.id,
            DeadlineNotice.due_date == Dossier.due_date,
            DeadlineNotice.urgency == how,
        )
        .exists()
    )
    query = (
        select(Dossier)
        .where(Dossier.status.in_(CLOCK_RUNS), which, ~known)
        .order_by(Dossier.due_date, Dossier.id)
        .limit(limit)
    )
    return session.scalars(query).all()


def _tell(
    session: Session,
    rules: FilingRules,
    now: datetime,
    dossier: Dossier,
    how: Urgency,
    is_official: Callable[[str], bool],
) -> None:
    apologies = ApologyService(session, now, rules)
    prepared = None
    if how is Urgency.DUE_SOON and dossier.status is Status.IN_PROGRESS:
        prepared = apologies.prepare(dossier)
    people = [one for one in _people(session, dossier) if is_official(one.email)]
    for person in people:
        _mail(session, dossier, person, how, apologies.latest(dossier), now, prepared is not None)
    assert dossier.due_date is not None
    told: list[int | None] = [one.id for one in people]
    for account_id in told or [None]:
        session.add(
            DeadlineNotice(
                dossier_id=dossier.id,
                due_date=dossier.due_date,
                urgency=how,
                account_id=account_id,
                told_at=now,
            )
        )


def _people(session: Session, dossier: Dossier) -> list[Account]:
    """Who has it and who heads the unit; each person once."""
    unit = dossier.unit or dossier.agency
    holder = [dossier.holder] if dossier.holder is not None else []
    officers = holder or nearest(session, unit.id, Role.SPECIALIST, Role.ONE_STOP)
    heads = nearest(session, unit.id, Role.HEAD, Role.LEADER)
    found = {one.id: one for one in (*officers, *heads)}
    return [one for one in found.values() if one.is_active and one.kind is AccountKind.OFFICIAL]


def _mail(
    session: Session,
    dossier: Dossier,
    person: Account,
    how: Urgency,
    latest: date | None,
    now: datetime,
    prepared: bool,
) -> None:
    assert dossier.due_date is not None
    can_apologise = latest is not None and latest >= local(now).date()
    payload = {
        "to": person.email,
        "template": "deadline",
        "at": now.isoformat(),
        "values": {
            "person_name": person.name,
            "number": dossier.code or dossier.lookup_code,
            "lookup_code": dossier.lookup_code,
            "procedure_name": dossier.procedure_name,
            "agency_name": (dossier.unit or dossier.agency).name,
            "overdue": how is Urgency.OVERDUE,
            "due_at": day_words(dossier.due_date),
            "promised": short_date(dossier.promised_date) if dossier.promised_date else None,
            "apology_by": day_words(latest) if can_apologise and latest else None,
            "prepared": prepared,
            "path": f"/can-bo/ho-so/{dossier.lookup_code}",
        },
    }
    key = f"dossier:{dossier.id}:deadline:{how.value}:{dossier.due_date}:{person.id}"
    outbox.enqueue(session, MAIL, key, now=now, payload=payload)
