"""A chain of agencies once more, from nothing but its log and hand-overs: slowly, by NĐ 61/2018
arts 19.6, 19.7. Uses no calendar, clock or pause of the product; see ``reckoning.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.content.month.reckoning import (
    ASKED,
    ENDED,
    HERE,
    ONE_DAY,
    effective,
    following,
    is_working,
)


def _day(moment: datetime) -> date:
    return moment.astimezone(HERE).date()


def _after(day: date, count: int) -> date:
    for _ in range(count):
        day = following(day)
    return day


def _worked_between(after: date, until: date) -> int:
    days = (until - after).days
    return sum(is_working(after + ONE_DAY * step) for step in range(1, days + 1))


@dataclass(frozen=True)
class Chain:
    """The parts with what was handed over when; waits of the applicant, new beginnings."""

    parts: Sequence[Any]
    rows: Sequence[Any]
    forwards: tuple[datetime, ...]
    waits: tuple[tuple[datetime, datetime | None], ...]
    restarts: tuple[datetime, ...]

    @classmethod
    def read(
        cls, lines: Sequence[Any], parts: Sequence[Any], rows: Sequence[Any], *, restart: bool
    ) -> "Chain":
        """Out of the log of a dossier."""
        waits: list[tuple[datetime, datetime | None]] = []
        restarts: list[datetime] = []
        asked: datetime | None = None
        for line in lines:
            if line.action in ASKED:
                asked = line.at
            elif line.action in ENDED and asked is not None:
                waits.append((asked, line.at))
                asked = None
                if restart and line.action == "supply_supplement":
                    restarts.append(line.at)
        if asked is not None:
            waits.append((asked, None))
        kind = [one for one in lines if one.data.get("kind") == "chain"]
        forwards = tuple(one.at for one in kind if one.action == "forward")
        return cls(parts, rows, forwards, tuple(waits), tuple(restarts))

    @property
    def together(self) -> bool:
        """Of one level, all at once."""
        return bool(self.parts[0].order.value == "together")

    def given(self, number: int) -> datetime | None:
        """When the dossier was first handed to the agency of a part."""
        return min((row.given_at for row in self.rows if row.to_part == number), default=None)

    def demand_whole(self, desk_id: int) -> None:
        """Numbers, signatures and turns; the way begins at the desk and ends there."""
        assert [row.number for row in self.rows] == list(range(1, len(self.rows) + 1))
        assert [part.number for part in self.parts] == list(range(1, len(self.parts) + 1))
        assert self.rows[0].from_agency_id == desk_id
        ends = sorted(part.finished_at for part in self.parts if part.finished_at)
        assert sorted(self.forwards) == ends, "a line of the log for every part that ended"
        for part in self.parts:
            assert part.given_at == self.given(part.number)
            mine = [row for row in self.rows if row.to_part == part.number]
            assert all(row.to_agency_id == part.agency_id for row in mine)
            if part.finished_at is not None:
                assert all(row.taken_at is not None for row in mine)
                assert part.given_at <= part.received_at <= part.finished_at
        self._demand_turns()
        home = [row for row in self.rows if row.to_part is None]
        assert len(home) == all(part.finished_at for part in self.parts)
        assert all(row.to_agency_id == desk_id for row in home)

    def _demand_turns(self) -> None:
        if self.together:
            assert len({part.given_at for part in self.parts}) == 1
            lead = next(part for part in self.parts if part.leads)
            if lead.finished_at is not None:
                assert all(part.finished_at <= lead.finished_at for part in self.parts)
            return
        for before, part in zip(self.parts, self.parts[1:], strict=False):
            assert part.given_at == before.finished_at

    def planned(self, received_at: datetime) -> list[date]:
        """As the receipt was counted: one after another, or each from the beginning."""
        start = day = effective(received_at).date()
        found = []
        for part in self.parts:
            day = _after(start if self.together else day, part.working_days)
            found.append(day)
        return found

    def due(self, number: int, now: datetime) -> date | None:
        """The last day of a part's own limit, as of a moment."""
        part = self.parts[number - 1]
        given, ended = self.given(number), self._ended(part, now)
        if given is None or given > now:
            return None
        again = [one for one in self.restarts if given < one <= min(ended or now, now)]
        start = _day(again[-1] if again else given)
        due = _after(_after(start, part.working_days), self._waited(start, ended, now))
        others = [one for one in self.parts if one is not part]
        ends = [_day(end) for one in others if (end := self._ended(one, now))]
        if not (self.together and part.leads and ends):
            return due
        slack = max(0, part.working_days - max(one.working_days for one in others))
        return max(due, _after(max(ends), slack))

    def late(self, now: datetime) -> list[tuple[str, int]]:
        """Who overran by a moment, and by how many working days."""
        found = []
        for part in self.parts:
            due, end = self.due(part.number, now), _day(self._ended(part, now) or now)
            others = [one for one in self.parts if one is not part]
            waits = part.leads and self.together and not all(self._ended(o, now) for o in others)
            if due is not None and not waits and end > due:
                found.append((part.agency_name, max(1, _worked_between(due, end))))
        return found

    def _ended(self, part: Any, now: datetime) -> datetime | None:
        end: datetime | None = part.finished_at
        return end if end is not None and end <= now else None

    def _waited(self, start: date, ended: datetime | None, now: datetime) -> int:
        """Working days in (day asked, day answered] while the agency had it."""
        days = set()
        for asked, answered in self.waits:
            last = min(_day(answered or now), _day(now), _day(ended or now))
            day = _day(asked)
            while day < last:
                day += ONE_DAY
                if day > start and is_working(day):
                    days.add(day)
        return len(days)
