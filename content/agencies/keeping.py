"""Changing the hours of an agency, and what they were before; an audit line says who did.

A receipt is counted for ever with the hours that were known when it was given (domain §6.1: a
change after a receipt does not move its date), so no hours are forgotten.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.agencies import hours, seasons
from content.agencies.hours_by_day import announced
from content.agencies.models import Agency
from content.errors import Conflict, Invalid, NotFound
from content.words import LOCAL_ZONE, local

#: Hours are decided for a season or a year, not further.
AHEAD = timedelta(days=400)
MAX_ANNOUNCED = 6


@dataclass(frozen=True)
class NewHours:
    """Hours as typed that begin on a day; ``instead`` of those announced for another one."""

    hours: str
    seasons: str
    begins: date
    instead: date | None = None


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
    """Hours as typed, from now on. Raises ``Invalid`` as ``hours.read`` and ``seasons.read``
    do, and ``Conflict`` if somebody saved meanwhile. Dates already given stay."""
    _demand(agency, revision)
    put_in_force(agency, local(now).date())
    before = {"sessions": agency.sessions, "seasons": agency.seasons}
    agency.sessions = hours.read(typed_hours)
    agency.seasons = seasons.read(typed_seasons)
    if before != {"sessions": agency.sessions, "seasons": agency.seasons}:
        agency.hours_before = [*agency.hours_before, {"until": now.isoformat(), **before}]
    _record(session, agency, "agency.hours", actor_id, now)


def announce_hours(
    session: Session,
    agency: Agency,
    new: NewHours,
    *,
    revision: int,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Hours from a day after today on. Those announced for the same day give way.

    Raises ``Invalid`` for ``begins`` (``hours_past``, ``hours_far``, ``hours_many``) and as
    ``save_hours`` does, and ``Conflict``.
    """
    _demand(agency, revision)
    today = local(now).date()
    told = {"sessions": hours.read(new.hours), "seasons": seasons.read(new.seasons)}
    gone = {new.instead, new.begins}
    others = {one.begins for one in announced(agency, today)} - gone
    for code, wrong in (
        ("hours_past", new.begins <= today),
        ("hours_far", new.begins > today + AHEAD),
        ("hours_many", len(others) >= MAX_ANNOUNCED),
    ):
        if wrong:
            raise Invalid({"begins": code}, code=code)
    begins = new.begins.isoformat()
    kept = _without(agency, gone, now)
    agency.hours_ahead = [*kept, {"from": begins, "known": now.isoformat(), **told}]
    _record(session, agency, "agency.hours_announced", actor_id, now, begins=begins)


def withdraw_hours(
    session: Session, agency: Agency, begins: date, *, actor_id: int | None, now: datetime
) -> None:
    """Hours that were announced do not begin. Raises ``NotFound`` where none are announced for
    the day, or they have begun."""
    if all(one.begins != begins for one in announced(agency, local(now).date())):
        raise NotFound("hours")
    agency.hours_ahead = _without(agency, {begins}, now)
    _record(session, agency, "agency.hours_withdrawn", actor_id, now, begins=begins.isoformat())


def begin_announced(session: Session, now: datetime) -> int:
    """Hours whose day has come are what readers see; of how many agencies. Deadlines follow
    the day by themselves, however late this comes."""
    today = local(now).date()
    return sum(put_in_force(one, today) for one in session.scalars(select(Agency)))


def put_in_force(agency: Agency, today: date) -> bool:
    """Take over announced hours whose day has come; whether there were any."""
    begun = [one for one in agency.hours_ahead if _has_begun(one, today)]
    for one in sorted(begun, key=lambda one: str(one["from"])):
        morning = datetime.combine(date.fromisoformat(one["from"]), time.min, LOCAL_ZONE)
        past = {"until": morning.isoformat(), "announced": one["known"]}
        past |= {"sessions": agency.sessions, "seasons": agency.seasons}
        agency.hours_before = [*agency.hours_before, past]
        agency.sessions, agency.seasons = one["sessions"], one["seasons"]
    if begun:
        agency.hours_ahead = [one for one in agency.hours_ahead if one not in begun]
    return bool(begun)


def _has_begun(one: dict[str, Any], today: date) -> bool:
    return "dropped" not in one and date.fromisoformat(one["from"]) <= today


def _without(agency: Agency, days: set[date | None], now: datetime) -> list[dict[str, Any]]:
    """What is announced; that of these days is kept as dropped, for receipts already given."""
    named = {day.isoformat() for day in days if day}
    return [
        {**one, "dropped": now.isoformat()}
        if one["from"] in named and "dropped" not in one
        else one
        for one in agency.hours_ahead
    ]


def _demand(agency: Agency, revision: int) -> None:
    if agency.revision != revision:
        raise Conflict("changed_meanwhile")


def _record(
    session: Session, agency: Agency, action: str, actor_id: int | None, now: datetime, **data: str
) -> None:
    subject = f"agency:{agency.id}"
    audit.record(session, now=now, actor_id=actor_id, action=action, subject=subject, **data)
