"""What waiting for the applicant does to a due date: counting anew, or not counting.

After a supplement the limit starts again from the complete dossier (NĐ 61/2018/NĐ-CP
art. 19.4) unless the procedure's own law only leaves the waiting out; waiting for a
payment is always left out. The dossier keeps its pauses; here they are only counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from content.calendar.days import (
    ONE_DAY,
    add_working_days,
    add_working_time,
    roll_forward,
    working_time_between,
)
from content.calendar.due import compute_due, day_off, day_worked, is_estimate, worked_hours
from content.calendar.model import DueDate, LedgerDay, LimitUnit, Reason
from content.calendar.working import WorkingCalendar, at
from content.errors import Invalid
from content.words import local

_WORKING = frozenset({LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR, LimitUnit.SAME_DAY})


class SupplementMode(StrEnum):
    """How the limit goes on when the missing papers have come."""

    RESTART = "restart"
    PAUSE = "pause"


class PauseCause(StrEnum):
    """What the authority is waiting for."""

    SUPPLEMENT = "supplement"
    PAYMENT = "payment"


@dataclass(frozen=True)
class Pause:
    """Waiting from one instant to another; still open without ``ends_at``.

    Raises ``Invalid`` when it ends before it starts.
    """

    starts_at: datetime
    ends_at: datetime | None
    cause: PauseCause = PauseCause.SUPPLEMENT

    def __post_init__(self) -> None:
        if self.ends_at is not None and self.ends_at < self.starts_at:
            raise Invalid({"ends_at": "before_start"})


def after_supplement(
    calendar: WorkingCalendar, base: DueDate, waiting: Pause, mode: SupplementMode
) -> DueDate:
    """The due date once the supplement has come; ``waiting`` must be over."""
    if waiting.ends_at is None:
        raise Invalid({"ends_at": "required"})
    if mode is SupplementMode.RESTART:
        return compute_due(calendar, waiting.ends_at, base.limit)
    return with_pauses(calendar, base, [waiting])


def with_pauses(
    calendar: WorkingCalendar,
    base: DueDate,
    pauses: Sequence[Pause],
    as_of: datetime | None = None,
) -> DueDate:
    """The due date with the waiting left out; overlapping pauses count once.

    A pause covers the days after its first day up to its last. Working limits move by the
    working days among them, calendar limits by all of them, and roll once. Open pauses last
    until ``as_of``; without it they raise ``Invalid``.
    """
    spans = _merged((pause.starts_at, _end(pause, as_of), pause.cause) for pause in pauses)
    if base.limit.counts_hours:
        return _shifted_by_hours(calendar, base, spans)
    waited = _waiting_days(spans, after=base.effective_received_at.date())
    if base.limit.unit in _WORKING:
        count = sum(calendar.is_working(day) for day in waited)
        due = unrolled = add_working_days(calendar, base.due_date, count)
    else:
        unrolled = base.unrolled_date + ONE_DAY * len(waited)
        due = roll_forward(calendar, unrolled)
    first, effective = base.ledger[0].date, base.effective_received_at
    moved = replace(base, due_date=due, due_at=calendar.closing(due), unrolled_date=unrolled)
    keeps_hour = base.limit.unit is not LimitUnit.SAME_DAY
    return replace(
        moved,
        due_at_keep_hour=at(due, effective.time()) if keeps_hour else moved.due_at,
        ledger=_ledger(calendar, moved, waited),
        provisional=is_estimate(calendar, first, due),
    )


_Span = tuple[datetime, datetime, PauseCause]


def _end(pause: Pause, as_of: datetime | None) -> datetime:
    if pause.ends_at is not None:
        return pause.ends_at
    if as_of is None:
        raise Invalid({"ends_at": "required"})
    return max(as_of, pause.starts_at)


def _merged(spans: Iterable[_Span]) -> list[_Span]:
    """Spans in order, those that overlap joined under the cause of the first."""
    merged: list[_Span] = []
    for start, end, cause in sorted(spans, key=lambda span: span[0]):
        if merged and start <= merged[-1][1]:
            first, last, why = merged[-1]
            merged[-1] = (first, max(last, end), why)
        else:
            merged.append((start, end, cause))
    return merged


def _waiting_days(spans: Iterable[_Span], after: date) -> dict[date, PauseCause]:
    days: dict[date, PauseCause] = {}
    for start, end, cause in spans:
        first, last = local(start).date(), local(end).date()
        for step in range(1, (last - first).days + 1):
            day = first + ONE_DAY * step
            if day > after:
                days.setdefault(day, cause)
    return days


def _ledger(
    calendar: WorkingCalendar, moved: DueDate, waited: dict[date, PauseCause]
) -> tuple[LedgerDay, ...]:
    """The ledger written anew: days counted until they are used up, waiting beside them."""
    received = moved.effective_received_at.date()
    lines = [line for line in moved.ledger if line.date <= received]
    left = sum(line.counted for line in moved.ledger) - sum(line.counted for line in lines)
    day = received
    while day < moved.due_date:
        day += ONE_DAY
        line = _line(calendar, moved, day, waited.get(day))
        if line.counted:
            line, left = (line, left - 1) if left else (_shifted(day), 0)
        lines.append(line)
    return tuple(lines)


def _line(
    calendar: WorkingCalendar, moved: DueDate, day: date, cause: PauseCause | None
) -> LedgerDay:
    by_working_days = moved.limit.unit in _WORKING
    if not calendar.is_working(day) and (by_working_days or day > moved.unrolled_date):
        return day_off(calendar, day)
    if cause is not None and day <= moved.unrolled_date:
        return LedgerDay(day, counted=False, reason=Reason.WAITING, name=cause.value)
    if by_working_days:
        return day_worked(calendar, day)
    if day > moved.unrolled_date:
        return LedgerDay(day, counted=False, reason=Reason.ROLLED_TO)
    return LedgerDay(day, counted=True, reason=Reason.CALENDAR_DAY)


def _shifted(day: date) -> LedgerDay:
    """A day granted because waiting began only when all days were used up."""
    return LedgerDay(day, counted=False, reason=Reason.SHIFTED)


def _shifted_by_hours(calendar: WorkingCalendar, base: DueDate, spans: list[_Span]) -> DueDate:
    waits = (working_time_between(calendar, start, end) for start, end, _ in spans)
    due_at = add_working_time(calendar, base.due_at, sum(waits, timedelta()))
    return replace(
        base,
        due_date=due_at.date(),
        due_at=due_at,
        due_at_keep_hour=due_at,
        unrolled_date=due_at.date(),
        ledger=tuple(_hour_ledger(calendar, base, due_at, spans)),
        provisional=is_estimate(calendar, base.ledger[0].date, due_at.date()),
    )


def _hour_ledger(
    calendar: WorkingCalendar, base: DueDate, due_at: datetime, spans: list[_Span]
) -> Iterator[LedgerDay]:
    """Hours of each day that were not waited away, until the limit is used up."""
    day = base.effective_received_at.date()
    yield from (line for line in base.ledger if line.date < day)
    left = timedelta(seconds=round(base.limit.hours * 3600))
    while day <= due_at.date():
        start, end = max(at(day, time.min), base.effective_received_at), at(day, time.max)
        inside = [(max(start, a), min(end, b), why) for a, b, why in spans if a < end and b > start]
        waited = sum((working_time_between(calendar, a, b) for a, b, _ in inside), timedelta())
        taken = min(working_time_between(calendar, start, end) - waited, left)
        left -= taken
        if taken:
            yield worked_hours(day, taken)
        elif not calendar.is_working(day):
            yield day_off(calendar, day)
        elif inside:
            yield LedgerDay(day, counted=False, reason=Reason.WAITING, name=inside[0][2].value)
        else:
            yield LedgerDay(day, counted=False, reason=Reason.SHIFTED)
        day += ONE_DAY
