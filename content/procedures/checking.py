"""When somebody last compared a procedure with its legal source, and when to do so again.

Checking changes nothing of what the page says. The next review is asked for by a day;
``due`` lists what has come due and ``remind`` writes once to who checked it last.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Date, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from content import audit, outbox
from content.errors import Invalid
from content.orm import Base, BigId, Id, reference
from content.people.models import Account
from content.people.roles import Role
from content.people.who import with_role
from content.procedures.kinds import CURRENT
from content.procedures.models import Procedure
from content.procedures.standing import today
from content.procedures.wording import legal_date

#: Proposed when nobody says otherwise: a review every half year.
USUAL_REVIEW = timedelta(days=182)
#: Nobody plans a review further ahead.
LONGEST = timedelta(days=5 * 366)


class ProcedureCheck(Base):
    """The last check of one procedure; ``reminded_for`` is the day already reminded of."""

    __tablename__ = "procedure_check"

    id: Mapped[Id]
    procedure_id: Mapped[int] = reference("procedure.id", ondelete="CASCADE", unique=True)
    checked_at: Mapped[datetime | None]
    checked_by: Mapped[int | None] = mapped_column(BigId, index=True)
    review_by: Mapped[date | None] = mapped_column(Date, index=True)
    reminded_for: Mapped[date | None] = mapped_column(Date)


def find(session: Session, procedure: Procedure) -> ProcedureCheck | None:
    """The last check of a procedure, if there ever was one."""
    query = select(ProcedureCheck).where(ProcedureCheck.procedure_id == procedure.id)
    return session.scalars(query).first()


def checks_of(session: Session, ids: Iterable[int]) -> dict[int, ProcedureCheck]:
    """The last checks of several procedures, by procedure, in one query."""
    query = select(ProcedureCheck).where(ProcedureCheck.procedure_id.in_(list(ids)))
    return {one.procedure_id: one for one in session.scalars(query)}


def mark_checked(
    session: Session,
    procedure: Procedure,
    *,
    by: int | None,
    now: datetime,
    review_by: date | None = None,
) -> ProcedureCheck:
    """Write down that somebody compared the page with its source today.

    Without a day the next review is proposed in half a year. Raises ``Invalid`` for a day
    that is not after today or too far ahead.
    """
    check = _record_of(session, procedure)
    check.checked_at = now
    check.checked_by = by
    check.review_by = _day_of_review(review_by or today(now) + USUAL_REVIEW, today(now))
    check.reminded_for = None
    subject = f"procedure:{procedure.id}"
    audit.record(session, now=now, actor_id=by, action="procedure.checked", subject=subject)
    return check


def plan_reviews(
    session: Session, ids: Iterable[int], review_by: date, *, by: int | None, now: datetime
) -> int:
    """Ask for a review of several procedures by one day; how many. Raises ``Invalid``."""
    count = 0
    for number in ids:
        procedure = session.get(Procedure, number)
        if procedure is not None:
            plan_review(session, procedure, review_by, by=by, now=now)
            count += 1
    return count


def plan_review(
    session: Session, procedure: Procedure, review_by: date, *, by: int | None, now: datetime
) -> ProcedureCheck:
    """Ask for a review by a day, without a check. Raises ``Invalid``."""
    check = _record_of(session, procedure)
    check.review_by = _day_of_review(review_by, today(now))
    check.reminded_for = None
    audit.record(
        session,
        now=now,
        actor_id=by,
        action="procedure.review_planned",
        subject=f"procedure:{procedure.id}",
        review_by=review_by.isoformat(),
    )
    return check


def due(session: Session, day: date) -> dict[int, date]:
    """Procedures in force whose review has come due, by id, with the day it was asked for."""
    query = (
        select(ProcedureCheck.procedure_id, ProcedureCheck.review_by)
        .join(Procedure, Procedure.id == ProcedureCheck.procedure_id)
        .where(ProcedureCheck.review_by <= day, Procedure.status.in_(CURRENT))
    )
    return {row.procedure_id: row.review_by for row in session.execute(query)}


def remind(session: Session, *, now: datetime) -> int:
    """Write once to who last checked each procedure whose review has come due, or to the
    heads of the board where nobody ever did; how many procedures."""
    untold = [
        one
        for one in checks_of(session, due(session, today(now))).values()
        if one.reminded_for != one.review_by
    ]
    for check in untold:
        check.reminded_for = check.review_by
        _mail(session, check, now)
    return len(untold)


def _mail(session: Session, check: ProcedureCheck, now: datetime) -> None:
    person = session.get(Account, check.checked_by) if check.checked_by else None
    procedure = session.get(Procedure, check.procedure_id)
    if procedure is None or check.review_by is None:
        return
    for one in [person] if person else with_role(session, Role.CHIEF_EDITOR):
        _write_to(session, one, procedure, check.review_by, now)


def _write_to(
    session: Session, person: Account, procedure: Procedure, review_by: date, now: datetime
) -> None:
    payload = {
        "to": person.email,
        "template": "review_due",
        "at": now.isoformat(),
        "values": {
            "name": person.name,
            "procedure_name": procedure.name,
            "review_by": legal_date(review_by),
            "path": f"/bien-tap/thu-tuc/{procedure.id}",
        },
    }
    outbox.enqueue(
        session, "mail", f"procedure:{procedure.id}:review:{person.id}", now=now, payload=payload
    )


def _record_of(session: Session, procedure: Procedure) -> ProcedureCheck:
    check = find(session, procedure)
    if check is None:
        check = ProcedureCheck(procedure_id=procedure.id)
        session.add(check)
    return check


def _day_of_review(review_by: date, day: date) -> date:
    if review_by <= day:
        raise Invalid({"review_by": "not_after_today"})
    if review_by > day + LONGEST:
        raise Invalid({"review_by": "too_far"})
    return review_by
