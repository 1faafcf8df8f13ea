"""Taking a row for oneself: see what others have written, and make them wait."""

from sqlalchemy.orm import Session

from content.orm import Base


def lock(session: Session, row: Base) -> None:
    """Read the row anew and hold it until the transaction ends.

    PostgreSQL locks the row; SQLite has one writer at a time, so its transaction must have
    begun ``IMMEDIATE``.
    """
    session.flush()  # refreshing would forget what we have changed ourselves
    session.refresh(row, with_for_update=True)
