"""Changing the hours of an agency; an audit line says who did."""

from datetime import datetime

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
    agency.sessions = hours.read(typed_hours)
    agency.seasons = seasons.read(typed_seasons)
    audit.record(
        session, now=now, actor_id=actor_id, action="agency.hours", subject=f"agency:{agency.id}"
    )
