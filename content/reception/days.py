"""From rules to days: when citizens are received between two days. Pure; asks no database.

A day on which nobody works is left out or moves to the next working day, as the rule says;
days moved onto each other become one. What an editor changed on a day comes last and wins.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from content.calendar.working import WorkingCalendar
from content.reception.models import IfOff, Pattern, ReceptionChange, ReceptionRule

#: No break is longer; a day moves forward at most that far.
LONGEST_BREAK = timedelta(days=40)
#: Working days are announced in words, not day by day.
STANDING = Pattern.WORKING_DAYS
_DAY = timedelta(days=1)


class Standing(StrEnum):
    """How a day came about."""

    PLANNED = "planned"
    SHIFTED = "shifted"
    CHANGED = "changed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Occurrence:
    """One reception; ``planned`` is its day by the pattern, ``day`` when it is held."""

    rule_id: int
    planned: date
    day: date
    starts: time
    ends: time
    leader: str
    post: str
    place: str
    note: str
    standing: Standing
    sequence: int


def between(
    rules: Iterable[ReceptionRule], calendar: WorkingCalendar, first: date, last: date
) -> list[Occurrence]:
    """Every reception held from ``first`` to ``last``, cancelled ones too, in their order."""
    found = [
        one
        for rule in rules
        if rule.pattern is not STANDING
        for one in _of_rule(rule, calendar, first, last)
    ]
    return sorted(found, key=lambda one: (one.day, one.starts, one.rule_id))


def planned(rule: ReceptionRule, first: date, last: date) -> Iterator[date]:
    """The days of a rule's pattern within its validity, in order."""
    first = max(first, rule.valid_from)
    last = min(last, rule.valid_to or last)
    if rule.pattern is Pattern.ONCE:
        last = min(last, rule.valid_from)
    day = first
    while day <= last:
        if FITS[rule.pattern](rule, day):
            yield day
        day += _DAY


def next_day(
    rule: ReceptionRule, calendar: WorkingCalendar, today: date, within: timedelta
) -> Occurrence | None:
    """The next reception by a rule that is not cancelled."""
    found = between([rule], calendar, today, today + within)
    return next((one for one in found if one.standing is not Standing.CANCELLED), None)


def _weekly(rule: ReceptionRule, day: date) -> bool:
    return day.isoweekday() == rule.weekday


def _month_days(rule: ReceptionRule, day: date) -> bool:
    return day.day in rule.month_days


def _month_weekday(rule: ReceptionRule, day: date) -> bool:
    if day.isoweekday() != rule.weekday:
        return False
    if rule.nth == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == rule.nth


def _every(_rule: ReceptionRule, _day: date) -> bool:
    return True


FITS: dict[Pattern, Callable[[ReceptionRule, date], bool]] = {
    Pattern.WORKING_DAYS: _every,
    Pattern.WEEKLY: _weekly,
    Pattern.MONTH_DAYS: _month_days,
    Pattern.MONTH_WEEKDAY: _month_weekday,
    Pattern.ONCE: _every,
}


def _of_rule(
    rule: ReceptionRule, calendar: WorkingCalendar, first: date, last: date
) -> Iterator[Occurrence]:
    changes = {one.day: one for one in rule.changes}
    days = set(planned(rule, first - LONGEST_BREAK, last))
    days |= _moved_here(rule, rule.changes, first, last)
    held: set[date] = set()
    for day in sorted(days):
        change = changes.get(day)
        found = _changed(rule, change) if change else _as_planned(rule, calendar, day)
        if found is None or not first <= found.day <= last:
            continue
        if change is None and found.day in held:
            continue
        held.add(found.day)
        yield found


def _moved_here(
    rule: ReceptionRule, changes: Sequence[ReceptionChange], first: date, last: date
) -> set[date]:
    """Days of the pattern, however far away, that an editor moved into the range."""
    return {
        one.day
        for one in changes
        if one.moved_to
        and first <= one.moved_to <= last
        and one.day in planned(rule, one.day, one.day)
    }


def _as_planned(rule: ReceptionRule, calendar: WorkingCalendar, day: date) -> Occurrence | None:
    held = day
    if not calendar.is_working(day):
        if rule.if_off is IfOff.SKIP:
            return None
        end = day + LONGEST_BREAK
        while held < end and not calendar.is_working(held):
            held += _DAY
    standing = Standing.PLANNED if held == day else Standing.SHIFTED
    return Occurrence(
        rule_id=rule.id,
        planned=day,
        day=held,
        starts=rule.starts,
        ends=rule.ends,
        leader=rule.leader,
        post=rule.post,
        place=rule.place,
        note=rule.note,
        standing=standing,
        sequence=rule.revision or 0,
    )


def _changed(rule: ReceptionRule, change: ReceptionChange) -> Occurrence:
    return Occurrence(
        rule_id=rule.id,
        planned=change.day,
        day=change.moved_to or change.day,
        starts=change.starts or rule.starts,
        ends=change.ends or rule.ends,
        # Somebody else comes with their own post, or with none that we know.
        leader=change.leader or ("" if change.post else rule.leader),
        post=change.post or ("" if change.leader else rule.post),
        place=change.place or rule.place,
        note=change.reason or rule.note,
        standing=Standing.CANCELLED if change.is_cancelled else Standing.CHANGED,
        sequence=(rule.revision or 0) + (change.revision or 0),
    )
