"""Work to be done after commit: mails, index jobs, letters.

A row is written in the same transaction as the change that causes it, so either
both exist or neither. Workers claim rows for a while; a worker that dies leaves
its rows to be claimed again, hence every handler must bear being run twice.
Nothing here knows who does the work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Index,
    Integer,
    String,
    Text,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from content.orm import Base, Document, Id

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 12
MAX_ERROR = 2000


class OutboxJob(Base):
    """One piece of work; gone when done, kept with its error when it failed."""

    __tablename__ = "outbox_job"
    __table_args__ = (
        Index("ix__outbox_job__due", "locked_until", "id"),
        # An id is never given twice, or a slow worker could strike off another's job.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(200))
    payload: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    locked_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    last_error: Mapped[str | None] = mapped_column(Text)


@dataclass(frozen=True)
class Job:
    """A claimed row, detached from any session."""

    id: int
    kind: str
    key: str
    payload: dict[str, Any]
    attempts: int


def enqueue(
    session: Session,
    kind: str,
    key: str,
    *,
    now: datetime,
    payload: dict[str, Any] | None = None,
) -> None:
    """Promise work of ``kind`` about ``key``, to be done after this transaction commits."""
    session.add(
        OutboxJob(
            kind=kind,
            key=key,
            payload=payload or {},
            created_at=now,
            not_before=now,
            attempts=0,
        )
    )


def claim(session: Session, now: datetime, *, limit: int = 50) -> list[Job]:
    """Lease up to ``limit`` due rows to the caller, who commits and then works.

    Safe with many workers: PostgreSQL skips rows locked by others, SQLite has
    one writer at a time and the caller's transaction must be ``IMMEDIATE``.
    """
    query = (
        select(OutboxJob)
        .where(*_due(now))
        .order_by(OutboxJob.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows: Sequence[OutboxJob] = session.scalars(query).all()
    for row in rows:
        row.locked_until = now + LEASE
        row.attempts += 1
    return [Job(row.id, row.kind, row.key, dict(row.payload), row.attempts) for row in rows]


def done(session: Session, job_ids: Sequence[int]) -> None:
    """Forget finished work."""
    session.execute(delete(OutboxJob).where(OutboxJob.id.in_(job_ids)))


def failed(session: Session, job: Job, error: str, now: datetime) -> None:
    """Keep the work with its error; it is tried again after 2, 4, 8 … minutes, at most a day."""
    wait = min(timedelta(minutes=2**job.attempts), timedelta(days=1))
    session.execute(
        update(OutboxJob)
        .where(OutboxJob.id == job.id)
        .values(last_error=error[:MAX_ERROR], locked_until=None, not_before=now + wait)
    )


@dataclass(frozen=True)
class Backlog:
    """What waits, due or later; since when the oldest due work has been waiting for a worker
    to take it; how much has given up. What a worker has, or will try again, is not late."""

    waiting: int
    oldest: datetime | None
    given_up: int


def backlog(session: Session, now: datetime) -> Backlog:
    """The state of the outbox for health checks and ``verify``."""
    waiting = session.scalar(
        select(func.count(OutboxJob.id)).where(OutboxJob.attempts < MAX_ATTEMPTS)
    )
    oldest = session.scalar(select(func.min(OutboxJob.not_before)).where(*_due(now)))
    given_up = session.scalar(
        select(func.count(OutboxJob.id)).where(OutboxJob.attempts >= MAX_ATTEMPTS)
    )
    return Backlog(waiting or 0, oldest, given_up or 0)


def troubled(session: Session, limit: int = 100) -> tuple[list[OutboxJob], int]:
    """Work that failed and is tried again or has given up, the oldest first, and how much."""
    failed_once = OutboxJob.last_error.is_not(None)
    total = session.scalar(select(func.count(OutboxJob.id)).where(failed_once)) or 0
    rows = session.scalars(select(OutboxJob).where(failed_once).order_by(OutboxJob.id).limit(limit))
    return list(rows), total


def troubled_about(session: Session, kind: str, prefix: str) -> int:
    """How much work of a kind, with a key that begins so, has failed."""
    query = select(func.count(OutboxJob.id)).where(
        OutboxJob.last_error.is_not(None),
        OutboxJob.kind == kind,
        OutboxJob.key.startswith(prefix, autoescape=True),
    )
    return session.scalar(query) or 0


def again(job: OutboxJob, now: datetime) -> None:
    """Somebody has mended what was wrong: as if it had never been tried."""
    job.attempts, job.not_before, job.locked_until = 0, now, None


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What a worker may take now."""
    free = or_(OutboxJob.locked_until.is_(None), OutboxJob.locked_until < now)
    return free, OutboxJob.not_before <= now, OutboxJob.attempts < MAX_ATTEMPTS
