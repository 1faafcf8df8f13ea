"""Which hours an agency has on a day, as was known at an instant.

Hours are changed now, or announced for a day to come. A receipt is counted with what was known
when it was given; work that was done is measured with the hours of its day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from content.agencies.models import Agency
from content.words import local


@dataclass(frozen=True)
class HoursFrom:
    """Hours of the agency itself from the day ``begins`` on, the first ones since ever. They
    are known since ``known`` and until ``dropped``; ``None`` is always."""

    sessions: list[Any]
    seasons: list[Any]
    begins: date | None = None
    known: datetime | None = None
    dropped: datetime | None = None

    def is_known(self, moment: datetime | None) -> bool:
        """Whether people knew of them at an instant; ``None`` is now."""
        if moment is None:
            return self.dropped is None
        came = self.known is None or self.known <= moment
        return came and (self.dropped is None or moment < self.dropped)


def all_hours(agency: Agency) -> list[HoursFrom]:
    """Everything there was, is and is announced, by the day on which it begins."""
    found: list[HoursFrom] = []
    begins, known = None, None
    for past in agency.hours_before:
        found.append(HoursFrom(past["sessions"], past["seasons"], begins, known))
        until = datetime.fromisoformat(past["until"])
        begins, known = local(until).date(), _moment(past.get("announced")) or until
    found.append(HoursFrom(agency.sessions, agency.seasons, begins, known))
    found += [_announced(one) for one in agency.hours_ahead]
    return sorted(found, key=lambda one: one.begins or date.min)


def known_hours(agency: Agency, moment: datetime | None = None) -> list[HoursFrom]:
    """Those that were known at an instant; ``None`` is now."""
    return [one for one in all_hours(agency) if one.is_known(moment)]


def in_force(hours: Sequence[HoursFrom], day: date | None) -> HoursFrom:
    """Those of a day; ``None`` is before any change. The first of ``hours`` are since ever."""
    held = [one for one in hours if one.begins is None or (day and one.begins <= day)]
    return held[-1]


def announced(agency: Agency, today: date) -> list[HoursFrom]:
    """What will begin after a day, the soonest first."""
    return [one for one in known_hours(agency) if one.begins and one.begins > today]


def _announced(kept: dict[str, Any]) -> HoursFrom:
    return HoursFrom(
        kept["sessions"],
        kept["seasons"],
        date.fromisoformat(kept["from"]),
        datetime.fromisoformat(kept["known"]),
        _moment(kept.get("dropped")),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
