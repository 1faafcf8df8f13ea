"""Who has something open for writing, so that others are told before they begin.

A lock is advice: the guard against lost updates is the version counter of what is
written. It lapses fifteen minutes after the last sign of life.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.people.models import Account
from content.writing.models import Lock

LIFE = timedelta(minutes=15)


@dataclass(frozen=True)
class Holder:
    """Who has it, since when, and when they last gave a sign of life."""

    account_id: int
    name: str
    since: datetime
    seen_at: datetime


def hold(session: Session, subject: str, account_id: int, now: datetime) -> Lock | None:
    """Take the lock, or give a sign of life; ``None`` while somebody else has it."""
    lock = session.get(Lock, subject)
    if lock is None:
        lock = Lock(subject=subject, account_id=account_id, taken_at=now, seen_at=now)
        session.add(lock)
    elif lock.account_id != account_id and _alive(lock, now):
        return None
    elif lock.account_id != account_id or not _alive(lock, now):
        lock.account_id, lock.taken_at = account_id, now
    lock.seen_at = now
    return lock


def holder(session: Session, subject: str, now: datetime) -> Holder | None:
    """Who has it at the moment."""
    query = select(Lock, Account.name).join(Account, Account.id == Lock.account_id)
    row = session.execute(query.where(Lock.subject == subject)).first()
    if row is None or not _alive(row[0], now):
        return None
    lock: Lock = row[0]
    return Holder(lock.account_id, row[1], lock.taken_at, lock.seen_at)


def take_over(session: Session, subject: str, account_id: int, now: datetime) -> Lock:
    """Take it from whoever has it; written down with both names' ids."""
    lock = session.get(Lock, subject)
    if lock is not None and lock.account_id != account_id:
        audit.record(
            session,
            now=now,
            actor_id=account_id,
            action="lock.taken_over",
            subject=subject,
            from_account=lock.account_id,
        )
        lock.account_id, lock.taken_at, lock.seen_at = account_id, now, now
        return lock
    held = hold(session, subject, account_id, now)
    assert held is not None  # nobody else had it
    return held


def release(session: Session, subject: str, account_id: int) -> None:
    """Give it back; nothing happens if somebody else has it by now."""
    lock = session.get(Lock, subject)
    if lock is not None and lock.account_id == account_id:
        session.delete(lock)


def _alive(lock: Lock, now: datetime) -> bool:
    return now - lock.seen_at < LIFE
