"""The time of a single step: until when, how much of it went by, how it ended.

Working hours of the unit that has the dossier; time in which the applicant was waited for is
nobody's. Pure but for reading what the dossier keeps.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from content.calendar.clocks import transfer_by
from content.calendar.days import add_working_time, working_time_between
from content.calendar.pauses import Pause
from content.calendar.working import WorkingCalendar
from content.dossiers.deadlines import calendar_of
from content.dossiers.hand_overs import Punctuality, last_hand_over
from content.dossiers.models import Dossier
from content.dossiers.waiting import pauses_of
from content.words import local

_MINUTE = timedelta(minutes=1)


def step_due(
    calendar: WorkingCalendar, start: datetime, hours: Decimal | None, latest: datetime | None
) -> datetime | None:
    """When a step that begins now has to end: its working hours, never past the dossier's own
    due time. ``None`` for a step without hours in a dossier without appointment."""
    if hours is None:
        return latest
    end = add_working_time(calendar, start, timedelta(minutes=int(hours * 60)))
    # A dossier that is late already leaves the step its hours.
    return min(end, latest) if latest is not None and latest > start else end


def spent(
    calendar: WorkingCalendar, start: datetime, end: datetime, pauses: Iterable[Pause]
) -> timedelta:
    """Working time between two instants, without the pauses; never negative."""
    whole = working_time_between(calendar, start, end)
    waited = sum(
        (
            working_time_between(calendar, max(start, one.starts_at), min(end, one.ends_at or end))
            for one in pauses
        ),
        timedelta(),
    )
    return max(whole - waited, timedelta())


def minutes(span: timedelta) -> int:
    """Whole minutes."""
    return span // _MINUTE


def how_it_ended(due: datetime | None, ended_at: datetime) -> Punctuality | None:
    """Late after the minute, on time on the day, early before it (domain 6.8)."""
    if due is None:
        return None
    if ended_at > due:
        return Punctuality.LATE
    early = local(ended_at).date() < local(due).date()
    return Punctuality.EARLY if early else Punctuality.ON_TIME


def desk_due(calendar: WorkingCalendar, dossier: Dossier) -> datetime | None:
    """Until when the desk passes a received dossier on (NĐ 61/2018 art. 18.2-3)."""
    since = dossier.clock_from or dossier.received_at
    return transfer_by(calendar, since).at if since is not None else None


def recount_step(session: Session, authority: WorkingCalendar, dossier: Dossier) -> None:
    """Move the step's due time by what was waited since it began; after every waiting."""
    came = last_hand_over(session, dossier)
    if came is None or came.due_at is None or dossier.step_due_at is None:
        return
    calendar = calendar_of(authority, came.to_agency)
    waited = sum(
        (
            working_time_between(calendar, max(came.given_at, one.starts_at), one.ends_at)
            for one in pauses_of(session, dossier)
            if one.ends_at is not None
        ),
        timedelta(),
    )
    if waited:
        moved = add_working_time(calendar, came.due_at, waited)
        latest = dossier.due_at
        dossier.step_due_at = min(moved, latest) if latest and latest > came.due_at else moved
