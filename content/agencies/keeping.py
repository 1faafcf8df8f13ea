"""Changing the hours of an agency, and what they were before; an audit line says who did.

A receipt is counted for ever with the hours that held when it was given (domain §6.1: a change
after a receipt does not move its date), so no hours are forgotten.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from content import audit
from content.agencies import hours, seasons
from content.agencies.models import Agency
from content.errors import Conflict


def save_hours(
    session: Session,
    agency: Agency,
    typed_hours: str,
    typed_seasons: str,
    *,
    revision: int,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Hours as typed. Raises ``Invalid`` as ``hours.read`` and ``seasons.read`` do, and
    ``Conflict`` if somebody saved meanwhile. Dates already given stay."""
    if agency.revision != revision:
        raise Conflict("changed_meanwhile")
    before = {"sessions": agency.sessions, "seasons": agency.seasons}
    agency.sessions = hours.read(typed_hours)
    agency.seasons = seasons.read(typed_seasons)
    if before != {"sessions": agency.sessions, "seasons": agency.seasons}:
        agency.hours_before = [*agency.hours_before, {"until": now.isoformat(), **before}]
    audit.record(
        session, now=now, actor_id=actor_id, action="agency.hours", subject=f"agency:{agency.id}"
    )


def hours_at(agency: Agency, moment: datetime | None) -> tuple[list[Any], list[Any]]:
    """Sessions and seasons of the agency itself as they were at an instant; ``None`` is now."""
    for one in agency.hours_before:
        if moment is not None and moment < datetime.fromisoformat(one["until"]):
            return one["sessions"], one["seasons"]
    return agency.sessions, agency.seasons
