"""How dossiers were settled in a period: Biểu II.06a of TT 01/2020/TT-VPCP, columns 3-13.

Pure: rows in, numbers out. A dossier belongs to a period by the day of its reception and
the day it was finished, never by hours. What was not received (statuses 0, 1 and 3) does
not count; withdrawn and stopped dossiers count as settled on their day; open ones are
judged on the last day of the period.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from content.calendar.clocks import OnTimeClass, on_time_class
from content.errors import Invalid
from content.procedures.kinds import Channel


@dataclass(frozen=True)
class Period:
    """From one day to another, both included. Raises ``Invalid`` for the wrong order."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Invalid({"last": "before_first"})

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


@dataclass(frozen=True)
class SettledRow:
    """What the report has to know of a received dossier; ``due`` is its day by
    law: an apology does not move it."""

    channel: Channel
    received: date
    due: date | None
    finished: date | None


@dataclass(frozen=True)
class Settling:
    """The columns of one line; sums (3), (7), (11) are made, so that they always balance."""

    online: int = 0
    other_channels: int = 0
    carried_over: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    open_within: int = 0
    open_late: int = 0

    @property
    def received(self) -> int:
        """(3) = (4) + (5) + (6)."""
        return self.online + self.other_channels + self.carried_over

    @property
    def settled(self) -> int:
        """(7) = (8) + (9) + (10)."""
        return self.early + self.on_time + self.late

    @property
    def open(self) -> int:
        """(11) = (12) + (13)."""
        return self.open_within + self.open_late

    @property
    def on_time_share(self) -> float | None:
        """(8) + (9) over (7), from 0 to 1; ``None`` where nothing was settled."""
        return (self.early + self.on_time) / self.settled if self.settled else None

    def columns(self) -> dict[int, int]:
        """By the numbers the statutory form gives them."""
        return {
            3: self.received,
            4: self.online,
            5: self.other_channels,
            6: self.carried_over,
            7: self.settled,
            8: self.early,
            9: self.on_time,
            10: self.late,
            11: self.open,
            12: self.open_within,
            13: self.open_late,
        }

    def __add__(self, other: "Settling") -> "Settling":
        """The line of both together."""
        return Settling(
            **{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)}
        )


def settle(rows: Iterable[SettledRow], period: Period) -> Settling:
    """The line of these dossiers; those of no concern to the period are passed over."""
    total = Settling()
    for row in rows:
        for line in _line(row, period):
            total += line
    return total


_SETTLED = {
    OnTimeClass.EARLY: Settling(early=1),
    OnTimeClass.ON_TIME: Settling(on_time=1),
    OnTimeClass.LATE: Settling(late=1),
}


def _line(row: SettledRow, period: Period) -> Iterator[Settling]:
    """One dossier twice: where it came from, and what became of it."""
    if row.received > period.last or (row.finished and row.finished < period.first):
        return
    yield _source(row, period)
    if row.finished is not None and row.finished <= period.last:
        yield _SETTLED[on_time_class(row.due, row.finished)]
        return
    judged = on_time_class(row.due, None, as_of=period.last)
    yield Settling(open_late=1) if judged.is_late else Settling(open_within=1)


def _source(row: SettledRow, period: Period) -> Settling:
    if row.received < period.first:
        return Settling(carried_over=1)
    if row.channel is Channel.ONLINE:
        return Settling(online=1)
    return Settling(other_channels=1)
