"""What the law asks around a decision, by when, and whether it was done.

NĐ 63/2010/NĐ-CP art. 15: a minister publishes 20 days, a provincial chair 5 days before
the effect; by the shortened procedure within 3 days of the document. Art. 24: entry in the
national database within 10, 5 or 2 working days of the signature.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.calendar.working import WorkingCalendar
from content.errors import Invalid
from content.procedures.deadlines import (
    Publisher,
    database_entry_by,
    decision_latest,
    shortened_decision_latest,
)
from content.procedures.decisions import PublicationDecision
from content.procedures.prepared import PreparedDecision
from content.procedures.standing import today

AnyDecision = PublicationDecision | PreparedDecision

#: How many days before its last day a duty is brought to mind.
WARNING_DAYS = 2


class DutyKind(StrEnum):
    """What is to be done."""

    PUBLISH = "publish"
    ENTER = "enter"


class Verdict(StrEnum):
    """Done in time or late, still open, about to be late, late and open."""

    IN_TIME = "in_time"
    LATE = "late"
    OPEN = "open"
    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Duty:
    """One duty, its last day, and the day on which it was done."""

    kind: DutyKind
    by: date
    done_on: date | None
    verdict: Verdict


def duties(decision: AnyDecision, calendar: WorkingCalendar, day: date) -> tuple[Duty, ...]:
    """The duties of a decision as they stand on a day: to sign it, open while it is
    planned; to enter it in the national database, from its signature on."""
    publisher = decision.publisher or Publisher.PROVINCE
    found = []
    publish_by = _publish_by(decision, publisher)
    if publish_by is not None:
        found.append(_duty(DutyKind.PUBLISH, publish_by, decision.signed_on, day))
    if decision.signed_on is not None:
        entered = decision.entered_on if isinstance(decision, PublicationDecision) else None
        enter_by = database_entry_by(
            calendar, decision.signed_on, publisher, shortened=decision.shortened
        )
        found.append(_duty(DutyKind.ENTER, enter_by, entered, day))
    return tuple(found)


def enter(
    session: Session, decision: PublicationDecision, on: date, *, by: int | None, now: datetime
) -> None:
    """Write down the day of the entry in the national database. Raises ``Invalid``."""
    if on < decision.signed_on or on > today(now):
        raise Invalid({"entered_on": "outside"})
    decision.entered_on = on
    audit.record(
        session,
        now=now,
        actor_id=by,
        action="decision.entered",
        subject=f"decision:{decision.id}",
        entered_on=on.isoformat(),
    )


def open_duties(
    session: Session, calendar: WorkingCalendar, day: date
) -> list[tuple[AnyDecision, Duty]]:
    """Every duty not yet done, the most urgent first; samples have none.

    The days of art. 24 run from the signature, so a decision that is signed but still being
    typed in is among them, and so is one that is only planned.
    """
    signed = select(PublicationDecision).where(
        PublicationDecision.entered_on.is_(None), PublicationDecision.is_sample.is_(False)
    )
    prepared = select(PreparedDecision).where(PreparedDecision.decision_id.is_(None))
    decisions: list[AnyDecision] = [*session.scalars(signed), *session.scalars(prepared)]
    found = list(_open(decisions, calendar, day))
    return sorted(found, key=lambda one: (one[1].by, one[0].id))


def _open(
    decisions: Iterable[AnyDecision], calendar: WorkingCalendar, day: date
) -> Iterator[tuple[AnyDecision, Duty]]:
    for decision in decisions:
        for duty in duties(decision, calendar, day):
            if duty.done_on is None:
                yield decision, duty


def _publish_by(decision: AnyDecision, publisher: Publisher) -> date | None:
    if decision.shortened and decision.issued_on is not None:
        return shortened_decision_latest(decision.issued_on)
    lines = decision.entries if isinstance(decision, PublicationDecision) else decision.lines
    days = [decision.in_force_from, *(line.in_force_from for line in lines)]
    known = [one for one in days if one is not None]
    return decision_latest(min(known), publisher) if known else None


def _duty(kind: DutyKind, by: date, done_on: date | None, day: date) -> Duty:
    if done_on is not None:
        verdict = Verdict.IN_TIME if done_on <= by else Verdict.LATE
    elif day > by:
        verdict = Verdict.OVERDUE
    else:
        verdict = Verdict.SOON if (by - day).days <= WARNING_DAYS else Verdict.OPEN
    return Duty(kind, by, done_on, verdict)
