"""Which days and hours are worked.

``working(d) = d is a make-up day, or Monday to Friday and not off``: both sets are data
that an administrator keeps, because swaps are decided anew each year. No counting here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from content.errors import Invalid
from content.words import LOCAL_ZONE

SATURDAY = 5


class DayKind(StrEnum):
    """How a day differs from its weekday."""

    OFF = "off"
    MAKE_UP = "make_up"


@dataclass(frozen=True)
class CalendarDay:
    """One exception to the week: a weekday off, or a Saturday on which people work.

    ``provisional`` marks an estimate, until the yearly decision is published.
    """

    date: date
    kind: DayKind
    name: str
    legal_basis: str = ""
    provisional: bool = False


Days = Mapping[date, CalendarDay]


@dataclass(frozen=True)
class KnownDay:
    """An exception and from when until when the calendar said so; ``None`` is always."""

    day: CalendarDay
    since: datetime | None = None
    until: datetime | None = None

    def held(self, moment: datetime) -> bool:
        """Whether the calendar said so at an instant."""
        began = self.since is None or self.since <= moment
        return began and (self.until is None or self.until > moment)


@dataclass(frozen=True)
class Session:
    """One stretch of working hours."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise Invalid({"sessions": "closes_before_it_opens"})


STANDARD_SESSIONS = (Session(time(7, 30), time(11, 30)), Session(time(13), time(17)))


@dataclass(frozen=True)
class Season:
    """Sessions that replace the usual ones from one day of the year to another.

    ``starts`` and ``ends`` are (month, day), both included; a season may span New Year.
    """

    starts: tuple[int, int]
    ends: tuple[int, int]
    sessions: tuple[Session, ...]

    def covers(self, day: date) -> bool:
        """Whether the day belongs to the season."""
        point = (day.month, day.day)
        if self.starts <= self.ends:
            return self.starts <= point <= self.ends
        return point >= self.starts or point <= self.ends


@dataclass(frozen=True)
class HoursFrom:
    """Sessions and seasons that replace the earlier ones from a day on."""

    begins: date
    sessions: tuple[Session, ...]
    seasons: tuple[Season, ...] = ()


@dataclass(frozen=True)
class WorkingCalendar:
    """Days and hours of one agency.

    ``days`` holds the exceptions of the years somebody entered. A year without a single
    entry is answered by ``fallback``, as an estimate; without one, by the week alone.
    ``history`` holds every exception there ever was, where the calendar has been changed;
    ``changes`` the hours that replace ``sessions`` and ``seasons``, by their days.
    Raises ``Invalid`` for sessions that are missing or overlap.
    """

    days: Days = field(default_factory=dict)
    sessions: tuple[Session, ...] = STANDARD_SESSIONS
    seasons: tuple[Season, ...] = ()
    fallback: Callable[[int], Days] | None = None
    history: tuple[KnownDay, ...] = ()
    changes: tuple[HoursFrom, ...] = ()

    def __post_init__(self) -> None:
        told = [(self.sessions, self.seasons)]
        told += [(change.sessions, change.seasons) for change in self.changes]
        for sessions, seasons in told:
            for each in (sessions, *(season.sessions for season in seasons)):
                _check(each)
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))

    @classmethod
    def of(
        cls, days: Iterable[CalendarDay], fallback: Callable[[int], Days] | None = None
    ) -> "WorkingCalendar":
        """A calendar with standard hours from its exceptions."""
        return cls(days={day.date: day for day in days}, fallback=fallback)

    def with_hours(
        self,
        sessions: tuple[Session, ...],
        seasons: tuple[Season, ...] = (),
        changes: Iterable[HoursFrom] = (),
    ) -> "WorkingCalendar":
        """The same days with an agency's own hours, and what they become later."""
        in_order = tuple(sorted(changes, key=lambda one: one.begins))
        return replace(self, sessions=sessions, seasons=seasons, changes=in_order)

    def as_known_at(self, moment: datetime) -> "WorkingCalendar":
        """The calendar as it was at an instant: by it a receipt of that instant is counted,
        however the days off were changed afterwards."""
        if all(one.held(moment) == (one.until is None) for one in self.history):
            return self
        days = {one.day.date: one.day for one in self.history if one.held(moment)}
        return replace(self, days=days, history=())

    def with_days(self, days: Iterable[CalendarDay]) -> "WorkingCalendar":
        """Other exceptions, as if they had always been known."""
        return replace(self, days={day.date: day for day in days}, history=())

    @cached_property
    def years(self) -> frozenset[int]:
        """Years for which somebody entered days."""
        return frozenset(day.year for day in self.days)

    @cached_property
    def _estimated_years(self) -> frozenset[int]:
        return frozenset(day.year for day, entry in self.days.items() if entry.provisional)

    def exception(self, day: date) -> CalendarDay | None:
        """The entry of a day, if it has one."""
        if day.year in self.years or self.fallback is None:
            return self.days.get(day)
        return self.fallback(day.year).get(day)

    def is_working(self, day: date) -> bool:
        """Make-up days, and Monday to Friday unless off."""
        entry = self.exception(day)
        if entry is not None:
            return entry.kind is DayKind.MAKE_UP
        return day.weekday() < SATURDAY

    def is_provisional(self, year: int) -> bool:
        """Whether the year's days off are an estimate or were never entered."""
        return year not in self.years or year in self._estimated_years

    def sessions_on(self, day: date) -> tuple[Session, ...]:
        """Working hours of a day, taken as worked."""
        sessions, seasons = self.sessions, self.seasons
        for change in self.changes:
            if change.begins <= day:
                sessions, seasons = change.sessions, change.seasons
        return next((one.sessions for one in seasons if one.covers(day)), sessions)

    def opening(self, day: date) -> datetime:
        """The instant work begins on a day."""
        return at(day, self.sessions_on(day)[0].opens)

    def closing(self, day: date) -> datetime:
        """The instant work ends on a day."""
        return at(day, self.sessions_on(day)[-1].closes)


def at(day: date, clock: time) -> datetime:
    """An instant from a day and a wall clock of Việt Nam."""
    return datetime.combine(day, clock, LOCAL_ZONE)


def _check(sessions: tuple[Session, ...]) -> None:
    if not sessions:
        raise Invalid({"sessions": "required"})
    for earlier, later in pairwise(sessions):
        if earlier.closes > later.opens:
            raise Invalid({"sessions": "overlap"})
