"""Taking a row for oneself: see what others have written, and make them wait."""

import weakref
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from content.orm import Base


def lock(session: Session, row: Base) -> None:
    """Read the row anew and hold it until the transaction ends.

    PostgreSQL locks the row; SQLite has one writer at a time, so its transaction must have
    begun ``IMMEDIATE``.
    """
    session.flush()  # reading anew would forget what we have changed ourselves
    transaction, held = session.info.pop(_LOCKED, (None, None))
    if held is row and transaction() is session.get_transaction():
        return
    session.scalars(_anew(type(row)), {"id": row.id}).one()  # type: ignore[attr-defined]


def locked(session: Session, row: Base) -> None:
    """Say that this transaction has just read the row ``FOR UPDATE``: the next ``lock`` has
    nothing to do."""
    session.info[_LOCKED] = weakref.ref(session.get_transaction()), row


_LOCKED = "content.dossiers.locked"


@cache
def _anew(kind: type[Base]) -> Select[Any]:
    """Built once for each class: every act of filing and handling begins with it, and the
    session's own ``refresh`` builds its statement each time, for twice the price."""
    same = kind.id == bindparam("id")  # type: ignore[attr-defined]
    query = select(kind).where(same).with_for_update(of=kind)
    return query.execution_options(populate_existing=True)
