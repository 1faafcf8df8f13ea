"""Saving one row of a form with its guard and its audit line, the same for all kinds."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict


def write(
    session: Session,
    obj: Any,
    values: Mapping[str, Any],
    *,
    revision: int,
    actor_id: int | None,
    now: datetime,
    action: str,
) -> None:
    """Set ``values`` on a ``Versioned`` row, new (``revision`` 0) or known, and note
    ``action`` (``unit.saved``). Raises ``Conflict`` if somebody saved it meanwhile."""
    if (obj.revision or 0) != revision:
        raise Conflict("changed_meanwhile")
    for name, value in values.items():
        setattr(obj, name, value)
    session.add(obj)
    session.flush()  # the audit line names its id
    note(session, f"{action.partition('.')[0]}:{obj.id}", action, actor_id=actor_id, now=now)


def note(
    session: Session, subject: str, action: str, *, actor_id: int | None, now: datetime
) -> None:
    """The audit line of an act."""
    audit.record(session, now=now, actor_id=actor_id, action=action, subject=subject)


def reorder(row: list[Any], one: Any, steps: int) -> None:
    """Move ``one`` up (-1) or down (+1) among its neighbours in ``row``; at the end nothing
    happens. Positions are written anew."""
    at = row.index(one)
    row.insert(min(max(at + steps, 0), len(row) - 1), row.pop(at))
    for position, each in enumerate(row):
        each.position = position
