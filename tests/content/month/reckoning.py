"""The due date of a dossier once more, from nothing but its log: slowly, by domain §6.

Uses no calendar, clock or pause of the product: days off are written down here from domain
§6.1, days are counted one after the other, hours minute by minute.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
OFF = frozenset(
    date.fromisoformat(f"2026-{one}")
    for one in (
        *("01-01", "01-02", "02-16", "02-17", "02-18", "02-19", "02-20", "04-27", "04-30"),
        *("05-01", "08-31", "09-01", "09-02", "11-24"),
    )
)
MAKE_UP = frozenset({date(2026, 1, 10), date(2026, 8, 22)})
SESSIONS = ((time(7, 30), time(11, 30)), (time(13), time(17)))
CLOSING, CUT_OFF = time(17), time(15)
ONE_DAY, ONE_SECOND = timedelta(days=1), timedelta(seconds=1)
RECEIVED = {"accept", "receive_at_counter", "receive_by_post"}
ASKED = {"request_supplement_intake", "request_supplement_process", "request_fee"}
ENDED = {"supply_supplement", "payment_confirmed", "supplement_expired", "withdraw", "stop"}


def is_working(day: date) -> bool:
    """§6.1."""
    return day in MAKE_UP or (day.weekday() < 5 and day not in OFF)


def following(day: date) -> date:
    """The next working day."""
    day += ONE_DAY
    while not is_working(day):
        day += ONE_DAY
    return day


def rolled(day: date) -> date:
    """The day itself if it is worked, else the next that is (Civil Code art. 148.5)."""
    while not is_working(day):
        day += ONE_DAY
    return day


def effective(moment: datetime) -> datetime:
    """§6.2.1."""
    there = moment.astimezone(HERE)
    day, clock = there.date(), there.time()
    if not is_working(day) or clock > CLOSING:
        return datetime.combine(following(day), SESSIONS[0][0], HERE)
    for opens, closes in SESSIONS:
        if clock < opens:
            return datetime.combine(day, opens, HERE)
        if clock <= closes:
            return there
    raise AssertionError(moment)


def worked(moment: datetime) -> bool:
    """Whether the second that begins at a moment is working time."""
    clock = moment.time()
    return is_working(moment.date()) and any(a <= clock < b for a, b in SESSIONS)


def after_work(moment: datetime, seconds: int) -> datetime:
    """The moment after so many seconds of work, walked through."""
    step = 60
    while seconds:
        size = min(step, seconds)
        while not worked(moment):
            moment = _on(moment)
        inside = min(size, _until_break(moment))
        moment, seconds = moment + inside * ONE_SECOND, seconds - inside
    return moment


def work_between(start: datetime, end: datetime) -> int:
    """Seconds of work from one moment to another, minute by minute."""
    start, end, seconds = start.astimezone(HERE), end.astimezone(HERE), 0
    while start < end:
        if worked(start):
            size = min(60, _until_break(start), int((end - start) / ONE_SECOND))
            seconds += size
            start += max(size, 1) * ONE_SECOND
        else:
            start = _on(start)
    return seconds


def _until_break(moment: datetime) -> int:
    ends = next(b for a, b in SESSIONS if a <= moment.time() < b)
    return int((datetime.combine(moment.date(), ends, HERE) - moment) / ONE_SECOND)


def _on(moment: datetime) -> datetime:
    """The next minute, at its beginning."""
    return (moment + timedelta(minutes=1)).replace(second=0, microsecond=0)


@dataclass
class Reckoning:
    """What the log tells, line after line; ``due`` is the date that holds now."""

    value: float
    unit: str
    restart: bool
    begun: datetime | None = None
    asked_at: datetime | None = None
    new_due: date | None = None
    waits: list[tuple[datetime, datetime]] = field(default_factory=list)
    promised: date | None = None

    def read(self, lines: Iterable[Any]) -> date | None:
        """Read the whole log; the due date at its end."""
        for line in lines:
            self._line(line.action, line.at.astimezone(HERE), line.data)
        return self.due() if self.begun else None

    def _line(self, action: str, at: datetime, data: dict[str, Any]) -> None:
        if action in RECEIVED:
            self.begun, self.waits = effective(at), []
            self.promised = self.due()
        elif action in ASKED:
            self.asked_at = at
        elif action == "apologise_and_extend":
            self.new_due, self.waits = date.fromisoformat(data["new_due"]), []
        elif action in ENDED and self.asked_at is not None:
            asked, self.asked_at = self.asked_at, None
            if action == "supply_supplement" and self.restart and self.begun:
                self.begun, self.new_due, self.waits = effective(at), None, []
            else:
                self.waits.append((asked, at))

    def due(self) -> date:
        """§§6.2, 6.5, 6.7."""
        assert self.begun is not None
        if self.unit == "working_hour" or (self.unit == "working_day" and self.value % 1):
            return self._by_hours()
        if self.unit in {"day", "month"}:
            end = self.new_due or self._calendar_end()
            return rolled(end + ONE_DAY * len(self._waited()))
        day = self.new_due or self._working_end()
        for waited in self._waited():
            day = following(day) if is_working(waited) else day
        return day

    def _working_end(self) -> date:
        assert self.begun is not None
        day = self.begun.date()
        if self.unit == "same_day":
            return day if self.begun.time() <= CUT_OFF else following(day)
        for _ in range(int(self.value)):
            day = following(day)
        return day

    def _calendar_end(self) -> date:
        assert self.begun is not None
        day = self.begun.date()
        if self.unit == "day":
            return day + ONE_DAY * int(self.value)
        month = day.month + int(self.value)
        year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))

    def _by_hours(self) -> date:
        assert self.begun is not None
        hours = self.value * (8 if self.unit == "working_day" else 1)
        end = after_work(self.begun, round(hours * 3600))
        if self.new_due is not None:
            end = datetime.combine(self.new_due, CLOSING, HERE)
        waited = sum(work_between(start, stop) for start, stop in self.waits)
        return after_work(end, waited).date()

    def _waited(self) -> list[date]:
        """Days in (day asked, day answered], as far as the clock had begun."""
        assert self.begun is not None
        found = []
        for start, end in self.waits:
            day = start.date()
            while day < end.date():
                day += ONE_DAY
                if day > self.begun.date():
                    found.append(day)
        return sorted(set(found))
