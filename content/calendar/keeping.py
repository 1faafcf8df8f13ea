"""Keeping the table of days off: what an administrator may change, checked and written down.

A change is planned first, so that it can be looked at, and applied afterwards. Nothing is
overwritten: an entry that no longer holds is ended and the new one begins now, so receipts
given before are counted with what the calendar said then. Each change leaves an audit line.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from content import audit
from content.calendar.holidays_seed import counterparts, seeded_days
from content.calendar.models import MAX_BASIS, MAX_NAME, CalendarEntry
from content.calendar.provisional import provisional_days
from content.calendar.working import SATURDAY, CalendarDay, DayKind, WorkingCalendar
from content.errors import Conflict, Invalid
from content.text import clean
from content.words import local, short_date

#: The Government decides late in the year before; further away nobody knows anything.
YEARS_AHEAD = 2
#: Days that are swapped lie near each other.
SWAP_WITHIN = 62


@dataclass(frozen=True)
class DayOff:
    """What is to hold: a day off with its name and decision; ``worked`` is the weekend day
    worked for it, where it is swapped."""

    day: date
    name: str
    legal_basis: str
    provisional: bool = False
    worked: date | None = None


@dataclass(frozen=True)
class NewDay:
    """A day that will hold, with the other side of its swap."""

    day: CalendarDay
    counterpart: date | None = None


@dataclass(frozen=True)
class Plan:
    """Entries that end and days that begin."""

    ends: tuple[CalendarEntry, ...] = ()
    begins: tuple[NewDay, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """Every day that is touched."""
        found = {one.date for one in self.ends} | {one.day.date for one in self.begins}
        return tuple(sorted(found))

    @property
    def days_off(self) -> frozenset[date]:
        """Days on which nobody will work any more."""
        return frozenset(one.day.date for one in self.begins if one.day.kind is DayKind.OFF)


class CalendarKeeper:
    """The table as of one instant."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def entries(self, year: int) -> list[CalendarEntry]:
        """What holds in a year, by day."""
        return [one for one in self._all(year) if one.ended_at is None]

    def log(self, year: int) -> list[CalendarEntry]:
        """What has been changed in a year, entered or ended, the newest first."""
        changed = [one for one in self._all(year) if one.entered_at or one.ended_at]
        return sorted(changed, key=_changed_at, reverse=True)

    def mark(self) -> str:
        """Changes with every change, so that the second of two people is told."""
        last = self.session.scalar(select(func.max(CalendarEntry.id))) or 0
        ended = select(func.count(CalendarEntry.id)).where(CalendarEntry.ended_at.is_not(None))
        return f"{last}-{self.session.scalar(ended)}"

    def plan_day(self, given: DayOff, instead: CalendarEntry | None = None) -> Plan:
        """A day off, or a swap; ``instead`` of an entry that held until now.

        Raises ``Invalid`` for ``day``, ``worked``, ``name``, ``legal_basis``.
        """
        ends = self._both_sides(instead) if instead else ()
        free = {one.date for one in ends}
        name, basis = clean(given.name), clean(given.legal_basis)
        problems = _text_problems(name, basis)
        problems |= self._day_problems(given.day, free, "day", is_off=True)
        if given.worked is not None:
            problems |= self._worked_problems(given.day, given.worked, free)
        if problems:
            raise Invalid(problems)
        if given.worked is None:
            off = CalendarDay(given.day, DayKind.OFF, name, basis, given.provisional)
            return Plan(ends, (NewDay(off),))
        off = CalendarDay(given.day, DayKind.OFF, name, basis, given.provisional)
        words = f"Làm bù cho ngày {short_date(given.day)}"
        worked = CalendarDay(given.worked, DayKind.MAKE_UP, words, basis, given.provisional)
        return Plan(ends, (NewDay(off, given.worked), NewDay(worked, given.day)))

    def plan_removal(self, entry: CalendarEntry) -> Plan:
        """An entry no longer holds; of a swap neither side does."""
        if entry.ended_at is not None:
            raise Conflict("calendar_changed")
        if entry.date < self._today():
            raise Invalid({"day": "past"}, day=short_date(entry.date))
        return Plan(self._both_sides(entry))

    def plan_year(self, year: int) -> Plan:
        """The days of a year nobody has entered: as decided where that is known, else as
        estimated. Raises ``Invalid`` for ``year``."""
        if year not in self._years():
            raise Invalid({"year": "year_far"})
        if self.entries(year):
            raise Invalid({"year": "year_entered"})
        other = counterparts()
        known = [NewDay(one, other.get(one.date)) for one in seeded_days() if one.date.year == year]
        return Plan(begins=tuple(known or map(NewDay, provisional_days(year).values())))

    def planned(self, calendar: WorkingCalendar, plan: Plan) -> WorkingCalendar:
        """The calendar as the plan makes it, for receipts from then on."""
        ended = {one.date for one in plan.ends}
        stay = [day for day in calendar.days.values() if day.date not in ended]
        return calendar.with_days([*stay, *(one.day for one in plan.begins)])

    def apply(self, plan: Plan, *, mark: str, actor_id: int | None) -> None:
        """Write the plan. Raises ``Conflict("calendar_changed")`` where somebody changed the
        calendar since ``mark``."""
        if mark != self.mark():
            raise Conflict("calendar_changed")
        for one in plan.ends:
            one.ended_at, one.ended_by_id = self.now, actor_id
        # The day must be free before another entry takes it.
        self.session.flush()
        for new in plan.begins:
            self.session.add(self._entry(new, actor_id))
        for year in sorted({day.year for day in plan.days}):
            audit.record(
                self.session,
                now=self.now,
                actor_id=actor_id,
                action="calendar.change",
                subject=f"calendar:{year}",
                ended=[one.date.isoformat() for one in plan.ends],
                begun=[one.day.date.isoformat() for one in plan.begins],
            )

    def decide(self, year: int, legal_basis: str, *, mark: str, actor_id: int | None) -> None:
        """The days of a year stand as they are by decision: none is an estimate any more.

        Raises ``Invalid`` (``legal_basis``, ``year``), ``Conflict``.
        """
        basis = clean(legal_basis)
        problems = {"legal_basis": "required"} if not basis else _text_problems("-", basis)
        estimated = [one for one in self.entries(year) if one.is_provisional]
        if not estimated:
            problems["year"] = "nothing_provisional"
        if problems:
            raise Invalid(problems)
        if mark != self.mark():
            raise Conflict("calendar_changed")
        for one in estimated:
            one.is_provisional, one.legal_basis = False, basis
        audit.record(
            self.session,
            now=self.now,
            actor_id=actor_id,
            action="calendar.decide",
            subject=f"calendar:{year}",
            legal_basis=basis,
        )

    def _all(self, year: int) -> list[CalendarEntry]:
        span = CalendarEntry.date.between(date(year, 1, 1), date(year, 12, 31))
        query = select(CalendarEntry).where(span).order_by(CalendarEntry.date, CalendarEntry.id)
        return list(self.session.scalars(query))

    def _entry(self, new: NewDay, actor_id: int | None) -> CalendarEntry:
        return CalendarEntry(
            date=new.day.date,
            kind=new.day.kind,
            name=new.day.name,
            legal_basis=new.day.legal_basis,
            is_provisional=new.day.provisional,
            counterpart=new.counterpart,
            entered_at=self.now,
            entered_by_id=actor_id,
        )

    def _both_sides(self, entry: CalendarEntry) -> tuple[CalendarEntry, ...]:
        if entry.counterpart is None:
            return (entry,)
        other = self._holding(entry.counterpart)
        return (entry, other) if other is not None else (entry,)

    def _holding(self, day: date) -> CalendarEntry | None:
        query = select(CalendarEntry).where(
            CalendarEntry.date == day, CalendarEntry.ended_at.is_(None)
        )
        return self.session.scalars(query).first()

    def _today(self) -> date:
        return local(self.now).date()

    def _years(self) -> range:
        return range(self._today().year, self._today().year + YEARS_AHEAD + 1)

    def _day_problems(
        self, day: date, free: Iterable[date], field: str, *, is_off: bool
    ) -> dict[str, str]:
        if day.year not in self._years() and day >= self._today():
            return {field: "year_far"}
        if day < self._today():
            return {field: "past"}
        if not self.entries(day.year):
            # One entry would put an end to the estimate of the whole year.
            return {field: "year_empty"}
        if (day.weekday() >= SATURDAY) == is_off:
            return {field: "already_off" if is_off else "already_worked"}
        if day not in free and self._holding(day) is not None:
            return {field: "taken"}
        return {}

    def _worked_problems(self, off: date, worked: date, free: Iterable[date]) -> dict[str, str]:
        problems = self._day_problems(worked, free, "worked", is_off=False)
        if not problems and abs((worked - off).days) > SWAP_WITHIN:
            return {"worked": "swap_far"}
        return problems


def changed_since(session: Session, moment: datetime) -> bool:
    """Whether the calendar has been changed after an instant."""
    later = or_(CalendarEntry.entered_at > moment, CalendarEntry.ended_at > moment)
    return session.scalars(select(CalendarEntry.id).where(later).limit(1)).first() is not None


def _changed_at(entry: CalendarEntry) -> datetime:
    changed = entry.ended_at or entry.entered_at
    assert changed is not None
    return changed


def _text_problems(name: str, basis: str) -> dict[str, str]:
    found = {}
    for field, text, limit in (("name", name, MAX_NAME), ("legal_basis", basis, MAX_BASIS)):
        if not text:
            found[field] = "required"
        elif len(text) > limit:
            found[field] = "too_long"
    return found
