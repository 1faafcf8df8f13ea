"""Append-only record of who did what to which object.

Entries are written in the transaction of the act. Later the worker seals them in
batches, each batch's hash covering the one before, so that a removed or altered
line shows, while writers never wait for each other. No personal data beyond the
account's id goes into ``data``.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import Integer, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from content.orm import Base, BigId, Document, Id

BATCH = 500
# Two writers may commit in another order than they drew their ids, so a line
# waits this long before it is sealed.
SETTLE = timedelta(minutes=1)
GENESIS = "0" * 64


class AuditEntry(Base):
    """One act."""

    __tablename__ = "audit_entry"

    id: Mapped[Id]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(BigId, index=True)
    action: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(120), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)


class AuditSeal(Base):
    """The hash of a run of entries, chained to the seal before."""

    __tablename__ = "audit_seal"

    id: Mapped[Id]
    first_entry: Mapped[int] = mapped_column(BigId)
    last_entry: Mapped[int] = mapped_column(BigId, unique=True)
    count: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime]


def last(session: Session, subject: str) -> AuditEntry | None:
    """The newest line about a subject, if there is one."""
    query = select(AuditEntry).where(AuditEntry.subject == subject)
    return session.scalars(query.order_by(AuditEntry.id.desc()).limit(1)).first()


def about(session: Session, subject: str, most: int = 50) -> Sequence[AuditEntry]:
    """The newest lines about a subject, newest first."""
    query = select(AuditEntry).where(AuditEntry.subject == subject)
    return session.scalars(query.order_by(AuditEntry.id.desc()).limit(most)).all()


def record(
    session: Session,
    *,
    now: datetime,
    actor_id: int | None,
    action: str,
    subject: str,
    **data: Any,
) -> None:
    """Write one line: ``actor_id`` (``None`` = the system) did ``action`` to ``subject``."""
    session.add(AuditEntry(at=now, actor_id=actor_id, action=action, subject=subject, data=data))


def seal(session: Session, now: datetime) -> int:
    """Seal the next batch of unsealed entries; returns how many."""
    last = session.scalars(select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1)).first()
    after = last.last_entry if last else 0
    settled = takewhile(lambda one: one.at <= now - SETTLE, _entries(session, after, BATCH))
    entries = list(settled)
    if not entries:
        return 0
    session.add(
        AuditSeal(
            first_entry=entries[0].id,
            last_entry=entries[-1].id,
            count=len(entries),
            digest=_digest(last.digest if last else GENESIS, entries),
            sealed_at=now,
        )
    )
    return len(entries)


@dataclass(frozen=True)
class BrokenSeal:
    """A seal that no longer fits the entries it covers."""

    seal_id: int
    first_entry: int
    last_entry: int


def broken_seals(session: Session) -> list[BrokenSeal]:
    """Every seal whose entries were altered, removed or added to."""
    broken: list[BrokenSeal] = []
    before = GENESIS
    for one in session.scalars(select(AuditSeal).order_by(AuditSeal.id)):
        query = select(AuditEntry).where(AuditEntry.id.between(one.first_entry, one.last_entry))
        entries = list(session.scalars(query.order_by(AuditEntry.id)))
        if len(entries) != one.count or _digest(before, entries) != one.digest:
            broken.append(BrokenSeal(one.id, one.first_entry, one.last_entry))
        before = one.digest
    return broken


def unsealed(session: Session) -> int:
    """How many entries wait for their seal."""
    last = session.scalar(select(func.max(AuditSeal.last_entry))) or 0
    return session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.id > last)) or 0


def _entries(session: Session, after: int, limit: int) -> list[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.id > after).order_by(AuditEntry.id).limit(limit)
    return list(session.scalars(query))


def _digest(before: str, entries: list[AuditEntry]) -> str:
    sha = hashlib.sha256(before.encode())
    for one in entries:
        line = [one.id, one.at.isoformat(), one.actor_id, one.action, one.subject, one.data]
        sha.update(json.dumps(line, ensure_ascii=False, sort_keys=True).encode())
    return sha.hexdigest()
