"""Each agency's own clock in a chain, and who overran. Pure functions of days.

An agency's days count from the day it was handed the dossier, however late that was, so that
nobody answers for another's delay (NĐ 61/2018 art. 19.6-19.7; domain: a late hand-over leaves
the next agency its own number of days). Who leads agencies that work together has, after the
last of them, the days by which its own limit is longer than theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from content.calendar.days import ONE_DAY, add_working_days, working_days_between
from content.calendar.pauses import Pause
from content.calendar.working import WorkingCalendar
from content.words import local


@dataclass(frozen=True)
class PartDays:
    """What the clock has to know of a part; ``finished`` is its day, ``None`` while open.

    ``given`` is the day from which it counts; ``None`` while others have the dossier.
    """

    agency: str
    working_days: int
    given: date | None
    finished: date | None = None
    leads: bool = False


@dataclass(frozen=True)
class Overrun:
    """An agency that took longer than its own days, and by how many working days."""

    agency: str
    days: int


def own_due(
    calendar: WorkingCalendar,
    part: PartDays,
    beside: Sequence[PartDays] = (),
    pauses: Sequence[Pause] = (),
    as_of: datetime | None = None,
) -> date | None:
    """The last day of an agency's own limit; ``None`` while it has not been given anything.

    ``beside`` are the agencies that work at the same time, for the one that leads.
    """
    if part.given is None:
        return None
    due = add_working_days(calendar, part.given, part.working_days)
    waited = _waited(calendar, part.given, part.finished, pauses, as_of)
    due = add_working_days(calendar, due, waited)
    ended = [one.finished for one in beside if one.finished is not None]
    if not part.leads or not ended:
        return due
    slack = part.working_days - max(one.working_days for one in beside)
    return max(due, add_working_days(calendar, max(ended), max(slack, 0)))


def overruns(
    calendar: WorkingCalendar,
    parts: Sequence[PartDays],
    today: date,
    *,
    together: bool,
    pauses: Sequence[Pause] = (),
    as_of: datetime | None = None,
) -> tuple[Overrun, ...]:
    """Who has overrun by a day, in the order of the chain; open parts are judged today."""
    found = []
    for part in parts:
        beside = [one for one in parts if one is not part] if together else []
        due = own_due(calendar, part, beside, pauses, as_of)
        # Whoever leads and waits for the others is not late by what they still owe.
        if due is None or (part.leads and any(one.finished is None for one in beside)):
            continue
        days = working_days_between(calendar, due, part.finished or today)
        ended = part.finished or today
        if ended > due:
            found.append(Overrun(part.agency, max(days, 1)))
    return tuple(found)


def _waited(
    calendar: WorkingCalendar,
    given: date,
    finished: date | None,
    pauses: Sequence[Pause],
    as_of: datetime | None,
) -> int:
    """Working days on which the dossier waited for the applicant while the agency had it."""
    days: set[date] = set()
    for pause in pauses:
        end = pause.ends_at or as_of
        if end is None:
            continue
        day, last = local(pause.starts_at).date() + ONE_DAY, local(end).date()
        while day <= min(last, finished or last):
            if day > given and calendar.is_working(day):
                days.add(day)
            day += ONE_DAY
    return len(days)
