"""Getting the newsletter and leaving it. Nothing here tells whether an address is known."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from content import audit
from content.errors import NotFound, TooMany
from content.newsletter.models import Subscriber
from content.outbox import OutboxJob, enqueue
from content.people.attempts import Attempts
from content.text import clean

MAIL = "mail"
#: How long a mail of confirmation holds, and an unconfirmed address is kept.
LIFE = timedelta(days=7)
#: Mails that one address may be sent by asking, in ``WINDOW``: strangers ask too.
MAILS, WINDOW = 3, timedelta(days=1)
CONFIRM, LEAVE = "/ban-tin/xac-nhan/", "/ban-tin/thoi-nhan/"


def ask(session: Session, email: str, now: datetime) -> None:
    """Send the address a mail: to confirm, or that it gets the newsletter already. Whoever
    asks sees the same in either case; an address asked for too often gets nothing."""
    key = clean(email).casefold()
    attempts = Attempts(session, kind="news-mail", limit=MAILS, now=now, window=WINDOW)
    try:
        attempts.refuse_if_tired(key)
    except TooMany:
        return
    attempts.note(key)
    query = select(Subscriber).where(Subscriber.email_key == key)
    found = session.scalars(query).first()
    if found is None:
        found = Subscriber(email=clean(email), email_key=key)
        session.add(found)
    if found.confirmed_at is None:
        found.asked_at = now
    session.flush()  # the links need its key
    _write(session, found, now)


def _write(session: Session, one: Subscriber, now: datetime) -> None:
    is_known = one.confirmed_at is not None
    path = (LEAVE if is_known else CONFIRM) + one.key
    payload = {
        "to": one.email,
        "template": "newsletter_known" if is_known else "newsletter_confirm",
        "values": {"path": path} if is_known else {"path": path, "days": str(LIFE.days)},
        "at": now.isoformat(),
    }
    enqueue(session, MAIL, job_key(one), now=now, payload=payload)


def job_key(one: Subscriber) -> str:
    """What the mails to a subscriber are called in the outbox."""
    return f"newsletter:{one.id}"


def find(session: Session, key: str, now: datetime) -> Subscriber:
    """Whose link it is. ``NotFound`` for a key that never was, has left, or waited too long."""
    found = session.scalars(select(Subscriber).where(Subscriber.key == key)).first()
    if found is None or (found.confirmed_at is None and found.asked_at <= now - LIFE):
        raise NotFound("subscriber")
    return found


def confirm(session: Session, key: str, now: datetime) -> None:
    """The owner of the address wishes to get it. A second time changes nothing."""
    found = find(session, key, now)
    if found.confirmed_at is None:
        found.confirmed_at = now
        _note(session, found, "confirmed", now)


def leave(session: Session, key: str, now: datetime) -> None:
    """Erase the address with every mail that waits for it; one that is gone has left."""
    found = session.scalars(select(Subscriber).where(Subscriber.key == key)).first()
    if found is None:
        return
    waiting = (OutboxJob.kind == MAIL, OutboxJob.key == job_key(found))
    session.execute(delete(OutboxJob).where(*waiting))
    _note(session, found, "left", now)
    session.delete(found)


def forget_unconfirmed(session: Session, now: datetime) -> int:
    """Erase addresses that nobody confirmed in time; returns how many. For the worker."""
    late = (Subscriber.confirmed_at.is_(None), Subscriber.asked_at <= now - LIFE)
    found = session.scalars(select(Subscriber).where(*late)).all()
    for one in found:
        session.delete(one)
    return len(found)


def count(session: Session) -> int:
    """How many addresses get the newsletter."""
    query = select(func.count(Subscriber.id)).where(Subscriber.confirmed_at.is_not(None))
    return session.scalar(query) or 0


def _note(session: Session, one: Subscriber, act: str, now: datetime) -> None:
    subject = f"subscriber:{one.id}"
    audit.record(session, now=now, actor_id=None, action=f"subscriber.{act}", subject=subject)
