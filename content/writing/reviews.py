"""By when published writing is to be looked at again: one mechanism for all kinds.

A class joins with :func:`reviewable`. What readers do not see never comes due. A reminder is
written once for each day, to whoever planned it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import outbox
from content.errors import Invalid
from content.people.models import Account
from content.words import local, short_date
from content.writing import saving
from content.writing.models import ReviewPlan

#: Nobody plans a review further ahead.
LONGEST = timedelta(days=5 * 366)
C = TypeVar("C", bound=type[Any])


@dataclass(frozen=True)
class Kind:
    """A kind of writing: what one is called, and whether readers see it."""

    key: str
    cls: type[Any]
    title: Callable[[Any], str]
    is_public: Callable[[Any], bool]


@dataclass(frozen=True)
class Due:
    """Something to be looked at, and since which day."""

    kind: Kind
    obj: Any
    plan: ReviewPlan
    review_by: date


KINDS: dict[str, Kind] = {}


def reviewable(
    key: str, title: Callable[[Any], str], is_public: Callable[[Any], bool]
) -> Callable[[C], C]:
    """Class decorator: objects of this class may have a day of review."""

    def remember(cls: C) -> C:
        KINDS[key] = Kind(key, cls, title, is_public)
        return cls

    return remember


def find(session: Session, subject: str) -> ReviewPlan | None:
    """The plan of a subject (``article:12``), if there ever was one."""
    return session.scalars(select(ReviewPlan).where(ReviewPlan.subject == subject)).first()


def plan(
    session: Session,
    subject: str,
    review_by: date | None,
    *,
    is_checked: bool,
    revision: int,
    by: int | None,
    now: datetime,
) -> ReviewPlan:
    """Ask for a review by a day (``None``: none), and write down with ``is_checked`` that
    somebody found it right today. ``Invalid``: ``not_after_today``, ``too_far``; ``Conflict``
    if somebody planned meanwhile."""
    today = local(now).date()
    if review_by is not None and review_by <= today:
        raise Invalid({"review_by": "not_after_today"}, code="not_after_today")
    if review_by is not None and review_by > today + LONGEST:
        raise Invalid({"review_by": "too_far"}, code="too_far")
    with session.no_autoflush:
        made = find(session, subject) or ReviewPlan(subject=subject)
    values = {
        "review_by": review_by,
        "planned_by": by,
        "reminded_for": None,
        "checked_at": now if is_checked else made.checked_at,
    }
    saving.write(
        session,
        made,
        values,
        revision=revision,
        actor_id=by,
        now=now,
        action="review_plan.saved",
    )
    return made


def due(session: Session, day: date) -> list[Due]:
    """What readers see and somebody is to look at, the longest due first."""
    query = select(ReviewPlan).where(ReviewPlan.review_by <= day)
    plans = session.scalars(query.order_by(ReviewPlan.review_by, ReviewPlan.id)).all()
    known = _objects(session, [one.subject for one in plans])
    found = []
    for one in plans:
        kind, obj = known.get(one.subject, (None, None))
        if kind is not None and one.review_by is not None and kind.is_public(obj):
            found.append(Due(kind, obj, one, one.review_by))
    return found


def _objects(session: Session, subjects: list[str]) -> dict[str, tuple[Kind, Any]]:
    """Subject → its kind and what it is, unless it lies in the bin; one query a kind."""
    found: dict[str, tuple[Kind, Any]] = {}
    for key, kind in KINDS.items():
        ids = [int(one.partition(":")[2]) for one in subjects if one.partition(":")[0] == key]
        if ids:
            query = select(kind.cls).where(kind.cls.id.in_(ids), kind.cls.deleted_at.is_(None))
            found |= {f"{key}:{one.id}": (kind, one) for one in session.scalars(query)}
    return found


def remind(session: Session, *, now: datetime) -> int:
    """Write once to who planned each review that has come due; how many came due anew."""
    untold = [
        one for one in due(session, local(now).date()) if one.plan.reminded_for != one.review_by
    ]
    for one in untold:
        one.plan.reminded_for = one.review_by
        person = session.get(Account, one.plan.planned_by) if one.plan.planned_by else None
        if person is not None:
            _mail(session, one, person, now)
    return len(untold)


def _mail(session: Session, one: Due, person: Account, now: datetime) -> None:
    payload = {
        "to": person.email,
        "template": "writing_due",
        "at": now.isoformat(),
        "values": {
            "name": person.name,
            "title": one.kind.title(one.obj),
            "review_by": short_date(one.review_by),
            "path": "/bien-tap/den-han",
        },
    }
    outbox.enqueue(session, "mail", f"{one.plan.subject}:review", now=now, payload=payload)
