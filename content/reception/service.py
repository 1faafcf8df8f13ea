"""Keeping the reception calendar and the guide. Every act leaves an audit line."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.errors import Invalid
from content.reception.days import STANDING, planned
from content.reception.models import (
    GuidePart,
    GuideText,
    Pattern,
    ReceivingPlace,
    ReceptionChange,
    ReceptionRule,
)
from content.writing import revisions, saving, translations, trash

#: Which fields a pattern needs.
NEEDS = {
    Pattern.WEEKLY: ("weekday",),
    Pattern.MONTH_DAYS: ("month_days",),
    Pattern.MONTH_WEEKDAY: ("weekday", "nth"),
}
OF_PATTERNS: dict[str, Any] = {"weekday": None, "nth": None, "month_days": []}


class ReceptionService:
    """The reception calendar of one authority."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def save_rule(
        self, rule: ReceptionRule, values: Mapping[str, Any], *, revision: int, actor_id: int | None
    ) -> ReceptionRule:
        """A new rule (``revision`` 0) or a changed one; what its pattern does not use is
        emptied. ``Invalid``: ``hours_order``, ``needed``, ``month_days``, ``days_order``;
        ``Conflict`` if somebody saved meanwhile."""
        given = dict(values)
        pattern = given["pattern"]
        needed = NEEDS.get(pattern, ())
        given |= {name: empty for name, empty in OF_PATTERNS.items() if name not in needed}
        if given["ends"] <= given["starts"]:
            raise Invalid({"ends": "hours_order"}, code="hours_order")
        missing = [name for name in needed if not given[name]]
        if missing:
            raise Invalid({missing[0]: "needed"}, code="needed")
        if any(not 1 <= day <= 31 for day in given["month_days"]):
            raise Invalid({"month_days": "month_days"}, code="month_days")
        if given["valid_to"] and given["valid_to"] < given["valid_from"]:
            raise Invalid({"valid_to": "days_order"}, code="days_order")
        self._write(rule, given, revision, actor_id, "reception_rule.saved")
        return rule

    def delete_rule(self, rule: ReceptionRule, *, actor_id: int | None) -> None:
        """Into the bin, with what differs on its days."""
        trash.put(self.session, rule, actor_id, self.now)

    def save_change(
        self,
        rule: ReceptionRule,
        day: date,
        values: Mapping[str, Any],
        *,
        revision: int,
        actor_id: int | None,
    ) -> ReceptionChange:
        """What differs on a day of the rule. ``Invalid``: ``not_a_day`` (the rule does not
        fall on it), ``hours_order``, ``reason`` (cancelled without a reason)."""
        if rule.pattern is STANDING or day not in planned(rule, day, day):
            raise Invalid({"day": "not_a_day"}, code="not_a_day")
        starts, ends = values["starts"] or rule.starts, values["ends"] or rule.ends
        if ends <= starts:
            raise Invalid({"ends": "hours_order"}, code="hours_order")
        if values["is_cancelled"] and not values["reason"]:
            raise Invalid({"reason": "reason"}, code="reason")
        change = self.change_of(rule, day) or ReceptionChange(rule=rule, day=day)
        self._write(change, values, revision, actor_id, "reception_change.saved")
        return change

    def change_of(self, rule: ReceptionRule, day: date) -> ReceptionChange | None:
        """What differs on a day, if anything."""
        return next((one for one in rule.changes if one.day == day), None)

    def delete_change(self, change: ReceptionChange, *, actor_id: int | None) -> None:
        """The day is again as the rule has it."""
        change.rule.changes.remove(change)
        revisions.forget_form(self.session, f"reception_change:{change.id}")
        self._note(f"reception_change:{change.id}", actor_id, "reception_change.deleted")

    def save_guide(
        self, part: GuidePart, body: str, *, revision: int, actor_id: int | None
    ) -> None:
        """A text of the guide; an empty one brings the usual text back."""
        found = guide_text(self.session, part)
        if not body:
            if found is not None:
                self.session.delete(found)
                translations.forget(self.session, f"guide_text:{found.id}")
                self._note(f"guide_text:{found.id}", actor_id, "guide_text.deleted")
            return
        text = found or GuideText(part=part)
        values = {"body": body}
        self._write(text, values, revision if found else 0, actor_id, "guide_text.saved")

    def save_place(
        self,
        place: ReceivingPlace,
        values: Mapping[str, Any],
        *,
        revision: int,
        actor_id: int | None,
    ) -> ReceivingPlace:
        """Who takes what. ``Invalid`` ``takes_nothing`` without a kind of matter."""
        if not any(values[name] for name in ("complaints", "denunciations", "petitions")):
            raise Invalid({"complaints": "takes_nothing"}, code="takes_nothing")
        if not place.id:
            place.position = len(receiving_places(self.session))
        self._write(place, values, revision, actor_id, "receiving_place.saved")
        return place

    def move_place(self, place: ReceivingPlace, steps: int, *, actor_id: int | None) -> None:
        """Up (-1) or down (+1)."""
        saving.reorder(receiving_places(self.session), place, steps)
        self._note(f"receiving_place:{place.id}", actor_id, "receiving_place.moved")

    def delete_place(self, place: ReceivingPlace, *, actor_id: int | None) -> None:
        """Into the bin."""
        trash.put(self.session, place, actor_id, self.now)

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

    def _note(self, subject: str, actor_id: int | None, action: str) -> None:
        saving.note(self.session, subject, action, actor_id=actor_id, now=self.now)


def rules(session: Session) -> list[ReceptionRule]:
    """All rules that are not in the bin."""
    query = select(ReceptionRule).where(trash.in_use(ReceptionRule))
    return list(session.scalars(query.order_by(ReceptionRule.id)))


def receiving_places(session: Session) -> list[ReceivingPlace]:
    """All that are not in the bin, in the editors' order."""
    query = select(ReceivingPlace).where(trash.in_use(ReceivingPlace))
    return list(session.scalars(query.order_by(ReceivingPlace.position, ReceivingPlace.id)))


def guide_text(session: Session, part: GuidePart) -> GuideText | None:
    """The authority's own text of a part."""
    return session.scalars(select(GuideText).where(GuideText.part == part)).first()
