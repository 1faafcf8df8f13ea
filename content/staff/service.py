"""Keeping units, staff and the duty roster. Every act leaves an audit line."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies import hours
from content.errors import Invalid
from content.media.models import Medium
from content.staff.models import DutyTurn, StaffMember, Unit
from content.words import local
from content.writing import saving, trash

MAX_DEPTH = 4
#: A turn is a shift, a week, a break of holidays; a longer one is a typing error.
MAX_DAYS = 31


class StaffService:
    """The staff of one authority."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def save_unit(
        self, unit: Unit, values: Mapping[str, Any], *, revision: int, actor_id: int | None
    ) -> Unit:
        """A new unit (``revision`` 0) or a changed one; ``hours`` as typed. ``Invalid``:
        ``hours``, ``hours_overlap``, ``unit_unknown``, ``unit_circle``, ``unit_deep``;
        ``Conflict`` if somebody saved meanwhile."""
        given = dict(values)
        sessions = hours.read(given.pop("hours", ""))
        parent_id = given.get("parent_id")
        self._check_parent(unit, parent_id)
        if not unit.id or unit.parent_id != parent_id:
            unit.position = len(self._beside(parent_id))
        self._write(unit, {**given, "sessions": sessions}, revision, actor_id, "unit.saved")
        return unit

    def _check_parent(self, unit: Unit, parent_id: int | None) -> None:
        if parent_id is None:
            return
        above: list[Unit] = []
        at: int | None = parent_id
        while at is not None:
            found = self.session.get(Unit, at)
            if found is None or found.deleted_at is not None:
                raise Invalid({"parent": "unit_unknown"}, code="unit_unknown")
            if found is unit or found in above:
                raise Invalid({"parent": "unit_circle"}, code="unit_circle")
            above.append(found)
            at = found.parent_id
        if len(above) + self._height(unit) > MAX_DEPTH:
            raise Invalid({"parent": "unit_deep"}, code="unit_deep")

    def _height(self, unit: Unit) -> int:
        """How many levels a unit has with those under it."""
        below = self._beside(unit.id) if unit.id else []
        return 1 + max((self._height(one) for one in below), default=0)

    def delete_unit(self, unit: Unit, *, actor_id: int | None) -> None:
        """Into the bin. ``Invalid`` ``unit_full`` while people or units belong to it."""
        query = select(StaffMember.id).where(
            StaffMember.unit_id == unit.id, trash.in_use(StaffMember)
        )
        if self._beside(unit.id) or self.session.scalar(query.limit(1)) is not None:
            raise Invalid({"unit": "unit_full"}, code="unit_full")
        trash.put(self.session, unit, actor_id, self.now)

    def save_member(
        self, member: StaffMember, values: Mapping[str, Any], *, revision: int, actor_id: int | None
    ) -> StaffMember:
        """A new person or a changed one. ``Invalid``: ``unit_unknown``, ``photo`` (no
        picture, or one without words)."""
        unit = self.session.get(Unit, values["unit_id"])
        if unit is None or unit.deleted_at is not None:
            raise Invalid({"unit": "unit_unknown"}, code="unit_unknown")
        self._check_photo(values.get("photo_id"))
        if not member.id or member.unit_id != unit.id:
            member.position = len(self._members(unit.id))
        self._write(member, values, revision, actor_id, "staff_member.saved")
        return member

    def _check_photo(self, medium_id: int | None) -> None:
        if medium_id is None:
            return
        medium = self.session.get(Medium, medium_id)
        usable = medium is not None and medium.deleted_at is None and medium.width
        if medium is None or not usable or not medium.is_ready:
            raise Invalid({"photo": "photo"}, code="photo")

    def delete_member(self, member: StaffMember, *, actor_id: int | None) -> None:
        """Into the bin."""
        trash.put(self.session, member, actor_id, self.now)

    def move(self, one: Unit | StaffMember, steps: int, *, actor_id: int | None) -> None:
        """Up (-1) or down (+1) among its neighbours."""
        row: list[Any] = (
            self._beside(one.parent_id) if isinstance(one, Unit) else self._members(one.unit_id)
        )
        saving.reorder(row, one, steps)
        kind = trash.kind_of(one).key
        saving.note(
            self.session, f"{kind}:{one.id}", f"{kind}.moved", actor_id=actor_id, now=self.now
        )

    def save_turn(
        self, turn: DutyTurn, values: Mapping[str, Any], *, revision: int, actor_id: int | None
    ) -> DutyTurn:
        """A new turn or a changed one. ``member_id`` names somebody whose name and office
        number are taken where ``name`` and ``phone`` are empty. ``Invalid``: ``days_order``,
        ``days_many``, ``who``, ``phone``."""
        given = dict(values)
        member = self.session.get(StaffMember, given.pop("member_id", None) or 0)
        if member is not None:
            given["name"] = given["name"] or member.name
            given["phone"] = given["phone"] or member.phone
        _check_turn(given)
        self._write(turn, given, revision, actor_id, "duty_turn.saved")
        return turn

    def delete_turn(self, turn: DutyTurn, *, actor_id: int | None) -> None:
        """Into the bin."""
        trash.put(self.session, turn, actor_id, self.now)

    def _beside(self, parent_id: int | None) -> list[Unit]:
        same = Unit.parent_id.is_(None) if parent_id is None else Unit.parent_id == parent_id
        query = select(Unit).where(same, trash.in_use(Unit))
        return list(self.session.scalars(query.order_by(Unit.position, Unit.id)))

    def _members(self, unit_id: int | None) -> list[StaffMember]:
        query = select(StaffMember).where(StaffMember.unit_id == unit_id, trash.in_use(StaffMember))
        return list(self.session.scalars(query.order_by(StaffMember.position, StaffMember.id)))

    def _write(
        self, obj: Any, values: Mapping[str, Any], revision: int, actor: int | None, action: str
    ) -> None:
        saving.write(
            self.session,
            obj,
            values,
            revision=revision,
            actor_id=actor,
            now=self.now,
            action=action,
        )


def _check_turn(given: Mapping[str, Any]) -> None:
    first, last = given["starts_on"], given["ends_on"]
    problem = None
    if last < first:
        problem = ("ends_on", "days_order")
    elif (last - first).days >= MAX_DAYS:
        problem = ("ends_on", "days_many")
    elif not given["name"]:
        problem = ("name", "who")
    elif not given["phone"]:
        problem = ("phone", "phone")
    if problem:
        raise Invalid(dict([problem]), code=problem[1])


def turns_from(session: Session, now: datetime) -> Sequence[DutyTurn]:
    """Turns that are not over, the next first."""
    query = select(DutyTurn).where(trash.in_use(DutyTurn), DutyTurn.ends_on >= local(now).date())
    return session.scalars(query.order_by(DutyTurn.starts_on, DutyTurn.id)).all()
