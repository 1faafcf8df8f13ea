"""The dates of a dossier: which limit applies, the agency's hours, due date and ledger.

Counting itself is the calendar's; here only what of a procedure and of an agency goes in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from content.agencies.hours_by_day import HoursFrom as KnownHours
from content.agencies.hours_by_day import in_force, known_hours
from content.agencies.models import Agency
from content.calendar.clocks import reception_answer_by
from content.calendar.due import compute_due
from content.calendar.explain import due_document
from content.calendar.model import Limit
from content.calendar.working import HoursFrom, Season, WorkingCalendar
from content.calendar.working import Session as WorkingSession
from content.errors import Invalid
from content.procedures import repairs
from content.procedures.handling import HandlingRule
from content.procedures.kinds import Channel
from content.procedures.models import ProcedureVersion
from content.procedures.repairs import read
from content.procedures.wording import limit_in_words

_MONDAY_TO_FRIDAY = {1, 2, 3, 4, 5}
_MAX_DEPTH = 10


@dataclass(frozen=True)
class Appointment:
    """When the result is due, or why nobody can say: ``limit_unknown``, ``unit_unknown``,
    ``limit_unusable``, or why nobody has to: ``no_appointment``. ``ledger`` is the
    JSON document of ``content.calendar.explain``; ``limit`` what it was counted from."""

    due_date: date | None = None
    due_at: datetime | None = None
    ledger: dict[str, Any] | None = None
    no_due_reason: str | None = None
    limit: dict[str, Any] | None = None


def calendar_of(
    calendar: WorkingCalendar, agency: Agency, moment: datetime | None = None
) -> WorkingCalendar:
    """The authority's days with the hours of an agency, or of the nearest one above it: on each
    day those in force then, as far as they were known at an instant; ``None`` is now.

    Hours on Saturdays are for reception and count in no limit.
    """
    told = [known_hours(one, moment) for one in _upwards(agency)]
    days = {one.begins for own in told for one in own if one.begins}
    usual = _hours_on(calendar, told, None)
    changes = [HoursFrom(day, *_hours_on(calendar, told, day)) for day in sorted(days)]
    if (usual, changes) == ((calendar.sessions, calendar.seasons), []):
        return calendar
    return calendar.with_hours(*usual, changes)


def _upwards(agency: Agency) -> list[Agency]:
    found, here = [agency], agency.parent
    while here is not None and len(found) < _MAX_DEPTH:
        found.append(here)
        here = here.parent
    return found


def _hours_on(
    calendar: WorkingCalendar, told: Sequence[Sequence[KnownHours]], day: date | None
) -> tuple[tuple[WorkingSession, ...], tuple[Season, ...]]:
    """Those of the first that has any on a day, each after the one below it."""
    for own in told:
        one = in_force(own, day)
        sessions = _sessions(one.sessions)
        if sessions or one.seasons:
            return sessions or calendar.sessions, _seasons(one.seasons)
    return calendar.sessions, calendar.seasons


def answer_by(calendar: WorkingCalendar, agency: Agency, submitted_at: datetime) -> datetime:
    """Until when the desk accepts or refuses: 8 working hours (NĐ 45/2020)."""
    return reception_answer_by(calendar_of(calendar, agency), submitted_at)


def limit_of(version: ProcedureVersion, channel: Channel) -> dict[str, Any] | None:
    """The limit that applies, to be frozen: this authority's own, else that of the channel,
    else the statutory one. ``{"value", "unit", "text", "source", "words"}``.

    The first one stated decides, even if its unit is unknown: a guess would promise a date.
    """
    reading = read(version.document)
    given = version.document.get("time_limit_by_channel") or ()
    by_channel = [
        limit
        for stated, limit in zip(given, reading.channel_limits, strict=True)
        if stated.get("channel") == channel.value
    ]
    candidates = (
        ("local", reading.local_limit),
        ("channel", by_channel[0] if by_channel else None),
        ("statutory", reading.limit),
    )
    for source, limit in candidates:
        if limit is not None and (limit.value is not None or limit.text):
            return _as_json(limit, source)
    return None


def appointment(
    calendar: WorkingCalendar,
    agency: Agency,
    received_at: datetime,
    limit: dict[str, Any] | None,
    rule: HandlingRule | None = None,
) -> Appointment:
    """The due date of a dossier received now, with its ledger (NĐ 61/2018 arts 17-19), under
    the rule of its procedure."""
    if rule is not None and rule.no_appointment:
        return Appointment(no_due_reason="no_appointment")
    if limit is None or limit["value"] is None:
        return Appointment(no_due_reason="limit_unknown")
    if limit["unit"] is None:
        return Appointment(no_due_reason="unit_unknown")
    try:
        counted = Limit.of(limit["value"], limit["unit"])
    except Invalid:
        return Appointment(no_due_reason="limit_unusable")
    due = compute_due(calendar_of(calendar, agency), received_at, counted)
    keeps_hour = rule is not None and rule.keeps_hour
    return Appointment(
        due.due_date,
        due.due_at_keep_hour if keeps_hour else due.due_at,
        due_document(due),
        limit={**limit, "keeps_hour": keeps_hour},
    )


def _as_json(limit: repairs.Limit, source: str) -> dict[str, Any]:
    return {
        "value": limit.value,
        "unit": limit.unit.value if limit.unit else None,
        "text": limit.text,
        "source": source,
        "words": limit_in_words(limit),
    }


def _seasons(given: list[Any] | None) -> tuple[Season, ...]:
    """Hours that replace the usual ones for a part of the year."""
    return tuple(
        Season(
            _month_and_day(one["from"]),
            _month_and_day(one["to"]),
            tuple(
                WorkingSession(time.fromisoformat(part["from"]), time.fromisoformat(part["to"]))
                for part in one["sessions"]
            ),
        )
        for one in given or ()
    )


def _month_and_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _sessions(given: list[Any]) -> tuple[WorkingSession, ...]:
    """The sessions of the first weekday that has any."""
    for day in sorted(_MONDAY_TO_FRIDAY):
        found = {
            (time.fromisoformat(one["from"]), time.fromisoformat(one["to"]))
            for one in given
            if day in one["days"]
        }
        if found:
            return tuple(WorkingSession(opens, closes) for opens, closes in sorted(found))
    return ()
