"""What a person typed and has not saved: kept aside, never published, theirs alone."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from content.errors import TooMany
from content.writing.models import Autosave

MAX_TOTAL = 400_000
MAX_FIELDS = 2_000
LIFE = timedelta(days=30)


def keep(
    session: Session, subject: str, account_id: int, fields: Mapping[str, str], now: datetime
) -> Autosave:
    """Keep the fields of a form instead of what was kept before. Raises ``TooMany``."""
    size = sum(len(name) + len(value) for name, value in fields.items())
    if size > MAX_TOTAL or len(fields) > MAX_FIELDS:
        raise TooMany("autosave_too_large", size=size)
    kept = find(session, subject, account_id)
    if kept is None:
        kept = Autosave(subject=subject, account_id=account_id)
        session.add(kept)
    kept.fields, kept.saved_at = dict(fields), now
    return kept


def find(session: Session, subject: str, account_id: int) -> Autosave | None:
    """What this person has kept of a subject."""
    query = select(Autosave).where(Autosave.subject == subject, Autosave.account_id == account_id)
    return session.scalars(query).first()


def drop(session: Session, subject: str, account_id: int) -> None:
    """Forget it: it was saved, or is not wanted."""
    session.execute(
        delete(Autosave).where(Autosave.subject == subject, Autosave.account_id == account_id)
    )


def purge(session: Session, now: datetime) -> None:
    """Forget what nobody came back to for a month."""
    session.execute(delete(Autosave).where(Autosave.saved_at < now - LIFE))
