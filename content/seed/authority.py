"""Loads what the sample says of itself: units, invented people, duty, reception of citizens.

People's names say that they are invented ("Mẫu", "Thí Dụ", "Ví Dụ"); numbers lead nowhere.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies import hours
from content.agencies.models import Agency
from content.procedures.repairs import TWO_TIERS_FROM
from content.reception.models import IfOff, Pattern, ReceptionRule
from content.seed.basics import read_json
from content.staff.models import DutyTurn, StaffMember, Unit
from content.words import local


def seed_authority(session: Session, now: datetime) -> Iterator[str]:
    """Add everything of a kind, unless there is something of it."""
    given = read_json("authority.json")
    if session.scalars(select(Unit.id).limit(1)).first():
        yield "Cơ cấu tổ chức: đã có."
    else:
        _units(session, given)
        yield f"Cơ cấu tổ chức: thêm {len(given['units'])} đơn vị, {len(given['members'])} người."
    if not session.scalars(select(DutyTurn.id).limit(1)).first():
        _duty(session, given["duty"], now)
    if session.scalars(select(ReceptionRule.id).limit(1)).first():
        yield "Lịch tiếp công dân: đã có."
    else:
        _reception(session, given["reception"])
        yield f"Lịch tiếp công dân: thêm {len(given['reception'])} lịch."


def _units(session: Session, given: dict[str, Any]) -> None:
    agencies = {one.slug: one for one in session.scalars(select(Agency))}
    units: dict[str, Unit] = {}
    for position, one in enumerate(given["units"]):
        fields = {name: one[name] for name in ("name", "function", *CONTACT) if name in one}
        parent = units.get(one.get("parent", ""))
        unit = Unit(
            **fields,
            sessions=hours.read(one.get("hours", "")),
            parent_id=parent.id if parent else None,
            agency=agencies.get(one.get("agency", "")),
            position=position,
        )
        session.add(unit)
        session.flush()  # those below and its people ask for its id
        units[one["key"]] = unit
    for position, one in enumerate(given["members"]):
        fields = {name: value for name, value in one.items() if name != "unit"}
        session.add(StaffMember(**fields, unit_id=units[one["unit"]].id, position=position))


CONTACT = ("address", "phone", "email")


def _duty(session: Session, given: list[dict[str, Any]], now: datetime) -> None:
    today = local(now).date()
    monday = today - timedelta(days=today.weekday())
    for one in given:
        fields = {name: one[name] for name in ("task", "name", "phone", "hours")}
        first, last = (monday + timedelta(days=one[name]) for name in ("first", "last"))
        session.add(DutyTurn(**fields, starts_on=first, ends_on=last))


def _reception(session: Session, given: list[dict[str, Any]]) -> None:
    for one in given:
        fields = {
            **one,
            "starts": time.fromisoformat(one["starts"]),
            "ends": time.fromisoformat(one["ends"]),
            "pattern": Pattern(one["pattern"]),
        }
        session.add(ReceptionRule(**fields, valid_from=TWO_TIERS_FROM, if_off=IfOff.NEXT))
